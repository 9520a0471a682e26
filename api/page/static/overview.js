// Everything at a glance: who needs somebody now, the clusters side by side, what changed lately,
// and what Tidemark itself does not see.
import {api} from './api.js';
import {blindness, unheard, unkept} from './blindness.js';
import {h} from './dom.js';
import {eventList, newestFirst} from './event_list.js';
import {ago, compact, count, duration, number, words} from './format.js';
import {marks} from './incident_words.js';
import {openIncidents} from './open_incidents.js';
import {link} from './routes.js';
import {badge, countsBar, countsRow, kind} from './status.js';

const MOST_TROUBLED = 8;
const EVENTS = 8;

async function load() {
  const [clusters, troubled, events, keeping, receivers, incidents] = await Promise.all([
    api.clusters(),
    api.groups({status: 'ERROR,WARNING', sort: '-status', limit: MOST_TROUBLED}),
    api.events({limit: EVENTS}),
    api.keeping(),
    api.receivers(),
    openIncidents.look(),
  ]);
  return {clusters: clusters.data, troubled, events: events.data, keeping, receivers: receivers.data, incidents, as_of_ms: clusters.as_of_ms};
}

const total = (clusters, status) => clusters.reduce((sum, one) => sum + one.groups[status], 0);

function headline(clusters, blind) {
  const errors = total(clusters, 'ERROR');
  const warnings = total(clusters, 'WARNING');
  if (errors) {
    return `${count(errors, 'group')} ${errors === 1 ? 'is' : 'are'} in trouble`
      + (warnings ? `, ${number(warnings)} more to watch` : '');
  }
  if (warnings) return `${count(warnings, 'group')} to watch, none in trouble`;
  if (!total(clusters, 'total')) return blind.length ? 'Nothing can be seen yet' : 'No consumer group has committed yet';
  return blind.length ? 'Nobody is in trouble, as far as Tidemark can see' : 'All groups are fine';
}

const headlineKind = (clusters, blind) => (total(clusters, 'ERROR') ? 'error'
  : total(clusters, 'WARNING') ? 'warning' : blind.length ? 'unknown' : 'ok');

const incidentOf = ({rows}, {cluster, group}) => rows.find((one) => one.cluster === cluster && one.group === group);

function troubledRow(row, now, incident) {
  return h('li', {key: `${row.cluster}/${row.group}`, class: `trouble ${kind(row.status)}`},
    h('a', {class: 'whole', href: link.group(row.cluster, row.group)},
      h('span', {class: 'who'}, badge(row.status, row.stale), h('span', {class: 'cluster'}, row.cluster),
        h('strong', null, row.group || '(no name)')),
      h('span', {class: 'sentence'}, row.explanation),
      h('span', {class: 'figures'}, `lag ${compact(row.lag)} · ${duration(row.time_lag_seconds)} late · since ${ago(row.status_since_ms, now)}`,
        row.findings.map((one) => h('span', {key: one, class: 'chip'}, words(one))), incident && marks(incident))));
}

function incidentLine({total: open, rows}) {
  if (!open) return null;
  const acknowledged = rows.filter((one) => one.acknowledged_by).length;
  return h('p', {class: 'incident-line'}, h('a', {href: link.incidents({state: 'open'})}, count(open, 'open incident')),
    acknowledged > 0 && `, ${acknowledged === open ? open === 1 ? '' : 'all ' : `${number(acknowledged)} `}acknowledged`);
}

function troubles({troubled, clusters, incidents, as_of_ms: now}) {
  if (!troubled.data.length) return null;
  const rest = troubled.page.total - troubled.data.length;
  return h('section', {class: 'panel', 'aria-labelledby': 'now'}, h('h2', {id: 'now'}, 'Needs somebody now'),
    h('ol', {class: 'troubles'}, troubled.data.map((row) => troubledRow(row, now, incidentOf(incidents, row)))),
    rest > 0 && h('p', null, h('a', {href: link.groups({status: 'ERROR,WARNING', sort: '-status'})},
      `${count(rest, 'more group')} of ${number(total(clusters, 'total'))}`)));
}

const STATE = {connected: ['ok', 'connected'], connecting: ['unknown', 'connecting'],
  waiting_for_topic: ['unknown', 'nobody has committed yet']};

function clusterCard(one) {
  const [look, said] = STATE[one.state] ?? ['error', words(one.state)];
  const reading = !one.caught_up && one.state === 'connected';
  return h('article', {key: one.cluster, class: 'card', 'aria-label': `Cluster ${one.cluster}`},
    h('header', null, h('h3', null, h('a', {href: link.groups({cluster: one.cluster})}, one.cluster)),
      h('a', {class: `state ${look}`, href: link.monitor(one.cluster)}, reading ? `reading: ${Math.floor(one.catch_up.percent)} %` : said)),
    neverSeen(one) ? h('p', {class: 'quiet unseen'}, 'Nothing has been seen of it yet: whether anybody is in trouble there is not known.') : seenOf(one));
}

const neverSeen = (one) => !one.groups.total && one.offsets_at_ms === null && one.state !== 'waiting_for_topic';

const seenOf = (one) => [
  h('p', {class: 'large'}, number(one.groups.total), h('span', null, one.groups.total === 1 ? ' group' : ' groups')),
  countsBar(one.groups),
  countsRow(one.groups, (status) => link.groups({cluster: one.cluster, status})),
  h('p', {class: 'quiet'}, h('a', {href: link.topics({cluster: one.cluster})}, count(one.topic_count, 'topic')),
    one.brokers !== null && ` · ${count(one.brokers, 'broker')}`),
];

function blindPanel(blind) {
  return h('section', {class: 'panel', 'aria-labelledby': 'blind'}, h('h2', {id: 'blind'}, blind.some((one) => one.receiver) ? 'What Tidemark does not see, and whom it does not reach' : 'What Tidemark does not see'),
    blind.length
      ? h('ul', {class: 'blind'}, blind.map((one) => h('li', {key: `${one.cluster}${one.receiver}${one.what}`},
        one.cluster && [h('a', {class: 'cluster', href: link.monitor(one.cluster)}, one.cluster), ' '],
        one.receiver && ['Receiver ', h('a', {href: link.receivers()}, one.receiver), ' '], one.what)))
      : h('p', {class: 'quiet'}, 'It sees every cluster, and all of it is fresh.'));
}

function render(seen) {
  const blind = [...seen.clusters.flatMap(blindness), ...unheard(seen.receivers), ...unkept(seen.keeping)];
  return [
    h('h1', {class: `headline ${headlineKind(seen.clusters, blind)}`}, headline(seen.clusters, blind)),
    incidentLine(seen.incidents),
    troubles(seen),
    blind.length > 0 && blindPanel(blind),
    h('section', {class: 'cards', 'aria-label': 'Clusters'}, seen.clusters.map(clusterCard)),
    h('div', {class: 'overview-lower'},
      h('section', {class: 'panel', 'aria-labelledby': 'lately'}, h('h2', {id: 'lately'}, 'Changed lately'),
        eventList(newestFirst(seen.events), seen.as_of_ms, 'Nothing has changed that is known.'),
        seen.events.length > 0 && h('p', null, h('a', {href: link.events()}, 'All events'))),
      !blind.length && blindPanel(blind)),
  ];
}

export const overview = {title: () => 'Overview', load, render};
