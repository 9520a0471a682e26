// One topic: who reads it, at which rate, and how far behind.
import {api} from './api.js';
import {h} from './dom.js';
import {ago, bytes, compact, count, duration, number, rate} from './format.js';
import {readingRate} from './reading_rate.js';
import {link} from './routes.js';
import {badge, countsBar, kind} from './status.js';

const ASKED_GROUPS = 20;  // whose windows are fetched for their rate
const RATES_EVERY_MS = 10000;

async function rates(names, groups) {
  const asked = groups.slice(0, ASKED_GROUPS).map(async ({group}) => {
    const seen = await api.group(names.cluster, group).catch(() => null);
    return [group, seen && readingRate(seen.data.partitions.filter((one) => one.topic === names.topic), seen.as_of_ms)];
  });
  return new Map(await Promise.all(asked));
}

async function load({names}, memory) {
  const seen = await api.topic(names.cluster, names.topic);
  if (!memory.rates || Date.now() - memory.ratesAt > RATES_EVERY_MS) {
    memory.ratesAt = Date.now();
    memory.rates = await rates(names, seen.data.groups);
  }
  return seen;
}

function facts(one) {
  const kept = one.settings;
  const rows = [
    ['Written', rate(one.produced_per_second)],
    ['Read by', count(one.groups.length, 'group')],
    ['Partitions', number(one.partition_count)],
    ['Kept', kept ? (kept.retention_seconds === null ? 'for ever' : duration(kept.retention_seconds)) : 'unknown'],
    kept?.retention_bytes != null && ['Kept per partition', bytes(kept.retention_bytes)],
    kept?.compacts && ['Compacted', 'yes'],
  ].filter(Boolean);
  return h('dl', {class: 'facts'}, rows.map(([name, value]) => h('div', {key: name}, h('dt', null, name), h('dd', null, value))));
}

const label = (text) => h('span', {class: 'label'}, `${text} `);

function reader(one, data, memory) {
  const {group} = one;
  return h('tr', {key: group},
    h('td', {class: 'c-status'}, badge(one.status)),
    h('th', {scope: 'row', class: 'c-name'}, h('a', {href: link.group(data.cluster, group)}, group || '(no name)')),
    h('td', {class: 'n c-lag'}, label('lag'), compact(one.lag)),
    h('td', {class: 'n c-late'}, label('late'), duration(one.time_lag_seconds)),
    h('td', {class: 'n c-lag'}, label('reads'), rate(memory.rates.get(group))),
    h('td', {class: 'n c-late'}, label('partitions'), `${number(one.committed_partitions)} of ${number(data.partition_count)}`),
    h('td', {class: 'c-bar'}, countsBar({...byKind(one.partition_statuses), total: data.partition_count})));
}

function byKind(statuses) {
  const out = {OK: 0, WARNING: 0, ERROR: 0, UNKNOWN: 0};
  for (const [status, many] of Object.entries(statuses)) out[kind(status).toUpperCase()] += many;
  return out;
}

function readers(data, memory) {
  if (!data.groups.length) return h('p', {class: 'quiet'}, 'No consumer group reads it.');
  const titles = [['Status'], ['Group'], ['Lag', 'n'], ['Time lag', 'n'], ['Reads', 'n'], ['Partitions', 'n'], ['By status']];
  return h('table', {class: 'list groups readers'}, h('caption', {class: 'hidden'}, 'Groups that read it'),
    h('thead', null, h('tr', null, titles.map(([title, look]) => h('th', {scope: 'col', class: look ?? ''}, title)))),
    h('tbody', null, data.groups.map((one) => reader(one, data, memory))));
}

function partitions(data) {
  const titles = ['Partition', 'Leader', 'Log start', 'Log end', 'Last stable offset'];
  return h('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Partitions'}, h('table', {class: 'list'}, h('thead', null, h('tr', null, titles.map((title) =>
    h('th', {scope: 'col', class: 'n'}, title)))),
  h('tbody', null, data.partitions.map((one) => h('tr', {key: one.partition},
    h('th', {scope: 'row', class: 'n'}, number(one.partition)), h('td', {class: 'n'}, one.leader ?? '–'),
    h('td', {class: 'n'}, number(one.log_start)), h('td', {class: 'n'}, number(one.log_end)), h('td', {class: 'n'}, number(one.lso)))))));
}

function render({data, as_of_ms: now}, _, memory) {
  return [
    h('p', {class: 'crumbs'}, h('a', {href: link.topics({cluster: data.cluster})}, `${data.cluster} topics`)),
    h('h1', null, data.topic),
    data.unread_since_ms !== null && h('p', {class: 'lead'}, `Records are written, and nobody reads them: ${ago(data.unread_since_ms, now)}.`),
    facts(data),
    h('section', {class: 'panel', 'aria-labelledby': 'readers'}, h('h2', {id: 'readers'}, 'Who reads it'), readers(data, memory)),
    h('section', {class: 'panel', 'aria-labelledby': 'parts'}, h('h2', {id: 'parts'}, 'Partitions'), partitions(data)),
  ];
}

export const topic = {title: ({names}) => `${names.topic} · ${names.cluster}`, load, render};
