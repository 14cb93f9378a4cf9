// Links: what a click opens, and what is offered after `[[`.

import { startCompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { SyntaxNode } from '@lezer/common';
import { EditorView } from '@codemirror/view';
import { contextOf } from './context';
import { fileOfAddress, readEntryLink } from './syntax';
import { toggleTaskAt } from './widgets';

/** Opens a link that was clicked: one between entries at once, an address with Ctrl or Cmd. */
export const clickedLinks = EditorView.domEventHandlers({
  click(event, view) {
    if (!(event.target instanceof Element) || event.button !== 0) return false;
    const { callbacks } = contextOf(view.state);
    const entry = event.target.closest<HTMLElement>('.vv-entry-link');
    const asked = event.ctrlKey || event.metaKey || view.state.readOnly;
    if (entry && (view.state.selection.main.empty || asked)) {
      callbacks.openLink(entry.dataset['title'] ?? '', entry.dataset['id'] ?? null);
      return true;
    }
    const link = event.target.closest<HTMLElement>('.vv-link');
    if (!link || !asked) return false;
    const { address, title, id } = link.dataset;
    if (address) callbacks.openAddress(address);
    else if (title) callbacks.openLink(title, id ?? null);
    return true;
  },
});

/** Opens the link under the cursor; without one, ticks the task of the line. */
export function actHere(view: EditorView): boolean {
  const { callbacks } = contextOf(view.state);
  const pos = view.state.selection.main.head;
  for (const side of [-1, 1] as const) {
    for (let node: SyntaxNode | null = syntaxTree(view.state).resolveInner(pos, side); node; node = node.parent) {
      if (node.name === 'EntryLink') {
        const { title, id } = readEntryLink(view.state.sliceDoc(node.from, node.to));
        callbacks.openLink(title, id);
        return true;
      }
      const url = node.name === 'Link' || node.name === 'Image' || node.name === 'Autolink' ? node.getChild('URL') : node.name === 'URL' ? node : null;
      if (url) {
        const address = view.state.sliceDoc(url.from, url.to);
        const file = fileOfAddress(address);
        if (file) callbacks.openFile(file);
        else callbacks.openAddress(address);
        return true;
      }
    }
  }
  return toggleTaskAt(view, pos);
}

/** Begins to offer entries when `[[` has been typed, and only then: other keys need not ask. */
export const offerLinks = EditorView.updateListener.of(({ view, state, docChanged, transactions }) => {
  if (!docChanged || !transactions.some((tr) => tr.isUserEvent('input.type'))) return;
  const { head, empty } = state.selection.main;
  if (empty && head > 1 && state.sliceDoc(head - 2, head) === '[[') startCompletion(view);
});

/** Offers entries after `[[`. */
export async function linkCompletions(context: CompletionContext): Promise<CompletionResult | null> {
  const typed = context.matchBefore(/\[\[[^[\]\n|]*/);
  if (!typed || !context.view) return null;
  const { callbacks } = contextOf(context.view.state);
  const beginning = typed.text.slice(2);
  const choices = await callbacks.findLinks(beginning);
  if (context.aborted) return null;
  const titles = new Map<string, number>();
  for (const { title } of choices) titles.set(title, (titles.get(title) ?? 0) + 1);
  return {
    from: typed.from + 2,
    filter: false,
    options: choices.map((choice) => ({
      label: choice.title,
      detail: choice.detail,
      apply(view, _completion, from, to) {
        // The id is written where the title alone would not say which one, or holds what a link cannot.
        const plain = choice.title.replace(/[[\]|\n\r]/g, ' ').trim();
        const exact = titles.get(choice.title) === 1 && plain === choice.title;
        const closed = view.state.sliceDoc(to, to + 2) === ']]';
        const insert = `${exact ? plain : `${plain}|${choice.id}`}]]`;
        const end = closed ? to + 2 : to;
        view.dispatch({
          changes: { from, to: end, insert },
          selection: { anchor: from + insert.length },
          userEvent: 'input.complete',
        });
      },
    })),
  };
}
