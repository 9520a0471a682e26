// Each partition's status: now as a field of squares, over time as strips one above the other.
import {h} from './dom.js';
import {compact} from './format.js';
import {runs, runsUntilNow} from './series.js';
import {icon, kind, lookOf, rank, saidOf} from './status.js';
import {axis, strip} from './timeline.js';

const STRIPS = 60;
const SQUARES = 600;

export const nameOf = (one) => `${one.topic}-${one.partition}`;

function byTopic(partitions) {
  const topics = new Map();
  for (const one of partitions) topics.set(one.topic, [...(topics.get(one.topic) ?? []), one]);
  return [...topics];
}

function square(one, chosen, choose) {
  return h('button', {key: nameOf(one), type: 'button', class: `cell ${kind(lookOf(one))}`, 'aria-pressed': String(nameOf(one) === chosen),
    title: `${nameOf(one)}: ${saidOf(one)}, lag ${compact(one.lag)}`, 'aria-label': `${nameOf(one)}, ${saidOf(one)}, lag ${compact(one.lag)}`,
    onclick: () => choose(nameOf(one))}, icon(lookOf(one)), h('span', null, String(one.partition)));
}

export function fieldNow(partitions, chosen, choose) {
  const shown = partitions.length > SQUARES ? [...partitions].sort((a, b) => rank(lookOf(b)) - rank(lookOf(a))).slice(0, SQUARES) : partitions;
  return h('div', {class: 'field'}, byTopic(shown).map(([topic, those]) =>
    h('div', {key: topic, class: 'field-row', role: 'group', 'aria-label': `Partitions of ${topic}`}, h('h3', null, topic),
      h('div', {class: 'cells'}, those.map((one) => square(one, chosen, choose))))),
  shown.length < partitions.length && h('p', {class: 'quiet'}, `The worst ${SQUARES} of ${partitions.length} partitions.`));
}

const statusNow = (partitions, {topic, partition}) =>
  partitions.find((one) => one.topic === topic && one.partition === partition)?.status ?? null;

// `heat`: a recorded history with its partitions; `partitions`: as they are now.
export function fieldOverTime(heat, stretch, partitions) {
  if (!heat?.partitions?.length) return null;
  const runsOf = (one) => (stretch.at === null
    ? runsUntilNow({...heat, status: one.status}, statusNow(partitions, one), stretch.to_ms)
    : runs(heat.at_ms, one.status, heat.step_seconds * 1000));
  const worstOf = (one) => Math.max(0, ...one.status.map((status) => (status ? rank(status) : 0)));
  const shown = [...heat.partitions].sort((a, b) => worstOf(b) - worstOf(a)).slice(0, STRIPS);
  shown.sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
  return h('div', {class: 'strips'}, shown.map((one) => h('div', {key: nameOf(one), class: 'strip-row'}, h('span', null, nameOf(one)),
    strip(runsOf(one), stretch, nameOf(one)))),
  h('div', {class: 'strip-row'}, h('span', null, ''), axis(stretch)),
  heat.partitions.length > STRIPS && h('p', {class: 'quiet'}, `The worst ${STRIPS} of ${heat.partitions.length} partitions.`));
}
