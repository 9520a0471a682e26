// Every screen, light and dark, on a desk and on a phone: opened by its address, without an error,
// without a finding of axe, nothing cut off; a screenshot of each is kept.
import {eachLook} from './support.mjs';

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
// The daemon answers 404 for a group that is not there, and the browser says so.
const expect404 = async (page) => { page.expected = /status of 404/; };

eachLook(SCREENS, expect404);
