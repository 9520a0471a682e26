// How Tidemark itself reads a cluster: what it sees, how much, and what went wrong.
import {api} from './api.js';
import {blindness, unheard} from './blindness.js';
import {h} from './dom.js';
import {ago, bytes, duration, number, words} from './format.js';
import {link} from './routes.js';

async function load({names}) {
  const [seen, keeping, receivers] = await Promise.all([api.cluster(names.cluster), api.keeping(), api.receivers()]);
  return {...seen, recording: keeping.history, receivers: receivers.data};
}

const list = (rows) => h('dl', {class: 'facts'}, rows.map(([name, value]) =>
  h('div', {key: name}, h('dt', null, name), h('dd', null, value))));

const counted = (errors) => Object.entries(errors).map(([kind, many]) => `${words(kind)} ${number(many)}`).join(', ') || 'none';

function health(one, recording, receivers, now) {
  const {health: seen} = one;
  return list([
    ['Brokers', number(one.brokers)], ['Log ends seen', ago(one.log_ends_at_ms, now)],
    ['Offsets topic read', ago(one.offsets_at_ms, now)], ['Records read', number(seen.records_read)],
    ['Probes', `${number(seen.probes_sent)} sent, ${number(seen.probes_failed)} failed`],
    ['Ticks', `${number(seen.ticks)}, the last took ${(seen.last_tick_seconds * 1000).toFixed(1)} ms`],
    ['Errors', counted(seen.collector_errors)], ['Undecodable records', counted(seen.decode_errors)],
    ["Brokers' clock", `${seen.clock_shift_seconds.toFixed(2)} s beside ours`],
    ['History', recording ? historySaid(recording, now) : 'not recorded'],
    ['Receivers', receiverState(receivers)],
  ]);
}

const historySaid = (history, now) => (history.state === 'recording'
  ? `recording, ${bytes(history.bytes)}, last ${ago(history.last_ms, now)}` : `${history.state}${history.reason ? `: ${history.reason}` : ''}`);

function queues(one) {
  const titles = [['Queue'], ['Waiting', 'n'], ['Room for', 'n'], ['Passed', 'n'], ['Bytes', 'n'], ['Senders waited', 'n']];
  return h('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Queues'}, h('table', {class: 'list'},
    h('thead', null, h('tr', null, titles.map(([title, look]) => h('th', {scope: 'col', class: look ?? ''}, title)))),
    h('tbody', null, one.health.queues.map((queue) => h('tr', {key: queue.name}, h('th', {scope: 'row'}, queue.name),
      h('td', {class: 'n'}, number(queue.depth)), h('td', {class: 'n'}, number(queue.capacity)), h('td', {class: 'n'}, number(queue.pushed)),
      h('td', {class: 'n'}, bytes(queue.bytes)), h('td', {class: 'n'}, duration(queue.waited_seconds)))))));
}

const receiverState = (receivers) => (receivers.length
  ? h('a', {href: link.receivers()}, unheard(receivers).length ? `${number(unheard(receivers).length)} of ${number(receivers.length)} not reached` : `${number(receivers.length)}, all reached`)
  : 'none');

function render({data, recording, receivers, as_of_ms: now}) {
  const blind = blindness(data);
  return [
    h('p', {class: 'crumbs'}, h('a', {href: link.groups({cluster: data.cluster})}, `${data.cluster} groups`)),
    h('h1', null, `How Tidemark sees ${data.cluster}`),
    blind.length ? h('ul', {class: 'blind lead'}, blind.map(({what}) => h('li', {key: what}, what[0].toUpperCase() + what.slice(1))))
      : h('p', {class: 'lead'}, 'It sees all of it, and all of it is fresh.'),
    h('p', {class: 'quiet'}, `Asks ${data.bootstrap}; cluster id ${data.cluster_id ?? 'not known yet'}.`),
    h('section', {class: 'panel', 'aria-label': 'Health'}, health(data, recording, receivers, now)),
    h('section', {class: 'panel', 'aria-labelledby': 'queues'}, h('h2', {id: 'queues'}, 'Queues'), queues(data)),
  ];
}

export const monitor = {title: ({names}) => `Tidemark and ${names.cluster}`, load, render};
