// Links: what a click opens, and what a key opens under the cursor.

import { syntaxTree } from '@codemirror/language';
import type { SyntaxNode } from '@lezer/common';
import { EditorView } from '@codemirror/view';
import { contextOf } from './context';
import { loopOfAddress, personOfAddress } from './naming';
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
    const person = event.target.closest<HTMLElement>('.vv-person')?.dataset['person'];
    if (person) {
      callbacks.naming?.openPerson(person);
      return true;
    }
    const loop = event.target.closest<HTMLElement>('.vv-loop')?.dataset['loop'];
    if (loop && (view.state.selection.main.empty || asked)) {
      callbacks.naming?.openLoop(loop);
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
        const [person, loop] = [personOfAddress(address), loopOfAddress(address)];
        if (file) callbacks.openFile(file);
        else if (person) callbacks.naming?.openPerson(person);
        else if (loop) callbacks.naming?.openLoop(loop);
        else callbacks.openAddress(address);
        return true;
      }
    }
  }
  return toggleTaskAt(view, pos);
}
