// Changes made elsewhere, brought into a text that went on changing here. `ChangesSince` is begun when a text is sent off;
// what is typed meanwhile is added to it; when the answer brings splices for the text that was sent, they are moved past
// everything typed since, so neither side loses a character.

import { ChangeSet, type Text } from '@codemirror/state';

/** Replaces a stretch of a text; positions count UTF-16 units. */
export interface Splice {
  at: number;
  delete: number;
  insert: string;
}

/** Puts splices, each made for the text after the one before, into one change of a text of this length. */
export function changesOf(length: number, splices: readonly Splice[]): ChangeSet {
  let all = ChangeSet.empty(length);
  for (const splice of splices) {
    const at = Math.min(splice.at, all.newLength);
    const to = Math.min(at + splice.delete, all.newLength);
    all = all.compose(ChangeSet.of({ from: at, to, insert: splice.insert }, all.newLength, '\n'));
  }
  return all;
}

/** Remembers what changed in a text since one moment. */
export class ChangesSince {
  #changes: ChangeSet;

  constructor(doc: Text) {
    this.#changes = ChangeSet.empty(doc.length);
  }

  /** Takes in one more change of the text. */
  add(changes: ChangeSet): void {
    this.#changes = this.#changes.compose(changes);
  }

  /** Whether anything changed since that moment. */
  get any(): boolean {
    return !this.#changes.empty;
  }

  /** Turns splices made for the text of that moment into a change of the text as it is now. */
  rebase(splices: readonly Splice[]): ChangeSet {
    return changesOf(this.#changes.length, splices).map(this.#changes, true);
  }
}
