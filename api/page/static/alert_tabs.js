// The three screens about alerts: what is in trouble, about what nobody is told, and who is told.
import {h} from './dom.js';
import {link} from './routes.js';

const TABS = [['incidents', 'Incidents', link.incidents({state: 'open'})], ['silences', 'Silences', link.silences({state: 'active'})],
  ['receivers', 'Receivers', link.receivers()]];

export const alertTabs = (current) => h('nav', {class: 'chips', 'aria-label': 'Alerts'}, TABS.map(([name, title, href]) =>
  h('a', {key: name, class: 'toggle', href, 'aria-current': name === current ? 'page' : null}, title)));
