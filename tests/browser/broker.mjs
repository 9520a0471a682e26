// The main screens of a daemon that watches a real broker.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {audit, faultless, fits, go, heading, newPage, PHONE, shoot} from './support.mjs';

const HOSTILE = process.env.TIDEMARK_HOSTILE;
const SCREENS = [['overview', '#/', /fine|watch|trouble/], ['groups', '#/groups', /^Groups$/],
  ['group', '#/live/groups/billing', /^billing$/], ['explain', '#/live/groups/billing/explain', /^Why is billing/],
  ['topic', '#/live/topics/orders', /^orders$/], ['monitor', '#/live/monitor', /sees live/], ['events', '#/events', /^Events$/],
  ['incidents', '#/incidents', /^Incidents$/], ['silences', '#/silences', /^Silences$/], ['receivers', '#/receivers', /^Who is told$/]];

for (const viewport of [undefined, PHONE]) {
  test(`the screens, ${viewport ? 'on a phone' : 'on a desk'}`, async () => {
    const page = await newPage({viewport});
    for (const [name, hash, title] of SCREENS) {
      await go(page, hash);
      assert.match(await heading(page), title);
      await audit(page, name);
      await fits(page, name);
      await shoot(page, `${name}-${viewport ? 'phone' : 'desk'}`);
    }
    faultless(page, 'the screens');
  });
}

test('a cluster that is out of reach is said to be so', async () => {
  const page = await newPage();
  await go(page, '#/');
  assert.match(await page.locator('.blind').innerText(), /gone its brokers do not answer/i);
  assert.match(await page.getByRole('article', {name: 'Cluster gone'}).innerText(), /unreachable[^]*whether anybody is in trouble there is not known/);
  await shoot(page, 'unreachable');
  await page.locator('.blind a').click();
  await page.waitForFunction(() => document.querySelector('h1')?.innerText === 'How Tidemark sees gone');
  await audit(page, 'a cluster out of reach');
  await shoot(page, 'unreachable-monitor');
  faultless(page, 'a cluster out of reach');
});

test('members, commits and the picture are there', async () => {
  const page = await newPage();
  await go(page, '#/live/groups/billing');
  await page.waitForSelector('#chart-partition canvas, #chart-picture canvas');
  assert.match(await page.locator('section[aria-labelledby="members"]').innerText(), /orders 0–2/);
  assert.ok(await page.locator('section[aria-labelledby="window"] tbody tr').count() > 0);
  assert.equal(await page.locator('.cell').count(), 3);
});

test('a group that is called ..', async () => {
  const page = await newPage();
  await go(page, '#/groups?q=..');
  await page.getByRole('link', {name: '..', exact: true}).click();
  await page.waitForFunction(() => document.querySelector('h1')?.innerText === '..');
  await page.getByRole('link', {name: 'Why: each rule with its numbers'}).click();
  await page.waitForSelector('.rules .decided');
  faultless(page, 'the group ..');
});

test('a group whose name is an attack is only text', async () => {
  const page = await newPage();
  for (const hash of ['#/groups', `#/live/groups/${encodeURIComponent(HOSTILE)}`, `#/live/groups/${encodeURIComponent(HOSTILE)}/explain`,
    '#/live/topics/orders', '#/events']) {
    await go(page, hash);
    if (hash !== '#/events') await page.waitForFunction((name) => document.querySelector('main').innerText.includes(name), HOSTILE);
    assert.equal(await page.locator('main img').count(), 0);
    assert.notEqual(await page.title(), 'owned');
  }
  await shoot(page, 'hostile-name');
  faultless(page, 'the hostile name');
});
