// As much of Markdown as the documents need, into elements: headings, paragraphs, lists, tables,
// quotes, code. No HTML passes through.
import {h} from './dom.js';

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[((?:`[^`]*`|[^\]])+)\]\(([^)]+)\)/g;

function inline(text, linkOf) {
  const out = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    const [all, code, bold, slanted, label, target] = found;
    out.push(text.slice(at, found.index));
    at = found.index + all.length;
    if (code) out.push(h('code', null, code));
    else if (bold) out.push(h('strong', null, inline(bold, linkOf)));
    else if (slanted) out.push(h('em', null, inline(slanted, linkOf)));
    else out.push(anchor(inline(label, linkOf), linkOf(target)));
  }
  out.push(text.slice(at));
  return out;
}

const anchor = (label, href) => (href ? h('a', {href}, label) : h('span', null, label));

const slug = (title) => title.toLowerCase().replace(/[^\w\s-]/g, '').trim().replace(/\s+/g, '-');

function heading(line, linkOf) {
  const [, marks, title] = /^(#+)\s+(.*)$/.exec(line);
  return h(`h${Math.min(marks.length, 4)}`, {id: slug(title)}, inline(title, linkOf));
}

const cells = (line) => line.replace(/^\|/, '').replace(/\|\s*$/, '').split(/(?<!\\)\|/).map((cell) => cell.trim());

function table([head, , ...rows], linkOf) {
  return h('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': cells(head).join(', ')}, h('table', {class: 'list'},
    h('thead', null, h('tr', null, cells(head).map((cell) => h('th', {scope: 'col'}, inline(cell, linkOf))))),
    h('tbody', null, rows.map((row) => h('tr', null, cells(row).map((cell) => h('td', null, inline(cell, linkOf))))))));
}

function list(lines, linkOf) {
  const items = [];
  for (const line of lines) {
    if (/^[*-] /.test(line)) items.push(line.slice(2));
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return h('ul', null, items.map((item) => h('li', null, inline(item, linkOf))));
}

// How a block begins, which lines go on with it, and what it becomes.
const BLOCKS = [
  {begins: /^#+ /, goesOn: () => false, make: ([line], linkOf) => heading(line, linkOf)},
  {begins: /^\|/, goesOn: (line) => line.startsWith('|'), make: table},
  {begins: /^> ?/, goesOn: (line) => line.startsWith('>'),
    make: (lines, linkOf) => h('blockquote', null, inline(lines.map((line) => line.replace(/^> ?/, '')).join(' '), linkOf))},
  {begins: /^[*-] /, goesOn: (line) => line.trim() !== '', make: list},
  {begins: /^ {4}/, goesOn: (line) => /^ {4}/.test(line), make: (lines) => code(lines.map((line) => line.slice(4)))},
];
const PARAGRAPH = {goesOn: (line) => line.trim() !== '' && !BLOCKS.some(({begins}) => begins.test(line)),
  make: (lines, linkOf) => h('p', null, inline(lines.join(' '), linkOf))};

const code = (lines) => h('pre', {tabindex: 0}, h('code', null, lines.join('\n')));

function fenced(lines, at) {
  let end = at + 1;
  while (end < lines.length && !lines[end].startsWith('```')) end += 1;
  return [code(lines.slice(at + 1, end)), end + 1];
}

// `linkOf(target)`: where a link leads here; null: nowhere, and only its words remain.
export function markdown(text, linkOf) {
  const lines = text.split('\n');
  const out = [];
  for (let at = 0; at < lines.length;) {
    if (lines[at].trim() === '') { at += 1; continue; }
    if (lines[at].startsWith('```')) {
      const [block, next] = fenced(lines, at);
      out.push(block);
      at = next;
      continue;
    }
    const kind = BLOCKS.find(({begins}) => begins.test(lines[at])) ?? PARAGRAPH;
    let end = at + 1;
    while (end < lines.length && kind.goesOn(lines[end])) end += 1;
    out.push(kind.make(lines.slice(at, end), linkOf));
    at = end;
  }
  return out;
}
