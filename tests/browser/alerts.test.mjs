// Incidents, silences and receivers: what people do with them while something is broken.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {audit, eachLook, faultless, fits, go, heading, newPage, shoot, URL_OF} from './support.mjs';

const HOSTILE = '<img src=x onerror=document.title="owned">';
const rows = (page) => page.locator('main tbody tr');

async function incidents(query) {
  const answer = await fetch(`${URL_OF}/api/v1/incidents?${query}`);
  return (await answer.json()).data;
}
const ofPayments = async () => (await incidents('state=open&cluster=PROD&group=payments&kind=status'))[0];

eachLook(async () => [
  ['incidents', '#/incidents?state=open', /^Open incidents$/],
  ['incident', `#/incidents/${(await ofPayments()).id}`, /^payments$/],
  ['silences', '#/silences', /^Silences$/],
  ['new-silence', '#/silences/new?cluster=PROD&group=payments', /^New silence$/],
  ['receivers', '#/receivers', /^Who is told$/],
]);

test('the open ones are counted at the top and on the overview, and lead to the group', async () => {
  const page = await newPage();
  await go(page, '#/');
  const line = page.locator('.incident-line a');
  assert.match(await line.innerText(), /^\d+ open incidents?$/);
  await line.click();
  await page.waitForFunction(() => document.querySelector('h1')?.innerText === 'Open incidents');
  const many = (await incidents('state=open')).length;
  assert.match(await page.locator('#nav .many').innerText(), new RegExp(`^${many}`));
  await page.locator('tr', {hasText: 'PROD'}).getByRole('link', {name: 'payments'}).click();
  await page.waitForFunction(() => document.querySelector('h1')?.innerText === 'payments');
  assert.match(await page.locator('.lead').innerText(), /In trouble, for .+ so far/);
  assert.match(await page.locator('main').innerText(), /no commit for|Now:\s+OK/);
  await page.getByRole('link', {name: 'The group when it began'}).click();
  await page.waitForSelector('.then');
  assert.match(await page.locator('.then').innerText(), /You look at/);
  await page.getByRole('region', {name: 'Open incidents'}).getByRole('link', {name: 'in trouble'}).click();
  await page.waitForFunction(() => location.hash.startsWith('#/incidents/'));
  faultless(page, 'the way there');
});

test('the list is narrowed, and the address keeps it', async () => {
  const page = await newPage();
  await go(page, '#/incidents');
  await page.getByLabel('Cluster').selectOption('PROD');
  await page.waitForFunction(() => location.hash.includes('cluster=PROD')
    && [...document.querySelectorAll('main tbody .cluster')].every((one) => one.innerText === 'PROD'));
  await page.getByRole('button', {name: 'ended', exact: true}).click();
  await page.waitForFunction(() => location.hash.includes('state=ended')
    && !document.querySelector('main tbody .badge:not(.over)'));
  await page.getByRole('button', {name: 'open', exact: true}).click();
  await page.getByLabel('Kind').selectOption('cluster_unreachable');
  await page.waitForFunction(() => /No incident is like that/.test(document.querySelector('main').innerText));
  await go(page, '#/incidents?cluster=PROD&group=payments');
  await rows(page).first().waitFor();
  await page.getByRole('button', {name: /No longer only group/}).click();
  await page.waitForFunction(() => !location.hash.includes('group='));
  faultless(page, 'the list');
});

test('a long list comes a page at a time', async () => {
  const page = await newPage();
  await page.route('**/api/v1/incidents?**', (route) => {
    const url = new URL(route.request().url());
    if (!url.searchParams.has('state')) url.searchParams.set('limit', '2');
    return route.continue({url: url.href});
  });
  await go(page, '#/incidents');
  const seen = new Set();
  const collect = async () => {
    for (const href of await page.locator('main tbody th a').evaluateAll((all) => all.map((one) => one.hash))) seen.add(href);
  };
  await collect();
  const total = Number((await page.locator('.paging span').innerText()).split(' of ')[1]);
  for (let from = 3; from <= total; from += 2) {
    await page.getByRole('link', {name: 'Older'}).click();
    await page.waitForFunction((text) => document.querySelector('.paging').innerText.startsWith(text), `${from} to`);
    await collect();
  }
  assert.equal(seen.size, total);
  await page.getByRole('link', {name: 'Newest'}).click();
  await page.waitForFunction(() => document.querySelector('.paging').innerText.startsWith('1 to 2'));
  faultless(page, 'the pages');
});

