// What people do on the page: click, type, sort, follow links, come back.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {faultless, go, heading, newPage, URL_OF} from './support.mjs';

const rows = (page) => page.locator('main tbody tr');
const names = (page) => page.locator('main tbody th a').allInnerTexts();

test('from the overview into a group, its rules, and back', async () => {
  const page = await newPage();
  await go(page, '#/');
  await page.locator('.trouble a', {hasText: 'payments'}).first().click();
  await page.waitForFunction(() => document.querySelector('h1')?.innerText === 'payments');
  assert.match(await page.locator('.lead').innerText(), /stopped reading|stuck/);
  await page.getByRole('link', {name: 'Why: each rule with its numbers'}).click();
  await page.waitForSelector('.rules .decided');
  assert.match(await heading(page), /^Why is payments ERROR/);
  await page.goBack();
  await page.waitForSelector('.chart canvas');
  faultless(page, 'the way there and back');
});

test('the list of groups is filtered, searched and sorted, and the address keeps it', async () => {
  const page = await newPage();
  await go(page, '#/groups');
  const all = await rows(page).count();
  assert.ok(all >= 17, `${all} groups`);
  await page.getByLabel('Cluster').selectOption('DEV');
  await page.waitForFunction(() => document.querySelectorAll('main tbody tr').length === 2);
  await page.getByLabel('Cluster').selectOption('');
  await page.getByRole('button', {name: /^OK/}).click();
  await page.waitForFunction(() => location.hash.includes('status=OK')
    && ![...document.querySelectorAll('main .badge')].some((one) => one.innerText !== 'OK'));
  await page.getByRole('button', {name: 'Group'}).click();
  await page.waitForFunction(() => document.querySelector('[aria-sort="ascending"]'));
  const sorted = await names(page);
  assert.deepEqual(sorted, [...sorted].sort());
  await page.reload();
  await page.waitForSelector('main tbody tr');
  assert.deepEqual(await names(page), sorted);
  await page.keyboard.press('/');
  await page.keyboard.type('SEARCH');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => [...document.querySelectorAll('main tbody th a')].every((one) => one.innerText.includes('search')));
  faultless(page, 'the list');
});

test('a long list comes a page at a time', async () => {
  const page = await newPage();
  await page.route('**/api/v1/groups?**', (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set('limit', '5');
    return route.continue({url: url.href});
  });
  await go(page, '#/groups?sort=name');
  const seen = await names(page);
  for (const range of ['6 to 10', '11 to 15', '16 to 17']) {
    await page.getByRole('link', {name: 'Next 5'}).click();
    await page.waitForFunction((text) => document.querySelector('.paging').innerText.startsWith(text), range);
    seen.push(...await names(page));
  }
  assert.equal(await page.getByRole('link', {name: 'Next 5'}).count(), 0);
  assert.equal(seen.length, 17);
  assert.deepEqual(seen, [...seen].sort());
  await page.getByRole('link', {name: 'First page'}).click();
  await page.waitForFunction(() => document.querySelector('.paging').innerText.startsWith('1 to 5'));
  faultless(page, 'the pages');
});

// Those so far, the newest first; the demo's first ones take a while to come.
async function moreThanTwoEvents() {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((done) => setTimeout(done, 500))) {
    const now = Date.now() - 5_000;  // what is older has been told by now
    const answer = await fetch(`${URL_OF}/api/v1/events?order=newest&to_ms=${now}&limit=1000`);
    const all = (await answer.json()).data.map((one) => one.cursor);
    if (all.length > 2) return [now, all];
  }
  throw new Error('the demo has had two events at most in a minute');
}

test('events lead back to the first that is kept, a page at a time', async () => {
  const page = await newPage();
  await page.route('**/api/v1/events?**', (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set('limit', '2');
    return route.continue({url: url.href});
  });
  const [now, all] = await moreThanTwoEvents();
  await go(page, `#/events?to=${now}`);
  const seen = [];
  const collect = async () => seen.push(...await page.locator('.events li').evaluateAll((rows) => rows.map((row) => row.dataset.key)));
  await collect();
  while (await page.getByRole('link', {name: 'Older'}).count()) {
    const top = seen.at(-1);
    await page.getByRole('link', {name: 'Older'}).click();
    await page.waitForFunction((key) => ![...document.querySelectorAll('.events li')].some((row) => row.dataset.key === key), top);
    await collect();
  }
  assert.deepEqual(seen, all);
  await page.getByRole('link', {name: 'Newest'}).click();
  await page.waitForFunction(() => !location.hash.includes('cursor='));
  faultless(page, 'the events');
});

test('everything can be done from the keyboard', async () => {
  const page = await newPage();
  await go(page, '#/groups');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'find');
  await page.keyboard.press('Escape');
  await page.locator('main tbody th a').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.chart');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await page.locator('.cell').last().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.cell[aria-pressed="true"]') === document.activeElement);
  faultless(page, 'the keyboard');
});

test('what is shown is brought up to date in its place', async () => {
  const page = await newPage();
  await go(page, '#/groups?sort=name');
  await page.evaluate(() => {
    window.kept = document.querySelectorAll('main tbody tr')[3];
    window.keptText = window.kept.innerText;
    window.kept.querySelector('a').focus();
    window.scrollTo(0, 60);
  });
  await page.waitForFunction(() => [...document.querySelectorAll('main tbody tr')].some((row) => row !== window.kept) && window.kept.innerText !== window.keptText);
  assert.ok(await page.evaluate(() => window.kept === document.querySelectorAll('main tbody tr')[3]
    && window.kept.contains(document.activeElement) && window.scrollY === 60));
});

