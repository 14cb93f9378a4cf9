// A meeting of two: its steps and its clock, whose turn it is, what is captured for whom, sealed answers, rules, and leaving it.

import { afterEach, describe, expect, it } from 'vitest';
import { notebook } from '@/app/notebook.svelte';
import Asking from '@/app/Questions.svelte';
import { route } from '@/app/route.svelte';
import { toasts } from '@/app/toasts.svelte';
import type { FakeHost } from '@/ipc/fake';
import { pairingsOf } from '@/ipc/fake/pairings';
import { all, click, expectAccessible, one, press, says, settle, show, type, withHost } from '@/testing/page';
import Guides from './Guides.svelte';

let end: (() => void) | undefined;
afterEach(() => {
  end?.();
  toasts.clear();
});

async function open(room: boolean): Promise<FakeHost> {
  const host = withHost({ pairings: 3 });
  end = notebook.follow();
  await settle();
  const { row } = pairingsOf(host.world)[0]!;
  const begun = await host.call('meetings_begin', { pairing: row.id, guide: 'p3', language: 'en', short: false, room });
  route.toGuides('meet', `${row.id}~${begun.id}`);
  await show(Asking);
  await show(Guides);
  return host;
}

describe('A meeting', () => {
  it('takes the whole window, shows the steps with their time, and says who can read it', async () => {
    await open(false);
    expect(route.whole).toBe(true);
    expect(all('nav ol li')).toHaveLength(5);
    expect(one('[aria-current=step]').textContent).toContain('Arrive, rules aloud');
    expect(one('[role=timer]')).toBeDefined();
    expect(says('2 people can read this')).toBe(true);
    expect(says('Feedback is a gift: thank, then think.')).toBe(true);
    await expectAccessible();
  });

  /** Practice 80: before one screen both are asked, each on their own only oneself. */
  it('asks both before one screen, and each only for themselves on their own', async () => {
    const host = await open(true);
    await click('One observation', 'footer button');
    expect(says('You speak')).toBe(true);
    expect(all('textarea')).toHaveLength(2);
    await type(all('textarea')[0]!, 'You answered the question that was put to Tom.');
    await click('Say it back', 'footer button');
    expect(host.calls.some((call) => call.name === 'meetings_answer')).toBe(true);
    expect(says('Jon speaks')).toBe(true);
    expect(one('aside').textContent).toContain('You answered the question that was put to Tom.');
    await expectAccessible();
  });

  /** Practice 84. */
  it('seals what is to be seen only once both have answered', async () => {
    await open(false);
    await click('Worth it', 'nav button');
    await type(one('textarea'), 'Yes');
    expect(says('sealed until both have')).toBe(true);
    await click('Seal it', 'main .acts button');
    await click('Seal it', '[role=alertdialog] button, dialog[open] .acts button');
    expect(says('Sealed. It opens when Jon has too.')).toBe(true);
    expect(one<HTMLTextAreaElement>('textarea').readOnly).toBe(true);
  });

  /** Practice 83. */
  it('lets anybody call a rule without saying which', async () => {
    await open(false);
    await click(/^Rule$/, 'footer button');
    await click('Rule', 'dialog[open] .acts button');
    expect(says('“Rule”, called by you')).toBe(true);
  });

  /** The pause is one's own, also in the middle of an hour. */
  it('can be left by a pause of the pairing, or by a key, and keeps everything', async () => {
    const host = await open(false);
    await click('One observation', 'footer button');
    await type(one('textarea'), 'half a sentence');
    await press('Escape', {}, document.body);
    await settle();
    expect(route.now).toMatchObject({ room: 'pairings' });
    expect(host.calls.filter((call) => call.name === 'meetings_answer')).toHaveLength(1);
  });

  it('ends by keeping what was captured in the pairing', async () => {
    const host = await open(false);
    await click('Two words each', 'nav button');
    await type(one('textarea'), 'Lighter, clearer');
    await click('To the end', 'footer button');
    await click('Keep it all', 'footer button');
    expect(says('The meeting is kept')).toBe(true);
    expect(pairingsOf(host.world)[0]!.sessions.some((session) => session.notes.includes('Lighter, clearer'))).toBe(true);
  });
});
