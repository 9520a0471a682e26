// The window of one partition: the commits that its verdict is made from.
import {h} from './dom.js';
import {ago, duration, instant, number} from './format.js';

function row(one, i, all, now) {
  const moved = i ? one.offset - all[i - 1].offset : null;
  return h('tr', {key: `${one.committed_at_ms}/${one.offset}`},
    h('td', {title: ago(one.committed_at_ms, now)}, instant(one.committed_at_ms)),
    h('td', {class: 'n'}, number(one.offset)),
    h('td', {class: moved < 0 || moved === 0 ? 'n odd' : 'n'}, moved === null ? '' : moved === 0 ? 'not moved' : `${moved > 0 ? '+' : ''}${number(moved)}`),
    h('td', {class: 'n'}, number(one.lag)));
}

// `why`: a link to the trace of its rules.
export function windowTable(partition, problem, now, why) {
  if (!partition.window) return h('p', {class: 'quiet'}, problem ?? 'Its window is not there.');
  if (!partition.window.length) return h('p', {class: 'quiet'}, 'No commit of this partition was seen.');
  return [
    h('p', {class: 'quiet'}, `The last commits that its verdict is made from; patience ${duration(partition.patience_seconds)}. `,
      `Last commit ${ago(partition.committed_at_ms, now)}. `, why),
    h('table', {class: 'list narrow'}, h('caption', {class: 'hidden'}, 'Window'), h('thead', null, h('tr', null,
      h('th', {scope: 'col'}, 'Committed at'), ['Offset', 'Moved', 'Lag then'].map((title) => h('th', {scope: 'col', class: 'n'}, title)))),
    h('tbody', null, partition.window.map((one, i, all) => row(one, i, all, now)))),
  ];
}
