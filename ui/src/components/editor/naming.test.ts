// Names while one writes: who and what is offered where, what is written, and how it is shown.

import { acceptCompletion, closeCompletion, completionStatus, currentCompletions, moveCompletionSelection, selectedCompletion } from '@codemirror/autocomplete';
import { EditorView } from '@codemirror/view';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EditorCallbacks, EditorNaming, EditorWords } from './callbacks';
import { mountEditor, type EditorHandle } from './mount';

const words = {
  label: 'Text', placeholder: 'Write', task: 'Done', openHint: '', openFile: (name: string) => name, fileMissing: 'missing', pictureFailed: '',
  find: 'Find', findNext: '', findPrevious: '', findClose: '', findCase: '', findCount: () => '', findNone: '', findMany: '', fileSize: String,
  completions: 'What could stand here', newPerson: (name: string) => `New person: ${name}`,
} satisfies EditorWords;

const KATIE = { id: '0199-k', name: 'Katie Moran', detail: 'Data' };
const NOOR = { id: '0199-n', name: 'نور', detail: '' };

function named(over: Partial<EditorNaming> = {}): EditorNaming {
  const names = new Map([[KATIE.id, KATIE.name], [NOOR.id, NOOR.name]]);
  return {
    person: (id) => names.get(id), openPerson: vi.fn(), mentioned: vi.fn(), tagged: vi.fn(), openLoop: vi.fn(),
    findPeople: async (beginning) => [KATIE, NOOR].filter(({ name }) => name.toLowerCase().startsWith(beginning.toLowerCase())),
    meetPerson: vi.fn(async (name: string) => ({ id: '0199-new', name })),
    findTags: async (beginning) => ['data', 'delegation'].filter((tag) => tag.startsWith(beginning)).map((tag) => ({ tag, detail: '2 entries' })),
    findLoops: async (beginning) => ('Reading a P&L'.startsWith(beginning) ? [{ id: '0199-l', title: 'Reading a P&L', detail: 'loop' }] : []),
    ...over,
  };
}

let handle: EditorHandle | undefined;
afterEach(() => {
  handle?.destroy();
  handle = undefined;
  document.body.replaceChildren();
});

function mounted(text: string, naming: EditorNaming = named()): { view: EditorView; place: HTMLElement; naming: EditorNaming; handle: EditorHandle } {
  const place = document.body.appendChild(document.createElement('div'));
  const callbacks: EditorCallbacks = {
    onChange: vi.fn(), onBlur: vi.fn(), file: () => undefined, picture: () => ({ small: '', whole: '' }), openFile: vi.fn(), openAddress: vi.fn(), openLink: vi.fn(),
    findLinks: async (beginning) => ('Plan'.startsWith(beginning) ? [{ id: '0199-e', title: 'Plan', detail: '4 Mar' }] : []), takeFiles: async () => '', largePaste: async () => null, naming,
  };
  handle = mountEditor(place, { text, words, callbacks, panelHost: place, choices: { spellCheck: true, language: 'en', textSize: 19, readOnly: false } });
  const view = EditorView.findFromDOM(place)!;
  view.dispatch({ selection: { anchor: text.length } });
  return { view, place, naming, handle };
}

/** Types letter by letter, as a person does. */
async function type(view: EditorView, text: string): Promise<void> {
  for (const letter of text) {
    const { head } = view.state.selection.main;
    view.dispatch({ changes: { from: head, insert: letter }, selection: { anchor: head + letter.length }, userEvent: 'input.type' });
  }
  await vi.waitFor(() => expect(completionStatus(view.state)).not.toBe('pending'));
  await new Promise((done) => setTimeout(done));
}

const offered = (view: EditorView): string[] => currentCompletions(view.state).map(({ label }) => label);
/** CodeMirror does not take a choice in the first moments, lest somebody takes what they have not seen. */
async function take(view: EditorView): Promise<void> {
  await vi.waitFor(() => expect(acceptCompletion(view)).toBe(true));
}

/** The same holds for moving to another row. */
async function down(view: EditorView): Promise<void> {
  await vi.waitFor(() => expect(moveCompletionSelection(true)(view)).toBe(true));
}

