// What blocks become: headings, quotes, lists, tasks, code, tables, rules. Lines get classes; the marks before a line are
// replaced by one drawn mark that hangs beside the text.

import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { Decoration } from '@codemirror/view';
import { lookOf, type Found } from './live';
import { ItemMark, RuleLine, TaskBox } from './widgets';

const hidden = Decoration.replace({});
const faint = Decoration.mark({ class: 'vv-faint' });
const hanging = Decoration.mark({ class: 'vv-hang' });

/** Decorates a block. Answers true or false for whether to look inside, and nothing when the node is no block. */
export function decorateBlock(found: Found, node: SyntaxNodeRef, from: number, to: number): boolean | undefined {
  const { name } = node;
  if (name.startsWith('ATXHeading')) return heading(found, node, Number(name.slice(-1)));
  switch (name) {
    case 'SetextHeading1':
    case 'SetextHeading2':
      return setext(found, node, Number(name.slice(-1)));
    case 'Blockquote':
      return quote(found, node, from, to);
    case 'ListItem':
      return item(found, node, from, to);
    case 'FencedCode':
    case 'CodeBlock':
      return code(found, node, from, to);
    case 'Table':
      eachLine(found, node, from, to, (line) => lookOf(found, line).classes.add('vv-table'));
      return true;
    case 'TableDelimiter':
      found.marks.push(faint.range(node.from, node.to));
      return false;
    case 'HorizontalRule':
      if (!found.reveal.touchesLines(node.from, node.to)) {
        found.marks.push(Decoration.replace({ widget: new RuleLine() }).range(node.from, node.to));
      } else {
        found.marks.push(faint.range(node.from, node.to));
      }
      return false;
    case 'HTMLBlock':
    case 'CommentBlock':
    case 'LinkReference':
      found.marks.push(faint.range(node.from, node.to));
      return true;
    default:
      return undefined;
  }
}

function eachLine(found: Found, node: SyntaxNodeRef, from: number, to: number, look: (lineFrom: number, first: boolean) => void): void {
  const { doc } = found.state;
  const end = Math.min(node.to, to);
  for (let pos = Math.max(node.from, from); pos <= end; ) {
    const line = doc.lineAt(pos);
    look(line.from, line.from <= node.from);
    pos = line.to + 1;
  }
}

function heading(found: Found, node: SyntaxNodeRef, level: number): boolean {
  const { doc } = found.state;
  const line = doc.lineAt(node.from);
  const classes = lookOf(found, line.from).classes;
  classes.add(level <= 2 ? 'vv-h2' : 'vv-h3');
  if (line.number === 1) classes.add('vv-first');
  const shown = found.reveal.touchesLines(node.from, node.to);
  const marks = node.node.getChildren('HeaderMark');
  const open = marks[0];
  if (!open) return true;
  let textFrom = open.to;
  while (textFrom < node.to && /[ \t]/.test(found.state.sliceDoc(textFrom, textFrom + 1))) textFrom += 1;
  found.marks.push((shown ? hanging : hidden).range(open.from, textFrom));
  const close = marks[1];
  if (close) found.marks.push((shown ? faint : hidden).range(close.from, close.to));
  return true;
}

function setext(found: Found, node: SyntaxNodeRef, level: number): boolean {
  const mark = node.node.getChild('HeaderMark');
  // One dash under a paragraph is far more often the beginning of a list than a heading.
  if (mark && mark.to - mark.from < 3 && found.reveal.touchesLines(mark.from, mark.to)) return true;
  eachLine(found, node, node.from, mark ? mark.from - 1 : node.to, (line) =>
    lookOf(found, line).classes.add(level <= 2 ? 'vv-h2' : 'vv-h3'),
  );
  if (mark) found.marks.push(faint.range(mark.from, mark.to));
  return true;
}

