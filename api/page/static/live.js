// Keeps one screen up to date: asks, shows, waits, asks again. Rests while nobody looks.
import {show, h} from './dom.js';
import {pulse} from './pulse.js';

const EVERY_MS = 2000;
const FAILED_MS = 5000;

// `screen` has load(place, memory) → what was seen (with as_of_ms), render(seen, place, memory) →
// nodes, and perhaps after(root, seen, place, memory) for what is not made of nodes. `memory` is the
// screen's own for as long as it is shown.
export class Live {
  constructor(screen, place, root) {
    Object.assign(this, {screen, place, root, memory: {}, stopped: false, turn: 0});
    this.memory.again = () => this.look();
    this.woken = () => document.hidden || this.look();
    document.addEventListener('visibilitychange', this.woken);
    this.look();
  }

  move(place) {
    this.place = place;
    this.look();
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.woken);
    this.screen.end?.(this.memory);
  }

  async look() {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    let wait = this.screen.everyMs ?? EVERY_MS;
    try {
      const seen = await this.screen.load(this.place, this.memory);
      if (this.stopped || turn !== this.turn) return;
      this.paint(seen);
      pulse.seen(seen.as_of_ms);
    } catch (error) {
      if (this.stopped || turn !== this.turn) return;
      this.fail(error);
      wait = FAILED_MS;
    }
    if (!document.hidden) this.timer = setTimeout(() => this.look(), Math.max(wait, this.memory.everyMs ?? 0));
  }

  paint(seen) {
    document.title = [this.screen.title(this.place, seen), 'Tidemark'].filter(Boolean).join(' · ');
    show(this.root, this.screen.render(seen, this.place, this.memory));
    this.screen.after?.(this.root, seen, this.place, this.memory);
    if (!this.shown) performance.mark('contents');
    this.shown = true;
  }

  fail(error) {
    if (error.status === undefined) console.error(error);  // a fault of the page itself
    if (error.status === 404) pulse.seen();  // there was an answer
    else pulse.failed(error.message);
    if (this.shown && error.status !== 404) return;
    document.title = 'Tidemark';
    this.shown = false;
    show(this.root, h('div', {class: 'nothing'}, h('h1', {tabindex: -1}, error.status === 404 ? 'Not there' : error.status ? 'Not to be had now' : 'No answer'),
      h('p', null, error.message), h('p', null, h('a', {href: '#/'}, 'To the overview'))));
  }
}
