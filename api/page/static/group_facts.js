// The head of a group's screen: the verdict first, then its numbers.
import {h} from './dom.js';
import {ago, compact, duration, number, rate, wholeInstant} from './format.js';
import {LEARNING} from './incident_words.js';
import {readingRate} from './reading_rate.js';
import {change, link} from './routes.js';
import {RANGES} from './range.js';
import {of} from './silence_words.js';
import {badge, kind} from './status.js';
import {inPlainWords} from './words.js';

export function verdict(data) {
  return [
    h('p', {class: 'crumbs'}, h('a', {href: link.groups({cluster: data.cluster})}, `${data.cluster} groups`)),
    h('div', {class: 'title'}, h('h1', null, data.group || '(the group without a name)'), badge(data.status, data.stale)),
    h('p', {class: `lead ${kind(data.status)}`}, inPlainWords(data.reason)),
    h('p', {class: 'sentence'}, data.explanation),
    data.learning && h('p', {class: 'note learning'}, LEARNING),
    h('p', {class: 'more'}, h('a', {href: link.explain(data.cluster, data.group)}, 'Why: each rule with its numbers'), ' · ',
      h('a', {href: link.incidents({cluster: data.cluster, group: data.group})}, 'All its incidents'), ' · ',
      h('a', {href: link.silence(of(data))}, 'Silence it')),
  ];
}

export function facts(data, now) {
  const rows = [
    ['Lag', compact(data.lag), number(data.lag)],
    ['Time lag', duration(data.time_lag_seconds), 'age of the oldest unread record'],
    [`${data.status} since`, ago(data.status_since_ms, now), wholeInstant(data.status_since_ms)],
    ['Last commit', ago(data.last_commit_ms, now), wholeInstant(data.last_commit_ms)],
    ['Reads', rate(data.forecast?.consumed_per_second?.likely ?? readingRate(data.partitions, now)), 'from its last commits'],
    ['Members', number(data.member_count), ''],
    ['Kind', [data.kind, data.state].filter(Boolean).join(', '), `generation ${data.generation ?? 'unknown'}`],
    ['Partitions', number(data.partition_count), ''],
    data.lost > 0 && ['Lost', number(data.lost), 'records that retention deleted before the group read them'],
  ].filter(Boolean);
  return h('dl', {class: 'facts'}, rows.map(([name, value, title]) =>
    h('div', {key: name.replace(/^[A-Z]+ /, ''), title: title || null}, h('dt', null, name), h('dd', null, value))));
}

// Above all else where a link leads to an instant: what it was like then.
export function thenBanner(range, events) {
  if (range.at === null) return null;
  const then = [...events].reverse().find((one) => one.kind === 'status' && one.at_ms <= range.at);
  return h('section', {class: 'panel then', 'aria-label': 'The instant that is looked at'},
    h('p', null, `You look at ${wholeInstant(range.at)}`, then && [': ', badge(then.to), ' ', then.sentence], '. ',
      h('button', {type: 'button', class: 'toggle', onclick: () => change({at: ''})}, 'Back to now')),
    h('p', {class: 'quiet'}, 'The strips and pictures are of that time; the verdict, the partitions and the members are those of now.'));
}

export const rangeBar = (range) => h('div', {class: 'range'},
  h('div', {class: 'chips', role: 'group', 'aria-label': 'How much time'}, Object.keys(RANGES).map((name) =>
    h('button', {key: name, type: 'button', class: 'toggle', 'aria-pressed': String(name === range.name), onclick: () => change({range: name})}, name))));
