// Where marks are shown: where the cursor or the selection touches.

import type { EditorState, SelectionRange } from '@codemirror/state';

/** Answers whether the selection touches a stretch of text. */
export class Reveal {
  readonly #state: EditorState;
  readonly #ranges: readonly SelectionRange[];

  constructor(state: EditorState, ranges: readonly SelectionRange[]) {
    this.#state = state;
    this.#ranges = ranges;
  }

  /** Whether the selection touches this stretch, its ends included. */
  touches(from: number, to: number): boolean {
    return this.#ranges.some((range) => range.from <= to && range.to >= from);
  }

  /** Whether the selection touches a line of this stretch. */
  touchesLines(from: number, to: number): boolean {
    if (this.#ranges.length === 0) return false;
    const { doc } = this.#state;
    return this.touches(doc.lineAt(from).from, doc.lineAt(to).to);
  }
}
