import { EditorState, type TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EditorCallbacks, EditorWords } from './callbacks';
import { exactEndings } from './endings';
import { formatting, type Format } from './format';
import { mountEditor, type EditorHandle } from './mount';
import { ChangesSince, changesOf } from './splices';
import { countWords, wordsOf } from './words';
import { entryParser, entrySyntax, readEntryLink } from './syntax';

const words = {
  label: 'Text', placeholder: 'Write', task: 'Done', openHint: '', openFile: (name: string) => name, fileMissing: 'missing', pictureFailed: '',
  find: 'Find', findNext: '', findPrevious: '', findClose: '', findCase: '', findCount: () => '', findNone: '', findMany: '', fileSize: String,
  completions: 'Offers', newPerson: (name: string) => `New person: ${name}`,
} satisfies EditorWords;

function callbacks(over: Partial<EditorCallbacks> = {}): EditorCallbacks {
  return {
    onChange: vi.fn(), onBlur: vi.fn(), file: () => undefined, picture: () => ({ small: 's', whole: 'w' }), openFile: vi.fn(),
    openAddress: vi.fn(), openLink: vi.fn(), findLinks: async () => [], takeFiles: async () => '', largePaste: async () => null, ...over,
  };
}

let handle: EditorHandle | undefined;
function mounted(text: string, over: Partial<EditorCallbacks> = {}): { handle: EditorHandle; view: EditorView; place: HTMLElement } {
  const place = document.createElement('div');
  document.body.append(place);
  handle = mountEditor(place, { text, words, callbacks: callbacks(over), panelHost: place, choices: { spellCheck: true, language: 'en', textSize: 19, readOnly: false } });
  const view = EditorView.findFromDOM(place)!;
  return { handle, view, place };
}
afterEach(() => {
  handle?.destroy();
  handle = undefined;
});

const state = (doc: string, anchor = 0, head = anchor) => EditorState.create({ doc, selection: { anchor, head }, extensions: [exactEndings, entrySyntax()] });
const after = (from: EditorState, spec: TransactionSpec) => from.update(spec).state.doc.toString();

