import { afterEach, describe, expect, it } from 'vitest';
import { commands } from '@/app/commands.svelte';
import { notebook } from '@/app/notebook.svelte';
import { route } from '@/app/route.svelte';
import type { FakeHost, Switches } from '@/ipc/fake';
import { all, expectAccessible, one, press, says, settle, show, type, withHost } from '@/testing/page';
import { fits, marked } from './matching';
import Palette from './Palette.svelte';

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

async function open(switches: Partial<Switches> = {}): Promise<{ host: FakeHost; closed: () => number; box: HTMLElement }> {
  const host = withHost(switches);
  ends.push(notebook.follow());
  await settle();
  let closed = 0;
  await show(Palette, { onclose: () => (closed += 1) });
  return { host, closed: () => closed, box: one('input') };
}

const options = (): string[] => all('[role=option]').map((option) => option.textContent?.replace(/\s+/g, ' ').trim() ?? '');

describe('the palette', () => {
  it('shows what was written last before anything is typed', async () => {
    await open();
    expect(options()[0]).toContain('The question Helen asked twice');
    expect(document.activeElement).toBe(one('input'));
    await expectAccessible();
  });

  it('finds while one types, marks the words, and says how many', async () => {
    const { box } = await open();
    await type(box, 'silence');
    expect(all('mark').map((mark) => mark.textContent)).toContain('silence');
    expect(says('3 found in everything you can read')).toBe(true);
    await expectAccessible();
  });

  it('finds people, loops and what else one wrote, names their kind, and opens them', async () => {
    const { box, closed } = await open({ people: true });
    await type(box, 'katie moran');
    expect(one('[role=group]', 'What else is yours')).toBeDefined();
    const person = one('[role=option]', 'Person');
    expect(person.textContent).toContain('Katie Moran');
    await expectAccessible();
    person.click();
    await settle();
    expect(closed()).toBe(1);
    expect(route.now).toMatchObject({ room: 'people' });
  });

  it('shows entries although the search beside them fails, and names no loop twice', async () => {
    const { host, box } = await open();
    host.failNext('search_others', 'internal');
    await type(box, 'silence');
    expect(options().length).toBeGreaterThan(1);
    await type(box, 'Reading a P&L');
    expect(options().filter((option) => option.includes('Reading a P&L') && !option.includes('New entry'))).toHaveLength(1);
  });

  it('opens the entry that was chosen by keys', async () => {
    const { host, box, closed } = await open();
    await type(box, 'silence');
    await press('ArrowDown', {}, box);
    expect(all('[role=option]')[1]?.getAttribute('aria-selected')).toBe('true');
    expect(box.getAttribute('aria-activedescendant')).toBe(all('[role=option]')[1]?.id);
    await press('Enter', {}, box);
    expect(closed()).toBe(1);
    const titles = [...host.world.entries.values()].find((entry) => entry.title.startsWith('After-action'));
    expect(route.now).toEqual({ room: 'journal', entry: titles?.id });
  });

  it('never shows an older answer over a newer one', async () => {
    const { host, box } = await open();
    let release = (): void => undefined;
    host.hold('search_entries', new Promise<void>((done) => (release = done)));
    await type(box, 'silence');
    await type(box, 'margin');
    expect(options().some((option) => option.includes('August, third reading'))).toBe(true);
    release();
    await settle();
    expect(options().some((option) => option.includes('August, third reading'))).toBe(true);
    expect(says('did the work')).toBe(false);
  });

  it('turns the order over with Tab', async () => {
    const { host, box } = await open();
    await type(box, 'silence');
    await press('Tab', {}, box);
    expect(host.calls.filter((call) => call.name === 'search_entries').map((call) => (call.request as { order: string }).order)).toEqual(['newest', 'best']);
  });

  it('begins an entry with what was typed', async () => {
    const { host, box, closed } = await open();
    await type(box, 'A new thought');
    await press('Enter', { ctrlKey: true }, box);
    expect(closed()).toBe(1);
    expect([...host.world.entries.values()].at(-1)?.title).toBe('A new thought');
  });

  it('says what is not yet in the index and what says nothing', async () => {
    const { box } = await open({ notIndexed: 1200 });
    await type(box, 'qwxyz on:yesterdayish');
    expect(says('Nothing found in what you wrote.')).toBe(true);
    expect(says('Passed over, because it says nothing: on:yesterdayish')).toBe(true);
    expect(says('1,200 entries are still being taken in')).toBe(true);
  });

  it('does commands, and leaves out those that cannot be done', async () => {
    const done: string[] = [];
    ends.push(
      commands.offer([
        { id: 'paint', label: 'Paint the door', run: () => done.push('paint') },
        { id: 'pain', label: 'Paint the wall', can: () => false, run: () => done.push('never') },
      ]),
    );
    const { box } = await open();
    await type(box, 'paint');
    expect(options().filter((option) => option.startsWith('Paint'))).toEqual(['Paint the door']);
    await press('Enter', {}, box);
    expect(done).toEqual(['paint']);
  });

  it('says what happened when the search fails', async () => {
    const { host, box } = await open();
    host.failNext('search_entries', 'internal', 'The search did not answer. What you wrote is safe.');
    await type(box, 'silence');
    expect(says('The search did not answer. What you wrote is safe.')).toBe(true);
  });
});

describe('names of commands', () => {
  it('fit by the beginnings of their words, without accents', () => {
    expect(fits('Make a backup', 'bac ma')).toBe(true);
    expect(fits('Make a backup', 'up')).toBe(false);
    expect(fits('Réglages', 'regl')).toBe(true);
    expect(fits('Reflect: Weekly look-back', 'Reflect: weekly look-back')).toBe(true);
    expect(fits('Make a backup', '…')).toBe(false);
  });

  it('are marked where they were typed', () => {
    expect(marked('Make a backup', 'back')).toEqual([
      { text: 'Make a ', marked: false },
      { text: 'back', marked: true },
      { text: 'up', marked: false },
    ]);
  });
});