describe('people after @', () => {
  it('are offered by the beginning of their name and written as a link with name and id', async () => {
    const { view, naming } = mounted('Asked ');
    await type(view, '@ka');
    expect(offered(view)).toEqual(['Katie Moran', 'New person: ka']);
    await vi.waitFor(() => expect(selectedCompletion(view.state)?.label).toBe('Katie Moran'));
    await take(view);
    expect(view.state.doc.toString()).toBe('Asked [@Katie Moran](person:0199-k)');
    expect(naming.mentioned).toHaveBeenCalledOnce();
  });

  it('are met where nobody has the name, and only when that was chosen', async () => {
    const { view, naming } = mounted('');
    await type(view, '@Scott');
    expect(offered(view)).toEqual(['New person: Scott']);
    expect(selectedCompletion(view.state)).toBeNull();
    expect(acceptCompletion(view)).toBe(false);
    expect(naming.meetPerson).not.toHaveBeenCalled();
    await down(view);
    await take(view);
    await vi.waitFor(() => expect(view.state.doc.toString()).toBe('[@Scott](person:0199-new)'));
  });

  it('are met although nobody is known yet and every answer comes late', async () => {
    const answers: ((found: never[]) => void)[] = [];
    const { view } = mounted('', named({ findPeople: () => new Promise((done) => answers.push(done)) }));
    for (const letter of '@Katie') {
      const { head } = view.state.selection.main;
      view.dispatch({ changes: { from: head, insert: letter }, selection: { anchor: head + 1 }, userEvent: 'input.type' });
      await new Promise((done) => setTimeout(done));
    }
    await vi.waitFor(() => {
      answers.splice(0).forEach((answer) => answer([]));
      expect(offered(view)).toEqual(['New person: Katie']);
    });
  });

  it('are not offered again for a name whose offers were put away', async () => {
    const { view } = mounted('');
    await type(view, '@k');
    expect(offered(view)).not.toEqual([]);
    closeCompletion(view);
    await type(view, 'a');
    expect(offered(view)).toEqual([]);
    await type(view, ' and @ka');
    expect(offered(view)[0]).toBe('Katie Moran');
  });

  it.each([
    ['a mail address', 'write to mara', '@example.org'],
    ['an address of the web', 'https://example.org/', '@ka'],
    ['code in a line', 'run `npm i ', '@ka'],
    ['a block of code', '```\n', '@ka'],
    ['the middle of a word', 'a_b', '@ka'],
  ])('are not offered in %s', async (_what, before, typed) => {
    const { view } = mounted(before === 'run `npm i ' ? 'run `npm i `' : before);
    if (before === 'run `npm i ') view.dispatch({ selection: { anchor: before.length } });
    await type(view, typed);
    expect(offered(view)).toEqual([]);
  });

  it('are offered in a text that runs from right to left', async () => {
    const { view } = mounted('سألت ');
    await type(view, '@نو');
    expect(offered(view)[0]).toBe('نور');
    await vi.waitFor(() => expect(selectedCompletion(view.state)?.label).toBe('نور'));
    await take(view);
    expect(view.state.doc.toString()).toBe('سألت [@نور](person:0199-n)');
  });

  it('are shown by the name of today, and by their words when nobody knows them', () => {
    const { place, view, handle: editor, naming } = mounted('[@Kate](person:0199-k) and [@Gone One](person:0199-x).\n');
    const shown = (): (string | null)[] => [...place.querySelectorAll('.vv-name')].map((name) => name.textContent);
    expect(shown()).toEqual(['@Katie Moran', '@Gone One']);
    expect([...place.querySelectorAll('.vv-name')].every((name) => name.getAttribute('dir') === 'auto')).toBe(true);
    naming.person = () => 'Katie Lindgren';
    editor.namesChanged();
    expect(shown()[0]).toBe('@Katie Lindgren');
    expect(view.state.doc.toString()).toContain('[@Kate](person:0199-k)');
    place.querySelector<HTMLElement>('.vv-person')!.click();
    expect(naming.openPerson).toHaveBeenCalledWith('0199-k');
  });
});

describe('other names', () => {
  it('of tags stay in the text as they were typed, and the entry bears the tag', async () => {
    const { view, naming } = mounted('Asked about ');
    await type(view, '#de');
    expect(offered(view)).toEqual(['delegation']);
    await vi.waitFor(() => expect(selectedCompletion(view.state)).not.toBeNull());
    await take(view);
    expect(view.state.doc.toString()).toBe('Asked about #delegation');
    expect(naming.tagged).toHaveBeenCalledWith('delegation');
  });

  it('of headings and fragments of addresses are no tags', async () => {
    const { view } = mounted('');
    await type(view, '# data');
    expect(offered(view)).toEqual([]);
    const other = mounted('https://example.org/');
    await type(other.view, '#d');
    expect(offered(other.view)).toEqual([]);
  });

  it('of entries and loops are offered together', async () => {
    const { view } = mounted('See ');
    await type(view, '[[');
    expect(offered(view)).toEqual(['Plan', 'Reading a P&L']);
    await vi.waitFor(() => expect(selectedCompletion(view.state)?.label).toBe('Plan'));
    await down(view);
    expect(selectedCompletion(view.state)?.label).toBe('Reading a P&L');
    await take(view);
    expect(view.state.doc.toString()).toBe('See [Reading a P&L](loop:0199-l)');
  });
});
