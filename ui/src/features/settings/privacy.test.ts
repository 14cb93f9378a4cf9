// What Settings say of who can read, and the recovery kit as a page and as a rehearsal.

import { afterEach, describe, expect, it } from 'vitest';
import { notebook } from '@/app/notebook.svelte';
import { route } from '@/app/route.svelte';
import { toasts } from '@/app/toasts.svelte';
import { KIT_WORDS, type FakeHost, type Switches } from '@/ipc/fake';
import { all, click, expectAccessible, one, says, settle, show, type, withHost } from '@/testing/page';
import Settings from './Settings.svelte';

let end: (() => void) | undefined;
afterEach(() => {
  end?.();
  toasts.clear();
});

async function open(section: 'who' | 'recovery', switches: Partial<Switches> = {}): Promise<FakeHost> {
  const host = withHost(switches);
  end = notebook.follow();
  route.toSettings(section);
  await settle();
  await show(Settings);
  return host;
}

describe('who can read', () => {
  it('names for each space whom the keys are sealed to, and for each place that it reads nothing', async () => {
    await open('who', { spaces: true, sync: 'in_step', devices: 8 });
    const rows = all('table tr').map((row) => [...row.querySelectorAll('th, td')].slice(0, 2).map((cell) => cell.textContent?.trim().replace(/^M(?=only)/, '')));
    expect(rows).toEqual([
      ['Your journal', 'only you'],
      ['Jon Adeyemi', '2 people: you and Jon Adeyemi'],
      ['Release circle', expect.stringContaining('4 people: you, Priya Raman')],
      ['Helen Brandt', '2 people: you and Helen Brandt'],
      ['The folder', 'nothing. Sealed files lie in it'],
      ['The server', 'nothing. It holds sealed files'],
    ]);
    expect(says('and 3 more')).toBe(true);
    expect(says('Through Nextcloud/vice-versa and sync.example.org')).toBe(true);
    await expectAccessible();
  });

  it('says what is promised and what is not, and leads to the spaces', async () => {
    await open('who');
    expect(says('What is promised')).toBe(true);
    expect(says('can see when you sync, with which spaces, and roughly how much')).toBe(true);
    expect(says('On a computer of your employer, that can be your employer.')).toBe(true);
    expect(says('Your journal is on this computer only.')).toBe(true);
    await click('Shared spaces');
    expect(route.now).toEqual({ room: 'spaces', shown: null });
  });
});

describe('the recovery kit', () => {
  it('is saved as a page to print, and says what to do with the file', async () => {
    const host = await open('recovery');
    await click('Save as a PDF to print');
    expect(host.calls.find((call) => call.name === 'recovery_print_kit')?.request).toEqual({ path: '/home/mara/saved', language: 'en' });
    expect(toasts.now?.text).toContain('delete the file');
  });

  it('is rehearsed with two words when it is time', async () => {
    const host = await open('recovery', { kitDue: true });
    expect(says('Can you still read your kit?')).toBe(true);
    await type(one('input', 'Word 7'), 'wrong');
    await type(one('input', 'Word 19'), KIT_WORDS[18] ?? '');
    await click('Compare');
    expect(says('One of these words is another one in the kit.')).toBe(true);
    await type(one('input', 'Word 7'), KIT_WORDS[6] ?? '');
    await click('Compare');
    expect(says('Both words are right.')).toBe(true);
    expect(host.calls.filter((call) => call.name === 'recovery_rehearse')).toHaveLength(2);
    await expectAccessible();
  });
});
