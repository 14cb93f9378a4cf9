import { afterEach, describe, expect, it } from 'vitest';
import { host } from '@/ipc';
// What the app fetches when it is wanted is fetched beforehand, so that the tests wait for nothing.
import '@/features/opening/Opening.svelte';
import '@/features/journal/Journal.svelte';
import '@/features/loops/Loops.svelte';
import '@/features/settings/Settings.svelte';
import '@/features/today/Today.svelte';
import { all, click, expectAccessible, one, press, says, settle, show, type, withHost } from '@/testing/page';
import { LANGUAGES, speak } from '@/text/choosing';
import { speaking } from '@/text/speaking.svelte';
import App from './App.svelte';
import { commands } from './commands.svelte';
import { route } from './route.svelte';

afterEach(() => {
  speak('', 'en', 'en-GB');
  speaking.locale = undefined;
});

/** The parts of the page that are fetched when wanted arrive after some turns. */
async function arrives(words: string): Promise<void> {
  for (let turn = 0; turn < 200 && !says(words); turn++) await settle();
  expect(document.body.textContent).toContain(words);
}

describe('the choice of a language', () => {
  it('is made in Settings, counts at once, and is kept with the other settings', async () => {
    const fake = withHost({ formats: 'de-DE' });
    route.toSettings('appearance');
    await show(App);
    await arrives('How it looks and speaks');
    const theme = one<HTMLInputElement>('input[type=radio]', 'Dark');
    await click('Deutsch', 'input[type=radio]');
    expect(fake.world.settings.language).toBe('de');
    expect(says('Wie es aussieht und klingt')).toBe(true);
    expect(one('nav button', 'Neuer Eintrag')).toBeDefined();
    expect(commands.find('new_entry')?.label).toBe('Neuer Eintrag');
    // The page is the same one, not another: nothing in it was made anew.
    expect(theme.isConnected).toBe(true);
    await expectAccessible();
    await click('Wie das System', 'input[name=language]');
    expect(fake.world.settings.language).toBe('');
    expect(says('How it looks and speaks')).toBe(true);
  });

  it('keeps what was typed at the first run, where it stands in a corner', async () => {
    withHost({ state: 'absent' });
    await show(App);
    await arrives('This journal belongs to');
    await type(one('input', 'This journal belongs to'), 'Mara');
    await type(one('textarea', 'First sentence'), 'Half a sent');
    const choice = one<HTMLSelectElement>('select', 'Language');
    expect([...choice.options].map(({ value }) => value)).toEqual(['', ...LANGUAGES.map(({ code }) => code)]);
    choice.value = 'de';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(one<HTMLInputElement>('input', 'Dieses Journal gehört').value).toBe('Mara');
    expect(one<HTMLTextAreaElement>('textarea', 'Erster Satz').value).toBe('Half a sent');
    await expectAccessible();
  });

  it('says why when it could not be kept, and stays what it was', async () => {
    withHost({ state: 'locked', language: 'de', fail: { settings_change: 'read_only' } });
    await show(App);
    await arrives('ist gesperrt');
    const choice = one<HTMLSelectElement>('select', 'Sprache');
    choice.value = 'en';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(says('Dein Journal ist gesperrt')).toBe(true);
    expect(choice.value).toBe('');
    expect(all('[role=alert]')[0]?.textContent).not.toBe('');
  });

  it('is the system’s where none was made', async () => {
    withHost({ language: 'de', formats: 'de-AT' });
    await show(App);
    await arrives('Lernschleifen');
    expect(document.documentElement.lang).toBe('de');
    expect(speaking.locale).toBe('de-AT');
    expect((await host().call('settings_read')).language).toBe('');
  });

  it('turns the arrows round in a page that runs from right to left', async () => {
    withHost({ language: 'ar-XB' });
    route.toJournal();
    await show(App);
    for (let turn = 0; turn < 200 && all('[role=grid] button').length === 0; turn++) await settle();
    expect(document.documentElement.dir).toBe('rtl');
    const stop = all('[role=grid] button').find((button) => button.tabIndex === 0) as HTMLElement;
    stop.focus();
    await press('ArrowRight');
    const there = document.activeElement as HTMLElement;
    expect(there.dataset['on']! < stop.dataset['on']!).toBe(true);
  });
});
