// How fast a group reads, from the commits in its windows.

const RECENT_MS = 10 * 60 * 1000;
const MISSED = 3;  // so many times its usual pause between commits, and it counts as standing still

function stands(window, nowMs) {
  const pause = (window.at(-1).committed_at_ms - window[0].committed_at_ms) / (window.length - 1);
  return nowMs - window.at(-1).committed_at_ms > MISSED * pause;
}

// Records a second over the partitions' recent commits, up to now; null: too little is known.
export function readingRate(partitions, nowMs) {
  let sum = null;
  for (const {window} of partitions) {
    if (!window || window.length < 2) continue;
    if (stands(window, nowMs)) { sum ??= 0; continue; }
    const recent = window.filter((one) => nowMs - one.committed_at_ms <= RECENT_MS);
    const first = recent.length > 1 ? recent[0] : window.at(-2);
    const span = nowMs - first.committed_at_ms;
    if (span > 0) sum = (sum ?? 0) + Math.max(0, window.at(-1).offset - first.offset) * 1000 / span;
  }
  return sum;
}
