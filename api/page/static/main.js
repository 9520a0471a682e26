// The frame around the screens: which one is shown, the bar at the top, the keyboard.
import {h, show} from './dom.js';
import {Live} from './live.js';
import {here, link} from './routes.js';
import {onTheme, startTheme} from './theme.js';
import {overview} from './overview.js';
import {groups} from './groups.js';
import {group} from './group.js';
import {explain} from './explain.js';
import {topics} from './topics.js';
import {topic} from './topic.js';
import {events} from './events.js';
import {incidents} from './incidents.js';
import {incident} from './incident.js';
import {silences} from './silences.js';
import {silence} from './silence.js';
import {receivers} from './receivers.js';
import {openIncidents} from './open_incidents.js';
import {rules} from './rules.js';
import {monitor} from './monitor.js';
import {repaintCharts} from './chart.js';

const SCREENS = {overview, groups, group, explain, topics, topic, events, rules, monitor, incidents, incident,
  silences, silence, receivers};
const NAV = [['overview', 'Overview', link.overview()], ['groups', 'Groups', link.groups()],
  ['incidents', 'Incidents', link.incidents({state: 'open'})], ['topics', 'Topics', link.topics()], ['events', 'Events', link.events()], ['rules', 'Rules', link.rules()]];
const UNDER = {group: 'groups', explain: 'groups', topic: 'topics', monitor: 'overview', incident: 'incidents',
  silences: 'incidents', silence: 'incidents', receivers: 'incidents'};

const nowhere = {
  title: () => 'Not there',
  load: async () => ({as_of_ms: Date.now()}),
  render: (_, place) => h('div', {class: 'nothing'}, h('h1', {tabindex: -1}, 'Not there'),
    h('p', null, `This page has nothing at "${place.names.path}".`), h('p', null, h('a', {href: '#/'}, 'To the overview'))),
};

const root = document.getElementById('main');
const search = document.getElementById('search');
const find = document.getElementById('find');
let live = null;
let openMany = null;  // incidents

function paintNav(screen) {
  const current = UNDER[screen] ?? screen;
  show(document.getElementById('nav'), NAV.map(([name, title, href]) =>
    h('a', {key: name, href, 'aria-current': name === current ? 'page' : null}, title, name === 'incidents' && openCount())));
}

const openCount = () => openMany > 0 && h('b', {class: 'many'}, openMany > 999 ? '999+' : String(openMany), h('span', {class: 'hidden'}, ' open'));

function openPlace() {
  if (location.hash === '#main') return;  // the skip link
  const place = here();
  paintNav(place.screen);
  if (document.activeElement !== find) find.value = place.query.q ?? '';
  if (live?.place.place === place.place) return void live.move(place);
  const first = live === null;
  live?.stop();
  show(root, h('p', {class: 'loading'}, 'Loading…'));
  live = new Live(SCREENS[place.screen] ?? nowhere, place, root);
  if (!first) {
    scrollTo(0, 0);
    root.focus({preventScroll: true});
  }
}

function skip(event) {
  event.preventDefault();
  root.focus();
}

function typed(event) {
  const writing = event.target.closest?.('input, select, textarea');
  if (event.key === '/' && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    find.focus();
    find.select();
  } else if (event.key === 'Escape' && event.target === find) {
    find.blur();
  }
}

search.onsubmit = (event) => {
  event.preventDefault();
  location.hash = link.groups({...(here().screen === 'groups' ? here().query : {}), cursor: '', q: find.value.trim()});
};
document.querySelector('.skip').onclick = skip;
document.addEventListener('keydown', typed);
addEventListener('hashchange', openPlace);
startTheme(document.getElementById('theme'));
onTheme(repaintCharts);
openIncidents.onChange((total) => {
  openMany = total;
  paintNav(here().screen);
});
openPlace();
openIncidents.start();
