// What was in trouble, and is: open and ended incidents, the newest first. What is chosen stands in
// the address, and so does the message that a link of an alert is about.
import {api} from './api.js';
import {alertTabs} from './alert_tabs.js';
import {choice, taken} from './choices.js';
import {h} from './dom.js';
import {ago, count, number, wholeInstant} from './format.js';
import {aboutCluster, isOpen, kindOf, KINDS, lasted, marks, nameOf, stateBadge} from './incident_words.js';
import {openIncidents} from './open_incidents.js';
import {change, link} from './routes.js';

const ROWS = 100;
const STATES = [['', 'all'], ['open', 'open'], ['ended', 'ended']];

async function load({query}) {
  const {cluster, group, kind, state, message, cursor} = query;
  const [clusters, found] = await Promise.all([
    api.clusters(), api.incidents({cluster, group, kind, state, message, cursor, limit: ROWS}), openIncidents.look()]);
  return {clusters: clusters.data, incidents: found.data, page: found.page, as_of_ms: found.as_of_ms};
}

const choose = (values) => change({cursor: '', from: '', ...values});

function filters(seen, query) {
  return h('div', {class: 'filters'},
    h('div', {class: 'chips', role: 'group', 'aria-label': 'Open or ended'}, STATES.map(([state, title]) =>
      h('button', {key: title, type: 'button', class: 'toggle', 'aria-pressed': String((query.state ?? '') === state), onclick: () => choose({state})}, title))),
    choice('Cluster', query.cluster, seen.clusters.map(({cluster}) => [cluster, cluster]), (cluster) => choose({cluster})),
    choice('Kind', query.kind, Object.entries(KINDS), (kind) => choose({kind})),
    query.group !== undefined && taken(`group “${query.group}”`, () => choose({group: ''})),
    query.message && taken('of one message', () => choose({message: ''})));
}

const until = (one, now) => (isOpen(one) ? [h('b', null, lasted(one, now)), ' so far']
  : [h('b', null, lasted(one, now)), `, until ${ago(one.until_ms, now)}`]);

function row(one, now) {
  return h('tr', {key: one.id},
    h('td', {class: 'c-status'}, stateBadge(one)),
    h('th', {scope: 'row', class: 'c-name'}, h('span', {class: 'cluster'}, one.cluster), ' ',
      h('a', {href: link.incident(one.id), class: aboutCluster(one) ? 'whole-cluster' : null}, nameOf(one))),
    h('td', {class: 'c-kind'}, kindOf(one)),
    h('td', {class: 'c-since', title: `since ${wholeInstant(one.since_ms)}`}, until(one, now)),
    h('td', {class: 'c-why'}, one.reason, ' ', marks(one)));
}

const HEADS = [['State', 'c-status'], ['Group', 'c-name'], ['What', 'c-kind'], ['For', 'c-since'], ['Why', 'c-why']];

const table = (seen) => h('table', {class: 'list groups incidents'}, h('caption', {class: 'hidden'}, 'Incidents, the newest first'),
  h('thead', null, h('tr', null, HEADS.map(([title, look]) => h('th', {scope: 'col', class: look}, title)))),
  h('tbody', null, seen.incidents.map((one) => row(one, seen.as_of_ms))));

function paging(seen, query) {
  const before = Number(query.from) || 0;
  const {total, next_cursor: next} = seen.page;
  const place = {...query, from: '', cursor: ''};
  return h('nav', {class: 'paging', 'aria-label': 'Pages'},
    h('span', null, total ? `${number(before + 1)} to ${number(before + seen.incidents.length)} of ${number(total)}` : ''),
    query.cursor && h('a', {href: link.incidents(place)}, 'Newest'),
    next && h('a', {href: link.incidents({...place, cursor: next, from: before + seen.incidents.length})}, 'Older'));
}

function headline({page, incidents}, query) {
  if (query.message) return `What one message told: ${count(page.total ?? incidents.length, 'incident')}`;
  return query.state === 'open' ? 'Open incidents' : query.state === 'ended' ? 'Ended incidents' : 'Incidents';
}

const nothing = (query) => h('p', {class: 'nothing'}, query.state === 'open' && !query.cluster && !query.kind && query.group === undefined && !query.message
  ? 'Nothing is open: nobody is in trouble for longer than a moment.' : 'No incident is like that.');

function render(seen, {query}) {
  return [
    alertTabs('incidents'), h('h1', null, headline(seen, query)), filters(seen, query),
    seen.incidents.length ? table(seen) : nothing(query), paging(seen, query),
  ];
}

export const incidents = {title: (_, seen) => `${number(seen.page.total)} incidents`, load, render};
