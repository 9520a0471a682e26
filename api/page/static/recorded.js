// What the daemon has recorded of a group in a stretch of time, fetched beside the live picture.
import {api} from './api.js';

const AGAIN_MS = 15000;
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

  async ask(range, partitionCount) {
    const {cluster, group} = this.names;
    const recording = await api.recording();
    if (!recording || recording.state === 'off') return this.off(recording?.reason);
    const stretch = {from_ms: range.from_ms, to_ms: range.to_ms};
    const step = `${Math.ceil(range.seconds / HEAT_STEPS)}s`;
    const heat = partitionCount <= HEAT_PARTITIONS
      ? api.history(cluster, group, {...stretch, step, fields: 'partitions'}).catch(() => null) : null;
    const totals = await api.history(cluster, group, {...stretch, fields: 'totals,offsets'});
    Object.assign(this, {state: 'ready', data: totals.data, heat: (await heat)?.data ?? null});
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
