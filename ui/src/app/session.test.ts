import { beforeEach, describe, expect, it, vi } from 'vitest';
import { apiError, type SavedText } from '@/ipc';
import { fakeHost, type FakeHost } from '@/ipc/fake';
import { Paper } from '@/testing/paper';
import { EntrySession, type SessionCalls } from './session.svelte';

function callsOf(host: FakeHost): SessionCalls {
  return {
    create: (request) => host.call('journal_create_entry', request),
    open: (id) => host.call('journal_open_editor', id),
    keep: (request) => host.call('journal_keep_draft', request),
    save: (request) => host.call('journal_save_text', request),
  };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const count = (host: FakeHost, name: string) => host.calls.filter((call) => call.name === name).length;

let host: FakeHost;
let id: string;

async function opened(calls = callsOf(host)): Promise<{ session: EntrySession; paper: Paper }> {
  const session = new EntrySession(calls);
  const entry = await session.open(id);
  const paper = new Paper(entry.text, session);
  session.attach(paper);
  return { session, paper };
}

const stored = () => host.world.entries.get(id)!.text;
const draft = () => host.world.drafts.get(id)?.text;

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date('2026-11-19T18:42:00') });
  host = fakeHost({ entries: 0 });
  id = (await host.call('journal_create_entry', { title: 'One', text: 'First.', tags: [], on: null, origin: null })).id;
  host.calls.length = 0;
  return () => vi.useRealTimers();
});

describe('keeping', () => {
  it('keeps_new_words_as_a_draft_within_a_second', async () => {
    const { paper } = await opened();
    paper.type(' Second.');
    await pass(999);
    expect(draft()).toBeUndefined();
    await pass(1);
    expect(draft()).toBe('First. Second.');
    expect(stored()).toBe('First.');
  });

  it('keeps_each_second_while_keys_come_and_then_stops', async () => {
    const { paper } = await opened();
    for (let i = 0; i < 30; i += 1) {
      paper.type('x');
      await pass(100);
    }
    expect(count(host, 'journal_keep_draft')).toBe(3);
    await pass(10_000);
    expect(count(host, 'journal_keep_draft')).toBe(3);
    expect(draft()).toBe('First.' + 'x'.repeat(30));
  });

  it('knows_its_first_words_without_marks_so_that_it_can_be_told_apart_without_a_title', async () => {
    const { session, paper } = await opened();
    expect(session.firstWords).toBe('First.');
    paper.type('\n## **Margin**, [drawn](https://example.org) by [[Jon]]\n\n', 0);
    await pass(1_000);
    expect(session.firstWords).toBe('Margin, drawn by Jon');
  });

  it('says_when_the_words_were_kept', async () => {
    const { session, paper } = await opened();
    paper.type('!');
    await pass(1_000);
    expect(session.keptAt?.getTime()).toBe(Date.now());
    expect(session.dirty).toBe(true);
  });

  it('never_sends_an_older_text_after_a_newer_one', async () => {
    const { paper } = await opened();
    let release = () => {};
    host.hold('journal_keep_draft', new Promise<void>((done) => (release = done)));
    paper.type('a');
    await pass(1_000);
    paper.type('b');
    await pass(3_000);
    expect(count(host, 'journal_keep_draft')).toBe(1);
    release();
    await pass(1_000);
    expect(draft()).toBe('First.ab');
  });
});

