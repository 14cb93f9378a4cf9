// The page of today: writing at once, what comes back, and what becomes of an answer.

import { describe, expect, it, vi } from 'vitest';
import { notebook } from '@/app/notebook.svelte';
import { route } from '@/app/route.svelte';
import { toasts } from '@/app/toasts.svelte';
import type { FakeHost } from '@/ipc/fake';
import { learning } from '@/ipc/fake/loops';
import { all, click, expectAccessible, one, says, settle, show, type, withHost } from '@/testing/page';
import Today from './Today.svelte';

async function open(switches = {}): Promise<FakeHost> {
  vi.useFakeTimers({ now: new Date(2026, 10, 19, 18, 44), toFake: ['Date'] });
  const host = withHost(switches);
  await notebook.load();
  route.toToday();
  await show(Today);
  await vi.waitUntil(() => document.querySelector('.cm-content') !== null);
  await settle();
  return host;
}

const called = (host: FakeHost, name: string): unknown[] => host.calls.filter((call) => call.name === name).map((call) => call.request);

/** Types into the field of the day as a person does. */
async function write(words: string): Promise<void> {
  const { EditorView } = await import('@codemirror/view');
  const editor = EditorView.findFromDOM(document.querySelector('.cm-editor') as HTMLElement);
  editor?.dispatch({ changes: { from: 0, insert: words }, userEvent: 'input.type' });
  await settle();
}

describe('Pairings on the page of today', () => {
  it('are the next session with where one left off, and the promises that are due: mine to tick, theirs not', async () => {
    const host = await open({ pairings: 3 });
    expect(one('section', 'Jon, tomorrow').textContent).toContain('August: margin 31 %');
    expect(one('svg', 'Learning and teaching in the last weeks')).toBeDefined();
    expect(one('section', 'Promises').textContent).toContain('Introduce you to Selin');
    expect(all('input[type=checkbox]', 'Introduce you to Selin')).toHaveLength(0);
    await expectAccessible();
    await click('Done: Send Jon the August sheet');
    expect(called(host, 'pairings_answer_promise')).toHaveLength(1);
    await click('Prepare');
    expect(route.now).toMatchObject({ room: 'pairings', page: 'prepare' });
  });
});

