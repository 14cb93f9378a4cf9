// How the editor's parts reach the callbacks and words they were given, without globals.

import { Facet, StateEffect } from '@codemirror/state';
import type { EditorCallbacks, EditorWords } from './callbacks';

export interface EditorContext {
  callbacks: EditorCallbacks;
  words: EditorWords;
}

/** Holds the callbacks and words of this editor. */
export const editorContext = Facet.define<EditorContext, EditorContext>({
  combine(given) {
    const first = given[0];
    if (!first) throw new Error('An editor is always given its context.');
    return first;
  },
});

/** Tells the editor that what `callbacks.file` answers may have changed. */
export const filesChanged = StateEffect.define<null>();

/** Tells the live preview that a drag with the mouse ended and marks may be shown again. */
export const pointerReleased = StateEffect.define<null>();
