// The pictures of a group: committed offset against log end, lag, time lag.
import {draw} from './chart.js';
import {h} from './dom.js';
import {compact, duration, number} from './format.js';
import {nameOf} from './heatmap.js';
import {lagRows, partitionRows, pictureRows, timeLagRows} from './series.js';
import {kind, lookOf} from './status.js';

const figure = (name, title, said, legend) => h('figure', {key: name, class: `panel figure ${name}`},
  h('figcaption', null, h('h2', null, title), legend, h('output', {class: 'readout', keep: true})),
  h('div', {class: 'chart', id: `chart-${name}`, keep: true, role: 'img', 'aria-label': said}));

const legend = (status) => h('span', {class: 'legend'}, h('span', null, h('i', {class: 'end'}), 'log end'),
  h('span', null, h('i', {class: 'committed'}), 'committed offset'), h('span', null, h('i', {class: `gap ${kind(status)}`}), 'what waits'));

const said = (one) => (one ? `${nameOf(one)}: log end ${number(one.log_end)}, committed offset ${number(one.committed_offset)}, lag ${number(one.lag)}` : 'No partition');

export function chartPanels(partition, status, recorded) {
  const whole = recorded.data?.committed_offset?.filter((one) => one !== null).length > 1;
  const one = partition && figure('partition', whole ? `The picture of ${nameOf(partition)}` : `The picture: how far ${nameOf(partition)} is written and read`,
    said(partition), legend(lookOf(partition)));
  return [
    whole && figure('picture', 'The picture: how far it is written and read', 'Log end and committed offset of all partitions over time', legend(status)),
    !whole && one,
    h('div', {key: 'lags', class: 'halves'},
      figure('lag', 'Lag', 'Lag over time, in records'), figure('time-lag', 'Time lag', 'Age of the oldest unread record over time')),
    whole && one,
  ];
}

const PICTURE = [{name: 'log end', colour: 'muted', text: number}, {name: 'committed', colour: 'accent', text: number}];
const STEPS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400, 172800, 604800];

// Whole minutes and hours, not whole thousands of seconds.
function timeTicks(from, to) {
  const step = STEPS.find((one) => (to - from) / one <= 4) ?? 2592000;
  const first = Math.ceil(from / step);
  return Array.from({length: Math.max(0, Math.floor(to / step) - first + 1)}, (_, i) => (first + i) * step);
}

const TINTS = {ok: 'ok-tint', warning: 'warning-tint', error: 'error-tint', unknown: 'unknown-tint'};

const picture = (rows, status, marks, more) =>
  ({series: PICTURE, rows, between: TINTS[kind(status)], marks, wide: true, connected: true, ...more});

export function drawGroup(root, {data, range, as_of_ms: now}, partition, {recorded, samples}) {
  const at = (name) => root.querySelector(`#chart-${name}`);
  const known = recorded.data;
  const marks = range.at === null ? [] : [range.at];
  const stretch = known ? [range.from_ms, range.to_ms] : null;
  const both = {stretch, marks, together: 'group', fromZero: true, filled: true, connected: !known};
  draw(at('picture'), picture(pictureRows(known), data.status, marks, {stretch, together: 'group', connected: false}));
  draw(at('lag'), {...both, rows: lagRows(known, samples, range.at === null),
    series: [{name: 'most', colour: 'muted', text: compact, silent: !known}, {name: 'lag', colour: 'accent', text: compact}]});
  draw(at('time-lag'), {...both, rows: timeLagRows(known, samples, range.at === null), ticks: timeTicks, series: [{name: 'time lag', colour: 'accent', text: duration}]});
  if (partition) {
    draw(at('partition'), picture(partitionRows(partition, samples, now), lookOf(partition), [], {points: true}));
  }
}
