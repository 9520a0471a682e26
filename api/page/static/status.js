// Statuses as people see them: a shape, a word and a colour, so that none of the three is needed.
import {h, svg} from './dom.js';
import {number, words} from './format.js';

export const STATUSES = ['ERROR', 'WARNING', 'UNKNOWN', 'OK'];
const RANK = {OK: 0, UNKNOWN: 1, NOTFOUND: 1, WARNING: 2, WARN: 2, ERROR: 3, REWIND: 3, STALLED: 3, STOPPED: 3};
const KIND = {OK: 'ok', UNKNOWN: 'unknown', NOTFOUND: 'unknown', WARNING: 'warning', WARN: 'warning'};  // else an error

export const rank = (status) => RANK[status] ?? 0;
export const kind = (status) => KIND[status] ?? 'error';  // STALLED, STOPPED and REWIND too

// How a partition looks: one that is OK by itself may be why its group is not.
const WORRYING = new Set(['falling_behind', 'data_loss']);
export const lookOf = ({status, reason}) => (status === 'OK' && WORRYING.has(reason) ? 'WARNING' : status);
export const saidOf = (one) => (lookOf(one) === one.status ? one.status : `${one.status}, ${words(one.reason)}`);

const SHAPES = {
  ok: () => [svg('circle', {cx: 8, cy: 8, r: 7}), stroke('M4.6 8.3l2.4 2.4 4.5-5')],
  warning: () => [svg('path', {d: 'M8 .8L15.6 14.6H.4z'}), stroke('M8 5.4v4.4M8 12v.4')],
  error: () => [svg('path', {d: 'M4.8.8h6.4l4 4v6.4l-4 4H4.8l-4-4V4.8z'}), stroke('M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4')],
  unknown: () => [svg('path', {d: 'M8 .4L15.6 8 8 15.6.4 8z'}), stroke('M6.3 6.3c.2-2.2 3.6-2 3.4 0-.1 1.3-1.7 1.2-1.7 2.6M8 11v.3')],
};
const stroke = (d) => svg('path', {d, class: 'inner'});

export const icon = (status) =>
  svg('svg', {class: `icon ${kind(status)}`, viewBox: '0 0 16 16', 'aria-hidden': 'true'}, SHAPES[kind(status)]());

export const partitionBadge = (one) => badge(lookOf(one), one.stale, saidOf(one));

export const badge = (status, stale = false, word = status) =>
  h('span', {class: `badge ${kind(status)}`}, icon(status), word,
    stale && h('span', {class: 'stale', title: "Tidemark's own view is not fresh: this is the verdict from before"}, 'stale'));

// {OK: 3, ERROR: 1, …} as a bar; `link(status)` where its part leads.
export function countsBar(counts) {
  const total = Math.max(1, counts.total);
  const parts = STATUSES.filter((status) => counts[status] > 0);
  return h('div', {class: 'bar', 'aria-hidden': 'true'}, parts.map((status) =>
    h('i', {key: status, class: kind(status), style: {flexGrow: String(Math.max(counts[status] / total, 0.02))}})));
}

export function countsRow(counts, link) {
  return h('ul', {class: 'counts'}, STATUSES.map((status) =>
    h('li', {key: status, class: counts[status] ? '' : 'none'},
      h('a', {href: link(status), class: kind(status)}, icon(status), h('b', null, number(counts[status])),
        h('span', null, status)))));
}
