// Numbers, durations and instants for people: their language's digits, their time zone.

export const UNKNOWN = '–';
const known = (value) => value !== null && value !== undefined;

const whole = new Intl.NumberFormat(undefined, {maximumFractionDigits: 0});
const short = new Intl.NumberFormat(undefined, {notation: 'compact', maximumFractionDigits: 1});

export const number = (value) => (known(value) ? whole.format(value) : UNKNOWN);
export const compact = (value) =>
  (known(value) ? (Math.abs(value) < 100000 ? whole : short).format(value) : UNKNOWN);

export function rate(perSecond) {
  if (!known(perSecond)) return UNKNOWN;
  if (perSecond === 0) return '0/s';
  if (perSecond < 0.95) return `${number(perSecond * 3600)}/h`;
  return `${perSecond < 10 ? perSecond.toFixed(1) : compact(perSecond)}/s`;
}

const UNITS = [[86400, 'd'], [3600, 'h'], [60, 'm'], [1, 's']];

// 69 → "1m 9s": the two largest units.
export function duration(seconds) {
  if (!known(seconds)) return UNKNOWN;
  if (seconds < 10 && seconds > 0) return `${seconds.toFixed(1)}s`;
  let rest = Math.round(seconds);
  const first = UNITS.findIndex(([size]) => rest >= size);
  if (first < 0) return '0s';
  const parts = UNITS.slice(first, first + 2).map(([size, unit]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count ? `${count}${unit}` : '';
  });
  return parts.filter(Boolean).join(' ');
}

const clock = new Intl.DateTimeFormat(undefined,
  {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
const dayClock = new Intl.DateTimeFormat(undefined,
  {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});
const full = new Intl.DateTimeFormat(undefined, {dateStyle: 'full', timeStyle: 'long'});

const today = (ms) => new Date(ms).toDateString() === new Date().toDateString();

export const instant = (ms) =>
  (known(ms) ? (today(ms) ? clock : dayClock).format(new Date(ms)) : UNKNOWN);
export const wholeInstant = (ms) => (known(ms) ? full.format(new Date(ms)) : 'unknown');

export function ago(ms, now) {
  if (!known(ms)) return UNKNOWN;
  const seconds = Math.max(0, (now - ms) / 1000);
  return seconds < 1 ? 'just now' : `${seconds < 10 ? `${Math.floor(seconds)}s` : duration(seconds)} ago`;
}

// "1 group", "2 groups"
export const count = (many, one, more = `${one}s`) => `${number(many)} ${many === 1 ? one : more}`;

export function bytes(value) {
  if (!known(value)) return UNKNOWN;
  const step = ['B', 'kB', 'MB', 'GB', 'TB'];
  let at = 0;
  while (value >= 1000 && at < step.length - 1) { value /= 1000; at += 1; }
  return `${at ? value.toFixed(1) : value} ${step[at]}`;
}

// "STATUS_words" → "status words"
export const words = (name) => String(name ?? '').replaceAll('_', ' ');
