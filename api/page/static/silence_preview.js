// What a silence would cover of what is open now, while it is being written. The browser's regular
// expressions are those of the daemon in all but rare corners; the daemon decides.
import {h} from './dom.js';
import {count, number} from './format.js';
import {nameOf} from './incident_words.js';

const FIELDS = ['cluster', 'group', 'topic', 'status', 'kind'];
const NAMED = 5;

function expressions(values) {
  return FIELDS.filter((name) => values[name]).map((name) => [name, new RegExp(`^(?:${values[name]})$`, 'su')]);
}

// The open incidents that all given expressions match; null: one of them is none.
export function covered(values, incidents) {
  try {
    const all = expressions(values);
    return incidents.filter((one) => all.every(([name, expression]) => expression.test(one[name] ?? '')));
  } catch {
    return null;
  }
}

export function preview(values, {total, rows}) {
  const found = total === null || !FIELDS.some((name) => values[name]) ? null : covered(values, rows);
  if (!found) return '';
  if (!total) return 'No incident is open now.';
  const names = found.slice(0, NAMED).map((one) => `${one.cluster} ${nameOf(one)}`).join(', ');
  const more = found.length > NAMED ? ` and ${number(found.length - NAMED)} more` : '';
  const of = total > rows.length ? `the newest ${number(rows.length)} that are open` : `${count(total, 'incident')} open now`;
  return `It covers ${found.length ? number(found.length) : 'none'} of ${of}${names && `: ${names}${more}`}.${values.labels?.trim() ? ' (Whatever their labels are.)' : ''}`;
}

export const previewPlace = (values, open) => h('output', {key: 'covers', class: 'quiet covers'}, preview(values, open));
