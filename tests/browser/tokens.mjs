// Changing something on a daemon that demands a token, and holds it in this tab alone.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {audit, faultless, go, newPage, shoot, URL_OF} from './support.mjs';

const {TIDEMARK_TOKEN: TOKEN, TIDEMARK_WEAK_TOKEN: WEAK} = process.env;  // of "ops", and of "viewer", who may not silence

async function fill(form, comment) {
  await form.getByLabel('Why').fill(comment);
  await form.getByRole('button', {name: 'Silence'}).click();
}

test('a token is asked for, told to nobody else, and forgotten with the tab', async () => {
  const page = await newPage();
  const sent = [];
  page.on('request', (request) => sent.push([request.method(), new URL(request.url()).pathname, request.headers().authorization, request.url()]));
  page.expected = /status of 40[13]/;
  await go(page, '#/silences/new?cluster=live&group=billing');
  const form = page.getByRole('form', {name: 'New silence'});
  const field = form.getByLabel(/^(Token|Another token)/);
  await audit(page, 'the token');
  await field.fill('wrong');
  await fill(form, 'a test');
  await page.getByRole('alert').filter({hasText: 'none of those in the configuration'}).waitFor();
  await field.fill(WEAK);
  await fill(form, 'a test');
  await page.getByRole('alert').filter({hasText: '"viewer" does not have the right "silence"'}).waitFor();
  await shoot(page, 'token');
  await field.fill(TOKEN);
  await fill(form, 'a test');
  await page.getByRole('link', {name: 'All active silences'}).click();
  const mine = page.locator('.silence', {hasText: 'a test'});
  await mine.waitFor();
  assert.match(await mine.innerText(), /ops · /);

  for (const [method, path, authorization, url] of sent) {
    if (method === 'GET' && path !== '/api/v1/access') assert.equal(authorization, undefined, path);
    assert.ok(!url.includes(TOKEN), url);
  }
  assert.deepEqual(await page.context().cookies(), []);
  assert.ok(!(await page.evaluate(() => JSON.stringify({...localStorage}))).includes(TOKEN));
  assert.ok((await page.evaluate(() => JSON.stringify({...sessionStorage}))).includes(TOKEN));
  const other = await page.context().newPage();
  await go(other, '#/silences');
  assert.equal(await other.evaluate(() => sessionStorage.length), 0);

  await mine.getByRole('button', {name: 'End it…'}).click();
  await mine.getByText('As ops').waitFor();
  await mine.getByRole('button', {name: 'End it now'}).click();
  await mine.waitFor({state: 'detached'});
  await go(page, '#/silences/new');
  await form.getByRole('button', {name: 'Use another token'}).click();
  await field.waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.getItem('tidemark-token')), null);
  faultless(page, 'the token');
});

test('a page of another site can change nothing, even where it knows the address', async () => {
  const answer = await fetch(`${URL_OF}/api/v1/silences`, {method: 'POST', headers: {Origin: 'http://elsewhere.example', 'Content-Type': 'application/json',
    Authorization: `Bearer ${TOKEN}`}, body: JSON.stringify({group: '.*', comment: 'x', for: '1h'})});
  assert.equal(answer.status, 403);
  assert.equal((await answer.json()).error.code, 'foreign_origin');
});
