// What marks inside a line become: bold, italic, code, links, links between entries, pictures, files.

import type { SyntaxNodeRef } from '@lezer/common';
import { Decoration } from '@codemirror/view';
import { contextOf } from './context';
import type { Found } from './live';
import { loopOfAddress, personOfAddress } from './naming';
import { fileOfAddress, readEntryLink } from './syntax';
import { FileChip, PersonName, Picture } from './widgets';

const hidden = Decoration.replace({});
const faint = Decoration.mark({ class: 'vv-faint' });
const looks: Record<string, Decoration> = {
  StrongEmphasis: Decoration.mark({ class: 'vv-strong' }),
  Emphasis: Decoration.mark({ class: 'vv-emphasis' }),
  Strikethrough: Decoration.mark({ class: 'vv-strike' }),
  InlineCode: Decoration.mark({ class: 'vv-code' }),
};
const markNames = new Set(['EmphasisMark', 'StrikethroughMark', 'CodeMark', 'LinkMark', 'EntryLinkMark']);

/** Decorates a node inside a line. Answers false when its children need no look. */
export function decorateInline(found: Found, node: SyntaxNodeRef): boolean {
  const { name, from, to } = node;
  const look = looks[name];
  if (look) {
    found.marks.push(look.range(from, to));
    hideMarks(found, node, found.reveal.touches(from, to));
    return true;
  }
  switch (name) {
    case 'Link':
      return link(found, node);
    case 'Image':
      return image(found, node);
    case 'EntryLink':
      return entryLink(found, node);
    case 'Autolink':
      hideMarks(found, node, found.reveal.touches(from, to));
      return true;
    case 'URL':
      address(found, node);
      return false;
    case 'Escape':
      if (!found.reveal.touches(from, to)) found.marks.push(hidden.range(from, from + 1));
      return false;
    case 'HTMLTag':
    case 'Comment':
    case 'Entity':
      found.marks.push(faint.range(from, to));
      return false;
    default:
      return true;
  }
}

function hideMarks(found: Found, node: SyntaxNodeRef, shown: boolean): void {
  for (let child = node.node.firstChild; child; child = child.nextSibling) {
    if (markNames.has(child.name)) found.marks.push((shown ? faint : hidden).range(child.from, child.to));
  }
}

function linkMark(found: Found, address: string): Decoration {
  const title = contextOf(found.state).words.openHint;
  return Decoration.mark({ class: 'vv-link', attributes: { 'data-address': address, title: `${address}\n${title}` } });
}

/** The parts of `[label](address)` and `![label](address)`. */
function parts(found: Found, node: SyntaxNodeRef): { label: [number, number]; address: string } | null {
  const children = node.node.getChildren('LinkMark');
  const open = children[0];
  const close = children[1];
  const url = node.node.getChild('URL');
  if (!open || !close || !url) return null;
  const written = found.state.sliceDoc(url.from, url.to);
  const address = written.startsWith('<') && written.endsWith('>') ? written.slice(1, -1) : written;
  return { label: [open.to, close.from], address };
}

function link(found: Found, node: SyntaxNodeRef): boolean {
  const { from, to } = node;
  const read = parts(found, node);
  const shown = found.reveal.touches(from, to);
  if (!read || read.label[0] >= read.label[1]) return true;
  const { label, address } = read;
  const fileId = fileOfAddress(address);
  if (fileId !== null && !shown) {
    const file = contextOf(found.state).callbacks.file(fileId);
    found.marks.push(Decoration.replace({ widget: new FileChip(file, found.state.sliceDoc(...label)) }).range(from, to));
    return false;
  }
  const person = personOfAddress(address);
  if (person !== null) {
    // Always the name of today, and the cursor passes over it as one: there is nothing in it to write.
    const name = contextOf(found.state).callbacks.naming?.person(person);
    const known = Decoration.replace({ widget: new PersonName(name === undefined ? null : person, name ?? found.state.sliceDoc(...label).replace(/^@/, '')) }).range(from, to);
    found.marks.push(known);
    found.atoms.push(known);
    return false;
  }
  const outside = shown ? faint : hidden;
  const loop = loopOfAddress(address);
  const mark = loop === null ? linkMark(found, address) : Decoration.mark({ class: shown ? 'vv-link' : 'vv-link vv-entry-link vv-loop', attributes: { 'data-loop': loop } });
  found.marks.push(mark.range(...label), outside.range(from, label[0]), outside.range(label[1], to));
  // The label may be bold or code; the address has been dealt with.
  return !shown;
}

function image(found: Found, node: SyntaxNodeRef): boolean {
  const { from, to } = node;
  const read = parts(found, node);
  if (!read) return true;
  const shown = found.reveal.touches(from, to);
  const fileId = fileOfAddress(read.address);
  const caption = found.state.sliceDoc(...read.label);
  if (fileId === null) {
    // A picture on the web is never fetched; it is a link with its caption.
    if (read.label[0] >= read.label[1]) return false;
    const outside = shown ? faint : hidden;
    found.marks.push(linkMark(found, read.address).range(...read.label), outside.range(from, read.label[0]), outside.range(read.label[1], to));
    return false;
  }
  const file = contextOf(found.state).callbacks.file(fileId);
  const widget = file?.mime.startsWith('image/') ? new Picture(file, caption) : new FileChip(file, caption);
  if (shown) {
    found.marks.push(faint.range(from, to), Decoration.widget({ widget, side: 1 }).range(to));
  } else {
    found.marks.push(Decoration.replace({ widget }).range(from, to));
  }
  return false;
}

function entryLink(found: Found, node: SyntaxNodeRef): boolean {
  const { from, to } = node;
  const { title, id } = readEntryLink(found.state.sliceDoc(from, to));
  const attributes: Record<string, string> = { 'data-title': title };
  if (id) attributes['data-id'] = id;
  const inner = node.node.getChildren('EntryLinkMark');
  const start = inner[0]?.to ?? from;
  const end = inner[1]?.from ?? to;
  const shown = found.reveal.touches(from, to);
  const outside = shown ? faint : hidden;
  found.marks.push(
    Decoration.mark({ class: shown ? 'vv-link' : 'vv-link vv-entry-link', attributes }).range(start, end),
    outside.range(from, start),
    outside.range(end, to),
  );
  return false;
}

// An address that stands bare in the text, or in a reference at the foot of it.
function address(found: Found, node: SyntaxNodeRef): void {
  const parent = node.node.parent?.name;
  if (parent === 'Link' || parent === 'Image') return;
  found.marks.push(linkMark(found, found.state.sliceDoc(node.from, node.to)).range(node.from, node.to));
}
