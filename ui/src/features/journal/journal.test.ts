import { EditorView } from '@codemirror/view';
import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { asking } from '@/app/asking.svelte';
import { commands } from '@/app/commands.svelte';
import { route } from '@/app/route.svelte';
import { saveAll } from '@/app/saving';
import { toasts } from '@/app/toasts.svelte';
import { setHost } from '@/ipc';
import { fakeHost, type FakeHost } from '@/ipc/fake';
import Journal from './Journal.svelte';
import { deleteForGood, moveToTrash, putBack } from './removal';
import { room } from './room.svelte';

let host: FakeHost;
let screen: Record<string, unknown>;
let ids: string[];

// Waits end as soon as what they wait for is there; a busy machine only makes them longer.
const PATIENCE = { timeout: 20_000, interval: 10 };
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const settled = () => vi.waitFor(() => expect(document.querySelector('.page:not([hidden]) .cm-content')).not.toBeNull(), PATIENCE);
const editor = () => EditorView.findFromDOM(document.querySelector<HTMLElement>('.page:not([hidden]) .cm-editor')!)!;
const type = (insert: string) => editor().dispatch({ changes: { from: editor().state.doc.length, insert }, userEvent: 'input.type' });
const stored = (id: string) => host.world.entries.get(id);
const shownTitle = () => document.querySelector<HTMLTextAreaElement>('.page:not([hidden]) textarea')?.value;

// The editor is fetched on first use; once here, so that no test pays for it.
beforeAll(() => import('@/components/editor/mount'));

beforeEach(async () => {
  host = fakeHost({ entries: 0 });
  setHost(host);
  ids = [];
  for (const [title, text] of [['First', 'one'], ['Second', 'two'], ['Third', 'three']] as const) {
    ids.push((await host.call('journal_create_entry', { title, text, tags: [], on: null, origin: null })).id);
  }
  route.openEntry(null);
  room.tabs = [];
  room.front = null;
  room.side = 'journal';
  room.shows = 'page';
  screen = mount(Journal, { target: document.body });
  flushSync();
  await settled();
});

afterEach(async () => {
  await unmount(screen);
  await vi.waitFor(() => expect(host.world.sessions.size).toBe(0), PATIENCE);
});

describe('the journal room', () => {
  it('begins_with_a_page_to_write_on_and_makes_nothing_of_it_until_there_is_a_word', async () => {
    expect(host.world.entries.size).toBe(3);
    type('Hello');
    await saveAll();
    expect(host.world.entries.size).toBe(4);
    expect(stored(room.current!.session.id!)?.text).toBe('Hello');
  });

  it('keeps_the_editor_and_the_focus_when_the_new_entry_gets_its_address', async () => {
    const before = editor();
    type('Hello');
    await saveAll();
    await tick();
    expect(route.now).toEqual({ room: 'journal', entry: room.current!.session.id });
    expect(editor()).toBe(before);
  });

  it('saves_what_was_written_before_another_entry_takes_its_place', async () => {
    await room.openEntry(ids[0]!);
    await settled();
    type(' and more');
    await room.openEntry(ids[1]!);
    await settled();
    expect(stored(ids[0]!)?.text).toBe('one and more');
    expect(room.tabs).toHaveLength(1);
    expect(shownTitle()).toBe('Second');
  });

  it('keeps_an_entry_open_that_could_not_be_saved', async () => {
    await room.openEntry(ids[0]!);
    await settled();
    type('!');
    host.failNext('journal_save_text', 'disk_full');
    await room.openEntry(ids[1]!);
    expect(room.tabs.map((tab) => tab.session.id ?? tab.opened)).toContain(ids[0]);
    room.bring(room.tabs.find((tab) => tab.session.id === ids[0])!.key);
    flushSync();
    expect(editor().state.doc.toString()).toBe('one!');
    expect(document.querySelector('.page:not([hidden]) [role=alert]')).not.toBeNull();
  });

  it('opens_entries_side_by_side_each_with_its_own_text', async () => {
    await room.openEntry(ids[0]!);
    await settled();
    const first = editor();
    await room.openEntry(ids[1]!, 'beside');
    await vi.waitFor(() => expect(shownTitle()).toBe('Second'), PATIENCE);
    await settled();
    expect(document.querySelectorAll('[role=tab]')).toHaveLength(2);
    room.turn(1);
    flushSync();
    expect(editor()).toBe(first);
    await room.close(room.front!);
    flushSync();
    expect(document.querySelectorAll('[role=tab]')).toHaveLength(0);
    expect(shownTitle()).toBe('Second');
  });

  it('opens_an_entry_once_however_often_it_is_asked_for', async () => {
    await room.openEntry(ids[0]!);
    await room.openEntry(ids[1]!, 'beside');
    await room.openEntry(ids[0]!, 'beside');
    expect(room.tabs).toHaveLength(2);
  });

  it('follows_the_address', async () => {
    route.openEntry(ids[2]!);
    flushSync();
    await vi.waitFor(() => expect(shownTitle()).toBe('Third'), PATIENCE);
  });

  it('opens_a_page_for_a_new_entry_at_once', async () => {
    await room.openEntry(ids[0]!);
    await settled();
    commands.run('new_entry');
    flushSync();
    await settled();
    expect(shownTitle()).toBe('');
    expect(editor().state.doc.length).toBe(0);
  });

  it('shows_every_entry_in_the_timeline_and_opens_it_from_there', async () => {
    await vi.waitFor(() => expect(document.querySelectorAll('[role=option]')).toHaveLength(3), PATIENCE);
    const second = [...document.querySelectorAll<HTMLElement>('[role=option]')].find((one) => one.textContent?.includes('Second'));
    second!.click();
    await vi.waitFor(() => expect(shownTitle()).toBe('Second'), PATIENCE);
    expect(second!.isConnected).toBe(true);
  });
});

describe('the trash', () => {
  it('takes_an_entry_with_its_last_words_and_gives_it_back', async () => {
    await room.openEntry(ids[0]!);
    await settled();
    type(', the end');
    await moveToTrash(ids[0]!);
    expect(stored(ids[0]!)).toMatchObject({ trashed: true, text: 'one, the end' });
    expect(room.tabs.some((tab) => tab.session.id === ids[0])).toBe(false);
    expect(toasts.now?.action).toBeDefined();
    await putBack(ids[0]!);
    expect(stored(ids[0]!)?.trashed).toBe(false);
  });

  it('deletes_for_good_only_after_a_question_that_names_the_backups', async () => {
    await moveToTrash(ids[1]!);
    const asked = deleteForGood(ids[1]!);
    expect(asking.now?.text).toMatch(/[Bb]ackup/);
    asking.now?.answer(false);
    await asked;
    expect(stored(ids[1]!)).toBeDefined();
    const again = deleteForGood(ids[1]!);
    asking.now?.answer(true);
    await again;
    expect(stored(ids[1]!)).toBeUndefined();
  });
});

describe('an older version', () => {
  it('is_brought_back_into_the_open_editor', async () => {
    await room.openEntry(ids[0]!);
    await settled();
    const { session } = room.current!;
    type(' changed');
    await session.save();
    const entry = await session.between((id) => host.call('journal_restore_version', { id, number: 1 }));
    expect(entry?.text).toBe('one');
    type('!');
    expect(await session.save()).toBe(true);
  });
});
