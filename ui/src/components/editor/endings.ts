// Line endings, kept exactly. The editor splits lines at LF only, so a CR stays in the text as a character, is never
// counted as a place for the cursor, and a text that uses CRLF gets CRLF for each new line typed into it.

import { EditorState, Prec, RangeSetBuilder, type Extension, type Text, type TransactionSpec } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

/** Says whether the first line of a text ends in CRLF. */
export function usesCrlf(doc: Text): boolean {
  return doc.lines > 1 && doc.line(1).text.endsWith('\r');
}

const completeEndings = EditorState.transactionFilter.of((tr) => {
  if (!tr.docChanged || !tr.isUserEvent('input') || !usesCrlf(tr.startState.doc)) return tr;
  const missing: { from: number; insert: string }[] = [];
  const after = tr.newDoc;
  tr.changes.iterChanges((_fromA, _toA, fromB, toB) => {
    for (let pos = fromB; pos <= toB; ) {
      const line = after.lineAt(pos);
      if (line.to >= toB) break;
      if (!line.text.endsWith('\r')) missing.push({ from: line.to, insert: '\r' });
      pos = line.to + 1;
    }
  });
  if (missing.length === 0) return tr;
  const completed: TransactionSpec = { changes: missing, sequential: true };
  return [tr, completed];
});

const hidden = Decoration.replace({});

function returns(view: EditorView): DecorationSet {
  const found = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let pos = from; pos <= to; ) {
      const line = view.state.doc.lineAt(pos);
      if (line.text.endsWith('\r')) found.add(line.to - 1, line.to, hidden);
      pos = line.to + 1;
    }
  }
  return found.finish();
}

const hideReturns = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = returns(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = returns(update.view);
    }
  },
  {
    decorations: (plugin) => plugin.decorations,
    provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations ?? Decoration.none),
  },
);

/** Keeps the line endings of a text as they are. */
export const exactEndings: Extension = [EditorState.lineSeparator.of('\n'), Prec.lowest(completeEndings), hideReturns];
