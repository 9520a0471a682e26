// What Tidemark cannot see of a cluster at the moment, in sentences.
import {ago, count, number} from './format.js';

const LINK = {
  unreachable: 'its brokers do not answer',
  authentication_failed: 'its brokers refuse the login',
  not_authorized: 'a right is missing',
  connecting: 'not connected yet',
};

const OLD_SECONDS = 60;

function link(one) {
  if (!LINK[one.state]) return null;
  return one.problem ? `${LINK[one.state]}: ${one.problem}` : LINK[one.state];
}

function catchUp(one) {
  if (one.caught_up || LINK[one.state] || one.state === 'waiting_for_topic') return null;
  const {done, total, percent} = one.catch_up;
  return `still reading what was committed before it started: ${number(done)} of ${number(total)} records (${Math.floor(percent)} %)`;
}

function held(one) {
  return one.held_offsets_partitions.map(({partition, since_ms: since}) =>
    `offsets partition ${partition} is held back by an open transaction, since ${ago(since, one.as_of_ms)}`);
}

function old(one) {
  const age = one.log_ends_at_ms === null ? null : (one.as_of_ms - one.log_ends_at_ms) / 1000;
  return one.state === 'connected' && age !== null && age > OLD_SECONDS
    ? `log ends were last seen ${ago(one.log_ends_at_ms, one.as_of_ms)}` : null;
}

function stale(one) {
  const parts = one.stale_offsets_partitions;
  if (!parts.length || !one.caught_up) return null;
  return `${count(parts.length, 'offsets partition')} not read to the end: ${parts.slice(0, 12).join(', ')}${parts.length > 12 ? ', …' : ''}`;
}

const blindGroups = (one) => (one.groups.UNKNOWN
  ? `nothing can be said of ${count(one.groups.UNKNOWN, 'group')}` : null);

export function blindness(one) {
  return [link(one), catchUp(one), old(one), stale(one), ...held(one), blindGroups(one)]
    .filter(Boolean).map((what) => ({cluster: one.cluster, what}));
}

// Who is to be told and is not, whatever the cluster.
export const unheard = (receivers) => receivers.filter((one) => one.failure !== null).map((one) => ({
  cluster: null, receiver: one.receiver,
  what: `is not reached: ${one.failure}${one.waiting ? `; ${count(one.waiting, 'message')} ${one.waiting === 1 ? 'waits' : 'wait'}` : ''}`}));

// The same of what is kept for later, for all clusters together.
const KEPT = [['history', 'history is not recorded'], ['events', 'events are not on the disk'], ['alerts', 'incidents are not on the disk']];

export const unkept = (keeping) => KEPT.filter(([name]) => keeping[name]?.state === 'failing')
  .map(([name, what]) => ({cluster: null, what: `${what}: ${keeping[name].reason}`}));
