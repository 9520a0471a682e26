// One incident from its beginning to its end: what it is, who has taken it, what happened meanwhile.
import {api} from './api.js';
import {alertTabs} from './alert_tabs.js';
import {access, changing, filled} from './changing.js';
import {h} from './dom.js';
import {eventList, moment, newestFirst} from './event_list.js';
import {ago} from './format.js';
import {aboutCluster, isOpen, kindOf, lasted, LEARNING, marks, nameOf, stateBadge} from './incident_words.js';
import {link} from './routes.js';
import {of} from './silence_words.js';
import {badge, kind} from './status.js';

const EVENTS = 50;
const BEFORE_MS = 60000;

// What was told of its group (or of its cluster) from a little before its beginning on.
function eventsOf(one) {
  const {cluster, group} = one;
  const [ask, about] = aboutCluster(one) ? [api.events, {cluster, kind: 'blind,sight_back'}] : [api.eventsOf, {cluster, group}];
  return ask({...about, from_ms: one.since_ms - BEFORE_MS, ...(isOpen(one) ? {} : {to_ms: one.until_ms + BEFORE_MS}), order: 'newest', limit: EVENTS});
}

// The group as it is now, where it is still in trouble.
const groupNow = (one) => (isOpen(one) && !aboutCluster(one)
  ? api.group(one.cluster, one.group, {window: false}).then(({data}) => data, () => null) : null);

async function load({names}, memory) {
  const seen = await api.incident(names.id);
  const [events, now] = await Promise.all([eventsOf(seen.data), groupNow(seen.data), isOpen(seen.data) && access(memory)]);
  return {...seen, events: events.data, now};
}

function lead(one, now) {
  const what = (aboutCluster(one) ? 'The whole cluster is ' : '') + kindOf(one);
  return `${what[0].toUpperCase()}${what.slice(1)}, for ${lasted(one, now)}${isOpen(one) ? ' so far' : `. It ended ${ago(one.until_ms, now)}`}.`;
}

const time = (ms) => (ms === null || ms === undefined ? '–' : moment(ms));

const facts = (one) => h('dl', {class: 'facts'}, [
  ['Since', time(one.since_ms)], ['Opened', time(one.opened_ms)], !isOpen(one) && ['Well since', time(one.until_ms)],
  ['Worst', one.worst],
  one.topic && ['Decided by', `${one.topic}-${one.partition}`],
].filter(Boolean).map(([name, value]) => h('div', {key: name}, h('dt', null, name), h('dd', null, value))));

function acknowledged(one, memory) {
  if (one.acknowledged_by) {
    return h('p', null, 'Acknowledged by ', h('b', null, one.acknowledged_by), ', ', moment(one.acknowledged_ms),
      one.acknowledged_comment ? `: ${one.acknowledged_comment}` : '.');
  }
  if (!isOpen(one)) return h('p', {class: 'quiet'}, 'Nobody acknowledged it.');
  return changing({memory, right: 'acknowledge', label: 'Acknowledge', title: 'Acknowledge this incident', act: (values) => api.acknowledge(one.id, filled(values))},
    h('p', {key: 'why', class: 'quiet'}, 'Says that somebody is at it: it is not passed on to others.'),
    h('label', {key: 'comment'}, 'Comment', h('input', {name: 'comment', maxlength: 500, autocomplete: 'off'})));
}

const places = (one) => h('p', {class: 'more'},
  aboutCluster(one) ? h('a', {href: link.monitor(one.cluster)}, `How Tidemark sees ${one.cluster}`) : [
    h('a', {href: link.group(one.cluster, one.group)}, 'The group now'), ' · ',
    h('a', {href: link.group(one.cluster, one.group, {at: one.since_ms, range: '1h'})}, 'The group when it began')],
  isOpen(one) && [' · ', h('a', {href: link.silence(of(one))}, 'Silence it')]);

// What the group says of itself now is fresher than what the incident has noted.
const asNow = (one, group) => group !== null && one.kind === 'status' && group.status === one.status;

const present = (one, group) => group && !asNow(one, group) && h('p', {class: 'present'}, 'Now: ', badge(group.status, group.stale), ' ', group.explanation,
  group.status === 'OK' && '. It is over once it has stayed well for a while.');

function render({data: one, events, now: group, as_of_ms: now}, _, memory) {
  return [
    alertTabs('incidents'),
    h('p', {class: 'crumbs'}, h('a', {href: link.incidents({cluster: one.cluster, group: one.group ?? ''})},
      aboutCluster(one) ? `All incidents of ${one.cluster}` : `All incidents of ${one.cluster} ${nameOf(one)}`)),
    h('div', {class: 'title'}, h('h1', null, aboutCluster(one) ? one.cluster : nameOf(one)), stateBadge(one)),
    h('p', {class: `lead ${isOpen(one) ? kind(one.status) : 'ok'}`}, lead(one, now)),
    h('p', {class: 'sentence'}, asNow(one, group) ? group.explanation : one.reason, ' ', marks(one)),
    present(one, group),
    places(one), facts(one),
    one.learning && h('p', {class: 'note'}, LEARNING),
    h('section', {class: 'panel', 'aria-labelledby': 'taken'}, h('h2', {id: 'taken'}, 'Who has taken it'), acknowledged(one, memory)),
    h('section', {class: 'panel', 'aria-labelledby': 'events'}, h('h2', {id: 'events'}, 'What happened meanwhile'),
      eventList(newestFirst(events), now, 'Nothing was told of that time.', false)),
  ];
}

export const incident = {title: (_, {data}) => `${isOpen(data) ? data.status : 'over'} ${nameOf(data)} · incident`, load, render};
