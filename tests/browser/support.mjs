// A browser for the tests, and what every look at a page checks: nothing on the console that is an
// error, nothing blocked by the content security policy, no finding of axe, nothing cut off.
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {after, test} from 'node:test';
import {readFileSync} from 'node:fs';
import path from 'node:path';

const tools = createRequire(process.env.TIDEMARK_BROWSER_TOOLS);
const {chromium} = tools('playwright-core');
const AXE = readFileSync(tools.resolve('axe-core/axe.min.js'), 'utf8');

export const URL_OF = process.env.TIDEMARK_URL;
export const DESK = {width: 1280, height: 800};
export const PHONE = {width: 360, height: 740};

let browser = null;  // a promise, from the first page on
const launch = () => chromium.launch({executablePath: process.env.TIDEMARK_CHROMIUM,
  args: ['--no-sandbox', '--disable-dev-shm-usage']});
const pages = [];
after(async () => {
  // An answer that a test was still changing is no fault of the page.
  await Promise.all(pages.filter((page) => !page.isClosed()).map((page) => page.unrouteAll({behavior: 'ignoreErrors'})));
  await (await browser)?.close();
});

// A fresh page; `page.faults` collects what may not happen, but for what is like `page.expected`.
export async function newPage({viewport = DESK, scheme = 'light', ...more} = {}) {
  browser ??= launch();
  const context = await (await browser).newContext({viewport, colorScheme: scheme, locale: 'en-GB', ...more});
  const page = await context.newPage();
  pages.push(page);
  page.setDefaultTimeout(15000);
  page.faults = [];
  page.on('console', (message) => message.type() === 'error' && !page.expected?.test(message.text()) && page.faults.push(message.text()));
  page.on('pageerror', (error) => page.faults.push(error.stack));
  page.on('dialog', (dialog) => { page.faults.push('a dialog opened'); dialog.dismiss(); });
  return page;
}

export async function go(page, hash, base = URL_OF) {
  await page.goto(`${base}/ui/${hash}`);
  await page.waitForSelector('main h1');
}

export const heading = (page) => page.locator('main h1').innerText();

export async function shoot(page, name) {
  await page.screenshot({path: path.join(process.env.TIDEMARK_SHOTS, `${name}.png`), fullPage: true});
}

// axe is put in over the debugger, so the page's policy stays as strict as it is.
export async function audit(page, name) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => (await window.axe.run({resultTypes: ['violations']})).violations
    .filter((one) => one.impact === 'critical' || one.impact === 'serious')
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`).join('\n  ')}`));
  assert.deepEqual(found, [], `axe at ${name}`);
}

export async function fits(page, name) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `${name} is ${over} px wider than the window`);
}

export const faultless = (page, name) => assert.deepEqual(page.faults, [], `on the console of ${name}`);

const LOOKS = [['light', DESK], ['dark', DESK], ['light', PHONE], ['dark', PHONE]];

// screens: [[name, hash, what the heading is like]], or what makes them, asked within each test.
// Every one, light and dark, on a desk and on a phone: opened by its address, without an error,
// without a finding of axe, nothing cut off; a screenshot of each is kept. `prepare(page)`: before.
export function eachLook(screens, prepare = async () => {}) {
  for (const [scheme, viewport] of LOOKS) {
    const look = `${scheme}-${viewport.width}`;
    test(`all screens, ${scheme}, ${viewport.width} px`, async () => {
      const page = await newPage({viewport, scheme});
      await prepare(page);
      for (const [name, hash, title] of typeof screens === 'function' ? await screens() : screens) {
        await go(page, hash);
        await page.waitForFunction(() => !document.querySelector('.loading'));
        if (hash.includes('/groups/payments')) await page.waitForTimeout(300);
        assert.match(await heading(page), title, name);
        await audit(page, `${name} ${look}`);
        await fits(page, `${name} ${look}`);
        await shoot(page, `${name}-${look}`);
      }
      faultless(page, look);
      await page.context().close();
    });
  }
}
