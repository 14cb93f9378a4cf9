// What the toolbar does: each act is an edit of Markdown that a person could have typed, and is undone in one step.

import type { ChangeSpec, EditorState, Line, StateCommand, TransactionSpec } from '@codemirror/state';
import { EditorSelection } from '@codemirror/state';
import { syntaxTree } from '@codemirror/language';
import type { EditorView } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';

export type Format = 'heading' | 'list' | 'numbers' | 'task' | 'quote' | 'bold' | 'italic' | 'strike' | 'code' | 'link';

const ITEM = /^(\s*)(?:[-+*]|\d+[.)])\s+(?:\[[ xX]\]\s+)?/;
const TASK = /^(\s*)[-+*]\s+\[[ xX]\]\s+/;
const BULLET = /^(\s*)[-+*]\s+(?!\[[ xX]\]\s)/;
const NUMBER = /^(\s*)\d+[.)]\s+/;
const QUOTE = /^\s{0,3}>\s?/;

function linesOf(state: EditorState): Line[] {
  const lines = new Map<number, Line>();
  for (const { from, to } of state.selection.ranges) {
    for (let pos = from; pos <= to; ) {
      const line = state.doc.lineAt(pos);
      lines.set(line.from, line);
      pos = line.to + 1;
    }
  }
  return [...lines.values()];
}

/** Rewrites the beginnings of the chosen lines. */
function prefix(state: EditorState, of: (line: Line, index: number) => { remove: number; insert: string } | null): TransactionSpec {
  const changes: ChangeSpec[] = [];
  const all = linesOf(state);
  const lines = all.length > 1 ? all.filter((line) => line.text.trim() !== '') : all;
  lines.forEach((line, index) => {
    const next = of(line, index);
    if (next) changes.push({ from: line.from, to: line.from + next.remove, insert: next.insert });
  });
  const set = state.changes(changes);
  return { changes: set, selection: state.selection.map(set, 1), userEvent: 'input.format', scrollIntoView: true };
}

function heading(state: EditorState): TransactionSpec {
  const first = /^#{1,6}(?=\s)/.exec(linesOf(state)[0]?.text ?? '')?.[0].length ?? 0;
  // None, then the larger, then the smaller, then none again.
  const next = first === 0 ? '## ' : first <= 2 ? '### ' : '';
  return prefix(state, (line) => ({ remove: /^(?:#{1,6}\s+)?/.exec(line.text)![0].length, insert: next }));
}

function items(state: EditorState, is: RegExp, mark: (index: number) => string): TransactionSpec {
  const all = linesOf(state).every((line) => is.test(line.text));
  return prefix(state, (line, index) => {
    const had = ITEM.exec(line.text);
    const indent = had?.[1] ?? /^\s*/.exec(line.text)![0];
    return { remove: had ? had[0].length : indent.length, insert: all ? indent : indent + mark(index) };
  });
}

function quote(state: EditorState): TransactionSpec {
  const all = linesOf(state).every((line) => QUOTE.test(line.text));
  return prefix(state, (line) => {
    const had = QUOTE.exec(line.text)?.[0].length ?? 0;
    return all ? { remove: had, insert: '' } : had ? null : { remove: 0, insert: '> ' };
  });
}

function around(state: EditorState, pos: number, name: string): SyntaxNode | null {
  for (const side of [-1, 1] as const) {
    for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(pos, side); node; node = node.parent) {
      if (node.name === name) return node;
    }
  }
  return null;
}

/** Puts marks around the selection, or the word under the cursor, or takes them away. */
function wrap(state: EditorState, name: string, mark: string): TransactionSpec {
  return {
    ...state.changeByRange((range) => {
      const node = around(state, range.from, name);
      if (node && node.to >= range.to) {
        const open = node.firstChild;
        const close = node.lastChild;
        if (open && close && open !== close) {
          const changes = [{ from: open.from, to: open.to }, { from: close.from, to: close.to }];
          const set = state.changes(changes);
          return { changes, range: EditorSelection.range(set.mapPos(range.anchor), set.mapPos(range.head)) };
        }
      }
      const word = range.empty ? state.wordAt(range.head) : null;
      const { from, to } = trimmed(state, word ?? range);
      const changes = [{ from, insert: mark }, { from: to, insert: mark }];
      const moved = (pos: number) => pos + mark.length;
      return { changes, range: EditorSelection.range(moved(Math.max(from, range.anchor)), moved(Math.min(Math.max(from, range.head), to))) };
    }),
    userEvent: 'input.format',
    scrollIntoView: true,
  };
}

function trimmed(state: EditorState, { from, to }: { from: number; to: number }): { from: number; to: number } {
  const text = state.sliceDoc(from, to);
  if (text.trim() === '') return { from, to };
  return { from: from + text.length - text.trimStart().length, to: to - (text.length - text.trimEnd().length) };
}

function link(state: EditorState): TransactionSpec {
  return {
    ...state.changeByRange((range) => {
      const word = range.empty ? state.wordAt(range.head) : null;
      const { from, to } = word ?? range;
      const label = state.sliceDoc(from, to);
      const isAddress = /^(?:https?:\/\/|mailto:)\S+$/.test(label);
      const insert = isAddress ? `[](${label})` : `[${label}](https://)`;
      // The cursor goes where something is still missing.
      const cursor = isAddress || label === '' ? EditorSelection.cursor(from + 1) : EditorSelection.range(from + label.length + 3, from + insert.length - 1);
      return { changes: { from, to, insert }, range: cursor };
    }),
    userEvent: 'input.format',
    scrollIntoView: true,
  };
}

/** Gives the edit that a tool of the toolbar makes. */
export function formatting(state: EditorState, format: Format): TransactionSpec {
  switch (format) {
    case 'heading':
      return heading(state);
    case 'list':
      return items(state, BULLET, () => '- ');
    case 'numbers':
      return items(state, NUMBER, (index) => `${index + 1}. `);
    case 'task':
      return items(state, TASK, () => '- [ ] ');
    case 'quote':
      return quote(state);
    case 'bold':
      return wrap(state, 'StrongEmphasis', '**');
    case 'italic':
      return wrap(state, 'Emphasis', '*');
    case 'strike':
      return wrap(state, 'Strikethrough', '~~');
    case 'code':
      return wrap(state, 'InlineCode', '`');
    case 'link':
      return link(state);
  }
}

/** Makes a command of a tool. */
export const format =
  (what: Format): StateCommand =>
  ({ state, dispatch }) => {
    if (state.readOnly) return false;
    dispatch(state.update(formatting(state, what)));
    return true;
  };

/** Says whether the cursor stands in a list, where Tab means indent. */
export function inList(view: EditorView): boolean {
  return linesOf(view.state).some((line) => ITEM.test(line.text));
}

/** Moves the chosen list items one level in or out. */
export const indentItems =
  (by: 1 | -1) =>
  (view: EditorView): boolean => {
    if (!inList(view) || view.state.readOnly) return false;
    view.dispatch(
      prefix(view.state, (line) => {
        if (by > 0) {
          const above = line.number > 1 ? ITEM.exec(view.state.doc.line(line.number - 1).text) : null;
          const width = above ? above[0].replace(/\[[ xX]\]\s+$/, '').length - above[1]!.length : 2;
          return { remove: 0, insert: ' '.repeat(width) };
        }
        const had = /^(?:\t| {1,3})/.exec(line.text)?.[0].length ?? 0;
        return had ? { remove: had, insert: '' } : null;
      }),
    );
    return true;
  };
