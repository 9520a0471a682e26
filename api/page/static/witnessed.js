// What this page has seen of groups since it was opened: all there is to draw where no history is
// recorded. The last groups only, and of each the last while.

const GROUPS = 20;
const SAMPLES = 900;
const seen = new Map();

const sum = (partitions, field) => partitions.reduce((total, one) => (one[field] === null ? total : total + one[field]), 0);

// The newest commit of a window at or before an instant.
const asOf = (window, ms) => window.findLast((one) => one.committed_at_ms <= ms);

// What the windows tell of the time before the page was opened: as long as every partition has a
// commit before and after it, and its lag was known.
function before({status, partitions}) {
  const windows = partitions.filter((one) => one.committed_offset !== null).map((one) => one.window ?? []);
  if (!windows.length || windows.some((one) => !one.length)) return [];
  const from = Math.max(...windows.map((one) => one[0].committed_at_ms));
  const to = Math.min(...windows.map((one) => one.at(-1).committed_at_ms));
  const times = new Set(windows.flat().map((one) => one.committed_at_ms).filter((at) => at >= from && at <= to));
  return [...times].sort((a, b) => a - b).map((at) => {
    const then = windows.map((one) => asOf(one, at));
    const lag = then.some((one) => one.lag === null) ? null : sum(then, 'lag');
    return {at_ms: at, status, lag, time_lag: null, partitions: new Map()};
  });
}

export function witness(data, asOfMs) {
  const key = JSON.stringify([data.cluster, data.group]);
  const samples = seen.get(key) ?? before(data);
  seen.delete(key);
  seen.set(key, samples);
  if (seen.size > GROUPS) seen.delete(seen.keys().next().value);
  if (samples.at(-1)?.at_ms >= asOfMs) return samples;
  samples.push({
    at_ms: asOfMs, status: data.status, lag: data.lag, time_lag: data.time_lag_seconds,
    partitions: new Map(data.partitions.map((one) => [`${one.topic}-${one.partition}`, [one.committed_offset, one.log_end]])),
  });
  if (samples.length > SAMPLES) samples.shift();
  return samples;
}
