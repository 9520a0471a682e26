// The rules in the words of the documents that came with this daemon.
import {h} from './dom.js';
import {markdown} from './markdown.js';
import {link} from './routes.js';

const PAGES = {evaluation: 'How a status is decided', diagnosis: 'Why, and how long'};
// Beside this module: of the same version.
const fileOf = (page) => new URL(`${page}.md`, import.meta.url);

async function load({names}, memory) {
  const page = PAGES[names.page] ? names.page : 'evaluation';
  memory.texts ??= {};
  memory.texts[page] ??= await (await fetch(fileOf(page))).text();
  return {page, text: memory.texts[page], as_of_ms: Date.now()};
}

const linkOf = (page) => (target) => {
  const [, file, anchor] = /^(?:([\w-]+)\.md)?(?:#(.*))?$/.exec(target) ?? [];
  if (file === undefined && anchor === undefined) return /^https:/.test(target) ? target : null;
  const known = PAGES[file ?? page] ? file ?? page : null;
  return known && link.rules(known, anchor ? {part: anchor} : {});
};

function render({page, text}) {
  return [
    h('nav', {class: 'chips', 'aria-label': 'Documents'}, Object.entries(PAGES).map(([name, title]) =>
      h('a', {key: name, class: 'toggle', href: link.rules(name), 'aria-current': name === page ? 'page' : null}, title))),
    h('article', {key: page, class: 'prose'}, markdown(text, linkOf(page))),
  ];
}

// To the part that the address names, once.
function after(root, _, place, memory) {
  const wanted = `${place.names.page}#${place.query.part ?? ''}`;
  if (memory.at === wanted) return;
  memory.at = wanted;
  if (place.query.part) document.getElementById(place.query.part)?.scrollIntoView();
}

export const rules = {title: () => 'Rules', load, render, after, everyMs: 3600 * 1000};