describe('Today', () => {
  it('has the cursor in its field, which asks one question', async () => {
    await open();
    expect(document.activeElement?.closest('.cm-editor')).not.toBeNull();
    expect(document.querySelector('.cm-placeholder')?.textContent).toMatch(/\S/);
    expect(says('Thursday')).toBe(true);
  });

  it('says how much of the time for a week was given, once somebody planned any', async () => {
    const host = await open();
    expect(says('this week')).toBe(false);
    await host.call('settings_change', { ...host.world.settings, weekly_minutes: 30 });
    await settle();
    expect(says('You gave 35 min this week. Your plan was 30.')).toBe(true);
    await host.call('settings_change', { ...host.world.settings, weekly_minutes: 60 });
    await settle();
    expect(says('You gave 35 min this week. Your plan is 60.')).toBe(true);
    await expectAccessible();
  });

  it('keeps what is written as an entry that bears its question', async () => {
    const host = await open();
    const question = document.querySelector('.cm-placeholder')?.textContent ?? '';
    await write('Helen waited.');
    await click('Open it in the journal');
    const [made] = called(host, 'journal_create_entry') as { title: string; text: string }[];
    expect(made?.title ?? '').toBe(question);
    const entry = [...host.world.entries.values()].find((one) => one.text === 'Helen waited.');
    expect(entry?.title).toBe(question);
    expect(route.now).toEqual({ room: 'journal', entry: entry?.id });
  });

  it('shows what was written today, and leads to it', async () => {
    const host = await open();
    await click('The question Helen asked twice', 'section li button');
    const entry = [...host.world.entries.values()].find((each) => each.title === 'The question Helen asked twice');
    expect(route.now).toEqual({ room: 'journal', entry: entry?.id });
  });

  it('takes a file that falls on it, and says when one cannot be taken', async () => {
    const host = await open();
    host.failNext('journal_attach_path', 'disk_full', 'The disk is full. Nothing was changed.');
    host.world.emit('file_drop', { paths: ['/home/mara/far.png', '/home/mara/board.png'], x: 10, y: 10 });
    const { EditorView } = await import('@codemirror/view');
    const text = (): string => EditorView.findFromDOM(document.querySelector('.cm-editor') as HTMLElement)?.state.doc.toString() ?? '';
    await vi.waitUntil(() => text().includes('![board.png](attachment:'));
    expect(text()).not.toContain('far.png');
    expect(called(host, 'journal_attach_path')).toHaveLength(2);
    expect(toasts.now?.text).toContain('The disk is full.');
  });

  it('makes no entry where nothing was written', async () => {
    const host = await open();
    await click('Another prompt');
    await write('x');
    const { EditorView } = await import('@codemirror/view');
    EditorView.findFromDOM(document.querySelector('.cm-editor') as HTMLElement)?.dispatch({ changes: { from: 0, to: 1 }, userEvent: 'delete' });
    await settle();
    await click('Blank page');
    expect(called(host, 'journal_create_entry')).toEqual([]);
  });

  it('shows an intention beside the words it came from, and takes done into a loop', async () => {
    const host = await open();
    expect(says('I answered the first time before she had finished.')).toBe(true);
    await click(/^Done$/);
    await type(one('input', 'How did it go?'), 'She said it in her own words.');
    const into = one<HTMLSelectElement>('select', 'Where does that go?');
    into.value = [...into.options].find((option) => option.text.includes('Reading a P&L'))?.value ?? '';
    into.dispatchEvent(new Event('change', { bubbles: true }));
    await click(/^Keep$/);
    const { loops, intentions } = learning(host.world);
    const loop = [...loops.values()].find((each) => each.title === 'Reading a P&L');
    expect(loop?.fillings.at(-1)).toMatchObject({ part: 'reflect', words: 'She said it in her own words.' });
    expect([...intentions.values()][0]?.answered?.done).toBe(true);
    expect(all('h2', 'Set out to do')).toEqual([]);
  });

  it('moves an intention to another day, and lets one go without a reason', async () => {
    const host = await open();
    await click('Not yet');
    await click('Tomorrow');
    await click(/^Keep$/);
    expect([...learning(host.world).intentions.values()][0]).toMatchObject({ due_on: '2026-11-20', moved: 1 });
  });

  it('notes that a loop surfaced, so that it never does so again', async () => {
    const host = await open();
    const estimating = [...learning(host.world).loops.values()].find((loop) => loop.title === 'Estimating in ranges');
    expect(called(host, 'loops_note_surfaced')).toEqual([estimating?.id]);
    await click('Let it rest for a month');
    expect(estimating?.parked_until).toBe('2026-12-19');
    expect(says('Worth a line, or shall it rest?')).toBe(false);
  });

  it('asks of an entry whether it is still true, and keeps what changed', async () => {
    const host = await open();
    expect(one('h2', 'Still true?')).toBeDefined();
    await click('Something changed');
    await type(one('input', 'What changed?'), 'I count to four now.');
    await click('Keep it');
    expect([...host.world.entries.values()].some((entry) => entry.text.startsWith('I count to four now.\n\n[['))).toBe(true);
    expect(all('h2', 'Still true?')).toEqual([]);
  });

  it('looks back at seven days when asked', async () => {
    await open();
    await click('Look back at the last seven days');
    expect(says('Loops that moved')).toBe(true);
    expect(says('August, third reading')).toBe(true);
  });

  it('shows a new person what will stand here and the first step', async () => {
    await open({ entries: 0 });
    await click('Begin with something to learn');
    expect(route.now.room).toBe('loops');
  });

  it('can be read and not written where the folder cannot be', async () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 19, 18, 44), toFake: ['Date'] });
    withHost({ readOnly: true });
    await notebook.load();
    await show(Today);
    expect(document.querySelector('.cm-editor')).toBeNull();
  });

  it('keeps nobody out', async () => {
    await open();
    await expectAccessible();
    await click(/^Done$/);
    await expectAccessible();
  });
});
