// A recorded history as docs/rest-api.md describes it, for a daemon that has just started and has
// none of its own yet: fine, then a gap, then falling behind, then stuck.

const STORY = (share) => (share < 0.35 ? 'OK' : share < 0.45 ? null : share < 0.7 ? 'WARNING' : 'ERROR');
const PRODUCED = 40;  // records a second

function totals(times, step) {
  let committed = 1_000_000_000;
  const out = {status: [], lag_min: [], lag_max: [], lag_last: [], time_lag_max_seconds: [], committed_per_second: [],
    produced_per_second: [], committed_offset: [], log_end: []};
  for (const i of times.keys()) {
    const status = STORY(i / times.length);
    const logEnd = 1_000_000_000 + Math.round(i * step * PRODUCED);
    if (status === 'OK' || status === null) committed = logEnd - 30;
    else if (status === 'WARNING') committed += Math.round(step * PRODUCED * 0.6);
    const lag = logEnd - committed;
    const row = {status, lag_min: lag, lag_max: lag + 20, lag_last: lag, time_lag_max_seconds: lag / PRODUCED,
      committed_per_second: status === 'ERROR' ? 0 : PRODUCED, produced_per_second: PRODUCED, committed_offset: committed, log_end: logEnd};
    for (const [name, value] of Object.entries(row)) out[name].push(status === null ? null : value);
  }
  return out;
}

function partitions(times) {
  return Array.from({length: 12}, (_, partition) => ({topic: 'orders', partition,
    status: times.map((_, i) => { const whole = STORY(i / times.length); return whole === 'ERROR' && partition % 3 ? 'OK' : whole === 'ERROR' ? 'STALLED' : whole && 'OK'; }),
    lag: times.map((_, i) => (STORY(i / times.length) === null ? null : i * (partition + 1)))}));
}

function answer(url) {
  const query = new URL(url).searchParams;
  const from = Number(query.get('from_ms'));
  const to = Number(query.get('to_ms'));
  const step = query.has('step') ? parseFloat(query.get('step')) : Math.max(30, (to - from) / 1000 / 500);
  const times = [];
  for (let at = from; at < to; at += step * 1000) times.push(at);
  const fields = (query.get('fields') ?? 'totals,offsets').split(',');
  return {cluster: 'PROD', group: 'payments', from_ms: from, to_ms: to, step_seconds: step, source: 'samples', damaged: false, at_ms: times,
    ...totals(times, step), ...(fields.includes('partitions') ? {partitions: partitions(times)} : {})};
}

// `refusal`: {status, code, message} instead of a history.
export async function record(page, {refusal} = {}) {
  const state = refusal ? {state: 'failing', reason: refusal.message, last_ms: null, bytes: 0}
    : {state: 'recording', reason: '', last_ms: Date.now(), bytes: 12_345_678};
  await page.route(/\/healthz$/, async (route) => {
    const body = await (await route.fetch()).json();
    await route.fulfill({json: {...body, data: {...body.data, history: state}}});
  });
  await page.route(/\/group\/history\?/, (route) => (refusal
    ? route.fulfill({status: refusal.status, json: {error: {code: refusal.code, message: refusal.message, field: null}}})
    : route.fulfill({json: {data: answer(route.request().url()), page: null, as_of_ms: Date.now()}})));
}
