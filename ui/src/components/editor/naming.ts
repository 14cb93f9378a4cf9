// Names in a text: people after `@`, tags after `#`, entries and loops after `[[`. What is offered, when, and what is written.
//
// A person is written `[@Name](person:ID)`, a loop `[Title](loop:ID)`: links any Markdown program shows as words. Nothing is
// offered inside code, addresses or mail addresses.

import {
  completionStatus, currentCompletions, selectedCompletionIndex, setSelectedCompletion, startCompletion,
  type Completion, type CompletionContext, type CompletionResult,
} from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { contextOf } from './context';

const MARK_PERSON = 'person:';
const MARK_LOOP = 'loop:';
const QUIET = new Set(['FencedCode', 'CodeBlock', 'InlineCode', 'CodeText', 'URL', 'Autolink', 'HTMLTag', 'HTMLBlock', 'Comment', 'CommentBlock', 'EntryLink', 'Link', 'LinkReference']);

/** What stands before a sign that begins a name: the beginning of a line, a space, or what opens a word in any script. */
const BEFORE = String.raw`(?:^|[\s([{<"'“”„«»‹›‘’‚—–\-*_~>،؛、。「（])`;
const PERSON = new RegExp(`${BEFORE}@([\\p{L}\\p{M}\\p{N}.’'\\-\\u200c\\u200d]*(?: [\\p{L}\\p{M}\\p{N}.’'\\-]*){0,2})$`, 'u');
const TAG = new RegExp(`${BEFORE}#([\\p{L}\\p{N}][^\\s#[\\]()]*)$`, 'u');
const LINK = /\[\[([^[\]\n|]*)$/;

/** A new name has at most two words, the second begun as names are. */
const NEW_NAME = /^[\p{L}\p{N}][^ ]*(?: [\p{Lu}\p{Lo}][^ ]*)?$/u;

/** Says whom an address names, if it names somebody. */
export const personOfAddress = (address: string): string | null => (address.startsWith(MARK_PERSON) ? address.slice(MARK_PERSON.length) : null);

/** Says which loop an address names, if it names one. */
export const loopOfAddress = (address: string): string | null => (address.startsWith(MARK_LOOP) ? address.slice(MARK_LOOP.length) : null);

const plain = (name: string): string => name.replace(/[[\]\\\n\r]/g, ' ').trim();

/** Writes somebody into a text. */
export const mentionOf = (id: string, name: string): string => `[@${plain(name)}](${MARK_PERSON}${id})`;

function isQuiet(state: EditorState, pos: number): boolean {
  for (let node: ReturnType<ReturnType<typeof syntaxTree>['resolveInner']> | null = syntaxTree(state).resolveInner(pos, -1); node; node = node.parent) {
    // `[[` and an open `[` are links only once they are closed.
    if (QUIET.has(node.name)) return node.name !== 'Link' || node.getChild('URL') !== null;
  }
  return false;
}

function typed(state: EditorState, pos: number, pattern: RegExp): RegExpExecArray | null {
  const line = state.doc.lineAt(pos);
  return pattern.exec(line.text.slice(0, pos - line.from));
}

/** What was looked up last after `@` in each editor, and where the sign stands whose offers were put away. */
const lookedUp = new WeakMap<EditorView, string>();
const putAway = new WeakMap<EditorView, number>();

/** Begins to offer names when a sign that asks for them has been typed, and goes on while a name is typed after `@`. */
export const offerNames = EditorView.updateListener.of(({ view, state, startState, docChanged, transactions }) => {
  const { head, empty } = state.selection.main;
  if (state.readOnly || !empty || completionStatus(state) !== null) return;
  const person = typed(state, head, PERSON)?.[1];
  const sign = person === undefined ? -1 : head - person.length - 1;
  const before = completionStatus(startState);
  if (before === 'active' && !docChanged) {
    // Put away by a key or a click: for this name it stays so.
    putAway.set(view, sign);
    return;
  }
  const isTyped = docChanged && transactions.some((tr) => tr.isUserEvent('input.type'));
  // An answer that came after more was typed, and had nothing to offer for what stood there before.
  const isLate = !docChanged && before === 'pending' && lookedUp.get(view) !== person;
  const isWanted =
    person !== undefined
      ? (isTyped || isLate) && putAway.get(view) !== sign
      : isTyped && ((/#[\p{L}\p{N}]$/u.test(state.sliceDoc(Math.max(0, head - 2), head)) && typed(state, head, TAG) !== null) || state.sliceDoc(Math.max(0, head - 2), head) === '[[');
  if (isWanted && !isQuiet(state, head)) startCompletion(view);
});

/** What makes something new is never chosen by itself: Enter after a word nobody knows begins a new line, as it always does. */
export const chooseKnown = EditorView.updateListener.of(({ view, state }) => {
  if (completionStatus(state) !== 'active' || (selectedCompletionIndex(state) ?? -1) >= 0) return;
  if (currentCompletions(state)[0]?.type === 'new') return;
  queueMicrotask(() => {
    if (completionStatus(view.state) === 'active' && (selectedCompletionIndex(view.state) ?? -1) < 0) view.dispatch({ effects: setSelectedCompletion(0) });
  });
});

function write(view: EditorView, from: number, to: number, insert: string): void {
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: 'input.complete' });
}

/** Offers people after `@`. */
export async function personCompletions(context: CompletionContext): Promise<CompletionResult | null> {
  const found = typed(context.state, context.pos, PERSON);
  const { callbacks, words } = contextOf(context.state);
  const { naming } = callbacks;
  if (!found || !naming || isQuiet(context.state, context.pos)) return null;
  const beginning = found[1] ?? '';
  const from = context.pos - beginning.length - 1;
  if (context.view) lookedUp.set(context.view, beginning);
  const people = await naming.findPeople(beginning);
  if (context.aborted) return null;
  const options: Completion[] = people.map(({ id, name, detail }) => ({
    label: name, detail, type: 'person',
    apply(view, _, __, to) {
      write(view, from, to, mentionOf(id, name));
      naming.mentioned();
    },
  }));
  if (NEW_NAME.test(beginning) && !people.some(({ name }) => name.toLocaleLowerCase() === beginning.toLocaleLowerCase())) {
    options.push({
      label: words.newPerson(beginning), type: 'new',
      apply(view, _, __, to) {
        const before = view.state.sliceDoc(from, to);
        void naming.meetPerson(beginning).then((met) => {
          // Whoever went on writing meanwhile keeps what they wrote.
          if (!met || view.state.sliceDoc(from, to) !== before) return;
          write(view, from, to, mentionOf(met.id, met.name));
          naming.mentioned();
        });
      },
    });
  }
  return options.length > 0 ? { from: from + 1, filter: false, options } : null;
}

/** Offers tags after `#`. The tag stays in the text as it was typed, and the entry bears it. */
export async function tagCompletions(context: CompletionContext): Promise<CompletionResult | null> {
  const found = typed(context.state, context.pos, TAG);
  const { naming } = contextOf(context.state).callbacks;
  if (!found || !naming || isQuiet(context.state, context.pos)) return null;
  const beginning = found[1] ?? '';
  const from = context.pos - beginning.length;
  const tags = await naming.findTags(beginning);
  if (context.aborted || tags.length === 0) return null;
  return {
    from,
    filter: false,
    options: tags.map(({ tag, detail }) => ({
      label: tag, detail, type: 'tag',
      apply(view, _, __, to) {
        write(view, from, to, tag);
        naming.tagged(tag);
      },
    })),
  };
}

/** Offers entries and loops after `[[`. */
export async function linkCompletions(context: CompletionContext): Promise<CompletionResult | null> {
  const found = typed(context.state, context.pos, LINK);
  if (!found || !context.view || isQuiet(context.state, context.pos)) return null;
  const { callbacks } = contextOf(context.state);
  const beginning = found[1] ?? '';
  const from = context.pos - beginning.length;
  const [entries, loops] = await Promise.all([callbacks.findLinks(beginning), callbacks.naming?.findLoops(beginning) ?? []]);
  if (context.aborted) return null;
  const titles = new Map<string, number>();
  for (const { title } of entries) titles.set(title, (titles.get(title) ?? 0) + 1);
  const end = (view: EditorView, to: number): number => (view.state.sliceDoc(to, to + 2) === ']]' ? to + 2 : to);
  return {
    from,
    filter: false,
    options: [
      ...entries.map((choice): Completion => ({
        label: choice.title, detail: choice.detail, type: 'entry',
        apply(view, _, __, to) {
          // The id is written where the title alone would not say which one, or holds what a link cannot.
          const words = choice.title.replace(/[[\]|\n\r]/g, ' ').trim();
          const exact = titles.get(choice.title) === 1 && words === choice.title;
          write(view, from, end(view, to), `${exact ? words : `${words}|${choice.id}`}]]`);
        },
      })),
      ...loops.map((choice): Completion => ({
        label: choice.title, detail: choice.detail, type: 'loop',
        apply: (view, _, __, to) => write(view, from - 2, end(view, to), `[${plain(choice.title)}](${MARK_LOOP}${choice.id})`),
      })),
    ],
  };
}
