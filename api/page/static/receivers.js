// Who is told, and whether it arrives.
import {api} from './api.js';
import {alertTabs} from './alert_tabs.js';
import {h} from './dom.js';
import {ago, number} from './format.js';
import {icon} from './status.js';

const load = () => api.receivers();

const state = (one) => (one.failure ? ['ERROR', 'does not arrive'] : one.waiting ? ['UNKNOWN', 'on its way']
  : one.last_delivered_ms === null ? ['UNKNOWN', 'nothing sent yet'] : ['OK', 'arrives']);

function row(one, now) {
  const [look, said] = state(one);
  const lost = one.refused + one.given_up + one.overflow;
  return h('tr', {key: one.receiver},
    h('td', {class: 'c-status'}, h('span', {class: `badge ${look.toLowerCase()}`}, icon(look), said)),
    h('th', {scope: 'row', class: 'c-name'}, one.receiver, one.failure && h('div', {class: 'failure'}, one.failure)),
    h('td', {class: 'c-waits'}, one.waiting ? `${number(one.waiting)}, since ${ago(one.oldest_ms, now)}` : 'none', h('span', {class: 'label'}, ' waiting')),
    h('td', {class: 'c-since'}, ago(one.last_delivered_ms, now)),
    h('td', {class: 'n c-members'}, number(one.delivered)), h('td', {class: 'n c-members'}, number(one.failed_attempts)),
    h('td', {class: lost ? 'n odd' : 'n c-members'}, number(lost), h('span', {class: 'label'}, ' not sent')));
}

const HEADS = [['State', 'c-status'], ['Receiver', 'c-name'], ['Waiting'], ['Last delivered'], ['Delivered', 'n'], ['Attempts failed', 'n'], ['Not sent', 'n']];

const table = (seen) => h('table', {class: 'list groups receivers'}, h('caption', {class: 'hidden'}, 'Receivers'),
  h('thead', null, h('tr', null, HEADS.map(([title, look]) => h('th', {scope: 'col', class: look ?? ''}, title)))),
  h('tbody', null, seen.data.map((one) => row(one, seen.as_of_ms))));

function render(seen) {
  return [
    alertTabs('receivers'), h('h1', null, 'Who is told'),
    seen.data.length ? table(seen)
      : h('p', {class: 'nothing'}, 'Nobody is told of anything: no receiver is configured. Incidents are kept all the same.'),
    h('p', {class: 'quiet'}, 'Counts are since the start of the daemon. Try one before you need it: ', h('code', null, 'tidemark test-receiver NAME'), '. Who would be told of a group, and why: ',
      h('code', null, 'tidemark routes CLUSTER GROUP'), '.'),
  ];
}

export const receivers = {title: () => 'Who is told', load, render, everyMs: 5000};
