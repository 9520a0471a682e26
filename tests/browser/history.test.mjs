// What is recorded is shown: the strip, the picture, the heat map; and what is missing is said.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {audit, DESK, faultless, fits, go, newPage, PHONE, shoot} from './support.mjs';
import {record} from './recorded.mjs';

for (const [scheme, viewport] of [['light', DESK], ['dark', DESK], ['light', PHONE]]) {
  test(`a recorded history, ${scheme}, ${viewport.width} px`, async () => {
    const page = await newPage({viewport, scheme});
    await record(page);
    await go(page, '#/PROD/groups/payments?range=6h');
    await page.waitForSelector('#chart-picture canvas');
    await page.waitForSelector('.strips');
    assert.equal(await page.locator('.strips .strip').count(), 12);
    assert.match(await page.getByRole('img', {name: /^Status over time/}).getAttribute('aria-label'), /OK .*then WARNING .*then ERROR/);
    assert.match(await page.locator('.figure.picture .readout').innerText(), /log end .*committed /);
    const csv = new URL(await page.getByRole('link', {name: 'CSV'}).getAttribute('href'));
    assert.deepEqual([csv.searchParams.get('name'), csv.searchParams.get('format')], ['payments', 'csv']);
    await audit(page, 'history');
    await fits(page, 'history');
    await shoot(page, `history-${scheme}-${viewport.width}`);
    faultless(page, 'history');
  });
}

test('what the daemon itself has recorded is shown, and is there as a table', async () => {
  const page = await newPage();
  await go(page, '#/PROD/groups/payments');
  await page.waitForSelector('#chart-picture canvas');
  await page.waitForSelector('.strips');
  assert.equal(await page.locator('.strips .strip').count(), 3);
  assert.match(await page.getByRole('img', {name: /^Status over time/}).getAttribute('aria-label'), /ERROR/);
  const csv = await page.request.get(await page.getByRole('link', {name: 'CSV'}).getAttribute('href'));
  assert.equal(csv.status(), 200);
  assert.match(csv.headers()['content-type'], /text\/csv/);
  assert.match(await csv.text(), /^at_ms,status,/);
  faultless(page, 'what is recorded');
});

test('another stretch of time is asked for and drawn', async () => {
  const page = await newPage();
  await record(page);
  await go(page, '#/PROD/groups/payments?range=1h');
  await page.waitForSelector('#chart-picture canvas');
  const asked = page.waitForRequest((request) => /\/history\?/.test(request.url()) && !request.url().includes('step='));
  await page.getByRole('button', {name: '24h'}).click();
  const query = new URL((await asked).url()).searchParams;
  assert.equal(query.get('to_ms') - query.get('from_ms'), 24 * 3600 * 1000);
});

test('a history that cannot be read is said to be so, and the rest goes on', async () => {
  const page = await newPage();
  await record(page, {refusal: {status: 503, code: 'history_unavailable', message: 'the disk is full'}});
  await go(page, '#/PROD/groups/payments');
  await page.waitForSelector('.note');
  assert.match(await page.locator('.note').first().innerText(), /the disk is full/);
  assert.ok(await page.locator('.facts dd').count() > 4);
  await go(page, '#/');
  assert.match(await page.locator('.blind').innerText(), /history is not recorded: the disk is full/);
});
