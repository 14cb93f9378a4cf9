// How the editor's parts reach the callbacks and words they were given, without globals.

import { Facet, StateEffect, type EditorState } from '@codemirror/state';
import type { EditorCallbacks, EditorWords } from './callbacks';

export interface EditorContext {
  callbacks: EditorCallbacks;
  words: EditorWords;
}

/** Holds the callbacks and words of an editor. */
export const editorContext = Facet.define<EditorContext, EditorContext | null>({ combine: (given) => given[0] ?? null });

/** Gives the callbacks and words of this editor. */
export function contextOf(state: EditorState): EditorContext {
  const context = state.facet(editorContext);
  if (!context) throw new Error('An editor is always given its context.');
  return context;
}

/** Tells the editor that what `callbacks.file` answers may have changed. */
export const filesChanged = StateEffect.define<null>();

/** Tells the editor that what `callbacks.naming.person` answers may have changed. */
export const namesChanged = StateEffect.define<null>();

/** Tells the live preview that a drag with the mouse ended and marks may be shown again. */
export const pointerReleased = StateEffect.define<null>();
