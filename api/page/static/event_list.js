// Events as lines: when, about whom, what happened. On the overview, at a group, and on their own.
import {h} from './dom.js';
import {ago, instant, wholeInstant, words} from './format.js';
import {link} from './routes.js';
import {icon, kind} from './status.js';

export const newestFirst = (events) => [...events].sort((a, b) => b.at_ms - a.at_ms || b.sequence - a.sequence);

const SEVERE = {data_loss: 'ERROR', blind: 'UNKNOWN', sight_back: 'OK', unread_topic: 'WARNING', topic_recreated: 'WARNING', monitor_started: 'UNKNOWN'};

const lookOf = (event) => (event.kind === 'status' ? event.to
  : event.kind === 'condition' ? (event.to ? 'WARNING' : 'OK') : SEVERE[event.kind] ?? null);

function change(event) {
  if (event.kind === 'status') return `${event.from} → ${event.to}`;
  if (event.kind === 'condition') return event.to ? `${words(event.to)} begins` : `${words(event.from)} ends`;
  return words(event.kind);
}

export function about(event, withAt = true) {
  if (event.group !== null) {
    return h('a', {href: link.group(event.cluster, event.group, withAt ? {at: event.at_ms} : {})}, event.group || '(no name)');
  }
  return h('span', null, event.subject ?? '');
}

export const moment = (ms) => h('time', {datetime: new Date(ms).toISOString(), title: wholeInstant(ms)}, instant(ms));

export function sign(event) {
  const look = lookOf(event);
  return h('span', {class: `change ${look ? kind(look) : ''}`}, look && icon(look), change(event));
}

// `showGroup`: false where all are of one group.
export function eventList(events, now, nothing, showGroup = true) {
  if (!events.length) return h('p', {class: 'quiet'}, nothing);
  return h('ol', {class: 'events'}, events.map((event) =>
    h('li', {key: event.cursor ?? `${event.cluster}${event.sequence}${event.at_ms}`},
      h('span', {class: 'when'}, moment(event.at_ms), h('small', null, ago(event.at_ms, now))),
      h('span', {class: 'what'}, sign(event), ' ',
        showGroup && [h('span', {class: 'cluster'}, event.cluster), ' ', about(event)],
        !showGroup && event.subject && h('span', null, event.subject),
        h('span', {class: 'sentence'}, event.author && h('b', null, `${event.author}: `), event.sentence)))));
}
