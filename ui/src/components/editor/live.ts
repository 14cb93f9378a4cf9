// The live preview: Markdown that looks like what it means. Marks are hidden where the cursor is not and come back where it
// is; the text itself is never touched. Only what is in sight is looked at, so a key costs the same in a long text.
//
// `LivePreview` walks the syntax tree of the visible ranges; `inline.ts` and `blocks.ts` say what each node becomes.

import { syntaxTree } from '@codemirror/language';
import { searchPanelOpen } from '@codemirror/search';
import { type EditorState, type Range } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { decorateBlock } from './blocks';
import { filesChanged, namesChanged, pointerReleased } from './context';
import { decorateInline } from './inline';
import { Reveal } from './reveal';

/** Collects what the walk finds. */
export interface Found {
  state: EditorState;
  reveal: Reveal;
  /** Everything drawn. */
  marks: Range<Decoration>[];
  /** What the cursor passes over as one. */
  atoms: Range<Decoration>[];
  /** Classes and styles of lines, by where the line begins. */
  lines: Map<number, LineLook>;
  /** How far list marks of the present line are already replaced. */
  replacedTo: number;
}

/** Says how a line is to look. */
export interface LineLook {
  classes: Set<string>;
  /** Levels of indentation, in steps. */
  indent: number;
  /** Whether a mark hangs before the first line of text. */
  hanging: boolean;
}

/** Gives the look of the line that begins here, to be added to. */
export function lookOf(found: Found, from: number): LineLook {
  let look = found.lines.get(from);
  if (!look) {
    look = { classes: new Set(), indent: 0, hanging: false };
    found.lines.set(from, look);
  }
  return look;
}

interface Drawn {
  marks: DecorationSet;
  atoms: DecorationSet;
}

function draw(view: EditorView, reveal: Reveal): Drawn {
  const { state } = view;
  const found: Found = { state, reveal, marks: [], atoms: [], lines: new Map(), replacedTo: -1 };
  for (const { from, to } of view.visibleRanges) {
    blankLines(found, from, to);
    syntaxTree(state).iterate({
      from,
      to,
      enter(node) {
        const block = decorateBlock(found, node, from, to);
        return block ?? decorateInline(found, node);
      },
    });
  }
  for (const [from, look] of found.lines) found.marks.push(lineDecoration(look).range(from));
  return { marks: Decoration.set(found.marks, true), atoms: Decoration.set(found.atoms, true) };
}

// Every line takes its direction from its own first letter; an empty line between two paragraphs is lower than a full one.
function blankLines(found: Found, from: number, to: number): void {
  const { doc } = found.state;
  for (let pos = from; pos <= to; ) {
    const line = doc.lineAt(pos);
    const look = lookOf(found, line.from);
    if (line.number < doc.lines && /^\s*$/.test(line.text)) look.classes.add('vv-blank');
    pos = line.to + 1;
  }
}

const decorations = new Map<string, Decoration>();

function lineDecoration({ classes, indent, hanging }: LineLook): Decoration {
  const name = [...classes].join(' ');
  const key = `${name}|${indent}|${hanging}`;
  let decoration = decorations.get(key);
  if (!decoration) {
    const attributes: Record<string, string> = { dir: 'auto' };
    if (name) attributes['class'] = name;
    if (indent > 0) attributes['data-indent'] = String(Math.min(indent, 8));
    if (hanging) attributes['data-hanging'] = '';
    decoration = Decoration.line({ attributes });
    decorations.set(key, decoration);
  }
  return decoration;
}

class LivePreview {
  drawn: Drawn;
  #holding = false;

  constructor(view: EditorView) {
    this.drawn = draw(view, this.#reveal(view));
  }

  update(update: ViewUpdate): void {
    const { state, startState } = update;
    const told = update.transactions.some((tr) => tr.effects.some((effect) => effect.is(filesChanged) || effect.is(namesChanged) || effect.is(pointerReleased)));
    // While the mouse button is down nothing comes back into sight: the text would move away under the pointer.
    if (this.#holding && !update.docChanged && !told) {
      if (update.viewportChanged) this.drawn = draw(update.view, this.#reveal(update.view));
      return;
    }
    const changed =
      update.docChanged ||
      update.viewportChanged ||
      update.selectionSet ||
      update.focusChanged ||
      told ||
      syntaxTree(state) !== syntaxTree(startState) ||
      state.readOnly !== startState.readOnly ||
      searchPanelOpen(state) !== searchPanelOpen(startState);
    if (changed) this.drawn = draw(update.view, this.#reveal(update.view));
  }

  hold(view: EditorView): void {
    if (this.#holding) return;
    this.#holding = true;
    const release = () => {
      this.#holding = false;
      document.removeEventListener('mouseup', release, true);
      // Later, so that a click on a link still meets the link.
      setTimeout(() => view.dispatch({ effects: pointerReleased.of(null) }));
    };
    document.addEventListener('mouseup', release, true);
  }

  #reveal(view: EditorView): Reveal {
    const { state } = view;
    const here = !state.readOnly && (view.hasFocus || searchPanelOpen(state));
    return new Reveal(state, here ? state.selection.ranges : []);
  }
}

/** Shows Markdown as what it means. */
export const livePreview = ViewPlugin.fromClass(LivePreview, {
  decorations: (plugin) => plugin.drawn.marks,
  provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.drawn.atoms ?? Decoration.none),
  eventHandlers: {
    mousedown(event, view) {
      if (event.button === 0) this.hold(view);
    },
  },
});
