// Elements, and how a tree of them is brought up to date without flicker: what did not change stays
// the same node, with its focus, its scroll position and what was typed into it.

const SVG = 'http://www.w3.org/2000/svg';
const HANDLERS = ['onclick', 'oninput', 'onchange', 'onkeydown', 'onsubmit'];

// h('a', {class: 'name', href: '#/'}, 'text', node, [more]). Text is only ever text: no string is
// read as HTML. `key` names a child among its brothers; `keep`: somebody else owns what is inside.
export function h(tag, props, ...children) {
  return build(document.createElement(tag), props, children);
}

export function svg(tag, props, ...children) {
  return build(document.createElementNS(SVG, tag), props, children);
}

function build(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (HANDLERS.includes(name)) node[name] = value;
    else if (name === 'key') node.dataset.key = value;
    else if (name === 'keep') node.dataset.keep = '';
    else if (name === 'style') Object.assign(node.style, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...nodesOf(children));
  return node;
}

function nodesOf(children) {
  return children.flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== '')
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));
}

// Makes the children of `parent` look like these.
export function show(parent, ...children) {
  patchChildren(parent, nodesOf(children));
}

const keyOf = (node) => node.dataset?.key;
const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName;

function patchChildren(parent, fresh) {
  const wanted = new Set(fresh.map(keyOf));
  const known = new Map();
  for (const child of [...parent.children]) {
    if (keyOf(child) === undefined) continue;
    if (wanted.has(keyOf(child))) known.set(keyOf(child), child);
    else child.remove();
  }
  let at = parent.firstChild;
  for (const next of fresh) {
    const key = keyOf(next);
    const old = key !== undefined ? known.get(key) : at && keyOf(at) === undefined ? at : null;
    if (!old || !alike(old, next)) {
      parent.insertBefore(next, at);
      continue;
    }
    if (old === at) at = at.nextSibling;
    else parent.insertBefore(old, at);
    patchNode(old, next);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function patchNode(old, next) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  patchAttributes(old, next);
  for (const name of HANDLERS) old[name] = next[name];
  if (next.dataset.keep === undefined) patchChildren(old, [...next.childNodes]);
}

function patchAttributes(old, next) {
  const kept = (name) => (name === 'open' && old.nodeName === 'DETAILS')
      || (next.dataset.keep !== undefined && (name === 'style' || name === 'class'));
  for (const {name, value} of [...next.attributes]) {
    if (!kept(name) && old.getAttribute(name) !== value) setAttribute(old, name, value);
  }
  for (const {name} of [...old.attributes]) {
    if (!kept(name) && !next.hasAttribute(name)) old.removeAttribute(name);
  }
}

function setAttribute(node, name, value) {
  if (name === 'style') node.style.cssText = value;
  else node.setAttribute(name, value);
  if (name === 'value' && node !== document.activeElement) node.value = value;
}