describe('the text', () => {
  it.each([
    ['lines that end in LF', 'a\nb\n\nc\n'],
    ['lines that end in CRLF', 'a\r\nb\r\n\r\nc'],
    ['both, and a lone CR', 'a\r\nb\nc\rd\r'],
    ['odd blanks and other line separators', '\ta \u00a0b\u2028c\u0085d \f\v  \n\n\n'],
    ['emoji and combining marks', '👩‍🚀 e\u0301 \ud83d\ude00'],
  ])('comes out exactly as it went in: %s', (_what, text) => {
    expect(mounted(text).handle.text()).toBe(text);
  });

  it('gets_the_line_endings_it_has_where_something_is_typed', () => {
    const { handle: editor, view } = mounted('one\r\ntwo');
    view.dispatch({ changes: { from: 3, insert: '\n- x\ny' }, userEvent: 'input.paste' });
    expect(editor.text()).toBe('one\r\n- x\r\ny\r\ntwo');
  });

  it('of_lf_lines_stays_with_lf', () => {
    const { handle: editor, view } = mounted('one\ntwo');
    view.dispatch({ changes: { from: 3, insert: '\nx' }, userEvent: 'input.type' });
    expect(editor.text()).toBe('one\nx\ntwo');
  });

  it('says_that_the_person_changed_it_and_not_that_others_did', () => {
    const onChange = vi.fn();
    const { handle: editor, view } = mounted('one', { onChange });
    editor.since().apply([{ at: 3, delete: 0, insert: ' two' }]);
    expect(editor.text()).toBe('one two');
    expect(onChange).not.toHaveBeenCalled();
    view.dispatch({ changes: { from: 0, insert: 'x' }, userEvent: 'input.type' });
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('can_be_undone_without_undoing_what_others_wrote', () => {
    const { handle: editor, view } = mounted('one');
    view.dispatch({ changes: { from: 3, insert: ' mine' }, userEvent: 'input.type' });
    editor.since().apply([{ at: 0, delete: 0, insert: 'theirs ' }]);
    editor.undo();
    expect(editor.text()).toBe('theirs one');
  });
});

describe('words', () => {
  it.each([
    ['', 0],
    ['one two  three\nfour', 4],
    ['don’t — stop: 3 times!', 4],
    ['- [ ] **bold**word', 1],
    ['今日は three', 4],
    ['שלום עולם', 2],
  ])('of “%s” are %i', (text, count) => {
    expect(countWords(text)).toBe(count);
  });
  it('of_a_long_text_are_the_sum_of_its_lines_also_after_a_change', () => {
    const { doc } = EditorState.create({ doc: 'one two three\n'.repeat(500) });
    expect(wordsOf(doc)).toBe(1500);
    expect(wordsOf(doc.replace(0, 3, EditorState.create({ doc: 'a b' }).doc))).toBe(1501);
  });
});

describe('splices', () => {
  it('are_applied_in_order_each_after_the_one_before', () => {
    expect(changesOf(6, [{ at: 0, delete: 1, insert: 'AB' }, { at: 2, delete: 1, insert: '' }]).apply(EditorState.create({ doc: 'abcdef' }).doc).toString()).toBe('ABcdef');
  });

  it('that_reach_beyond_the_end_are_cut_and_never_throw', () => {
    expect(changesOf(2, [{ at: 9, delete: 9, insert: '!' }]).apply(EditorState.create({ doc: 'ab' }).doc).toString()).toBe('ab!');
  });

  it('keep_every_character_typed_since', () => {
    let doc = EditorState.create({ doc: 'the cat sat' });
    const since = new ChangesSince(doc.doc);
    const typed = doc.update({ changes: [{ from: 4, insert: 'old ' }, { from: 11, insert: ' down' }] });
    since.add(typed.changes);
    doc = typed.state;
    doc = doc.update({ changes: since.rebase([{ at: 4, delete: 3, insert: 'dog' }]) }).state;
    expect(doc.doc.toString()).toBe('the old dog sat down');
  });
});

describe('the toolbar', () => {
  const acts: [string, Format, string, number, number, string][] = [
    ['makes a heading', 'heading', 'Title', 2, 2, '## Title'],
    ['makes it smaller', 'heading', '## Title', 4, 4, '### Title'],
    ['and plain again', 'heading', '### Title', 5, 5, 'Title'],
    ['makes a list of lines', 'list', 'a\nb', 0, 3, '- a\n- b'],
    ['and takes it back', 'list', '- a\n- b', 0, 7, 'a\nb'],
    ['makes tasks of a list', 'task', '- a\n- b', 0, 7, '- [ ] a\n- [ ] b'],
    ['numbers lines', 'numbers', 'a\nb', 0, 3, '1. a\n2. b'],
    ['quotes', 'quote', 'a\nb', 0, 3, '> a\n> b'],
    ['and unquotes', 'quote', '> a\n> b', 0, 7, 'a\nb'],
    ['makes a word bold', 'bold', 'one two', 5, 5, 'one **two**'],
    ['makes bold plain', 'bold', 'one **two**', 7, 7, 'one two'],
    ['leaves blanks outside of the marks', 'italic', 'one two', 3, 7, 'one *two*'],
    ['makes a link of a word', 'link', 'see this', 5, 5, 'see [this](https://)'],
    ['makes a link of an address', 'link', 'https://a.b', 0, 11, '[](https://a.b)'],
    ['begins a list on an empty line', 'task', '', 0, 0, '- [ ] '],
  ];
  it.each(acts)('%s', (_name, format, doc, anchor, head, expected) => {
    const from = state(doc, anchor, head);
    expect(after(from, formatting(from, format))).toBe(expected);
  });
});

describe('the grammar', () => {
  const names = (text: string): string[] => {
    const found: string[] = [];
    entryParser.parse(text).iterate({ enter: (node) => void found.push(node.name) });
    return found;
  };
  it('knows_links_between_entries', () => {
    expect(names('see [[A title]] and [[B|0199]]').filter((name) => name === 'EntryLink')).toHaveLength(2);
    expect(names('not [[]], [[a\nb]] or [a]')).not.toContain('EntryLink');
  });
  it('reads_title_and_id_of_a_link', () => {
    expect(readEntryLink('[[A | b|0199]]')).toEqual({ title: 'A | b', id: '0199' });
    expect(readEntryLink('[[A]]')).toEqual({ title: 'A', id: null });
  });
});

describe('the live preview', () => {
  it('hides_marks_while_the_text_is_only_read', () => {
    const { place } = mounted('## Head\n\nsome **bold** and [[Other]]');
    const lines = [...place.querySelectorAll('.cm-line')].map((line) => line.textContent);
    expect(lines).toEqual(['Head', '', 'some bold and Other']);
  });

  it('shows_what_is_not_there_any_more_as_missing', () => {
    const { place } = mounted('![caption](attachment:gone)');
    expect(place.querySelector('.vv-file-missing')?.textContent).toContain('caption');
  });

  it('never_loads_a_picture_from_the_web', () => {
    const { place } = mounted('![a picture](https://example.org/x.png)');
    expect(place.querySelector('img[src^="http"]')).toBeNull();
    expect(place.querySelector('.vv-link')?.textContent).toBe('a picture');
  });

  it('ticks_a_task_in_the_text', () => {
    const { place, handle: editor } = mounted('- [ ] one\n- [x] two');
    place.querySelectorAll('.vv-check')[0]!.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
    expect(editor.text()).toBe('- [x] one\n- [x] two');
    place.querySelectorAll('.vv-check')[1]!.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
    expect(editor.text()).toBe('- [x] one\n- [ ] two');
  });

  it('opens_an_entry_link_on_a_click_and_an_address_only_with_a_key', () => {
    const openLink = vi.fn();
    const openAddress = vi.fn();
    const { place } = mounted('[[Other|0199]] and [web](https://example.org)', { openLink, openAddress });
    const click = (selector: string, ctrlKey = false) =>
      place.querySelector(selector)!.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey }));
    click('.vv-entry-link');
    expect(openLink).toHaveBeenCalledWith('Other', '0199');
    click('[data-address]');
    expect(openAddress).not.toHaveBeenCalled();
    click('[data-address]', true);
    expect(openAddress).toHaveBeenCalledWith('https://example.org');
  });
});

describe('files', () => {
  it('stand_in_the_text_where_they_were_put_although_it_moved_meanwhile', async () => {
    const { handle: editor, view } = mounted('one\n\n');
    view.dispatch({ selection: { anchor: 5 } });
    let arrive: (markdown: string) => void = () => {};
    const done = editor.insert(new Promise<string>((resolve) => (arrive = resolve)));
    view.dispatch({ changes: { from: 0, insert: 'zero ' }, userEvent: 'input.type' });
    arrive('![](attachment:1)');
    await done;
    expect(editor.text()).toBe('zero one\n\n![](attachment:1)\n');
  });
});
