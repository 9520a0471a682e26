// A form that changes something on the daemon: who may, by which token, and what the daemon said.
import {api} from './api.js';
import {h} from './dom.js';
import {token} from './token.js';

const AGAIN_MS = 30000;
const NAME = 'tidemark-author';

// What the reader may do: {rights, as, token_needed, problem}. Asked for when a screen opens, and
// after every change of the token.
export async function access(memory) {
  if (!memory.access || Date.now() - memory.accessAt > AGAIN_MS) {
    memory.accessAt = Date.now();
    memory.access = await api.access().then(({data}) => data, refused);
  }
  return memory.access;
}

// A token that is no longer one, or a daemon that does not say.
const refused = (error) => ({rights: [], as: null, token_needed: error.status === 401, problem: error.message});

export function author() {
  try {
    return sessionStorage.getItem(NAME) ?? '';
  } catch {
    return '';
  }
}

function remember(name) {
  try {
    sessionStorage.setItem(NAME, name);
  } catch { /* then it is typed again */ }
}

function anotherToken(memory) {
  token.forget();
  memory.access = null;
  memory.again();
}

const tokenField = (right, {as, problem}) => h('label', {key: 'token'}, as ? `Another token, with the right “${right}”` : `Token with the right “${right}”`,
  h('input', {name: 'token', type: 'password', autocomplete: 'off', required: true, spellcheck: 'false'}),
  h('small', null, as ? `That of “${as}” does not have it. ` : problem ? `${problem[0].toUpperCase()}${problem.slice(1)}. ` : '', 'It is kept in this tab alone, until it is closed.'));

// Who it is: the token's owner, a token to be typed, or a name.
function identity(memory, right) {
  const {rights, as, token_needed: needed} = memory.access;
  const may = rights.includes(right);
  if (needed && may) {
    return h('p', {key: 'as', class: 'quiet'}, 'As ', h('b', null, as), '. ',
      h('button', {type: 'button', class: 'plain', onclick: () => anotherToken(memory)}, 'Use another token'));
  }
  if (needed) return tokenField(right, memory.access);
  return h('label', {key: 'author'}, 'Your name', h('input', {name: 'author', value: author(), maxlength: 100, autocomplete: 'off'}));
}

async function submit(event, memory, right, act) {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(event.target));
  if (memory.busy) return;
  Object.assign(memory, {busy: true, error: null, done: null});
  memory.again();
  if (values.token) token.hold(values.token.trim());
  if (values.author !== undefined) remember(values.author.trim());
  try {
    memory.done = await act(values);
  } catch (error) {
    if (error.status === undefined) console.error(error);
    if (error.status === 401) token.forget();
    memory.error = error.message;
  }
  memory.busy = false;
  memory.access = null;
  memory.again();
}

export const said = (memory) => memory.error && h('p', {key: 'error', class: 'refused', role: 'alert'}, memory.error);

// `act(values)` does it, with what was typed; what it returns becomes memory.done.
export function changing({memory, right, label, title, act}, ...fields) {
  const {access: may} = memory;
  if (!may.token_needed && !may.rights.includes(right)) {
    return h('p', {class: 'note'}, may.problem ?? 'From here nothing can be changed: no token is configured, and without one only a browser on the daemon’s own machine may.');
  }
  return h('form', {class: 'form', 'aria-label': title, onsubmit: (event) => submit(event, memory, right, act)},
    fields, identity(memory, right), said(memory),
    h('div', {key: 'do'}, h('button', {class: 'do', type: 'submit', disabled: memory.busy}, label)));
}

// {comment: 'x', author: ''} → without what was left empty.
export const filled = (values) => Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== '' && name !== 'token'));
