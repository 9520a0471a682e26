// What happened, the newest first, back to the first that is kept.
import {api} from './api.js';
import {choice, taken} from './choices.js';
import {h} from './dom.js';
import {eventList} from './event_list.js';
import {words} from './format.js';
import {change, link} from './routes.js';

const ROWS = 200;
const KINDS = ['status', 'condition', 'data_loss', 'group_new', 'group_gone', 'topic_recreated', 'blind',
  'sight_back', 'unread_topic', 'monitor_started', 'silence_began', 'silence_ended',
  'incident_acknowledged', 'group_forgotten', 'configuration_reloaded'];

async function load({query}) {
  const {cluster, group, kind, to, since, cursor} = query;
  const [clusters, events] = await Promise.all([
    api.clusters(), api.events({cluster, group, kind, limit: ROWS, to_ms: to, from_ms: since, order: 'newest', cursor})]);
  return {clusters: clusters.data, events: events.data, page: events.page, as_of_ms: events.as_of_ms};
}

function paging({page}, query) {
  return h('nav', {class: 'paging', 'aria-label': 'Pages'},
    query.cursor && h('a', {href: link.events({...query, cursor: ''})}, 'Newest'),
    page.next_cursor && h('a', {href: link.events({...query, cursor: page.next_cursor})}, 'Older'));
}

function render(seen, {query}) {
  return [
    h('h1', null, 'Events'),
    h('div', {class: 'filters'},
      choice('Cluster', query.cluster, seen.clusters.map(({cluster}) => [cluster, cluster]), (cluster) => change({cluster, cursor: ''})),
      choice('Kind', query.kind, KINDS.map((one) => [one, words(one)]), (kind) => change({kind, cursor: ''})),
      query.group !== undefined && taken(`group “${query.group}”`, () => change({group: '', cursor: ''}))),
    seen.page.problem && h('p', {class: 'note'}, `${seen.page.problem}.`),
    h('section', {class: 'panel', 'aria-label': 'Events, the newest first'},
      eventList(seen.events, seen.as_of_ms, 'Nothing like that has happened.')),
    paging(seen, query),
    h('p', {class: 'quiet'}, 'To follow them in a terminal: ',
      h('code', null, 'tidemark events --follow'), '.'),
  ];
}

export const events = {title: () => 'Events', load, render};
