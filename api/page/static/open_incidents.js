// How many incidents are open, for whoever wants to show it: asked for now and then, and by screens
// that need it anyway.
import {api} from './api.js';

const EVERY_MS = 10000;
const MOST = 200;
const listeners = [];
let last = {total: null, rows: []};
let askedAt = 0;

export const openIncidents = {
  // {total, rows: the newest of them}; total is null where no incidents are kept.
  async look() {
    askedAt = Date.now();
    const found = await api.incidents({state: 'open', limit: MOST}).catch(() => null);
    last = found ? {total: found.page.total, rows: found.data} : {total: null, rows: []};
    for (const listener of listeners) listener(last.total);
    return last;
  },
  onChange: (listener) => listeners.push(listener),
  start() {
    const old = () => !document.hidden && Date.now() - askedAt > EVERY_MS - 100;
    setInterval(() => old() && openIncidents.look(), EVERY_MS);
    setTimeout(() => askedAt || openIncidents.look(), 1000);  // what is on the screen comes first
  },
};
