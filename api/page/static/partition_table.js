// The partitions of a group with their numbers, the worst first.
import {h} from './dom.js';
import {compact, duration, number, words} from './format.js';
import {nameOf} from './heatmap.js';
import {hostOf} from './members.js';
import {lookOf, partitionBadge, rank} from './status.js';

const ROWS = 50;

// By the size of their lag only roughly, else the rows would change places all the time.
const size = ({lag}) => (lag === null ? -1 : Math.floor(Math.log10(1 + lag / 10)));

const byName = (a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1);

export const worstFirst = (partitions) =>
  [...partitions].sort((a, b) => rank(lookOf(b)) - rank(lookOf(a)) || size(b) - size(a) || byName(a, b));

const ownerOf = ({owner}) => (owner ? `${owner.client_id} at ${hostOf(owner)}` : 'nobody');

function row(one, chosen, choose) {
  return h('tr', {key: nameOf(one), class: nameOf(one) === chosen ? 'chosen' : ''},
    h('td', {class: 'c-status'}, partitionBadge(one)),
    h('th', {scope: 'row', class: 'c-name'}, h('button', {type: 'button', class: 'plain', onclick: () => choose(nameOf(one))}, nameOf(one))),
    h('td', {class: 'n c-lag', title: number(one.lag)}, h('span', {class: 'label'}, 'lag '), compact(one.lag)),
    h('td', {class: 'n c-late'}, h('span', {class: 'label'}, 'late '), duration(one.time_lag_seconds)),
    h('td', {class: 'n c-members'}, number(one.committed_offset)), h('td', {class: 'n c-members'}, number(one.log_end)),
    h('td', {class: 'c-since'}, ownerOf(one)),
    h('td', {class: 'c-why'}, one.explanation, one.conditions.map((word) => h('span', {key: word, class: 'chip'}, words(word)))));
}

const HEADS = [['Status', 'c-status'], ['Partition', 'c-name'], ['Lag', 'n'], ['Time lag', 'n'], ['Committed', 'n c-members'],
  ['Log end', 'n c-members'], ['Owner', 'c-since'], ['Why', 'c-why']];

export function partitionTable(partitions, chosen, choose, all, showAll) {
  const shown = all ? worstFirst(partitions) : worstFirst(partitions).slice(0, ROWS);
  return [
    h('table', {class: 'list groups'}, h('caption', {class: 'hidden'}, 'Partitions, the worst first'),
      h('thead', null, h('tr', null, HEADS.map(([title, look]) => h('th', {scope: 'col', class: look}, title)))),
      h('tbody', null, shown.map((one) => row(one, chosen, choose)))),
    shown.length < partitions.length && h('p', null, h('button', {type: 'button', class: 'toggle', onclick: showAll},
      `All ${number(partitions.length)} partitions`)),
  ];
}
