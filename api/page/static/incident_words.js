// Incidents in words: what each kind is about, how long it went on, who has taken it.
import {h} from './dom.js';
import {count, duration} from './format.js';
import {badge, icon} from './status.js';

export const KINDS = {
  status: 'in trouble',
  data_loss: 'records lost',
  retention_risk: 'records about to be deleted',
  blocked_by_transaction: 'held back by a transaction',
  monitor_blind: 'not seen by Tidemark',
  cluster_unreachable: 'out of reach',
};

const ENDS = {recovered: 'over', group_deleted: 'group deleted', not_watched: 'not watched any more'};

export const kindOf = (one) => KINDS[one.kind] ?? one.kind.replaceAll('_', ' ');
export const isOpen = (one) => one.state === 'open';
export const aboutCluster = (one) => one.group === null;
export const nameOf = (one) => (aboutCluster(one) ? 'the whole cluster' : one.group || '(no name)');

export const stateBadge = (one) => (isOpen(one) ? badge(one.status)
  : h('span', {class: 'badge over'}, icon(one.end === 'recovered' ? 'OK' : 'UNKNOWN'), ENDS[one.end] ?? 'ended'));

export const lasted = (one, now) => duration(Math.max(0, ((one.until_ms ?? now) - one.since_ms) / 1000));

// What is to be known of it besides, as short marks.
export function marks(one) {
  return [
    one.acknowledged_by && h('span', {key: 'taken', class: 'chip taken', title: one.acknowledged_comment || null}, `acknowledged by ${one.acknowledged_by}`),
    one.flaps > 0 && h('span', {key: 'flaps', class: 'chip', title: 'How often it came back while it was open'}, `came back ${count(one.flaps, 'time')}`),
    one.learning && h('span', {key: 'learning', class: 'chip', title: LEARNING}, 'still learning'),
  ];
}

export const LEARNING = 'What is usual for this group is not known yet, or it was dead before it was first seen: on the first day nobody is woken for it.';
