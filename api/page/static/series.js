// Rows for the charts, from the recorded history or from what this page has seen.

const date = (ms) => new Date(ms);

// Without the steps at the end that nothing is recorded of yet.
const known = (rows) => rows.slice(0, rows.findLastIndex((row) => row.slice(1).some((one) => one !== null)) + 1);

// What is recorded ends some seconds ago; the live picture goes on from there.
const andNow = (rows, samples, live, values) =>
  (live && samples.length ? [...rows, [date(samples.at(-1).at_ms), ...values(samples.at(-1))]] : rows);

export function lagRows(recorded, samples, live) {
  if (recorded) {
    const rows = recorded.at_ms.map((at, i) => [date(at), recorded.lag_max[i], recorded.lag_last[i]]);
    return andNow(known(rows), samples, live, (one) => [one.lag, one.lag]);
  }
  return samples.map((one) => [date(one.at_ms), one.lag, one.lag]);
}

export function timeLagRows(recorded, samples, live) {
  if (recorded) {
    const rows = recorded.at_ms.map((at, i) => [date(at), recorded.time_lag_max_seconds[i]]);
    return andNow(known(rows), samples, live, (one) => [one.time_lag]);
  }
  return samples.map((one) => [date(one.at_ms), one.time_lag]);
}

// Log end and committed offset, of the group as a whole.
export function pictureRows(recorded) {
  if (!recorded?.committed_offset) return [];
  return known(recorded.at_ms.map((at, i) => [date(at), recorded.log_end[i], recorded.committed_offset[i]]));
}

// The same of one partition: the commits of its window, then what the page has seen of it.
export function partitionRows(partition, samples, nowMs) {
  const rows = (partition.window ?? []).map((one) =>
    [one.committed_at_ms, one.lag === null ? null : one.offset + one.lag, one.offset]);
  const last = rows.at(-1)?.[0] ?? 0;
  const name = `${partition.topic}-${partition.partition}`;
  for (const sample of samples) {
    const [committed, logEnd] = sample.partitions.get(name) ?? [];
    if (sample.at_ms > last && committed !== undefined) rows.push([sample.at_ms, logEnd, committed]);
  }
  // The window is asked for after the report was made, and may know of a later commit.
  const newest = partition.window?.at(-1);
  const later = newest && newest.committed_at_ms > partition.committed_at_ms;
  const committed = later ? newest.offset : partition.committed_offset;
  if (committed !== null && (rows.at(-1)?.[0] ?? 0) < nowMs) {
    rows.push([nowMs, partition.log_end === null ? null : Math.max(partition.log_end, committed), committed]);
  }
  return rows.map(([at, ...values]) => [date(at), ...values]);
}

// [{status, from_ms, to_ms}], equal neighbours together; status null: nothing is known of then.
export function runs(times, statuses, stepMs) {
  const out = [];
  for (const [i, from] of times.entries()) {
    const last = out.at(-1);
    if (last && last.status === statuses[i]) last.to_ms = from + stepMs;
    else out.push({status: statuses[i], from_ms: from, to_ms: from + stepMs});
  }
  return out;
}

// The recorded runs, and the present status in the place of what is not recorded yet.
export function runsUntilNow(recorded, status, nowMs) {
  const stepMs = recorded.step_seconds * 1000;
  const out = runs(recorded.at_ms, recorded.status, stepMs);
  const open = out.at(-1)?.status === null ? out.pop() : null;
  if (!open || !out.length || open.to_ms - open.from_ms > 3 * Math.max(stepMs, 30000)) return open ? [...out, open] : out;
  return [...out, {status, from_ms: open.from_ms, to_ms: nowMs}];
}

// The same from events of a change of status, the oldest first, up to `toMs`. A start of the daemon
// tells nothing of the time before it.
export function runsOfEvents(events, now, fromMs, toMs) {
  const changes = events.filter((one) => one.kind === 'status');
  const out = [];
  for (const [i, one] of changes.entries()) {
    out.push({status: one.to, from_ms: one.at_ms, to_ms: changes[i + 1]?.at_ms ?? toMs});
  }
  if (!changes.length) out.push({status: now.status, from_ms: now.status_since_ms ?? toMs, to_ms: toMs});
  return out.filter((one) => one.to_ms > fromMs && one.from_ms < toMs)
    .map((one) => ({...one, from_ms: Math.max(one.from_ms, fromMs), to_ms: Math.min(one.to_ms, toMs)}));
}