test('it says so when the daemon does not answer, and goes on when it does', async () => {
  const page = await newPage();
  await go(page, '#/');
  await page.waitForSelector('.card');
  await page.route('**/api/v1/**', (route) => route.abort());
  await page.waitForSelector('.pulse.bad');
  assert.match(await page.locator('#pulse').innerText(), /does not answer/);
  assert.ok(await page.locator('.card').count() > 0, 'what was known is still there');
  await page.unroute('**/api/v1/**');
  await page.waitForSelector('.pulse:not(.bad)');
});

test('a link in an alert opens the group at that time', async () => {
  const page = await newPage();
  const at = Date.now() - 5 * 60 * 1000;
  await go(page, `#/PROD/groups/payments?at=${at}&range=15m`);
  assert.match(await page.locator('.then').innerText(), /You look at[^]*those of now/);
  assert.equal(await page.getByRole('img', {name: /^Status over time/}).locator('.at').count(), 1);
  await page.getByRole('button', {name: 'Back to now'}).click();
  await page.waitForFunction(() => !document.querySelector('.then') && !location.hash.includes('at='));
  faultless(page, 'the link');
});

test('a cause leads to what is written about it', async () => {
  const page = await newPage();
  await go(page, '#/rules/diagnosis?part=no_members');
  await page.waitForFunction(() => {
    const {top} = document.getElementById('no_members').getBoundingClientRect();
    return top >= 0 && top < innerHeight / 2;
  });
  await page.getByRole('link', {name: 'How a status is decided'}).click();
  await page.waitForFunction(() => document.querySelector('h1')?.innerText === 'How a status is decided');
  await page.locator('.prose a', {hasText: 'conditions'}).first().click();
  await page.waitForFunction(() => Math.abs(document.getElementById('conditions').getBoundingClientRect().top) < innerHeight / 2);
  faultless(page, 'the documents');
});

test('light and dark are chosen and remembered', async () => {
  const page = await newPage({scheme: 'light'});
  await go(page, '#/');
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await theme(), 'light');
  await page.locator('#theme').click();
  await page.locator('#theme').click();
  assert.equal(await theme(), 'dark');
  await page.reload();
  assert.equal(await theme(), 'dark');
});

test('times are those of the reader', async () => {
  const seen = [];
  for (const timezoneId of ['Asia/Tokyo', 'America/New_York']) {
    const page = await newPage({timezoneId});
    await go(page, '#/events');
    seen.push(await page.locator('.events time').last().innerText());
    await page.context().close();
  }
  assert.notEqual(seen[0], seen[1]);
});

test('a group with any name is only text', async () => {
  const page = await newPage();
  const hostile = '<img src=x onerror=document.title="owned">';
  await page.route('**/api/v1/**', async (route) => {
    const url = new URL(route.request().url());
    if (url.searchParams.get('name') === hostile) url.searchParams.set('name', 'payments');
    const answer = await route.fetch({url: url.href});
    const quoted = JSON.stringify(hostile).slice(1, -1);
    await route.fulfill({response: answer, body: (await answer.text()).replaceAll('payments', quoted)});
  });
  for (const hash of ['#/', '#/groups', '#/events', '#/PROD/groups/payments', '#/PROD/groups/payments/explain', '#/PROD/topics/orders']) {
    await go(page, hash);
    await page.waitForFunction((name) => document.querySelector('main').innerText.includes(name), hostile);
    assert.equal(await page.locator('main img').count(), 0, hash);
    assert.doesNotMatch(await page.title(), /^owned$/);
  }
  faultless(page, 'the hostile name');
});

test('a group with thousands of partitions stays in hand', async () => {
  const page = await newPage();
  await page.route(/\/group\?/, async (route) => {
    const body = await (await route.fetch()).json();
    const three = body.data.partitions;
    body.data.partitions = Array.from({length: 3000}, (_, i) => ({...three[i % 3], partition: i, status: i % 500 === 7 ? 'STOPPED' : 'OK', lag: i}));
    body.data.partition_count = 3000;
    await route.fulfill({json: body});
  });
  await page.route(/\/group\/explain\?/, (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set('partition', url.searchParams.get('partition') % 3);
    return route.continue({url: url.href});
  });
  await go(page, '#/PROD/groups/payments');
  assert.equal(await page.locator('.cell').count(), 600);
  assert.equal(await page.locator('.cell.error').count(), 6);
  assert.equal(await page.locator('table.groups tbody tr').count(), 50);
  await page.waitForSelector('section[aria-labelledby="window"] tbody tr');
  await page.getByRole('button', {name: 'All 3,000 partitions'}).click();
  await page.waitForFunction(() => document.querySelectorAll('table.groups tbody tr').length === 3000);
  faultless(page, 'the large group');
});

test('an address that leads nowhere says so', async () => {
  const page = await newPage();
  await page.goto(`${URL_OF}/ui/#/what/is/this/then`);
  await page.waitForSelector('.nothing');
  assert.equal(await heading(page), 'Not there');
});