test('the link of a message of many shows what that message told, open and ended', async () => {
  const page = await newPage();
  const asked = [];
  const all = await incidents('');
  await page.route('**/api/v1/incidents?**message=**', (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('message'));
    return route.fulfill({json: {data: all.slice(0, 2), page: {limit: 100, next_cursor: null, total: 2}, as_of_ms: Date.now()}});
  });
  await go(page, '#/incidents?message=route%2Fa-17');
  assert.equal(await heading(page), 'What one message told: 2 incidents');
  assert.equal(await rows(page).count(), 2);
  assert.equal(asked[0], 'route/a-17');
  faultless(page, 'the link');
});

test('a receiver that is not reached is told where the blindness is told', async () => {
  const page = await newPage();
  const none = {waiting: 0, oldest_ms: null, last_delivered_ms: null, failure: null, delivered: 0, refused: 0, failed_attempts: 0, given_up: 0, overflow: 0};
  await page.route('**/api/v1/receivers', (route) => route.fulfill({json: {page: null, as_of_ms: Date.now(), data: [
    {...none, receiver: 'ops', waiting: 3, oldest_ms: Date.now() - 60000, failure: `${HOSTILE} refused`}, {...none, receiver: 'pager', delivered: 4, last_delivered_ms: Date.now()}]}}));
  await go(page, '#/');
  assert.match(await page.locator('.blind').innerText(), /Receiver ops is not reached: <img.* refused; 3 messages wait/);
  await page.locator('.blind a', {hasText: 'ops'}).click();
  await page.waitForFunction(() => document.querySelector('h1')?.innerText === 'Who is told');
  assert.match(await page.locator('tr', {hasText: 'ops'}).innerText(), /does not arrive/);
  assert.match(await page.locator('tr', {hasText: 'pager'}).innerText(), /arrives/);
  await shoot(page, 'receivers-failing');
  await go(page, '#/PROD/monitor');
  assert.match(await page.locator('.facts').first().innerText(), /1 of 2 not reached/);
  faultless(page, 'the receivers');
});

test('it is told when incidents are not on the disk', async () => {
  const page = await newPage();
  await page.route(/\/healthz$/, async (route) => {
    const body = await (await route.fetch()).json();
    await route.fulfill({json: {...body, data: {...body.data, alerts: {state: 'failing', reason: 'the disk is full'}}}});
  });
  await go(page, '#/');
  assert.match(await page.locator('.blind').innerText(), /incidents are not on the disk: the disk is full/);
  faultless(page, 'the full disk');
});

test('no name, reason, author or comment of an incident or a silence is more than text', async () => {
  const page = await newPage();
  const whole = await ofPayments();
  const one = {...whole, group: HOSTILE, reason: HOSTILE, acknowledged_by: HOSTILE, acknowledged_ms: Date.now(), acknowledged_comment: HOSTILE};
  const silence = {id: 's', cluster: HOSTILE, group: HOSTILE, topic: null, status: null, kind: null, labels: {[HOSTILE]: HOSTILE}, author: HOSTILE,
    comment: HOSTILE, created_ms: 1, begin_ms: 1, end_ms: Date.now() + 60000, state: 'active'};
  const answer = (data, page_ = null) => ({json: {data, page: page_, as_of_ms: Date.now()}});
  await page.route('**/api/v1/incidents?**', (route) => route.fulfill(answer([one], {limit: 100, next_cursor: null, total: 1})));
  await page.route(`**/api/v1/incidents/${one.id}`, (route) => route.fulfill(answer(one)));
  await page.route(/\/api\/v1\/silences/, (route) => route.fulfill(answer([silence])));
  await page.route(/\/api\/v1\/silences\/preview/, (route) => route.fulfill(answer({open_count: 1, incident_count: 1, incidents: [one], group_count: 1, groups: []})));
  await page.route('**/api/v1/access', (route) => route.fulfill(answer({rights: ['silence', 'acknowledge'], as: null, token_needed: false})));
  page.expected = /status of 404/;  // no group has that name
  for (const hash of ['#/incidents', `#/incidents/${one.id}`, '#/silences', `#/silences/new?group=${encodeURIComponent(HOSTILE)}`]) {
    await go(page, hash);
    const written = await page.evaluate(() => document.querySelector('main').innerText + [...document.querySelectorAll('main input')].map((field) => field.value).join());
    assert.ok(written.includes('<img src=x onerror'), hash);
    assert.equal(await page.locator('main img').count(), 0, hash);
    assert.notEqual(await page.title(), 'owned');
  }
  faultless(page, 'the hostile names');
});

