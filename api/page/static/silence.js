// A new silence: about what nobody is to be told, for how long, and why.
import {api} from './api.js';
import {alertTabs} from './alert_tabs.js';
import {access, changing, filled} from './changing.js';
import {h} from './dom.js';
import {moment} from './event_list.js';
import {link} from './routes.js';
import {preview, previewPlace, previewSoon} from './silence_preview.js';
import {KIND_NAMES, matchersOf} from './silence_words.js';

const SPANS = [['30m', '30 minutes'], ['1h', '1 hour'], ['2h', '2 hours'], ['8h', '8 hours'], ['1d', '1 day'], ['3d', '3 days'], ['7d', '7 days']];

async function load({query}, memory) {
  memory.values ??= query;
  [memory.covers] = await Promise.all([preview(memory.values), access(memory)]);
  return {as_of_ms: Date.now()};
}

const text = (name, label, value, more = {}) => h('label', {key: name}, label,
  h('input', {name, value: value ?? '', autocomplete: 'off', spellcheck: 'false', ...more}));

const pick = (name, label, value, choices) => h('label', {key: name}, label, h('select', {name}, choices.map(([one, title]) =>
  h('option', {key: one, value: one, selected: one === (value ?? '')}, title))));

// "team=payments" a line
function labelsOf(lines) {
  const pairs = lines.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
    const at = line.indexOf('=');
    return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  return pairs.length ? Object.fromEntries(pairs) : null;
}

async function act({labels, until, span, ...values}) {
  const end = until ? {end_ms: new Date(until).getTime()} : {for: span};
  const named = labelsOf(labels);
  return (await api.silence({...filled(values), ...(named ? {labels: named} : {}), ...end})).data;
}

const made = (one) => h('section', {class: 'panel', role: 'status'}, h('h2', null, 'Nobody is told of it now'),
  h('p', {class: 'matchers'}, matchersOf(one)), h('p', null, 'Until ', moment(one.end_ms), ': ', one.comment),
  h('p', null, h('a', {href: link.silences({state: 'active'})}, 'All active silences')));

function typed({target: {form}}, memory) {
  memory.values = Object.fromEntries(new FormData(form));
  previewSoon(memory.values, (text) => {
    memory.covers = text;
    form.querySelector('.covers').textContent = text;
  });
}

const form = (query, memory) => changing({memory, right: 'silence', label: 'Silence', title: 'New silence', act},
  h('p', {key: 'how', class: 'quiet'}, 'All that is filled in has to match, each as a regular expression of the whole name: ', h('code', null, 'billing-.*'), '. Empty: any.'),
  h('div', {key: 'match', class: 'fields', oninput: (event) => typed(event, memory)},
    text('cluster', 'Cluster', query.cluster), text('group', 'Group', query.group), text('topic', 'Topic', query.topic),
    pick('status', 'Status', query.status, [['', 'any'], ['ERROR', 'ERROR'], ['WARNING', 'WARNING']]),
    pick('kind', 'Kind', query.kind, [['', 'any'], ...KIND_NAMES]),
    h('label', {key: 'labels'}, 'Labels', h('textarea', {name: 'labels', rows: 2, placeholder: 'team=payments', spellcheck: 'false'}), h('small', null, 'name=expression, one a line'))),
  previewPlace(memory.covers),
  h('div', {key: 'long', class: 'fields'}, pick('span', 'For', '2h', SPANS),
    h('label', {key: 'until'}, 'or until', h('input', {name: 'until', type: 'datetime-local'}), h('small', null, 'in your time zone'))),
  text('comment', 'Why', query.comment, {required: true, maxlength: 500, spellcheck: 'true'}));

function render(_, {query}, memory) {
  return [
    alertTabs('silences'), h('h1', null, 'New silence'),
    memory.done ? made(memory.done) : h('section', {class: 'panel', 'aria-label': 'New silence'}, form(query, memory)),
  ];
}

export const silence = {title: () => 'New silence', load, render, everyMs: 60000};
