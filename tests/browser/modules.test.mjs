// The small parts by themselves, inside the browser that they are made for.
import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import {newPage, URL_OF} from './support.mjs';

let page;
before(async () => {
  page = await newPage({locale: 'en-GB'});
  await page.goto(`${URL_OF}/ui/#/rules/evaluation`);
  await page.waitForSelector('main h1');
  await page.evaluate(() => {
    const main = document.querySelector('script[type="module"]').src;
    window.module = (name) => import(new URL(`${name}.js`, main).href);
  });
});

async function call(name, exported, ...values) {
  return page.evaluate(async ([file, what, given]) => (await window.module(file))[what](...given), [name, exported, values]);
}

test('durations have their two largest units', async () => {
  for (const [seconds, text] of [[null, '–'], [0, '0s'], [1.134, '1.1s'], [14.135, '14s'], [69, '1m 9s'], [3600, '1h'], [90061, '1d 1h']]) {
    assert.equal(await call('format', 'duration', seconds), text);
  }
});

test('rates below one a second are told by the hour', async () => {
  for (const [rate, text] of [[null, '–'], [0, '0/s'], [0.0033, '12/h'], [1.9, '1.9/s'], [8.03, '8.0/s'], [250, '250/s']]) {
    assert.equal(await call('format', 'rate', rate), text);
  }
});

test('partitions are told as spans', async () => {
  assert.equal(await call('members', 'spans', [5, 0, 2, 1]), '0–2, 5');
});

test('any name survives its address', async () => {
  for (const name of ['payments', '', '..', 'a/b?c#d&e=f', '100%', 'Grüße', '<img src=x onerror=1>']) {
    const found = await page.evaluate(async (group) => {
      const {link, parse} = await window.module('routes');
      return parse(link.group('PROD', group, {at: 17, partition: 'a b-1'}));
    }, name);
    assert.deepEqual([found.screen, found.names, found.query], ['group', {cluster: 'PROD', group: name}, {at: '17', partition: 'a b-1'}]);
  }
});

test('a broken escape in an address is taken as it stands', async () => {
  assert.equal((await call('routes', 'parse', '#/PROD/groups/%zz')).names.group, '%zz');
});

test('equal statuses in a row are one run, and what is not known is a gap', async () => {
  assert.deepEqual(await call('series', 'runs', [0, 10, 20, 30], ['OK', 'OK', null, 'ERROR'], 10),
    [{status: 'OK', from_ms: 0, to_ms: 20}, {status: null, from_ms: 20, to_ms: 30}, {status: 'ERROR', from_ms: 30, to_ms: 40}]);
});

test('events tell the statuses from the first one on, not before', async () => {
  const events = [{kind: 'status', from: 'OK', to: 'ERROR', at_ms: 50}, {kind: 'condition', at_ms: 60}, {kind: 'status', from: 'ERROR', to: 'OK', at_ms: 80}];
  assert.deepEqual(await call('series', 'runsOfEvents', events, {status: 'OK', status_since_ms: 80}, 0, 100),
    [{status: 'ERROR', from_ms: 50, to_ms: 80}, {status: 'OK', from_ms: 80, to_ms: 100}]);
  assert.deepEqual(await call('series', 'runsOfEvents', [], {status: 'OK', status_since_ms: 30}, 40, 100), [{status: 'OK', from_ms: 40, to_ms: 100}]);
});

test('a window that knows of a later commit than the report makes no step back', async () => {
  const partition = {topic: 't', partition: 0, committed_offset: 92, committed_at_ms: 1000, log_end: 98, window: [
    {committed_at_ms: 1000, offset: 92, lag: 0}, {committed_at_ms: 2000, offset: 98, lag: 0}]};
  const rows = await page.evaluate(async (one) => (await window.module('series')).partitionRows(one, [], 2500).map((row) => row.slice(1)), partition);
  assert.deepEqual(rows, [[92, 92], [98, 98], [98, 98]]);
});

test('a group that has missed its pause three times reads nothing', async () => {
  const window = (last) => [[0, 100], [10_000, 200], [last, 300]].map(([at, offset]) => ({committed_at_ms: at, offset, lag: 0}));
  assert.equal(await call('reading_rate', 'readingRate', [{window: window(20_000)}], 25_000), 200 / 25);
  assert.equal(await call('reading_rate', 'readingRate', [{window: window(20_000)}], 60_000), 0);
  assert.equal(await call('reading_rate', 'readingRate', [{window: []}], 60_000), null);
});

test('an instant in the address puts it in the middle of what is shown', async () => {
  const hour = 3_600_000;
  const range = await call('range', 'rangeOf', {query: {at: String(10 * hour), range: '6h'}}, 100 * hour);
  assert.deepEqual([range.from_ms, range.to_ms, range.at], [7 * hour, 13 * hour, 10 * hour]);
  const now = await call('range', 'rangeOf', {query: {range: 'nonsense'}}, 100 * hour);
  assert.deepEqual([now.name, now.from_ms, now.to_ms, now.at], ['1h', 99 * hour, 100 * hour, null]);
});

test('the first look is as long as what is recorded, an hour at most', async () => {
  const recorded = (length, known) => ({to_ms: length * 1000, at_ms: Array.from({length: length / 30}, (_, i) => i * 30_000),
    status: Array.from({length: length / 30}, (_, i) => (i >= length / 30 - known / 30 ? 'OK' : null))});
  for (const [length, known, range] of [[3600, 120, '5m'], [3600, 600, '15m'], [3600, 1800, '1h'], [3600, 3600, '1h'],
    [300, 120, '5m'], [300, 300, '15m'], [900, 900, '1h'], [3600, 0, '5m']]) {
    assert.equal(await call('range', 'beginning', recorded(length, known)), range, `${known} s of ${length} s`);
  }
});

test('what did not change stays the same node, whatever moves around it', async () => {
  const kept = await page.evaluate(async () => {
    const {h, show} = await window.module('dom');
    const list = document.createElement('ul');
    const make = (names) => names.map((name) => h('li', {key: name}, name));
    show(list, make(['a', 'b', 'c', 'd']));
    const nodes = Object.fromEntries([...list.children].map((node) => [node.textContent, node]));
    const results = [];
    for (const order of [['d', 'a', 'b', 'c'], ['a', 'x', 'd'], ['d', 'x', 'a', 'b'], []]) {
      show(list, make(order));
      results.push([...list.children].map((node) => node.textContent).join('') === order.join('')
        && ['a', 'd'].every((name) => !order.includes(name) || [...list.children].includes(nodes[name])));
    }
    return results;
  });
  assert.deepEqual(kept, [true, true, true, true]);
});

test('no document becomes HTML by itself', async () => {
  const text = '# A <b>title</b>\n\nA `code` and **bold [link](evaluation.md#x)** <script>alert(1)</script>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n* one\n  more\n* two\n\n```\nx < y\n```\n';
  const made = await page.evaluate(async (given) => {
    const {markdown} = await window.module('markdown');
    const place = document.createElement('div');
    place.append(...markdown(given, (target) => `#${target}`));
    return [place.querySelectorAll('script, b').length, [...place.children].map((node) => node.nodeName).join(' '),
      place.querySelector('strong a').getAttribute('href'), place.querySelector('li').textContent, place.querySelector('pre').textContent];
  }, text);
  assert.deepEqual(made, [0, 'H1 P DIV UL PRE', '#evaluation.md#x', 'one more', 'x < y']);
});
