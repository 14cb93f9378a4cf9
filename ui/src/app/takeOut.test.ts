import { afterEach, describe, expect, it } from 'vitest';
import type { FakeHost, Switches } from '@/ipc/fake';
import { all, click, expectAccessible, one, says, settle, show, type, withHost } from '@/testing/page';
import { notebook } from './notebook.svelte';
import Questions from './Questions.svelte';
import TakeOut from './TakeOut.svelte';
import TakeOutDialog from './TakeOutDialog.svelte';
import { taking } from './taking.svelte';

let end: (() => void) | undefined;
afterEach(() => {
  end?.();
  taking.clear();
});

async function open(switches: Partial<Switches> = {}): Promise<FakeHost> {
  const host = withHost({ slow: 1, ...switches });
  end = notebook.follow();
  await settled();
  await show(TakeOut);
  await show(Questions);
  await settled();
  return host;
}

// The fake host takes a moment for each answer.
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await settle();
}

const asked = (host: FakeHost): unknown[] => host.calls.filter((call) => call.name === 'portability_export').map((call) => call.request);
async function until(is: () => unknown): Promise<void> {
  for (let turn = 0; turn < 4000 && !is(); turn += 1) await settle();
}
const done = (): Promise<void> => until(() => !taking.running);

/** Presses the button once it may be pressed, and waits until it led to something. */
async function chooseWhere(host: FakeHost): Promise<void> {
  const button = (): HTMLButtonElement => one<HTMLButtonElement>('button', 'Choose where');
  await until(() => !button().disabled && button().getAttribute('aria-disabled') !== 'true');
  await click('Choose where');
  await until(() => asked(host).length > 0);
}

describe('taking entries out', () => {
  it('warns that what is taken out is no longer locked, and says how many entries go', async () => {
    await open({ entries: 12 });
    expect(says('no longer locked')).toBe(true);
    expect(says('12 entries')).toBe(true);
    await expectAccessible();
  });

  it('takes everything as one page unless something else is chosen', async () => {
    const host = await open();
    host.picks.save = '/home/mara/my-journal.html';
    await chooseWhere(host);
    await done();
    expect(asked(host)).toEqual([{ path: '/home/mara/my-journal.html', format: 'html', choice: { from: null, to: null, tags: [], in_loop: null, entries: [] }, replace: false, language: 'en' }]);
    expect(says('It lies in /home/mara/my-journal.html.')).toBe(true);
  });

  it('takes some of it, by days and tags, and refuses days the wrong way round', async () => {
    const host = await open();
    await click('A book to print', 'label');
    await click('Some of it', 'label');
    await type(one('input[type=date]'), '2026-12-01');
    await type(all('input[type=date]')[1] as HTMLElement, '2026-01-01');
    expect(says('The first day comes after the last.')).toBe(true);
    expect(one<HTMLButtonElement>('button', 'Choose where').getAttribute('aria-disabled') ?? one<HTMLButtonElement>('button', 'Choose where').disabled).toBeTruthy();
    await type(one('input[type=date]'), '');
    await type(all('input[type=date]')[1] as HTMLElement, '');
    await click('listening', '.tags button');
    await settled();
    await chooseWhere(host);
    await done();
    expect(asked(host)).toMatchObject([{ format: 'pdf', choice: { from: null, to: null, tags: ['listening'], entries: [] } }]);
  });

  it('asks before a file is replaced, and leaves it when the answer is no', async () => {
    const host = await open({ entries: 2 });
    host.picks.save = '/home/mara/taken.html';
    await chooseWhere(host);
    await until(() => all('dialog').length);
    expect(says('Replace “taken.html”?')).toBe(true);
    await click('Replace it', 'dialog button');
    await done();
    expect(asked(host)).toMatchObject([{ replace: false }, { replace: true }]);
    expect(taking.done?.path).toBe('/home/mara/taken.html');
  });

  it('can be stopped, and then says nothing was taken', async () => {
    const host = await open({ entries: 200 });
    const begun = new Promise((first) => host.on('progress', first));
    await chooseWhere(host);
    await begun;
    await settle();
    expect(all('[role=progressbar]')).toHaveLength(1);
    await click('Stop, leave nothing behind');
    await done();
    expect(taking.done).toBeUndefined();
    expect(taking.error).toBeUndefined();
  });

  it('takes one entry from its menu', async () => {
    const host = withHost({ slow: 1 });
    end = notebook.follow();
    await settled();
    await show(TakeOutDialog, { entry: { id: 'e1', title: 'Who: asked?' }, onclose: () => undefined });
    await settle();
    expect(says('Which entries')).toBe(false);
    await chooseWhere(host);
    await done();
    expect(asked(host)).toMatchObject([{ choice: { entries: ['e1'] } }]);
    await expectAccessible();
  });
});
