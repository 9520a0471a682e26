// Every screen, light and dark, on a desk and on a phone: opened by its address, without an error,
// without a finding of axe, nothing cut off; a screenshot of each is kept.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {audit, DESK, faultless, fits, go, heading, newPage, PHONE, shoot} from './support.mjs';

const SCREENS = [
  ['overview', '#/', /trouble|watch|fine/],
  ['groups', '#/groups', /^Groups$/],
  ['group-in-trouble', '#/PROD/groups/payments', /^payments$/],
  ['group-fine', '#/PROD/groups/fraud-check', /^fraud-check$/],
  ['explain', '#/PROD/groups/payments/explain', /^Why is payments /],
  ['topics', '#/topics?cluster=PROD', /^Topics of PROD$/],
  ['topic', '#/PROD/topics/orders', /^orders$/],
  ['events', '#/events', /^Events$/],
  ['rules', '#/rules/evaluation', /^How a status is decided$/],
  ['diagnosis', '#/rules/diagnosis', /^Why a group is in trouble/],
  ['monitor', '#/PROD/monitor', /^How Tidemark sees PROD$/],
  ['not-there', '#/PROD/groups/never-heard-of-it', /^Not there$/],
];
const LOOKS = [['light', DESK], ['dark', DESK], ['light', PHONE], ['dark', PHONE]];

for (const [scheme, viewport] of LOOKS) {
  const look = `${scheme}-${viewport.width}`;
  test(`all screens, ${scheme}, ${viewport.width} px`, async () => {
    const page = await newPage({viewport, scheme});
    for (const [name, hash, title] of SCREENS) {
      await go(page, hash);
      await page.waitForFunction(() => !document.querySelector('.loading'));
      if (hash.includes('/groups/payments')) await page.waitForTimeout(300);
      assert.match(await heading(page), title, name);
      await audit(page, `${name} ${look}`);
      await fits(page, `${name} ${look}`);
      await shoot(page, `${name}-${look}`);
    }
    // The daemon answers 404 for a group that is not there, and the browser says so.
    page.faults = page.faults.filter((fault) => !/status of 404/.test(fault));
    faultless(page, look);
    await page.context().close();
  });
}
