// About what nobody is told, for a while: who said so, why, and until when.
import {api} from './api.js';
import {alertTabs} from './alert_tabs.js';
import {access, changing, filled} from './changing.js';
import {h} from './dom.js';
import {moment} from './event_list.js';
import {ago, duration} from './format.js';
import {change, link} from './routes.js';
import {matchersOf} from './silence_words.js';

const ROWS = 100;
const STATES = [['', 'all'], ['active', 'active'], ['pending', 'not begun'], ['ended', 'ended']];

async function load({query}, memory) {
  const [seen] = await Promise.all([api.silences({state: query.state, cursor: query.cursor, limit: ROWS}), access(memory)]);
  return seen;
}

const ahead = (ms, now) => duration(Math.max(0, (ms - now) / 1000));

function when(one, now) {
  if (one.state === 'active') return [h('b', null, ahead(one.end_ms, now)), ' left, until ', moment(one.end_ms)];
  if (one.state === 'pending') return ['begins in ', h('b', null, ahead(one.begin_ms, now)), ', ', moment(one.begin_ms), ' to ', moment(one.end_ms)];
  return [`ended ${ago(one.end_ms, now)}, `, moment(one.end_ms)];
}

// Ending asks once more, in its place, with the token if one is needed.
function ending(one, memory) {
  if (one.state === 'ended') return null;
  if (memory.ending !== one.id) {
    const ask = () => { Object.assign(memory, {ending: one.id, error: null}); memory.again(); };
    return h('p', null, h('button', {type: 'button', class: 'toggle', onclick: ask}, 'End it…'));
  }
  const act = async (values) => {
    await api.endSilence(one.id, filled(values));
    memory.ending = null;
  };
  return changing({memory, right: 'silence', label: one.state === 'pending' ? 'Take it back' : 'End it now', title: 'End this silence', act});
}

const item = (one, now, memory) => h('li', {key: one.id, class: `silence ${one.state}`},
  h('p', {class: 'matchers'}, matchersOf(one)),
  h('p', null, one.comment),
  h('p', {class: 'quiet'}, h('b', null, one.author), ' · ', when(one, now)),
  ending(one, memory));

const filters = (query) => h('div', {class: 'filters'},
  h('div', {class: 'chips', role: 'group', 'aria-label': 'State'}, STATES.map(([state, title]) =>
    h('button', {key: title, type: 'button', class: 'toggle', 'aria-pressed': String((query.state ?? '') === state), onclick: () => change({state, cursor: ''})}, title))),
  h('a', {class: 'do', href: link.silence()}, 'New silence'));

const ORDER = {active: 0, pending: 1, ended: 2};
const sorted = (rows) => [...rows].sort((a, b) => ORDER[a.state] - ORDER[b.state] || (a.state === 'ended' ? b.end_ms - a.end_ms : a.end_ms - b.end_ms));

const paging = ({page}, query) => h('nav', {class: 'paging', 'aria-label': 'Pages'},
  query.cursor && h('a', {href: link.silences({...query, cursor: ''})}, 'Newest'),
  page?.next_cursor && h('a', {href: link.silences({...query, cursor: page.next_cursor})}, 'Older'));

function render(seen, {query}, memory) {
  return [
    alertTabs('silences'), h('h1', null, 'Silences'), filters(query),
    h('section', {class: 'panel', 'aria-label': 'Silences'}, seen.data.length
      ? h('ul', {class: 'silences'}, sorted(seen.data).map((one) => item(one, seen.as_of_ms, memory)))
      : h('p', {class: 'quiet'}, query.state === 'active' ? 'No silence is active: everybody is told as the routes say.' : 'No silence is like that.')),
    paging(seen, query),
  ];
}

export const silences = {title: () => 'Silences', load, render};