test('what rests on too little is said to be so', async () => {
  const page = await newPage();
  await page.route(/\/api\/v1\/clusters\/PROD\/group\?/, async (route) => {
    const body = await (await route.fetch()).json();
    await route.fulfill({json: {...body, data: {...body.data, learning: true}}});
  });
  await go(page, '#/PROD/groups/payments');
  assert.match(await page.locator('.learning').innerText(), /is not known yet/);
  faultless(page, 'the learning group');
});

test('a group is silenced from its screen, and the silence is ended', async () => {
  const page = await newPage();
  await go(page, '#/DEV/groups/sandbox');
  await page.getByRole('link', {name: 'Silence it'}).click();
  const form = page.getByRole('form', {name: 'New silence'});
  await form.waitFor();
  assert.equal(await form.getByLabel('Cluster').inputValue(), 'DEV');
  assert.equal(await form.getByLabel('Group').inputValue(), 'sandbox');
  const covers = (what) => form.locator('.covers').filter({hasText: what}).waitFor();
  await covers(/It covers none of \d+ incidents open now\. It fits 1 group by name/);
  await form.getByLabel('Cluster').fill('PROD|DEV');
  await form.getByLabel('Group').fill('pay.*|sand.*');
  await covers(/It covers 1 of \d+ incidents open now: PROD payments\./);
  await form.getByLabel('Labels').fill('team=nobody');
  await covers(/It covers none of \d+ incidents open now\. It fits no group/);
  await form.getByLabel('Labels').fill('');
  await form.getByLabel('Cluster').fill('DEV');
  await form.getByLabel('Group').fill('sand(');
  page.expected = /status of 400/;
  await covers(/sand\(/);
  await form.locator('[name=span]').selectOption('30m');
  await form.getByLabel('Why').fill(`we move it ${HOSTILE}`);
  await form.getByLabel('Your name').fill('anna');
  await form.getByRole('button', {name: 'Silence'}).click();
  assert.match(await page.getByRole('alert').innerText(), /sand\(/, "the daemon's own words");
  assert.match(await form.getByLabel('Why').inputValue(), /we move it/, 'what was typed is still there');
  await form.getByLabel('Group').fill('sand.*');
  await form.getByRole('button', {name: 'Silence'}).click();
  await page.getByRole('link', {name: 'All active silences'}).click();
  const mine = page.locator('.silence', {hasText: 'we move it'});
  await mine.waitFor();
  assert.match(await mine.innerText(), /group sand\.\*[^]*<img src=x[^]*anna · (30|29)m.* left/);
  await shoot(page, 'silence-active');
  await mine.getByRole('button', {name: 'End it…'}).click();
  await mine.getByRole('button', {name: 'End it now'}).click();
  await mine.waitFor({state: 'detached'});
  await page.getByRole('button', {name: 'ended'}).click();
  await mine.waitFor();
  assert.match(await mine.innerText(), /ended/);
  assert.equal(await page.locator('main img').count(), 0);
  await go(page, '#/events');
  await page.waitForFunction(() => ['silence began', 'silence ended'].every((what) => document.querySelector('.events').innerText.includes(what)));
  faultless(page, 'the silence');
});

test('an incident is acknowledged, and everybody sees by whom', async () => {
  const page = await newPage();
  const {id} = (await incidents('state=open')).find((one) => !one.acknowledged_by);
  await go(page, `#/incidents/${id}`);
  const form = page.getByRole('form', {name: 'Acknowledge this incident'});
  await form.getByLabel('Comment').fill(`looking ${HOSTILE}`);
  await form.getByLabel('Your name').fill('bob');
  await form.getByRole('button', {name: 'Acknowledge'}).click();
  await page.waitForFunction(() => /Acknowledged by bob/.test(document.querySelector('main').innerText));
  assert.match(await page.locator('section[aria-labelledby="taken"]').innerText(), /looking <img src=x/);
  await shoot(page, 'acknowledged');
  await go(page, '#/incidents?state=open');
  assert.match(await page.locator('.chip.taken').first().innerText(), /acknowledged by bob/);
  await go(page, '#/');
  assert.match(await page.locator('.incident-line').innerText(), /acknowledged/);
  assert.equal(await page.locator('main img').count(), 0);
  faultless(page, 'the acknowledgement');
});

test('a silence begins with what an incident is of, and nothing in a name is taken for an expression', async () => {
  const page = await newPage();
  await go(page, '#/silences/new');
  const made = await page.evaluate(async () => {
    const {of} = await import(new URL('silence_words.js', document.querySelector('script[type="module"]').src).href);
    return [of({cluster: 'PROD', group: 'a.b (c)|d', kind: 'status'}), of({cluster: 'PROD', group: null, kind: 'cluster_unreachable'})];
  });
  assert.deepEqual(made, [{cluster: 'PROD', group: 'a\\.b \\(c\\)\\|d', kind: ''}, {cluster: 'PROD', group: '', kind: 'cluster_unreachable'}]);
});

const answer = (data) => ({json: {data, page: null, as_of_ms: Date.now()}});

test('the group without a name shows what is its own, not what is of its whole cluster', async () => {
  const page = await newPage();
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  await page.route(/\/api\/v1\/clusters\/PROD\/groups\/(\?|$)/, async (route) => {
    const body = await (await fetch(`${URL_OF}/api/v1/clusters/PROD/groups/payments`)).json();
    await route.fulfill(answer({...body.data, group: ''}));
  });
  page.expected = /status of 404/;  // its history
  await go(page, '#/PROD/groups/');
  assert.equal(await heading(page), '(the group without a name)');
  assert.equal(await page.getByRole('region', {name: 'Open incidents'}).count(), 0);
  assert.match(await page.locator('section[aria-labelledby="events"]').innerText(), /Nothing has happened to it/);
  for (const what of ['incidents', 'events']) {
    const own = asked.filter((url) => url.pathname.endsWith(`/${what}`) && url.searchParams.get('cluster') === 'PROD');
    assert.ok(own.length > 0 && own.every((url) => url.searchParams.get('group') === ''), what);
  }
  faultless(page, 'the group without a name');
});

test('where nothing can be changed, nobody is offered to forget a group', async () => {
  const page = await newPage();
  const offer = page.getByRole('button', {name: 'Forget this group…'});
  await go(page, '#/PROD/groups/payments');
  await offer.waitFor();
  await page.route('**/api/v1/access', (route) => route.fulfill(answer({rights: ['silence'], as: null, token_needed: false, problem: 'a proxy'})));
  await page.reload();
  await page.waitForSelector('main h1');
  assert.equal(await offer.count(), 0);
  await page.unroute('**/api/v1/access');
  await page.route('**/api/v1/access', (route) => route.fulfill(answer({rights: [], as: null, token_needed: true, problem: null})));
  await page.reload();
  await offer.click();
  await page.getByRole('form', {name: 'Forget this group'}).getByLabel('Token with the right “forget”').waitFor();
  faultless(page, 'the offer');
});

test('a group is forgotten from its screen, after it was asked once more', async () => {
  for (const scheme of ['dark', 'light']) {
    const page = await newPage({scheme});
    await go(page, '#/DEV/groups/sandbox');
    await page.getByRole('button', {name: 'Forget this group…'}).click();
    const form = page.getByRole('form', {name: 'Forget this group'});
    assert.match(await form.innerText(), /Forget sandbox of DEV\?[^]*its history stays/);
    await audit(page, 'the question');
    await fits(page, 'the question');
    await shoot(page, `forget-${scheme}`);
    await form.getByRole('button', {name: 'Keep it'}).click();
    await form.waitFor({state: 'detached'});
    faultless(page, 'the question');
  }
  const page = await newPage();
  await go(page, '#/DEV/groups/sandbox');
  await page.getByRole('button', {name: 'Forget this group…'}).click();
  const form = page.getByRole('form', {name: 'Forget this group'});
  await form.getByLabel('Your name').fill('carla');
  await form.getByRole('button', {name: 'Forget it'}).click();
  await page.getByRole('heading', {name: 'It is forgotten until its next commit'}).waitFor();
  await shoot(page, 'forgotten');
  page.expected = /status of 404/;  // until it commits
  await page.getByRole('button', {name: 'Look again'}).click();
  await page.waitForFunction(() => !/is forgotten until/.test(document.querySelector('main').innerText));
  await go(page, '#/events?kind=group_forgotten');
  await page.waitForFunction(() => /sandbox[^]*carla|carla[^]*sandbox/.test(document.querySelector('main').innerText));
  faultless(page, 'the forgetting');
});
