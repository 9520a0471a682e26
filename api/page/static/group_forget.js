// Forgetting a group, on its own screen: for one that was deleted long ago, or was a test.
import {api} from './api.js';
import {changing, filled} from './changing.js';
import {h} from './dom.js';
import {link} from './routes.js';

const nameOf = ({group}) => group || '(the group without a name)';

// Asks once more, in its place, with the token if one is needed; null where it can't be done from here.
export function forgetPanel(data, memory) {
  const {access: may} = memory;
  if (!may.token_needed && !may.rights.includes('forget')) return null;
  const ask = (wanted) => () => { Object.assign(memory, {forgetting: wanted, error: null}); memory.again(); };
  const act = (values) => api.forget(data.cluster, data.group, filled(values));
  return h('section', {class: 'panel', 'aria-label': 'Forget this group'}, memory.forgetting
    ? changing({memory, right: 'forget', label: 'Forget it', title: 'Forget this group', act},
      h('p', {key: 'what'}, `Forget ${nameOf(data)} of ${data.cluster}? All that is known of it goes, and what is usual for it is learnt anew. Its open incidents end; its history stays. It comes back with its next commit.`),
      h('div', {key: 'not'}, h('button', {type: 'button', class: 'toggle', onclick: ask(false)}, 'Keep it')))
    : h('button', {type: 'button', class: 'toggle', onclick: ask(true)}, 'Forget this group…'));
}

// Instead of all that was known.
export function forgotten(data, memory) {
  const again = () => { Object.assign(memory, {done: null, forgetting: false}); memory.again(); };
  return [
    h('p', {class: 'crumbs'}, h('a', {href: link.groups({cluster: data.cluster})}, `${data.cluster} groups`)),
    h('h1', null, nameOf(data)),
    h('section', {class: 'panel', role: 'status'}, h('h2', null, 'It is forgotten until its next commit'),
      h('p', null, h('button', {type: 'button', class: 'toggle', onclick: again}, 'Look again'))),
  ];
}