function quote(found: Found, node: SyntaxNodeRef, from: number, to: number): boolean {
  const { doc } = found.state;
  const nested = node.node.parent?.name === 'Blockquote';
  eachLine(found, node, from, to, (lineFrom, first) => {
    const look = lookOf(found, lineFrom);
    look.classes.add('vv-quote');
    if (first && !nested) look.classes.add('vv-quote-first');
    look.indent += 1;
    const line = doc.lineAt(lineFrom);
    const marks = /^(?:[ \t]{0,3}>[ \t]?)+/.exec(line.text)?.[0];
    if (!marks || nested) return;
    // A mark that is hidden is passed over as one; Backspace after it takes it away.
    const end = line.from + marks.length;
    found.marks.push(hidden.range(line.from, end));
    found.atoms.push(hidden.range(line.from, end));
    found.replacedTo = Math.max(found.replacedTo, end);
    if (line.text.length === marks.length) look.classes.delete('vv-blank');
  });
  return true;
}

function item(found: Found, node: SyntaxNodeRef, from: number, to: number): boolean {
  const { doc } = found.state;
  const mark = node.node.getChild('ListMark');
  if (!mark) return true;
  const first = doc.lineAt(mark.from);
  const task = node.node.getChild('Task')?.getChild('TaskMarker');
  let end = task ? task.to : mark.to;
  // A mark without a blank after it is still being typed.
  if (!/[ \t]/.test(found.state.sliceDoc(end, end + 1))) return true;
  end += 1;
  eachLine(found, node, from, to, (lineFrom) => {
    const look = lookOf(found, lineFrom);
    look.indent += 1;
    look.classes.add('vv-item');
    if (lineFrom === first.from) return;
    const line = doc.lineAt(lineFrom);
    const blank = /^[ \t]+/.exec(line.text)?.[0];
    if (blank && !found.lines.get(lineFrom)?.classes.has('vv-code-line')) hideIndent(found, line.from, line.from + blank.length);
  });
  if (end < from || first.from > to) return true;
  const begin = Math.max(first.from, found.replacedTo > first.from && found.replacedTo <= mark.from ? found.replacedTo : first.from);
  const start = leading(found, begin, mark.from) ? begin : mark.from;
  const look = lookOf(found, first.from);
  look.hanging = true;
  const done = task ? /[xX]/.test(found.state.sliceDoc(task.from + 1, task.from + 2)) : false;
  if (task) look.classes.add(done ? 'vv-task-done' : 'vv-task');
  const label = /\d/.test(found.state.sliceDoc(mark.from, mark.to)) ? found.state.sliceDoc(mark.from, mark.to) : '';
  const widget = task ? new TaskBox(done, found.state.readOnly) : new ItemMark(label, depth(node.node));
  const range = Decoration.replace({ widget }).range(start, end);
  found.marks.push(range);
  found.atoms.push(range);
  found.replacedTo = Math.max(found.replacedTo, end);
  return true;
}

/** Whether only blanks stand between two places of a line. */
function leading(found: Found, from: number, to: number): boolean {
  return /^\s*$/.test(found.state.sliceDoc(from, to));
}

function hideIndent(found: Found, from: number, to: number): void {
  if (found.replacedTo > from) return;
  // Nested items hide the same blanks again with their own mark; the marks of a later walk win.
  const line = found.state.doc.lineAt(from);
  if (/^[ \t]+(?:[-+*]|\d+[.)])(?:[ \t]|$)/.test(line.text)) return;
  if (found.marks.some((range) => range.from === from && range.to === to && range.value === hidden)) return;
  found.marks.push(hidden.range(from, to));
  found.atoms.push(hidden.range(from, to));
}

function depth(node: SyntaxNode): number {
  let count = 0;
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (at.name === 'ListItem') count += 1;
  return count;
}

function code(found: Found, node: SyntaxNodeRef, from: number, to: number): boolean {
  const fenced = node.name === 'FencedCode';
  const shown = found.reveal.touches(node.from, node.to);
  const { doc } = found.state;
  const last = doc.lineAt(node.to).from;
  const closed = fenced && node.node.getChildren('CodeMark').length > 1;
  eachLine(found, node, from, to, (lineFrom, first) => {
    const { classes } = lookOf(found, lineFrom);
    classes.add('vv-code-line');
    classes.delete('vv-blank');
    const fence = fenced && (first || (closed && lineFrom === last));
    if (fence) classes.add('vv-fence');
    if (first) classes.add('vv-code-first');
    if (lineFrom === last) classes.add('vv-code-last');
    if (!fence) return;
    const line = doc.lineAt(lineFrom);
    if (line.length > 0) found.marks.push((shown ? faint : hidden).range(first ? node.from : line.from, line.to));
  });
  return false;
}