describe('saving', () => {
  it('saves_after_twenty_seconds_of_rest', async () => {
    const { session, paper } = await opened();
    paper.type(' More.');
    await pass(19_999);
    expect(stored()).toBe('First.');
    await pass(1);
    expect(stored()).toBe('First. More.');
    expect(session.dirty).toBe(false);
    expect(session.versions).toBeGreaterThan(0);
  });

  it('saves_at_the_latest_after_three_minutes_of_typing_without_rest', async () => {
    const { paper } = await opened();
    for (let i = 0; i < 179; i += 1) {
      paper.type('y');
      await pass(1_000);
    }
    expect(count(host, 'journal_save_text')).toBe(0);
    paper.type('y');
    await pass(1_001);
    expect(count(host, 'journal_save_text')).toBe(1);
  });

  it('saves_nothing_when_nothing_was_typed', async () => {
    const { session } = await opened();
    await session.save();
    await pass(400_000);
    expect(count(host, 'journal_save_text')).toBe(0);
  });

  it('stays_unsaved_when_keys_came_while_it_was_saved', async () => {
    const { session, paper } = await opened();
    let release = () => {};
    host.hold('journal_save_text', new Promise<void>((done) => (release = done)));
    paper.type('1');
    void session.save();
    await pass(0);
    paper.type('2');
    release();
    await pass(0);
    expect(stored()).toBe('First.1');
    expect(session.dirty).toBe(true);
    await pass(20_000);
    expect(stored()).toBe('First.12');
    expect(session.dirty).toBe(false);
  });

  it('saves_a_title_like_text', async () => {
    const { session } = await opened();
    session.retitle('Another');
    await pass(20_000);
    expect(host.world.entries.get(id)!.title).toBe('Another');
  });
});

describe('changes made elsewhere', () => {
  it('brings_them_in_without_losing_what_was_typed_meanwhile', async () => {
    let answer: (saved: Partial<SavedText>) => void = () => {};
    const calls = callsOf(host);
    const { session, paper } = await opened({
      ...calls,
      save: async (request) => {
        const saved = await calls.save(request);
        const extra = await new Promise<Partial<SavedText>>((done) => (answer = done));
        return { ...saved, ...extra };
      },
    });
    paper.type(' End.');
    void session.save();
    await pass(0);
    paper.type('Start. ', 0);
    paper.type(' After.');
    // Made for "First. End.": a word before it, and "End" replaced.
    answer({ splices: [{ at: 0, delete: 0, insert: 'There: ' }, { at: 14, delete: 3, insert: 'Finish' }] });
    await pass(0);
    expect(paper.text()).toContain('Start. ');
    expect(paper.text()).toContain('There: ');
    expect(paper.text()).toContain('First. Finish.');
    expect(paper.text().endsWith(' After.')).toBe(true);
    expect(session.dirty).toBe(true);
  });

  it('are_fetched_when_nothing_here_waits', async () => {
    const calls = callsOf(host);
    const { session, paper } = await opened({
      ...calls,
      save: async (request) => ({ ...(await calls.save(request)), splices: [{ at: 6, delete: 0, insert: ' From the terminal.' }], title: 'Renamed' }),
    });
    await session.refresh();
    expect(paper.text()).toBe('First. From the terminal.');
    expect(session.title).toBe('Renamed');
    expect(session.dirty).toBe(false);
  });
});

describe('failure', () => {
  it('says_what_is_safe_and_tries_again_by_itself', async () => {
    const { session, paper } = await opened();
    const before = session.keptAt;
    host.failNext('journal_keep_draft', 'disk_full');
    paper.type('z');
    await pass(1_000);
    expect(session.trouble).toMatchObject({ what: 'keep', error: { code: 'disk_full' }, safeUntil: before });
    await pass(5_000);
    expect(session.trouble).toBeNull();
    expect(draft()).toBe('First.z');
  });

  it('of_a_save_stays_on_screen_while_drafts_are_kept_and_goes_with_the_next_save', async () => {
    const { session, paper } = await opened();
    host.failNext('journal_save_text', 'disk_full');
    paper.type('z');
    await session.save();
    expect(session.trouble?.what).toBe('save');
    paper.type('y');
    await pass(1_000);
    expect(draft()).toBe('First.zy');
    expect(session.trouble?.what).toBe('save');
    await session.save();
    expect(session.trouble).toBeNull();
    expect(stored()).toBe('First.zy');
  });

  it('never_stops_typing_or_loses_a_word', async () => {
    const { session, paper } = await opened();
    for (let i = 0; i < 3; i += 1) host.failNext('journal_keep_draft', 'read_only');
    host.failNext('journal_save_text', 'read_only');
    for (let i = 0; i < 25; i += 1) {
      paper.type('w');
      await pass(1_000);
    }
    expect(paper.text()).toBe('First.' + 'w'.repeat(25));
    expect(await session.save()).toBe(false);
    expect(await session.save()).toBe(true);
    expect(stored()).toBe(paper.text());
  });

  it('opens_a_new_session_when_the_host_forgot_the_old_one', async () => {
    const { session, paper } = await opened();
    host.world.sessions.clear();
    paper.type(' On.');
    await session.save();
    expect(session.trouble).toBeNull();
    expect(stored()).toBe('First. On.');
  });

  it('keeps_the_editor_open_when_the_last_save_fails', async () => {
    const { session, paper } = await opened();
    paper.type('!');
    host.failNext('journal_save_text', 'disk_full');
    expect(await session.close()).toBe(false);
    expect(session.closed).toBe(false);
    expect(await session.close()).toBe(true);
    expect(stored()).toBe('First.!');
  });
});

