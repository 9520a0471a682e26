// Statuses over time as strips: higher is worse, so that no colour is needed to read them.
import {h} from './dom.js';
import {duration, instant} from './format.js';
import {kind} from './status.js';

function part(run, stretch) {
  const share = (run.to_ms - run.from_ms) / (stretch.to_ms - stretch.from_ms);
  const said = `${run.status ?? 'not recorded'} from ${instant(run.from_ms)} to ${instant(run.to_ms)} (${duration((run.to_ms - run.from_ms) / 1000)})`;
  return h('i', {class: run.status ? kind(run.status) : 'gap', title: said, style: {flexGrow: String(share), flexBasis: '0'}},
    share > 0.12 && h('span', null, run.status ?? 'not recorded'));
}

function padded(runs, {from_ms: from, to_ms: to}) {
  const out = [...runs];
  if (!out.length) return [{status: null, from_ms: from, to_ms: to}];
  if (out[0].from_ms > from) out.unshift({status: null, from_ms: from, to_ms: out[0].from_ms});
  if (out.at(-1).to_ms < to) out.push({status: null, from_ms: out.at(-1).to_ms, to_ms: to});
  return out;
}

export function axis({from_ms: from, to_ms: to, at}) {
  const middle = (from + to) / 2;
  return h('div', {class: 'axis', 'aria-hidden': 'true'}, h('span', null, instant(from)), h('span', null, instant(middle)),
    h('span', null, at === null ? 'now' : instant(to)));
}

const worst = (runs) => runs.filter((one) => one.status).map((one) => `${one.status} ${duration((one.to_ms - one.from_ms) / 1000)}`).join(', then ');

export function strip(runs, stretch, name) {
  const marks = stretch.at === null ? null
    : h('b', {class: 'at', style: {left: `${100 * (stretch.at - stretch.from_ms) / (stretch.to_ms - stretch.from_ms)}%`}});
  return h('div', {class: 'strip', role: 'img', 'aria-label': `${name}: ${worst(runs) || 'nothing recorded'}`},
    padded(runs, stretch).map((run) => part(run, stretch)), marks);
}
