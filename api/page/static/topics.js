// The topics of a cluster: how fast they are written, and whether anybody reads them.
import {api} from './api.js';
import {h} from './dom.js';
import {ago, duration, number, rate} from './format.js';
import {change, link} from './routes.js';

const ROWS = 100;

async function load({query}) {
  const clusters = await api.clusters();
  const cluster = query.cluster || clusters.data.at(-1)?.cluster;
  if (!cluster) return {clusters: [], topics: [], page: null, as_of_ms: clusters.as_of_ms};
  const {q, unread, cursor} = query;
  const topics = await api.topics(cluster, {q, unread, cursor, limit: ROWS});
  return {clusters: clusters.data, cluster, topics: topics.data, page: topics.page, as_of_ms: topics.as_of_ms};
}

function keptFor(settings) {
  if (!settings) return 'unknown';
  if (settings.compacts && !settings.deletes) return 'compacted';
  return settings.retention_seconds === null ? 'for ever' : duration(settings.retention_seconds);
}

function row(one, now) {
  return h('tr', {key: one.topic},
    h('th', {scope: 'row', class: 'c-name'}, h('a', {href: link.topic(one.cluster, one.topic)}, one.topic)),
    h('td', {class: 'n'}, number(one.partition_count)),
    h('td', {class: 'n'}, rate(one.produced_per_second)),
    h('td', {class: 'n'}, number(one.readers)),
    h('td', null, keptFor(one.settings)),
    h('td', null, one.unread_since_ms !== null && h('span', {class: 'change warning'}, `nobody reads it: ${ago(one.unread_since_ms, now)}`)));
}

function filters(seen, query) {
  const unread = query.unread === 'true';
  return h('div', {class: 'filters'},
    h('div', {class: 'chips', role: 'group', 'aria-label': 'Cluster'}, seen.clusters.map(({cluster}) =>
      h('button', {key: cluster, type: 'button', class: 'toggle', 'aria-pressed': String(cluster === seen.cluster),
        onclick: () => change({cluster, cursor: '', from: ''})}, cluster))),
    h('button', {type: 'button', class: 'toggle', 'aria-pressed': String(unread), onclick: () => change({unread: unread ? '' : 'true', cursor: '', from: ''})},
      'only what nobody reads'),
    h('label', null, 'Name ', h('input', {type: 'search', value: query.q ?? '', 'aria-label': 'A part of the name',
      onchange: (event) => change({q: event.target.value.trim(), cursor: '', from: ''})})));
}

function paging(seen, query) {
  if (!seen.page) return null;
  const before = Number(query.from) || 0;
  const {total, next_cursor: next} = seen.page;
  return h('nav', {class: 'paging', 'aria-label': 'Pages'},
    h('span', null, total ? `${number(before + 1)} to ${number(before + seen.topics.length)} of ${number(total)}` : ''),
    query.cursor && h('a', {href: link.topics({...query, cursor: '', from: ''})}, 'First page'),
    next && h('a', {href: link.topics({...query, cluster: seen.cluster, cursor: next, from: before + seen.topics.length})}, `Next ${ROWS}`));
}

function render(seen, {query}) {
  return [
    h('h1', null, seen.cluster ? `Topics of ${seen.cluster}` : 'Topics'),
    filters(seen, query),
    seen.topics.length
      ? h('div', {class: 'panel scroll', tabindex: 0, role: 'group', 'aria-label': 'Topics'}, h('table', {class: 'list'}, h('caption', {class: 'hidden'}, 'Topics'),
        h('thead', null, h('tr', null, ['Topic', 'Partitions', 'Written', 'Read by', 'Kept', ''].map((title, at) =>
          h('th', {scope: 'col', class: at >= 1 && at <= 3 ? 'n' : ''}, title || h('span', {class: 'hidden'}, 'Remarks'))))),
        h('tbody', null, seen.topics.map((one) => row(one, seen.as_of_ms)))))
      : h('p', {class: 'nothing'}, 'No topic is like that.'),
    paging(seen, query),
  ];
}

export const topics = {title: () => 'Topics', load, render};
