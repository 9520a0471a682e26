// Who is in the group, and what each of them owns.
import {h} from './dom.js';
import {count, number} from './format.js';

// Kafka's Java clients tell "/10.1.5.13".
export const hostOf = ({client_host: host}) => (host ?? '').replace(/^\//, '');

// [0,1,2,5] → "0–2, 5"
export function spans(numbers) {
  const out = [];
  for (const one of [...numbers].sort((a, b) => a - b)) {
    const last = out.at(-1);
    if (last && last[1] === one - 1) last[1] = one;
    else out.push([one, one]);
  }
  return out.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

function owns(assigned) {
  if (assigned === null) return 'unknown';
  const topics = Object.entries(assigned).filter(([, partitions]) => partitions.length);
  return topics.length ? topics.map(([topic, partitions]) => h('div', {key: topic}, `${topic} `, h('b', null, spans(partitions)))) : 'nothing';
}

const many = (assigned) => (assigned === null ? null : Object.values(assigned).reduce((sum, one) => sum + one.length, 0));

export function memberTable(members) {
  if (!members.length) return h('p', {class: 'quiet'}, 'The group has no members now.');
  return h('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Members'}, h('table', {class: 'list'}, h('caption', {class: 'hidden'}, 'Members'), h('thead', null, h('tr', null,
    ['Client', 'Host', 'Owns'].map((title) => h('th', {scope: 'col'}, title)), h('th', {scope: 'col', class: 'n'}, 'Partitions'))),
  h('tbody', null, members.map((one) => h('tr', {key: one.member_id},
    h('th', {scope: 'row', class: 'c-name', title: one.member_id}, one.client_id || one.member_id, one.away && h('span', {class: 'chip'}, 'away'),
      one.instance_id && h('span', {class: 'chip'}, one.instance_id)),
    h('td', null, hostOf(one)), h('td', null, owns(one.assigned)), h('td', {class: 'n'}, number(many(one.assigned))))))));
}

export const memberCount = (members) => count(members.length, 'member');
