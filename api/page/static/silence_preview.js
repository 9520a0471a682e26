// What a silence would be about, as the daemon says it, while it is being written.
import {api} from './api.js';
import {h} from './dom.js';
import {count, number} from './format.js';
import {nameOf} from './incident_words.js';

const FIELDS = ['cluster', 'group', 'topic', 'status', 'kind', 'labels'];
const NAMED = 5;
const PAUSE_MS = 250;
let timer = null;
let turn = 0;

function words({open_count: open, incident_count: covered, incidents, group_count: groups}) {
  const names = incidents.slice(0, NAMED).map((one) => `${one.cluster} ${nameOf(one)}`).join(', ');
  const more = covered > NAMED ? ` and ${number(covered - NAMED)} more` : '';
  const now = open ? `It covers ${covered ? number(covered) : 'none'} of ${count(open, 'incident')} open now${names && `: ${names}${more}`}.` : 'No incident is open now.';
  return `${now} It fits ${groups ? count(groups, 'group') : 'no group'} by name and labels.`;
}

// Empty where nothing is filled in yet, or nobody can say.
export async function preview(values) {
  const wanted = Object.fromEntries(FIELDS.filter((name) => values[name]?.trim()).map((name) => [name, values[name].trim()]));
  if (!Object.keys(wanted).length) return '';
  return api.previewSilence(wanted).then(({data}) => words(data), (error) => (error.status === 400 ? error.message : ''));
}

// At a pause in typing; only the newest answer is shown.
export function previewSoon(values, show) {
  const mine = ++turn;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const text = await preview(values);
    if (mine === turn) show(text);
  }, PAUSE_MS);
}

export const previewPlace = (text) => h('output', {key: 'covers', class: 'quiet covers'}, text);
