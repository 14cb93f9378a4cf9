// The room of people: a page for each, notes of who helped, two that are one, and what stays when somebody is deleted.

import { describe, expect, it } from 'vitest';
import HelpedDialog from '@/app/HelpedDialog.svelte';
import { helping } from '@/app/helping.svelte';
import { HELPED, route } from '@/app/route.svelte';
import type { FakeHost } from '@/ipc/fake';
import { peopleOf } from '@/ipc/fake/people';
import { all, click, expectAccessible, one, settle, show, type, withHost } from '@/testing/page';
import People from './People.svelte';

async function open(shown: string | null = null, switches = {}): Promise<FakeHost> {
  const host = withHost({ people: true, ...switches });
  route.toPeople(shown);
  await show(People);
  return host;
}

const idOf = (host: FakeHost, name: string): string => [...peopleOf(host.world).people.values()].find((person) => person.name === name)!.id;

describe('People', () => {
  it('stand in the order of the alphabet, without numbers beside them', async () => {
    await open();
    const names = all('nav a').map((link) => link.textContent?.trim());
    expect(names[0]).toBe('Who helped me');
    expect(names.slice(1).map((name) => name?.replace(/^[A-Z]/, '').split(/(?<=[a-z])(?=[A-Z])/)[0]?.trim())).toHaveLength(5);
    expect(all('nav a').slice(1).every((link) => !/\d/.test(link.textContent ?? ''))).toBe(true);
    await expectAccessible();
  });

  it('have a page with what one wrote about them, what they helped with and the entries that name them', async () => {
    const host = withHost({ people: true });
    route.toPeople(idOf(host, 'Katie Moran'));
    await show(People);
    expect(one('h1.display').textContent).toBe('Katie Moran');
    expect(one('section', 'Helped me with').textContent).toContain('You noted Katie Moran 3 times for data');
    route.toPeople(idOf(host, 'Tom Alder'));
    await settle();
    expect(one('section', 'Entries that name them').querySelectorAll('li').length).toBeGreaterThan(0);
    await expectAccessible();
  });

  it('are written down, renamed, and found by another name', async () => {
    const host = await open(null, { people: false });
    await click('Write somebody down');
    await click('Keep it');
    expect(one('[aria-invalid=true]')).toBeDefined();
    await type(one('input', 'Name'), 'Scott Mills');
    await type(one('textarea', 'About them'), 'Slides');
    await click('Keep it');
    expect(one('h1.display').textContent).toBe('Scott Mills');
    await click('Change name and more');
    await type(one('input', 'Name'), 'Scott Lim');
    await click('Keep it');
    expect(one('h1.display').textContent).toBe('Scott Lim');
    expect(rowsOf(host)).toEqual(['Scott Lim']);
  });

  it('that turn out to be one become one, and are parted again', async () => {
    const host = withHost({ people: true });
    route.toPeople(idOf(host, 'Katie Lim'));
    await show(People);
    await click('More');
    await click('Is the same as somebody else');
    await type(one('input', 'The same person as'), 'Katie M');
    await click('They are one person');
    expect(one('dialog').textContent).toContain('Choose somebody from the list');
    await type(one('input', 'The same person as'), 'katie moran');
    await click('They are one person');
    expect(one('h1.display').textContent).toBe('Katie Moran');
    expect(document.body.textContent).toContain('also Katie Lim');
    await click('Not the same after all');
    expect(rowsOf(host)).toContain('Katie Lim');
  });

  it('that are deleted leave the notes of their help, unless these are to go too', async () => {
    const host = withHost({ people: true });
    route.toPeople(idOf(host, 'Priya Nair'));
    await show(People);
    await click('More');
    await click('Delete for good');
    await click('Delete for good', 'dialog button');
    expect(rowsOf(host)).not.toContain('Priya Nair');
    route.toPeople(HELPED);
    await settle();
    expect(one('main').textContent).toContain('Priya Nair');
  });
});

const rowsOf = (host: FakeHost): string[] => [...peopleOf(host.world).people.values()].filter((person) => person.into === null).map((person) => person.name);

describe('Who helped', () => {
  it('is listed by person and by subject', async () => {
    await open(HELPED);
    expect(all('main section').map((section) => section.getAttribute('aria-label'))).toEqual(['Jon Baxter', 'Katie Moran', 'Priya Nair']);
    await click('By subject');
    expect(all('main section').map((section) => section.getAttribute('aria-label'))).toEqual(['data', 'reading the P&L', 'the pivot table']);
    await expectAccessible();
  });

  it('is noted in one line for whoever is meant, and undone', async () => {
    const host = withHost({ people: true });
    const person = { id: idOf(host, 'Katie Lim'), name: 'Katie Lim' };
    await show(HelpedDialog, { about: { person }, onclose: () => helping.end() });
    expect(document.activeElement).toBe(one('input', 'With what'));
    await type(one('input', 'With what'), 'the poster');
    await click('Note it');
    const noted = host.calls.findLast(({ name }) => name === 'helped_note');
    expect(noted?.request).toMatchObject({ person: person.id, subject: 'the poster', entry: null });
    await expectAccessible();
  });

  it('asks who is meant where two have one name, and says what is missing beside the field', async () => {
    const host = withHost({ people: true });
    peopleOf(host.world).people.get(idOf(host, 'Katie Lim'))!.name = 'Katie Moran';
    await show(HelpedDialog, { about: {}, onclose: () => undefined });
    await type(one('input', 'Who'), 'Katie Moran');
    await click('Note it');
    expect(one('input', 'With what').getAttribute('aria-invalid') ?? one('input', 'Who').getAttribute('aria-invalid')).toBe('true');
    await type(one('input', 'With what'), 'data');
    await click('Note it');
    expect(one('dialog').textContent).toContain('More than one person goes by this name');
  });
});