describe('closing', () => {
  it('saves_and_ends_the_session_and_asks_nothing_more', async () => {
    const { session, paper } = await opened();
    paper.type('!');
    expect(await session.close()).toBe(true);
    expect(host.world.sessions.size).toBe(0);
    const calls = host.calls.length;
    await pass(400_000);
    expect(host.calls.length).toBe(calls);
  });
});

describe('after a crash', () => {
  it('shows_the_draft_and_saves_it', async () => {
    host.world.drafts.set(id, { title: 'One', text: 'First. Half a sent' });
    const { session, paper } = await opened();
    expect(session.recovered).toBe(true);
    expect(paper.text()).toBe('First. Half a sent');
    await pass(20_000);
    expect(stored()).toBe('First. Half a sent');
  });
});

describe('a new entry', () => {
  const fresh = (on: string | null = null) => {
    const session = new EntrySession(callsOf(host), on);
    const paper = new Paper('', session);
    session.attach(paper);
    return { session, paper };
  };

  it('is_not_made_while_nothing_is_in_it', async () => {
    const { session, paper } = fresh();
    paper.type('  \n');
    await pass(30_000);
    expect(await session.close()).toBe(true);
    expect(count(host, 'journal_create_entry')).toBe(0);
  });

  it('is_made_with_its_first_words_on_the_day_it_is_for', async () => {
    const { session, paper } = fresh('2026-11-03');
    paper.type('Hello');
    await pass(1_000);
    expect(session.id).not.toBeNull();
    const entry = host.world.entries.get(session.id!)!;
    expect(entry.text).toBe('Hello');
    expect(entry.on).toBe('2026-11-03');
    paper.type(' world');
    await session.close();
    expect(host.world.entries.get(session.id!)!.text).toBe('Hello world');
    expect(count(host, 'journal_create_entry')).toBe(1);
  });

  it('is_made_once_although_making_it_failed_at_first', async () => {
    const { session, paper } = fresh();
    host.failNext('journal_create_entry', 'disk_full');
    paper.type('Hello');
    await pass(1_000);
    expect(session.id).toBeNull();
    expect(session.trouble?.safeUntil).toBeNull();
    await pass(5_000);
    expect(session.id).not.toBeNull();
    expect(session.trouble).toBeNull();
  });

  it('is_made_empty_when_a_file_is_put_into_it', async () => {
    const { session } = fresh();
    const made = await session.ensure();
    expect(host.world.entries.get(made)?.text).toBe('');
  });

  it('tells_why_it_could_not_be_made_for_a_file', async () => {
    const { session } = fresh();
    host.failNext('journal_create_entry', 'disk_full');
    await expect(session.ensure()).rejects.toMatchObject(apiError('disk_full', 'It did not work. What was saved before is safe.'));
  });
});
