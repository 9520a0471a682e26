// Why a verdict is what it is: each rule, in order, with the numbers that made it true or false.
import {api} from './api.js';
import {h} from './dom.js';
import {duration, instant, number, words} from './format.js';
import {spans} from './members.js';
import {link} from './routes.js';
import {badge, icon, kind} from './status.js';
import {inPlainWords} from './words.js';

const load = ({names, query}) =>
  api.explain(names.cluster, names.group, {topic: query.topic, partition: query.partition});

function verdictRow(rule, partition) {
  const look = rule.decided ? `decided ${kind(partition.status)}` : rule.held ? 'held' : '';
  return h('tr', {key: rule.number + rule.rule, class: look},
    h('td', {class: 'n'}, String(rule.number)), h('th', {scope: 'row'}, words(rule.rule)),
    h('td', null, rule.decided ? [icon(partition.status), ' decides'] : rule.held ? 'holds too' : 'no'),
    h('td', {class: 'c-why'}, rule.numbers));
}

function trace(partition, problem) {
  if (problem) return h('p', {class: 'note'}, problem);
  return h('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Rules'}, h('table', {class: 'list rules'}, h('caption', {class: 'hidden'}, 'The rules in order'), h('thead', null, h('tr', null,
    h('th', {scope: 'col', class: 'n'}, '#'), ['Rule', 'Holds', 'Because'].map((title) => h('th', {scope: 'col'}, title)))),
  h('tbody', null, (partition.rules ?? []).map((rule) => verdictRow(rule, partition)))));
}

function rollUp(data) {
  const rows = Object.entries(data.partitions_by_verdict).flatMap(([status, reasons]) =>
    Object.entries(reasons).flatMap(([reason, topics]) => Object.entries(topics).map(([topic, parts]) => ({status, reason, topic, parts}))));
  return h('ul', {class: 'roll-up'}, rows.map((one) => h('li', {key: `${one.status}${one.reason}${one.topic}`}, badge(one.status),
    ` ${words(one.reason)}: `, h('b', null, one.topic), ` ${spans(one.parts)} `,
    h('a', {href: link.explain(data.cluster, data.group, {topic: one.topic, partition: one.parts[0]})}, 'trace'))));
}

const facts = (one) => h('dl', {class: 'facts'}, [
  ['Committed', number(one.committed_offset)], ['Position', number(one.position)], ['Log end', number(one.log_end)],
  ['Stands since', instant(one.standing_since_ms)], ['Waiting since', instant(one.waiting_since_ms)],
  ['Told by', words(one.waiting_since_source)], ['Probe', words(one.probe)], ['Patience', duration(one.patience_seconds)],
  ['Window', `${number(one.samples)} of ${number(one.intervals)}`],
].map(([name, value]) => h('div', {key: name}, h('dt', null, name), h('dd', null, value))));

function render({data}) {
  const one = data.partitions?.[0];
  return [
    h('p', {class: 'crumbs'}, h('a', {href: link.group(data.cluster, data.group)}, `${data.cluster} ${data.group}`)),
    h('div', {class: 'title'}, h('h1', null, `Why is ${data.group || 'it'} ${data.status}?`), badge(data.status, data.stale)),
    h('p', {class: `lead ${kind(data.status)}`}, inPlainWords(data.reason)),
    h('p', {class: 'sentence'}, data.explanation),
    one && h('section', {class: 'panel', 'aria-labelledby': 'trace'}, h('h2', {id: 'trace'}, `${one.topic}-${one.partition}: the first rule that holds decides`),
      facts(one), trace(one, data.rules_problem)),
    h('section', {class: 'panel', 'aria-labelledby': 'roll'}, h('h2', {id: 'roll'}, 'The worst partition decides'), rollUp(data)),
    h('p', null, h('a', {href: link.rules()}, 'The rules in words')),
  ];
}

export const explain = {title: ({names}) => `Why: ${names.group} · ${names.cluster}`, load, render};
