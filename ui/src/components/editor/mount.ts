// The editor of an entry: CodeMirror 6 put together from the parts beside this file.
//
// It keeps the text exactly as written, knows nothing of entries, and asks its callbacks for everything else.

import { autocompletion, closeCompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, redo, undo } from '@codemirror/commands';
import { openSearchPanel } from '@codemirror/search';
import { Compartment, EditorState, Prec, Transaction, type Extension } from '@codemirror/state';
import { drawSelection, dropCursor, EditorView, keymap, placeholder } from '@codemirror/view';
import type { EditorCallbacks, EditorChoices, EditorWords } from './callbacks';
import { editorContext, filesChanged } from './context';
import { exactEndings } from './endings';
import { incoming, insertWhenReady } from './files';
import { finding } from './find';
import { format, indentItems, type Format } from './format';
import { actHere, clickedLinks, linkCompletions, offerLinks } from './linking';
import { livePreview } from './live';
import { ChangesSince, type Splice } from './splices';
import { entrySyntax } from './syntax';
import { asEditorKey, TEXT_KEYS } from './textKeys';
import { entryTheme } from './theme';
import { wordsOf } from './words';

export interface EditorOptions {
  text: string;
  choices: EditorChoices;
  callbacks: EditorCallbacks;
  words: EditorWords;
  /** Where the line for finding is shown. */
  panelHost: HTMLElement;
}

/** What one can do with an editor from outside. */
export interface EditorHandle {
  /** The text exactly as it is to be kept. */
  text(): string;
  /** How many words it has; cheap to ask after each key. */
  words(): number;
  /** Begins to remember what is typed from now on; the answer applies splices made for the present text. */
  since(): { readonly any: boolean; apply(splices: readonly Splice[]): void; end(): void };
  /** Puts another text in the place of the whole, as a change that came from elsewhere. */
  replace(text: string): void;
  /** Writes a text into an empty page as if it were typed, puts the cursor into it and focuses. */
  begin(text: string, cursor: number): void;
  focus(): void;
  /** Puts the cursor at the end and focuses. */
  focusEnd(): void;
  format(what: Format): void;
  find(): void;
  undo(): void;
  redo(): void;
  choose(choices: EditorChoices): void;
  /** Says that files came or went. */
  filesChanged(): void;
  /** Writes Markdown where the cursor is, or at a point of the window, once it is known. */
  insert(coming: Promise<string>, at?: { x: number; y: number }): Promise<void>;
  destroy(): void;
}

function chosen(choices: EditorChoices, words: EditorWords): Extension {
  return [
    EditorState.readOnly.of(choices.readOnly),
    EditorView.editable.of(!choices.readOnly),
    EditorView.contentAttributes.of({
      spellcheck: String(choices.spellCheck),
      autocorrect: 'on',
      autocapitalize: 'sentences',
      'aria-label': words.label,
      ...(choices.language ? { lang: choices.language } : {}),
      // A text that cannot be changed can still be reached and read.
      ...(choices.readOnly ? { tabindex: '0', 'aria-readonly': 'true' } : {}),
    }),
    choices.readOnly ? [] : placeholder(words.placeholder),
    EditorView.editorAttributes.of({ style: `--editor-size: ${choices.textSize / 16}rem` }),
  ];
}

const formatKeys = keymap.of([
  ...TEXT_KEYS.map(({ keys, act }) => ({ key: asEditorKey(keys), run: format(act) })),
  { key: 'Mod-Enter', run: actHere },
  { key: 'Tab', run: indentItems(1) },
  { key: 'Shift-Tab', run: indentItems(-1) },
]);

/** Everything that makes the editor what it is, but for what its owner chooses. */
export function editorExtensions(): Extension {
  return [
    exactEndings,
    history({ newGroupDelay: 700 }),
    drawSelection({ cursorBlinkRate: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 1100 }),
    dropCursor(),
    EditorView.lineWrapping,
    EditorView.perLineTextDirection.of(true),
    entrySyntax(),
    livePreview,
    clickedLinks,
    incoming,
    offerLinks,
    autocompletion({ override: [linkCompletions], icons: false, activateOnTyping: false }),
    Prec.high(formatKeys),
    // Keys of the window stay the window's: Mod-/ and the like are not in use here.
    keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap.filter(({ key }) => key !== 'Mod-/' && key !== 'Mod-Enter')]),
    // The policy of the window admits styles made by script only with the nonce that the page was given.
    EditorView.cspNonce.of(document.querySelector<HTMLStyleElement>('style[nonce]')?.nonce ?? ''),
    entryTheme,
  ];
}

/** Opens a text in an editor inside an element. */
export function mountEditor(parent: HTMLElement, options: EditorOptions): EditorHandle {
  const { callbacks, words } = options;
  const choices = new Compartment();
  const waiting = new Set<ChangesSince>();

  const listen = EditorView.updateListener.of((update) => {
    if (update.docChanged) {
      for (const since of waiting) since.add(update.changes);
      if (!update.transactions.every((tr) => tr.annotation(Transaction.remote))) callbacks.onChange();
    }
    if (update.focusChanged && !update.view.hasFocus) callbacks.onBlur();
  });

  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        editorContext.of({ callbacks, words }),
        choices.of(chosen(options.choices, words)),
        editorExtensions(),
        finding(options.panelHost),
        listen,
      ],
    }),
  });

  const elsewhere = [Transaction.remote.of(true), Transaction.addToHistory.of(false)];

  return {
    text: () => view.state.doc.toString(),
    words: () => wordsOf(view.state.doc),
    since() {
      const since = new ChangesSince(view.state.doc);
      waiting.add(since);
      return {
        get any() {
          return since.any;
        },
        apply(splices) {
          waiting.delete(since);
          if (splices.length > 0) view.dispatch({ changes: since.rebase(splices), annotations: elsewhere });
        },
        end: () => void waiting.delete(since),
      };
    },
    replace(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: view.state.toText(text) }, annotations: elsewhere });
    },
    begin(text, cursor) {
      const insert = view.state.toText(text);
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert },
        selection: { anchor: Math.min(cursor, insert.length) },
        scrollIntoView: true,
        userEvent: 'input.paste',
      });
      view.focus();
    },
    focus: () => view.focus(),
    focusEnd() {
      view.dispatch({ selection: { anchor: view.state.doc.length }, scrollIntoView: true });
      view.focus();
    },
    format(what) {
      format(what)(view);
      view.focus();
    },
    find: () => void openSearchPanel(view),
    undo: () => void undo(view),
    redo: () => void redo(view),
    choose: (next) => view.dispatch({ effects: choices.reconfigure(chosen(next, words)) }),
    filesChanged: () => view.dispatch({ effects: filesChanged.of(null) }),
    insert(coming, at) {
      const pos = at ? view.posAtCoords(at, false) : view.state.selection.main.head;
      return insertWhenReady(view, pos, coming);
    },
    destroy() {
      closeCompletion(view);
      view.destroy();
    },
  };
}
