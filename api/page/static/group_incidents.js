// The open incidents of a group, on its own screen: who has taken them, and how to.
import {api} from './api.js';
import {h} from './dom.js';
import {isOpen, kindOf, lasted, marks, stateBadge} from './incident_words.js';
import {link} from './routes.js';

// Null where none are kept.
export const incidentsOf = ({cluster, group}) =>
  api.incidentsOf({cluster, group, state: 'open', limit: 20}).then(({data}) => data, () => null);

const item = (one, now) => h('li', {key: one.id}, h('span', {class: 'said'}, 'Open incident: ', stateBadge(one), ' ',
  h('a', {href: link.incident(one.id)}, kindOf(one)), ` for ${lasted(one, now)}`, marks(one)),
isOpen(one) && !one.acknowledged_by && h('a', {class: 'toggle', href: link.incident(one.id)}, 'Acknowledge'));

export function incidentPanel(incidents, now) {
  if (!incidents?.length) return null;
  return h('section', {class: 'panel slim', 'aria-label': 'Open incidents'}, h('ul', {class: 'open-incidents'}, incidents.map((one) => item(one, now))));
}
