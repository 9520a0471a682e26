// What the daemon has recorded of a group in a stretch of time, fetched beside the live picture.
import {api} from './api.js';
import {beginning, USUAL} from './range.js';

const AGAIN_MS = 15000;
const WITNESSED = '15m';
const HEAT_STEPS = 60;
const HEAT_PARTITIONS = 200;

// {state: 'loading' | 'ready' | 'none', why, data, heat}
export class Recorded {
  constructor(names, onChange) {
    Object.assign(this, {names, onChange, state: 'loading', data: null, heat: null, key: null, askedAt: 0, busy: false});
  }

  // Asks if the stretch is another one, or what is known of it is old.
  want(range, partitionCount) {
    const key = `${range.name}/${range.at}`;
    if (this.busy || (key === this.key && Date.now() - this.askedAt < AGAIN_MS)) return;
    Object.assign(this, {key, askedAt: Date.now(), busy: true});
    this.ask(range, partitionCount).catch((error) => this.none(error)).finally(() => {
      this.busy = false;
      this.onChange();
    });
  }

  // The range to begin with where the address names none.
  usual() {
    if (this.state === 'none') return WITNESSED;
    return this.data ? beginning(this.data) : USUAL;
  }

  async ask(range, partitionCount) {
    const {cluster, group} = this.names;
    const {history: recording} = await api.keeping();
    if (!recording || recording.state === 'off') return this.off(recording?.reason);
    const stretch = {from_ms: range.from_ms, to_ms: range.to_ms};
    const {data} = await api.history(cluster, group, {...stretch, fields: 'totals,offsets'});
    Object.assign(this, {state: 'ready', data, heat: null});
    if (partitionCount > HEAT_PARTITIONS) return;
    // No finer than what is recorded, or every other step would be a gap.
    const step = `${Math.max(Math.ceil(range.seconds / HEAT_STEPS), data.step_seconds)}s`;
    this.heat = (await api.history(cluster, group, {...stretch, step, fields: 'partitions'})).data;
  }

  off(reason) {
    Object.assign(this, {state: 'none', data: null, heat: null,
      why: `This Tidemark records no history${reason ? `: ${reason}` : ''}.`});
  }

  none(error) {
    if (error.status === undefined) throw error;
    Object.assign(this, {state: 'none', data: null, heat: null, why: `The history cannot be shown: ${error.message}.`});
  }
}
