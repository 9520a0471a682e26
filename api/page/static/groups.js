// All groups, filtered, sorted, a page at a time: the daemon does the work, so 65,000 are as quick
// as ten. What is chosen stands in the address.
import {api} from './api.js';
import {choice, taken} from './choices.js';
import {h} from './dom.js';
import {ago, compact, duration, instant, number, words} from './format.js';
import {LEARNING} from './incident_words.js';
import {change, link} from './routes.js';
import {badge, icon, STATUSES} from './status.js';

const ROWS = 100;
const SORTED = {status: '-status', name: 'name', lag: '-lag', time_lag: '-time_lag'};
const NAMES = {status: 'Status', name: 'Group', lag: 'Lag', time_lag: 'Time lag'};

async function load(place) {
  const {cluster, status, q, sort, cursor} = place.query;
  const [clusters, groups] = await Promise.all([
    api.clusters(),
    api.groups({cluster, status, q, cursor, sort: sort || SORTED.status, limit: ROWS}),
  ]);
  return {clusters: clusters.data, groups: groups.data, page: groups.page, as_of_ms: groups.as_of_ms};
}

// Another choice begins at the first page.
const choose = (values) => change({cursor: '', from: '', ...values});

function statusChips(seen, query) {
  const chosen = new Set((query.status ?? '').split(',').filter(Boolean));
  const shown = seen.clusters.filter((one) => !query.cluster || one.cluster === query.cluster);
  const toggle = (status) => {
    chosen.has(status) ? chosen.delete(status) : chosen.add(status);
    choose({status: [...chosen].join(',')});
  };
  return h('div', {class: 'chips', role: 'group', 'aria-label': 'Show only these statuses'}, STATUSES.map((status) =>
    h('button', {key: status, type: 'button', class: 'toggle', 'aria-pressed': String(chosen.has(status)), onclick: () => toggle(status)},
      icon(status), status, h('b', null, number(shown.reduce((sum, one) => sum + one.groups[status], 0))))));
}

function filters(seen, query) {
  return h('div', {class: 'filters'}, statusChips(seen, query),
    choice('Cluster', query.cluster, seen.clusters.map(({cluster}) => [cluster, cluster]), (cluster) => choose({cluster})),
    query.q && taken(`names with “${query.q}”`, () => choose({q: ''})));
}

function heading(column, sort, kind = '') {
  const down = sort === `-${column}`;
  const on = down || sort === column;
  const next = on ? (down ? column : `-${column}`) : SORTED[column];
  return h('th', {key: column, scope: 'col', class: kind, 'aria-sort': on ? (down ? 'descending' : 'ascending') : 'none'},
    h('button', {type: 'button', onclick: () => choose({sort: next})}, NAMES[column],
      h('i', {'aria-hidden': 'true'}, on ? (down ? ' ↓' : ' ↑') : '')));
}

function row(one, now) {
  return h('tr', {key: `${one.cluster}/${one.group}`},
    h('td', {class: 'c-status'}, badge(one.status, one.stale)),
    h('th', {scope: 'row', class: 'c-name'}, h('span', {class: 'cluster'}, one.cluster), ' ',
      h('a', {href: link.group(one.cluster, one.group)}, one.group || '(no name)')),
    h('td', {class: 'n c-lag', title: one.lag === null ? 'unknown' : number(one.lag)}, h('span', {class: 'label'}, 'lag '), compact(one.lag)),
    h('td', {class: 'n c-late'}, h('span', {class: 'label'}, 'late '), duration(one.time_lag_seconds)),
    h('td', {class: 'n c-members'}, number(one.member_count)),
    h('td', {class: 'c-since', title: instant(one.status_since_ms)}, ago(one.status_since_ms, now)),
    h('td', {class: 'c-why'}, one.explanation,
      one.learning && h('span', {key: 'learning', class: 'chip', title: LEARNING}, 'still learning'),
      [...one.findings, ...one.conditions].map((word) => h('span', {key: word, class: 'chip'}, words(word)))));
}

function table(seen, sort) {
  return h('table', {class: 'list groups'}, h('caption', {class: 'hidden'}, 'Consumer groups'),
    h('thead', null, h('tr', null, heading('status', sort), heading('name', sort), heading('lag', sort, 'n'),
      heading('time_lag', sort, 'n'), h('th', {scope: 'col', class: 'n c-members'}, 'Members'),
      h('th', {scope: 'col', class: 'c-since'}, 'Since'), h('th', {scope: 'col', class: 'c-why'}, 'Why'))),
    h('tbody', null, seen.groups.map((one) => row(one, seen.as_of_ms))));
}

function paging(seen, query) {
  const before = Number(query.from) || 0;
  const {total, next_cursor: next} = seen.page;
  const place = {...query, from: '', cursor: ''};
  return h('nav', {class: 'paging', 'aria-label': 'Pages'},
    h('span', null, total ? `${number(before + 1)} to ${number(before + seen.groups.length)} of ${number(total)}` : ''),
    query.cursor && h('a', {href: link.groups(place)}, 'First page'),
    next && h('a', {href: link.groups({...place, cursor: next, from: before + seen.groups.length})}, `Next ${seen.page.limit}`));
}

function render(seen, {query}) {
  const sort = query.sort || SORTED.status;
  return [
    h('h1', null, query.cluster ? `Groups of ${query.cluster}` : 'Groups'),
    filters(seen, query),
    seen.groups.length ? table(seen, sort)
      : h('p', {class: 'nothing'}, query.q || query.status || query.cluster ? 'No group is like that.' : 'No group has been seen yet.'),
    paging(seen, query),
  ];
}

export const groups = {title: () => 'Groups', load, render};
