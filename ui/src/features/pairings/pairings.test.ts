// The room of the pairings: beginning with a name, the page of one, the desk over all, promises, the agreement, the evening before.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notebook } from '@/app/notebook.svelte';
import { hashOf, placeFrom, route } from '@/app/route.svelte';
import { toasts } from '@/app/toasts.svelte';
import type { FakeHost, Switches } from '@/ipc/fake';
import { pairingsOf } from '@/ipc/fake/pairings';
import { all, click, expectAccessible, one, says, settle, show, type, withHost } from '@/testing/page';
import Pairings from './Pairings.svelte';
import { Noting, SAVE_AFTER } from './noting.svelte';

let end: (() => void) | undefined;
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 19, 18, 44) }));
afterEach(() => {
  end?.();
  toasts.clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function open(shown: string | null = null, switches: Partial<Switches> = {}): Promise<FakeHost> {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600);
  const host = withHost({ pairings: 9, ...switches });
  end = notebook.follow();
  await settle();
  route.toPairings(shown === null ? null : (pairingsOf(host.world).find((pairing) => pairing.row.name.startsWith(shown))?.row.id ?? shown));
  await show(Pairings);
  return host;
}
const pairing = (host: FakeHost, name: string) => pairingsOf(host.world).find((one) => one.row.name.startsWith(name))!;

describe('The room of the pairings', () => {
  /** Practices 12 and 53. */
  it('teaches the first step when it is empty, and a name and a hope are enough', async () => {
    const host = await open(null, { pairings: 0 });
    expect(one('h1').textContent).toBe('Two people, both ways');
    await expectAccessible();
    await click('Start a pairing');
    await click(/^Start$/);
    expect(says('Write down a name.')).toBe(true);
    await type(one('input', 'With whom?'), 'Jon Adeyemi');
    await type(one('textarea', 'What do you hope for?'), 'To read a P&L');
    await expectAccessible();
    await click(/^Start$/);
    expect(one('h1.h1').textContent).toBe('Jon Adeyemi');
    expect(says('Only you can read this')).toBe(true);
    expect(pairingsOf(host.world)[0]).toMatchObject({ hope: 'To read a P&L', row: { kind: 'mentoring', is_two: false } });
  });

  /** Practices 3 and 51. */
  it('begins a taster or a reverse mentoring from what one filled in', async () => {
    const host = await open(null, { pairings: 0 });
    await type(one('input', 'You teach'), 'what a sprint looks like from below');
    await click('Somebody above you?');
    await type(one('input', 'With whom?'), 'Helen Brandt');
    await click(/^Start$/);
    expect(pairingsOf(host.world)[0]?.row).toMatchObject({ kind: 'reverse', part: 'junior', lanes: [{ about: '' }, { about: 'what a sprint looks like from below', leads: true }] });
  });

  it('shows them by how they stand: now, paused, ended well', async () => {
    await open('Jon');
    const list = one('section.list');
    expect([...list.querySelectorAll('h2')].map((head) => head.textContent)).toContain('Paused');
    expect([...list.querySelectorAll('h2')].map((head) => head.textContent)).toContain('Ended well');
    expect(list.querySelector('[aria-current=page]')?.textContent).toContain('Jon Adeyemi');
    await expectAccessible();
  });

  it('keeps its pages in the address', () => {
    for (const hash of ['#/pairings', '#/pairings/a', '#/pairings/a/agreement', '#/pairings/a/prepare/b']) expect(hashOf(placeFrom(hash))).toBe(hash);
    expect(hashOf(placeFrom('#/pairings/a/elsewhere'))).toBe('#/pairings/a');
  });
});

describe('The page of a pairing', () => {
  /** Practice 2: two lanes, not one with another name. */
  it('has two lanes with their own subjects and sessions, and says who can read it', async () => {
    await open('Jon');
    expect(one('section.lane', 'You learn: reading a P&L. 4 sessions held.')).toBeDefined();
    expect(one('section.lane', 'You teach: testing with a screen reader. 2 sessions held.')).toBeDefined();
    expect(says('2 people can read this: you and Jon Adeyemi')).toBe(true);
  });

  it('proposes a session only for a real case, and moves and calls it off', async () => {
    const host = await open('Owen');
    await click(/^Propose a date$/);
    await click(/^Propose$/);
    expect(says('Say whose real problem it is for; one line is enough.')).toBe(true);
    await type(one('input', 'Day'), '2026-11-25');
    await type(one('input', 'Time'), '09:30');
    await type(one('input', 'Which real case'), 'The October sheet');
    await expectAccessible();
    await click(/^Propose$/);
    expect(pairing(host, 'Owen').sessions.at(-1)).toMatchObject({ on: '2026-11-25', case: 'The October sheet', lane: 'teach', state: 'agreed' });
    expect(says('The October sheet')).toBe(true);
  });

  /** “We met without logging” is one press. */
  it('notes in one press that both met', async () => {
    const host = await open('Owen');
    const before = pairing(host, 'Owen').sessions.length;
    await click(/^We met$/);
    expect(pairing(host, 'Owen').sessions).toHaveLength(before + 1);
    expect(says('On rhythm')).toBe(true);
  });

  it('answers the date that the other proposed', async () => {
    const host = await open('Helen');
    expect(says('Helen proposed this.')).toBe(true);
    await click('Yes, that day');
    expect(pairing(host, 'Helen').sessions.at(-1)?.state).toBe('agreed');
  });

  /** Practice 66: if-then, a small version, an honest skip. */
  it('keeps promises with an if-then, counts the small version, and takes an honest skip', async () => {
    const host = await open('Jon');
    await click('Promise something');
    await type(one('dialog input', 'What'), 'Bring the invoice');
    await type(one('dialog input', 'If …'), 'If the freight office answers');
    await type(one('dialog input', 'The small version'), 'Ask for it');
    await click('Promise it');
    const made = pairing(host, 'Jon').promises.find((promise) => promise.what === 'Bring the invoice')!;
    expect(made).toMatchObject({ mine: true, if_then: 'If the freight office answers', small: 'Ask for it', state: 'open' });
    await click('More about “Bring the invoice”');
    await click('Small version done', '[role=menuitem]');
    expect(made.state).toBe('done_small');
    await click('More about “Send Jon the August sheet”');
    await click('Not this week', '[role=menuitem]');
    await type(one('dialog input', 'Because …'), 'the audit');
    await click('Skip it');
    expect(pairing(host, 'Jon').promises.find((promise) => promise.what.startsWith('Send Jon'))).toMatchObject({ state: 'skipped', words: 'the audit' });
    await expectAccessible();
  });

  it('leaves another’s promise theirs to tick, and ticks it where one keeps the pairing alone', async () => {
    await open('Jon');
    expect(all('input[type=checkbox]', 'Introduce you to Selin')).toHaveLength(0);
  });

  /** The pause is one's own to press and to take back. */
  it('is paused without a reason and taken up again', async () => {
    const host = await open('Jon');
    await click('More', 'button[aria-haspopup]');
    await click('Pause it', '[role=menuitem]');
    expect(says('Yours alone to press.')).toBe(true);
    await click('Pause it', 'dialog button');
    expect(pairing(host, 'Jon').pauses).toHaveLength(1);
    expect(says('You paused it.')).toBe(true);
    await click('Take it up again');
    expect(pairing(host, 'Jon').pauses).toHaveLength(0);
  });

  /** Practice 13: either can end it without a reason. */
  it('ends without a reason, and stays readable', async () => {
    const host = await open('Owen');
    await click('More', 'button[aria-haspopup]');
    await click('End it', '[role=menuitem]');
    await click('End it now', 'input[type=radio]');
    await click('End it', 'dialog button');
    expect(pairing(host, 'Owen').writable).toBe(false);
    expect(says('You ended it.')).toBe(true);
    expect(all('button', 'Propose a date')).toHaveLength(0);
  });

  it('takes goals, each in its lane with the sign both will see', async () => {
    const host = await open('Jon');
    await click('Add a goal');
    await type(one('dialog input', 'What'), 'Ask before advising');
    await type(one('dialog input', 'The sign we will see'), 'Three questions first');
    await click('Keep it', 'dialog button');
    expect(pairing(host, 'Jon').goals.at(-1)).toMatchObject({ what: 'Ask before advising', way: 'learn' });
  });
});

describe('The agreement', () => {
  it('begins from a proposal for each point of the kind, and is signed at once where one keeps the pairing alone', async () => {
    const host = await open('Owen');
    pairing(host, 'Owen').agreement.versions = [];
    pairing(host, 'Owen').agreement.draft = [];
    route.toPairings(pairing(host, 'Owen').row.id, 'agreement');
    await settle();
    expect(all('textarea')).toHaveLength(10);
    expect(one<HTMLTextAreaElement>('textarea', 'Ending').value).toContain('without a reason');
    await expectAccessible();
    await type(one('textarea', 'Goals'), '');
    await click('Sign it');
    const [version] = pairing(host, 'Owen').agreement.versions;
    expect(version?.sections.map((section) => section.number)).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(version?.signatures).toHaveLength(1);
  });

  it('has the safeguards of the junior in a reverse mentoring', async () => {
    const host = await open('Helen');
    expect(pairing(host, 'Helen').agreement.numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it('that was changed meanwhile is not signed', async () => {
    const host = await open('Jon');
    const { agreement, row } = pairing(host, 'Jon');
    agreement.stage = 'proposed';
    agreement.versions[0]!.signatures = agreement.versions[0]!.signatures.filter((one) => one.by === 'other');
    route.toPairings(row.id, 'agreement');
    await settle();
    expect(says('It waits for you to sign.')).toBe(true);
    const shown = agreement.versions[0]!.hash;
    const signing = host.call('pairings_sign', { pairing: row.id, agreement: agreement.versions[0]!.id, hash: `${shown.slice(1)}0` });
    await expect(signing).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('The evening before', () => {
  it('has where we left off, what was promised, and keeps what one wants for oneself', async () => {
    const host = await open('Jon');
    await click('Prepare');
    expect(one('h1.display').textContent).toContain('Jon, ');
    expect(says('August: margin 31 %')).toBe(true);
    expect(says('To hear where the October sheet surprised you.')).toBe(true);
    await expectAccessible();
    vi.useFakeTimers();
    const field = one<HTMLTextAreaElement>('textarea', 'What you want from this hour');
    field.value = 'Say why freight moved';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(800);
    vi.useRealTimers();
    expect(pairing(host, 'Jon').want).toBe('Say why freight moved');
  });
});

describe('The desk', () => {
  it('says who waits, and offers the one thing to do about it', async () => {
    const host = await open();
    expect(one('h1').textContent).toMatch(/wait/);
    expect(says('You promised: Ask the freight office for the invoice')).toBe(true);
    await expectAccessible();
    await click('It is done: Jon Adeyemi');
    expect(pairing(host, 'Jon').promises.find((promise) => promise.what.startsWith('Ask the freight'))?.state).toBe('done');
  });

  it('sorts, filters and finds, and arrows move through it', async () => {
    await open();
    const names = (): string[] => all('tbody a').map((link) => link.querySelector('span:last-child')?.textContent ?? '');
    const [show, sort] = all<HTMLSelectElement>('.choose select');
    sort!.value = 'name';
    sort!.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(names().slice(0, 2)).toEqual(['Ana Ferreira-Castellanos', 'Helen Brandt']);
    show!.value = 'ended';
    show!.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(names()).toEqual(['Priya Raman', 'Wiebke Sörensen']);
    await type(one('input', 'Find a pairing'), 'sorensen');
    expect(names()).toEqual(['Wiebke Sörensen']);
    await type(one('input', 'Find a pairing'), '');
    all('tbody a')[0]!.focus();
    all('tbody a')[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    expect(document.activeElement?.textContent).toContain('Wiebke Sörensen');
  });

  it('shows a week, with its sessions and the promises that are due', async () => {
    await open();
    await click(/^Week$/);
    expect(all('section.week ol > li')).toHaveLength(7);
    expect(says('Send Jon the August sheet')).toBe(true);
    await expectAccessible();
  });

  it('has no total and no rank about other people', async () => {
    await open();
    expect(one('table').querySelector('tfoot')).toBeNull();
    expect(says('%')).toBe(false);
  });
});

describe('Words of a pairing', () => {
  it('are saved soon after the last key, one call after another, and brought together with what others wrote', async () => {
    vi.useFakeTimers();
    const host = withHost({ pairings: 1 });
    const noting = new Noting(pairingsOf(host.world)[0]!.row.id, { which: 'private' });
    await noting.open();
    let text = `${noting.opened ?? ''}\nMore`;
    const applied: unknown[] = [];
    noting.attach({ text: () => text, since: () => ({ apply: (splices) => applied.push(splices), end: () => undefined }) });
    noting.typed();
    expect(noting.saved).toBe(false);
    await vi.advanceTimersByTimeAsync(SAVE_AFTER);
    expect(noting.saved).toBe(true);
    expect(pairingsOf(host.world)[0]!.private.endsWith('More')).toBe(true);
    expect(applied).toEqual([[]]);
    host.failNext('pairings_save_text', 'disk_full');
    text += ' and more';
    noting.typed();
    await vi.advanceTimersByTimeAsync(SAVE_AFTER);
    expect(noting.saved).toBe(false);
    expect(noting.trouble?.code).toBe('disk_full');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(noting.saved).toBe(true);
    await noting.close();
    expect(pairingsOf(host.world)[0]!.private.endsWith('and more')).toBe(true);
  });
});
