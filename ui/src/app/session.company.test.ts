import { beforeEach, expect, it, vi } from 'vitest';
import { fakeHost, type FakeHost } from '@/ipc/fake';
import { Paper } from '@/testing/paper';
import { COMPANY_FOR, EntrySession, type SessionCalls } from './session.svelte';

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

it('makes_every_second_a_save_while_somebody_else_writes_in_the_same_text', async () => {
  const calls = callsOf(host);
  let from_elsewhere = [{ at: 6, delete: 0, insert: ' From elsewhere.' }];
  const { session, paper } = await opened({
    ...calls,
    save: async (request) => {
      const splices = from_elsewhere;
      from_elsewhere = [];
      return { ...(await calls.save(request)), splices };
    },
  });
  paper.type(' Alone.');
  await pass(1_000);
  expect(count(host, 'journal_save_text')).toBe(0);
  await session.save();
  paper.type(' Together.');
  await pass(1_000);
  expect(stored()).toContain('Together.');
  expect(session.dirty).toBe(false);
  await pass(COMPANY_FOR);
  paper.type(' Alone at first.');
  session.accompany();
  await pass(1_000);
  expect(stored()).toContain('Alone at first.');
  await pass(COMPANY_FOR);
  paper.type(' Alone again.');
  await pass(1_000);
  expect(stored()).not.toContain('Alone again.');
  expect(draft()).toContain('Alone again.');
});
