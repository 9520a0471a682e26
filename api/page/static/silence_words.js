// Silences in words, and the silence that fits one incident or one group.
import {h} from './dom.js';
import {KINDS} from './incident_words.js';

// A text as a regular expression that matches it alone.
export const exactly = (text) => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');

// As the address of a new silence has it.
export function of({cluster, group, kind}) {
  return {cluster: exactly(cluster), group: group === null || group === undefined ? '' : exactly(group), kind: group === null ? kind : ''};
}

const FIELDS = ['cluster', 'group', 'topic', 'status', 'kind'];

const matcher = (name, text) => h('span', {key: name, class: 'matcher'}, h('i', null, name), ' ', h('code', null, text || '(empty)'));

export const matchersOf = (one) => [
  ...FIELDS.filter((name) => one[name] !== null && one[name] !== undefined).map((name) => matcher(name, one[name])),
  ...Object.entries(one.labels ?? {}).map(([name, text]) => matcher(`label ${name}`, text)),
];

export const KIND_NAMES = Object.entries(KINDS);
