// What happened, the newest first.
import {api} from './api.js';
import {h} from './dom.js';
import {eventList, newestFirst} from './event_list.js';
import {words} from './format.js';
import {change} from './routes.js';

const ROWS = 200;
const KINDS = ['status', 'condition', 'data_loss', 'group_new', 'group_gone', 'topic_recreated', 'blind',
  'sight_back', 'unread_topic'];

async function load({query}) {
  const {cluster, group, kind, to, since} = query;
  const [clusters, events] = await Promise.all([
    api.clusters(), api.events({cluster, group, kind, limit: ROWS, to_ms: to, since_ms: since})]);
  return {clusters: clusters.data, events: newestFirst(events.data), as_of_ms: events.as_of_ms};
}

function select(label, value, choices, on) {
  return h('label', null, `${label} `, h('select', {onchange: (event) => on(event.target.value)},
    h('option', {value: ''}, 'all'), choices.map((one) =>
      h('option', {key: one, value: one, selected: one === value}, words(one)))));
}

function render(seen, {query}) {
  return [
    h('h1', null, 'Events'),
    h('div', {class: 'filters'},
      select('Cluster', query.cluster, seen.clusters.map((one) => one.cluster), (cluster) => change({cluster})),
      select('Kind', query.kind, KINDS, (kind) => change({kind})),
      query.group !== undefined && h('button', {type: 'button', class: 'toggle on', onclick: () => change({group: ''})}, `group “${query.group}” ✕`)),
    h('section', {class: 'panel', 'aria-label': 'Events, the newest first'},
      eventList(seen.events, seen.as_of_ms, 'Nothing like that has happened.')),
    h('p', {class: 'quiet'}, seen.events.length >= ROWS ? `The newest ${ROWS}. ` : '', 'To follow them in a terminal: ',
      h('code', null, 'tidemark events --follow'), '.'),
  ];
}

export const events = {title: () => 'Events', load, render};
