// What stands in the place of Markdown marks: bullets, boxes to tick, pictures, files, rules.

import { EditorView, WidgetType } from '@codemirror/view';
import type { EditorFile } from './callbacks';
import { contextOf } from './context';
import { fileIcon, tick } from './drawn';

/** Stands for the mark of a list item: a bullet, or the number as written. */
export class ItemMark extends WidgetType {
  constructor(
    readonly label: string,
    readonly depth: number,
  ) {
    super();
  }
  override eq(other: ItemMark): boolean {
    return other.label === this.label && other.depth === this.depth;
  }
  toDOM(): HTMLElement {
    const mark = document.createElement('span');
    mark.className = this.label ? 'vv-mark-number' : 'vv-mark-bullet';
    mark.textContent = this.label || (this.depth % 2 === 1 ? '•' : '◦');
    return mark;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** Stands for `- [ ]` and `- [x]`: a box that can be ticked. */
export class TaskBox extends WidgetType {
  constructor(
    readonly done: boolean,
    readonly locked: boolean,
  ) {
    super();
  }
  override eq(other: TaskBox): boolean {
    return other.done === this.done && other.locked === this.locked;
  }
  toDOM(view: EditorView): HTMLElement {
    const box = document.createElement('span');
    box.className = this.done ? 'vv-check vv-check-done' : 'vv-check';
    box.setAttribute('role', 'checkbox');
    box.setAttribute('aria-checked', String(this.done));
    box.setAttribute('aria-label', contextOf(view.state).words.task);
    if (this.locked) box.setAttribute('aria-disabled', 'true');
    const square = document.createElement('span');
    square.className = 'vv-check-square';
    if (this.done) square.append(tick());
    box.append(square);
    if (!this.locked) {
      box.addEventListener('mousedown', (event) => {
        event.preventDefault();
        toggleTaskAt(view, view.posAtDOM(box));
      });
    }
    return box;
  }
  override ignoreEvent(event: Event): boolean {
    return event.type === 'mousedown';
  }
}

/** Ticks or unticks the first box on the line of this place. Answers whether there was one. */
export function toggleTaskAt(view: EditorView, pos: number): boolean {
  const line = view.state.doc.lineAt(pos);
  const found = /^(\s*(?:>\s*)*(?:[-+*]|\d+[.)])\s+\[)([ xX])\]/.exec(line.text);
  if (!found || view.state.readOnly) return false;
  const at = line.from + found[1]!.length;
  view.dispatch({ changes: { from: at, to: at + 1, insert: found[2] === ' ' ? 'x' : ' ' }, userEvent: 'input.task' });
  return true;
}

/** Stands for a mention: the name of today. Without an id it is somebody nobody knows any more, and just words. */
export class PersonName extends WidgetType {
  constructor(
    readonly id: string | null,
    readonly name: string,
  ) {
    super();
  }
  override eq(other: PersonName): boolean {
    return other.id === this.id && other.name === this.name;
  }
  toDOM(): HTMLElement {
    const name = document.createElement('span');
    name.className = this.id === null ? 'vv-name' : 'vv-name vv-person';
    name.dir = 'auto';
    name.textContent = `@${this.name}`;
    if (this.id !== null) name.dataset['person'] = this.id;
    return name;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** Stands for a line of dashes. */
export class RuleLine extends WidgetType {
  override eq(): boolean {
    return true;
  }
  toDOM(): HTMLElement {
    const rule = document.createElement('span');
    rule.className = 'vv-rule';
    return rule;
  }
}

/** Shows a picture with its caption. */
export class Picture extends WidgetType {
  constructor(
    readonly file: EditorFile,
    readonly caption: string,
  ) {
    super();
  }
  override eq(other: Picture): boolean {
    return other.file.id === this.file.id && other.caption === this.caption && other.file.width === this.file.width;
  }
  override get estimatedHeight(): number {
    const { width, height } = this.file;
    return width && height ? Math.min(560, width) * (height / width) + 40 : 300;
  }
  toDOM(view: EditorView): HTMLElement {
    const { callbacks, words } = contextOf(view.state);
    const figure = document.createElement('span');
    figure.className = 'vv-figure';
    const frame = document.createElement('button');
    frame.type = 'button';
    frame.className = 'vv-picture';
    frame.tabIndex = -1;
    frame.setAttribute('aria-label', words.openFile(this.caption || this.file.name));
    frame.append(picture(view, this.file, this.caption, figure));
    frame.addEventListener('click', () => callbacks.openFile(this.file.id));
    figure.append(frame);
    if (this.caption) {
      const caption = document.createElement('span');
      caption.className = 'vv-caption';
      caption.textContent = this.caption;
      figure.append(caption);
    }
    return figure;
  }
  override ignoreEvent(event: Event): boolean {
    return event.target instanceof Element && event.target.closest('button') !== null;
  }
}

// The small picture comes first and stands until the whole one is there. Its place is kept from the beginning, so that the
// text does not jump.
function picture(view: EditorView, file: EditorFile, caption: string, figure: HTMLElement): HTMLElement {
  const { callbacks, words } = contextOf(view.state);
  const image = document.createElement('img');
  image.alt = caption || file.name;
  image.draggable = false;
  image.decoding = 'async';
  if (file.width && file.height) {
    image.width = file.width;
    image.height = file.height;
  }
  const { small, whole } = callbacks.picture(file.id);
  const measure = () => view.requestMeasure();
  image.addEventListener('load', measure, { once: true });
  image.addEventListener('error', () => {
    if (image.src !== whole && image.getAttribute('src') !== whole) return void (image.src = whole);
    const failed = document.createElement('span');
    failed.className = 'vv-caption';
    failed.textContent = words.pictureFailed;
    figure.replaceChildren(fileChip(view, file, caption), failed);
    measure();
  });
  image.src = small;
  if (whole !== small) {
    const full = new Image();
    full.addEventListener('load', () => (image.src = whole), { once: true });
    full.src = whole;
  }
  return image;
}

function fileChip(view: EditorView, file: EditorFile | undefined, caption: string): HTMLElement {
  const { callbacks, words } = contextOf(view.state);
  const chip = document.createElement('button');
  chip.type = 'button';
  chip.tabIndex = -1;
  chip.className = file ? 'vv-file' : 'vv-file vv-file-missing';
  const name = document.createElement('span');
  name.className = 'vv-file-name';
  name.textContent = caption || file?.name || words.fileMissing;
  const detail = document.createElement('span');
  detail.className = 'vv-file-size';
  detail.textContent = file ? words.fileSize(file.size) : words.fileMissing;
  chip.append(fileIcon(), name, detail);
  if (file) {
    chip.setAttribute('aria-label', words.openFile(file.name));
    chip.addEventListener('click', () => callbacks.openFile(file.id));
  } else {
    chip.disabled = true;
  }
  return chip;
}

/** Shows a file that is not a picture, or one that is not there. */
export class FileChip extends WidgetType {
  constructor(
    readonly file: EditorFile | undefined,
    readonly caption: string,
  ) {
    super();
  }
  override eq(other: FileChip): boolean {
    return other.file?.id === this.file?.id && other.caption === this.caption && other.file?.size === this.file?.size;
  }
  toDOM(view: EditorView): HTMLElement {
    return fileChip(view, this.file, this.caption);
  }
  override ignoreEvent(event: Event): boolean {
    return event.target instanceof Element && event.target.closest('button') !== null;
  }
}
