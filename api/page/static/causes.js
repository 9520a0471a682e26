// Why a group is in trouble, what to do next, and how long there is.
import {h} from './dom.js';
import {link} from './routes.js';
import {CONDITIONS} from './words.js';

async function copy(event, text) {
  const button = event.currentTarget;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);  // no right to the clipboard
    button.textContent = 'Marked';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
}

const command = (text) => h('div', {class: 'command'}, h('code', {tabindex: 0}, text),
  h('button', {type: 'button', onclick: (event) => copy(event, text)}, 'Copy'));

const cause = (one, at) => h('li', {key: `${one.finding}${at}`},
  h('p', null, one.sentence, ' ', h('a', {class: 'chip', href: link.rules('diagnosis', {part: one.finding})}, one.finding.replaceAll('_', ' '))),
  one.next_step && command(one.next_step));

export function causes(data) {
  const conditions = data.conditions.filter((one) => CONDITIONS[one]);
  if (!data.findings.length && !data.forecast && !conditions.length) return null;
  return h('section', {class: 'panel', 'aria-labelledby': 'why'},
    h('h2', {id: 'why'}, data.findings.length ? 'Why, as far as it can be seen' : 'How long it takes'),
    data.findings.length > 0 && h('ol', {class: 'causes'}, data.findings.map(cause)),
    conditions.length > 0 && h('p', null, 'Besides: ', conditions.map((one) => CONDITIONS[one]).join('; '), '.'),
    data.forecast?.sentence && h('p', {class: 'forecast'}, data.forecast.sentence));
}
