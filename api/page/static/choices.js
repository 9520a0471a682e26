// How a list is narrowed: by one of several, or by something that the address names.
import {h} from './dom.js';

// `choices`: [[value, title]]; '' is all of them.
export const choice = (label, value, choices, on) => h('label', null, `${label} `, h('select', {onchange: (event) => on(event.target.value)},
  h('option', {value: ''}, 'all'), choices.map(([one, title]) =>
    h('option', {key: one, value: one, selected: one === value}, title))));

export const taken = (what, away) =>
  h('button', {type: 'button', class: 'toggle on', 'aria-label': `No longer only ${what}`, onclick: away}, `${what} ✕`);
