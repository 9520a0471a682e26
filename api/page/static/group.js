// One group: the verdict first, then why, then the pictures, then all the numbers.
import {api} from './api.js';
import {causes} from './causes.js';
import {access} from './changing.js';
import {h} from './dom.js';
import {eventList, newestFirst} from './event_list.js';
import {facts, rangeBar, thenBanner, verdict} from './group_facts.js';
import {chartPanels, drawGroup} from './group_charts.js';
import {forgetPanel, forgotten} from './group_forget.js';
import {fieldNow, fieldOverTime, nameOf} from './heatmap.js';
import {incidentsOf, incidentPanel} from './group_incidents.js';
import {memberCount, memberTable} from './members.js';
import {partitionTable, worstFirst} from './partition_table.js';
import {rangeOf} from './range.js';
import {Recorded} from './recorded.js';
import {change, link} from './routes.js';
import {runs, runsOfEvents, runsUntilNow} from './series.js';
import {lookOf, rank} from './status.js';
import {axis, strip} from './timeline.js';
import {windowTable} from './window_table.js';
import {witness} from './witnessed.js';

const EVENTS = 200;
const MANY_PARTITIONS = 300;  // from here on it is asked less often

// Without the windows of all partitions where they are many; that of the chosen one comes by itself.
async function groupWithWindows({names, query}, memory) {
  const seen = await api.group(names.cluster, names.group, memory.many ? {window: false} : {});
  const chosen = memory.many && chosenOf(seen.data, query, memory);
  if (chosen && chosen.committed_offset !== null) {
    const {topic, partition} = chosen;
    const traced = await api.explain(names.cluster, names.group, {topic, partition}).catch(() => null);
    const {window = null, patience_seconds: patience = null} = traced?.data.partitions[0] ?? {};
    Object.assign(chosen, {window, patience_seconds: patience});
  }
  memory.many = seen.data.partition_count > MANY_PARTITIONS;
  return seen;
}

// The newest; of an instant that is looked at, those up to the end of what is shown around it.
function eventsOf({names, query}, memory) {
  const range = rangeOf({query}, Date.now(), memory.recorded?.usual());
  const end = range.at === null ? {} : {to_ms: range.to_ms};
  return api.eventsOf({cluster: names.cluster, group: names.group, limit: EVENTS, order: 'newest', ...end});
}

async function load({names, query}, memory) {
  if (memory.done) return {...memory.seen, as_of_ms: Date.now()};
  const [seen, events, incidents] = await Promise.all([
    groupWithWindows({names, query}, memory), eventsOf({names, query}, memory), incidentsOf(names), access(memory)]);
  memory.recorded ??= new Recorded(names, memory.again);
  const range = rangeOf({query}, seen.as_of_ms, memory.recorded.usual());
  memory.recorded.want(range, seen.data.partition_count);
  memory.samples = witness(seen.data, seen.as_of_ms);
  memory.everyMs = memory.many ? 10000 : undefined;
  memory.seen = {...seen, events: events.data.reverse(), incidents, range};
  return memory.seen;
}

// The partition that the address names; else the worst, and that one for as long as none is worse.
function chosenOf(data, query, memory) {
  const named = (name) => data.partitions.find((one) => nameOf(one) === name);
  const worst = worstFirst(data.partitions)[0];
  const before = named(memory.chosen);
  const chosen = named(query.partition) ?? (before && rank(lookOf(before)) >= rank(lookOf(worst)) ? before : worst);
  memory.chosen = chosen && nameOf(chosen);
  return chosen;
}

const choose = (partition) => change({partition});

function history({data, events, range}, recorded) {
  const known = recorded.data;
  const parts = known ? range.at === null ? runsUntilNow(known, data.status, range.to_ms) : runs(known.at_ms, known.status, known.step_seconds * 1000)
    : runsOfEvents(events, data, range.from_ms, range.to_ms);
  return h('section', {class: 'panel', 'aria-labelledby': 'time'}, h('h2', {id: 'time'}, 'Status over time'),
    rangeBar(range), strip(parts, range, 'Status over time'), axis(range),
    recorded.state === 'none' && h('p', {class: 'note'}, recorded.why, ' The strip is made from events, the charts from the window and from what this page sees while it is open.'),
    known && h('p', {class: 'note'}, 'The numbers of this stretch: ', ['csv', 'json'].map((format) => [
      h('a', {href: api.historyAsText(data.cluster, data.group, {from_ms: range.from_ms, to_ms: range.to_ms, format})}, format.toUpperCase()), ' ']),
    known.source !== 'samples' && `(rolled up: ${known.source.replace('totals_', 'every ')})`),
    known?.damaged && h('p', {class: 'note'}, 'Part of the recorded history is damaged and missing here.'));
}

function partitions({data, range}, memory) {
  if (!data.partitions.length) return null;
  const chosen = memory.chosen;
  const showAll = () => { memory.all = true; memory.again(); };
  return h('section', {class: 'panel', 'aria-labelledby': 'parts'}, h('h2', {id: 'parts'}, 'Partitions'),
    fieldNow(data.partitions, chosen, choose), fieldOverTime(memory.recorded.heat, range, data.partitions),
    partitionTable(data.partitions, chosen, choose, memory.all, showAll));
}

function windowPanel({data, as_of_ms: now}, one) {
  if (!one) return null;
  return h('section', {class: 'panel', 'aria-labelledby': 'window'}, h('h2', {id: 'window'}, `Window of ${nameOf(one)}`),
    windowTable(one, data.window_problem, now, one.committed_offset !== null && h('a', {href: link.explain(data.cluster, data.group, {topic: one.topic, partition: one.partition})},
      `Why it is ${one.status}`)));
}

function render(seen, {query}, memory) {
  const {data, as_of_ms: now} = seen;
  if (memory.done) return forgotten(data, memory);
  const chosen = chosenOf(data, query, memory);
  return [
    thenBanner(seen.range, seen.events), verdict(data), facts(data, now), incidentPanel(seen.incidents, now), causes(data), history(seen, memory.recorded),
    chartPanels(chosen, data.status, memory.recorded),
    partitions(seen, memory),
    h('div', {class: 'halves'}, windowPanel(seen, chosen),
      h('section', {class: 'panel', 'aria-labelledby': 'members'}, h('h2', {id: 'members'}, memberCount(data.members)), memberTable(data.members))),
    h('section', {class: 'panel', 'aria-labelledby': 'events'}, h('h2', {id: 'events'}, 'What happened to it'),
      eventList(newestFirst(seen.events).slice(0, 30), now, 'Nothing has happened to it that is known.', false)),
    forgetPanel(data, memory),
  ];
}

const after = (root, seen, {query}, memory) => memory.done || drawGroup(root, seen, chosenOf(seen.data, query, memory), memory);

export const group = {
  title: ({names}, seen) => `${seen.data.status} ${names.group || '(no name)'} · ${names.cluster}`, load, render, after};
