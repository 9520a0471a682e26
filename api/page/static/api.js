// What the daemon answers at /api/v1 (docs/rest-api.md).

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
export async function get(path, values) {
  let answer;
  try {
    answer = await fetch(address(path, values), {signal: AbortSignal.timeout(LIMIT_MS)});
  } catch (error) {
    throw new Refused(0, 'no_answer', error.name === 'TimeoutError' ? 'Tidemark did not answer within 10 s'
      : 'Tidemark does not answer');
  }
  const body = await answer.json().catch(() => null);
  if (answer.ok && body) return body;
  throw new Refused(answer.status, body?.error?.code ?? 'internal',
    body?.error?.message ?? `HTTP ${answer.status}`);
}

// By ?name=, for a group may be called anything, ".." too; only the empty name goes into the path.
const ofGroup = (from, name, rest, values) => (name === ''
  ? [`${cluster(from)}/groups/${rest}`, values] : [`${cluster(from)}/group${rest}`, {...values, name}]);

const cluster = (name) => `clusters/${encodeURIComponent(name)}`;

// {state: recording, off or failing, reason, last_ms, bytes}, or null: it knows nothing of a history.
async function history() {
  return (await get('../../healthz')).data.history ?? null;
}

export const api = {
  recording: history,
  clusters: () => get('clusters'),
  cluster: (name) => get(cluster(name)),
  groups: (values) => get('groups', values),
  group: (from, name, values) => get(...ofGroup(from, name, '', values)),
  explain: (from, name, values) => get(...ofGroup(from, name, '/explain', values)),
  topics: (from, values) => get(`${cluster(from)}/topics`, values),
  topic: (from, name) => get(`${cluster(from)}/topics/${encodeURIComponent(name)}`),
  events: (values) => get('events', values),
  historyAsText: (from, name, values) => address(...ofGroup(from, name, '/history', values)).href,
  history: (from, name, values) => get(...ofGroup(from, name, '/history', values)),
};
