// What is pasted or dropped: files, rich text as Markdown, and text too large to be pasted without a question.

import { EditorView } from '@codemirror/view';
import { contextOf } from './context';
import { isRich, markdownOf } from './rich';

/** Text above this many bytes is asked about before it is pasted. */
export const LARGE_PASTE = 1024 * 1024;

function filesOf(transfer: DataTransfer | null): File[] {
  return transfer ? [...transfer.files] : [];
}

/** Takes files in and writes the Markdown that shows them at a place, on lines of their own. */
export async function takeFilesAt(view: EditorView, pos: number, files: File[]): Promise<void> {
  await insertWhenReady(view, pos, contextOf(view.state).callbacks.takeFiles(files));
}

/** Writes Markdown at a place as soon as it is known; the place moves with what is typed meanwhile. It stands on lines of its own,
 *  unless it is one line and `inLine` lets it stand among the words. */
export async function insertWhenReady(view: EditorView, pos: number, coming: Promise<string>, inLine = false): Promise<void> {
  const place = { view, pos };
  places.add(place);
  try {
    const markdown = await coming;
    if (!markdown) return;
    const at = Math.min(place.pos, view.state.doc.length);
    if (inLine && !markdown.includes('\n')) insertWords(view, at, markdown);
    else insertBlock(view, at, markdown);
  } finally {
    places.delete(place);
  }
}

// Places that wait for something; moved along with every change of their text.
const places = new Set<{ view: EditorView; pos: number }>();
const movePlaces = EditorView.updateListener.of((update) => {
  if (!update.docChanged) return;
  for (const place of places) if (place.view === update.view) place.pos = update.changes.mapPos(place.pos, 1);
});

function insertWords(view: EditorView, pos: number, markdown: string): void {
  view.dispatch({ changes: { from: pos, insert: markdown }, selection: { anchor: pos + markdown.length }, userEvent: 'input.paste', scrollIntoView: true });
  view.focus();
}

function insertBlock(view: EditorView, pos: number, markdown: string): void {
  const line = view.state.doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from).trim() === '' ? '' : '\n\n';
  const after = line.text.slice(pos - line.from).trim() === '' ? '' : '\n\n';
  const insert = before + markdown + after + (line.to === view.state.doc.length && after === '' ? '\n' : '');
  view.dispatch({
    changes: { from: pos, insert },
    selection: { anchor: pos + insert.length },
    userEvent: 'input.paste',
    scrollIntoView: true,
  });
  view.focus();
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Catches pasted and dropped files, and asks before a very large text is pasted. */
export const incoming = [
  movePlaces,
  EditorView.domEventHandlers({
    paste(event, view) {
      if (view.state.readOnly) return false;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const files = filesOf(event.clipboardData);
      // Some programs put a picture of the text beside the text; then the text is meant.
      if (files.length > 0 && text === '') {
        event.preventDefault();
        void takeFilesAt(view, view.state.selection.main.head, files);
        return true;
      }
      const small = text.length * 3 <= LARGE_PASTE || utf8Length(text) <= LARGE_PASTE;
      const html = small ? (event.clipboardData?.getData('text/html') ?? '') : '';
      if (html !== '' && html.length <= LARGE_PASTE && isRich(html)) {
        event.preventDefault();
        const { from, to } = view.state.selection.main;
        if (from !== to) view.dispatch({ changes: { from, to }, userEvent: 'delete.selection' });
        // What cannot be read as Markdown comes as the words it also is.
        void insertWhenReady(view, from, markdownOf(html).catch(() => text).then((markdown) => markdown || text), true);
        return true;
      }
      if (small) return false;
      event.preventDefault();
      const { callbacks } = contextOf(view.state);
      const asked = callbacks.largePaste(text).then((file) => (file ? callbacks.takeFiles([file]) : ''));
      void insertWhenReady(view, view.state.selection.main.head, asked);
      return true;
    },
    drop(event, view) {
      const files = filesOf(event.dataTransfer);
      if (files.length === 0 || view.state.readOnly) return false;
      event.preventDefault();
      const pos = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
      void takeFilesAt(view, pos, files);
      return true;
    },
  }),
];
