// The sign at the top that what is shown is alive, and since when it is not.
import {h, show} from './dom.js';
import {duration, wholeInstant} from './format.js';

const OLD_MS = 15000;
const place = () => document.getElementById('pulse');
let asOf = null;      // as the daemon says
let received = null;  // by this machine's clock
let problem = null;

function paint() {
  const old = received !== null && Date.now() - received > OLD_MS;
  const said = problem ?? (old ? `as of ${duration((Date.now() - received) / 1000)} ago` : 'live');
  show(place(), h('span', {class: problem || old ? 'pulse bad' : 'pulse', title: asOf ? `As of ${wholeInstant(asOf)}` : null},
    h('i', {'aria-hidden': 'true'}), said));
}

export const pulse = {
  seen(asOfMs) {
    received = Date.now();
    asOf = asOfMs ?? received;
    problem = null;
    paint();
  },
  failed(message) {
    problem = message;
    paint();
  },
};

setInterval(() => received !== null && paint(), 5000);
