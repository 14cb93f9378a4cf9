// A text that is written without a screen: what the saving rules see of an editor, with its real arithmetic of changes.

import { EditorState } from '@codemirror/state';
import { ChangesSince, type Splice } from '@/components/editor/splices';

/** An editor without a screen: its text, and typing into it. */
export class Paper {
  state: EditorState;
  #waiting = new Set<ChangesSince>();
  constructor(
    text: string,
    readonly session: { typed(): void },
  ) {
    this.state = EditorState.create({ doc: text });
  }
  text(): string {
    return this.state.doc.toString();
  }
  type(insert: string, at = this.state.doc.length): void {
    const tr = this.state.update({ changes: { from: at, insert } });
    for (const since of this.#waiting) since.add(tr.changes);
    this.state = tr.state;
    this.session.typed();
  }
  since() {
    const since = new ChangesSince(this.state.doc);
    this.#waiting.add(since);
    return {
      get any() {
        return since.any;
      },
      apply: (splices: readonly Splice[]) => {
        this.#waiting.delete(since);
        this.state = this.state.update({ changes: since.rebase(splices) }).state;
      },
      end: () => void this.#waiting.delete(since),
    };
  }
}
