// What the daemon answers at /api/v1 (docs/rest-api.md).

import {token} from './token.js';

const BASE = new URL('../api/v1/', document.baseURI);
const LIMIT_MS = 10000;

export class Refused extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;  // 0: there was no answer
    this.code = code;
  }
}

function address(path, values = {}) {
  const url = new URL(path, BASE);
  for (const [name, value] of Object.entries(values)) {
    if (value !== '' && value !== null && value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

// {data, page, as_of_ms}, or throws Refused.
async function ask(url, options) {
  let answer;
  try {
    answer = await fetch(url, {signal: AbortSignal.timeout(LIMIT_MS), ...options});
  } catch (error) {
    throw new Refused(0, 'no_answer', error.name === 'TimeoutError' ? 'Tidemark did not answer within 10 s'
      : 'Tidemark does not answer');
  }
  const body = await answer.json().catch(() => null);
  if (answer.ok && body) return body;
  throw new Refused(answer.status, body?.error?.code ?? 'internal',
    body?.error?.message ?? `HTTP ${answer.status}`);
}

export const get = (path, values) => ask(address(path, values));

// The token goes with what changes something, and with the question what one may; with nothing else.
const bearer = () => (token.held() ? {Authorization: `Bearer ${token.held()}`} : {});

const change = (method, path, body, values) => ask(address(path, values), {method, headers: {'Content-Type': 'application/json', ...bearer()},
  body: body && JSON.stringify(body)});

// By ?name=, for a group may be called anything, ".." too; only the empty name goes into the path.
const ofGroup = (from, name, rest, values) => (name === ''
  ? [`${cluster(from)}/groups/${rest}`, values] : [`${cluster(from)}/group${rest}`, {...values, name}]);

// Of one group whatever its name is: the empty one, which address() leaves out, too.
function exactly(path, {group, ...values}) {
  const url = address(path, values);
  url.searchParams.set('group', group);
  return ask(url);
}

const cluster = (name) => `clusters/${encodeURIComponent(name)}`;

// What is kept of the past: {history, events, alerts}, each with a state (off, failing, or else) and
// the reason for it.
async function keeping() {
  return (await get('../../healthz')).data;
}

export const api = {
  keeping,
  clusters: () => get('clusters'),
  cluster: (name) => get(cluster(name)),
  groups: (values) => get('groups', values),
  group: (from, name, values) => get(...ofGroup(from, name, '', values)),
  explain: (from, name, values) => get(...ofGroup(from, name, '/explain', values)),
  forget(from, name, body) {
    const [path, values] = ofGroup(from, name, '');
    return change('DELETE', path, body, values);
  },
  topics: (from, values) => get(`${cluster(from)}/topics`, values),
  topic: (from, name) => get(`${cluster(from)}/topics/${encodeURIComponent(name)}`),
  events: (values) => get('events', values),
  eventsOf: (group) => exactly('events', group),
  historyAsText: (from, name, values) => address(...ofGroup(from, name, '/history', values)).href,
  history: (from, name, values) => get(...ofGroup(from, name, '/history', values)),
  incidents: (values) => get('incidents', values),
  incidentsOf: (group) => exactly('incidents', group),
  incident: (id) => get(`incidents/${encodeURIComponent(id)}`),
  acknowledge: (id, values) => change('POST', `incidents/${encodeURIComponent(id)}/acknowledge`, values),
  receivers: () => get('receivers'),
  access: () => ask(address('access'), {headers: bearer()}),
  silences: (values) => get('silences', values),
  previewSilence: (values) => get('silences/preview', values),
  silence: (values) => change('POST', 'silences', values),
  endSilence: (id, values) => change('DELETE', `silences/${encodeURIComponent(id)}`, values),
};
