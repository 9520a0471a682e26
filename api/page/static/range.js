// Which stretch of time a group is looked at: the last hour, or some hours around an instant.

export const RANGES = {'5m': 300, '15m': 900, '1h': 3600, '6h': 21600, '24h': 86400, '7d': 604800, '30d': 2592000};
export const USUAL = '1h';
const BEGINNINGS = ['5m', '15m', USUAL];

// The range to begin with: the shortest of the usual ones that shows all that is recorded, or the
// picture would be a corner of itself. `recorded`: what is known of some range.
export function beginning({at_ms: times, status, to_ms: to}) {
  const first = status.findIndex((one) => one !== null);
  const span = (to - times[Math.max(first, 0)]) / 1000;
  const covers = (seconds) => (first > 0 ? seconds >= span : first === 0 ? seconds > span * 1.05 : true);
  return BEGINNINGS.find((name) => covers(RANGES[name])) ?? USUAL;
}

// {name, seconds, from_ms, to_ms, at}; `at`: the instant that the address asks for, or null.
// `usual`: the range where the address names none.
export function rangeOf({query}, nowMs, usual = USUAL) {
  const name = RANGES[query.range] ? query.range : usual;
  const seconds = RANGES[name];
  const at = Number(query.at) > 0 ? Number(query.at) : null;
  const to = at === null ? nowMs : Math.min(nowMs, at + seconds * 500);
  return {name, seconds, at, from_ms: Math.round(to - seconds * 1000), to_ms: Math.round(to)};
}
