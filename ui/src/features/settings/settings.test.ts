import { afterEach, describe, expect, it } from 'vitest';
import { notebook } from '@/app/notebook.svelte';
import Questions from '@/app/Questions.svelte';
import { route, SECTIONS } from '@/app/route.svelte';
import { toasts } from '@/app/toasts.svelte';
import { KIT_WORDS, PASSPHRASE, type FakeHost, type Switches } from '@/ipc/fake';
import { all, click, expectAccessible, one, press, says, settle, show, type, withHost } from '@/testing/page';
// What is fetched when it is wanted is fetched beforehand, so that the tests wait for nothing.
import '@/features/devices/Devices.svelte';
import '@/features/sync/Sync.svelte';
import { asText } from './report';
import Settings from './Settings.svelte';
import { work } from './work.svelte';

let end: (() => void) | undefined;
afterEach(() => {
  end?.();
  toasts.clear();
  work.clear();
});

async function open(section: (typeof SECTIONS)[number], switches: Partial<Switches> = {}): Promise<FakeHost> {
  const host = withHost(switches);
  end = notebook.follow();
  route.toSettings(section);
  await settle();
  await show(Settings);
  await show(Questions);
  return host;
}

describe('Settings', () => {
  it.each(SECTIONS)('section %s is accessible', async (section) => {
    await open(section);
    expect(all('h1')).toHaveLength(1);
    await expectAccessible();
  });

  it('show no section for what does not exist', async () => {
    await open('who');
    expect(all('nav a').map((link) => link.textContent?.trim())).toEqual([
      'Who can read', 'Devices', 'Recovery', 'Sync', 'Lock', 'Backup', 'Import, export', 'Templates', 'Appearance, language', 'Capture and desktop', 'Reminders', 'Spelling', 'Updates', 'About',
    ]);
  });
});

describe('templates', () => {
  it('are taken, refused without a name, kept, and deleted after a question', async () => {
    const host = await open('templates');
    await click('Take');
    const name = (): HTMLInputElement => one<HTMLInputElement>('form input', 'Name');
    await type(name(), ' ');
    await click('Keep');
    expect(name().getAttribute('aria-invalid')).toBe('true');
    expect(says('Give the template a name')).toBe(true);
    await type(name(), 'After a talk');
    await click('Keep');
    expect((await host.call('templates_list', 'en')).own.map((one) => one.name)).toEqual(['After a talk']);
    await expectAccessible();
    await click('Delete After a talk');
    await click('Delete', 'dialog button');
    expect((await host.call('templates_list', 'en')).own).toEqual([]);
    expect(says('None yet.')).toBe(true);
  });
});

describe('the recovery kit', () => {
  it('is shown, written down, and tried with words 7 and 19', async () => {
    const host = await open('recovery');
    await click('Show the 24 words');
    expect(all('.paper li').map((item) => item.textContent)).toEqual(KIT_WORDS.map((word, at) => `${at + 1}${word}`));
    await click('I have written them down');
    expect(says('velvet')).toBe(false);
    await type(one('input', 'Word 7'), KIT_WORDS[6] ?? '');
    await type(one('input', 'Word 19'), 'wrong');
    await click('Compare');
    expect(says('Word 19 is another one.')).toBe(true);
    expect(host.calls.some((call) => call.name === 'recovery_check_kit')).toBe(false);
    await type(one('input', 'Word 19'), ` ${(KIT_WORDS[18] ?? '').toUpperCase()} `);
    await click('Compare');
    expect(says('Both words are right.')).toBe(true);
    expect(host.calls.some((call) => call.name === 'recovery_check_kit')).toBe(true);
  });

  it('is saved as a file behind a passphrase of its own', async () => {
    const host = await open('recovery');
    host.picks.save = '/home/mara/recovery.kit';
    await click('Save as a .kit file');
    await type(one('dialog input'), 'drawer');
    await click('Choose where');
    expect(host.calls.find((call) => call.name === 'recovery_save_kit')?.request).toEqual({ path: '/home/mara/recovery.kit', passphrase: 'drawer' });
    expect(toasts.now?.text).toBe('The recovery kit is saved.');
  });

  it('is not saved when no place was chosen', async () => {
    const host = await open('recovery');
    host.picks.save = null;
    await click('Save as a .kit file');
    await click('Choose where');
    expect(host.calls.some((call) => call.name === 'recovery_save_kit')).toBe(false);
  });
});

describe('the lock', () => {
  it('changes the passphrase only with the one before', async () => {
    const host = await open('lock');
    await click('Change the passphrase');
    await type(one('input', 'Passphrase until now'), 'wrong');
    await type(one('input', /^Passphrase$/), 'five other quiet words');
    await type(one('input', 'The same again'), 'five other quiet words');
    await click('Keep this passphrase');
    expect(says('This passphrase does not open it.')).toBe(true);
    expect(host.world.passphrase).toBe(PASSPHRASE);
    await type(one('input', 'Passphrase until now'), PASSPHRASE);
    await click('Keep this passphrase');
    expect(host.world.passphrase).toBe('five other quiet words');
  });

  it('moves the key to the keyring after a question', async () => {
    const host = await open('lock');
    await click('Keep it in the keychain');
    await click('Keep it there', 'dialog button');
    expect(host.world.notebook.key_place).toBe('keyring');
    expect(one<HTMLButtonElement>('button', 'Lock now').getAttribute('aria-disabled')).toBe('true');
    expect(one<HTMLSelectElement>('select').disabled).toBe(true);
  });

  it('keeps how long it waits', async () => {
    const host = await open('lock');
    const select = one<HTMLSelectElement>('select');
    select.value = '30';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(host.world.settings.lock_after_minutes).toBe(30);
    select.value = '';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(host.world.settings.lock_after_minutes).toBeNull();
  });
});

describe('a plan for the week', () => {
  it('is chosen and taken back', async () => {
    const host = await open('reminders');
    const select = one<HTMLSelectElement>('select', 'Time for a week');
    for (const [value, kept] of [['30', 30], ['', null]] as const) {
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await settle();
      expect(host.world.settings.weekly_minutes).toBe(kept);
    }
  });
});

describe('backups', () => {
  it('are made, and say what was counted', async () => {
    const host = await open('backup');
    await click('Make a backup now');
    expect(host.world.backups).toHaveLength(4);
    expect(toasts.now?.text).toBe('The backup is made. Opened and counted: 24 entries.');
    expect(all('.rows li')).toHaveLength(4);
  });

  it('say why one could not be made', async () => {
    const host = await open('backup');
    host.failNext('backup_make', 'disk_full', 'The disk is full. The journal itself is safe.');
    await click('Make a backup now');
    expect(says('The disk is full. The journal itself is safe.')).toBe(true);
  });

  it('are removed after a question, one at a time', async () => {
    const host = await open('backup');
    await click('Backup of', '.rows button');
    await click('Remove', '[role=menuitem]');
    expect(host.world.backups).toHaveLength(3);
    await click('Remove for good', 'dialog button');
    expect(host.world.backups).toHaveLength(2);
  });
});

describe('backups over time', () => {
  it('say that the newest opens, and open it again when asked', async () => {
    const host = await open('backup');
    expect(says('opens, 22 entries.')).toBe(true);
    await click('Open the newest now');
    expect(host.calls.some((call) => call.name === 'backup_drill')).toBe(true);
    expect(says('opens, 24 entries.')).toBe(true);
  });

  it('say loudly when one does not open', async () => {
    const host = withHost();
    if (host.world.drill) host.world.drill = { ...host.world.drill, entries: null, problem: 'this backup is damaged or was cut short' };
    end = notebook.follow();
    route.toSettings('backup');
    await settle();
    await show(Settings);
    expect(says('does not open.')).toBe(true);
    expect(says('Your journal itself is not touched by this.')).toBe(true);
  });

  it('go to a second place, which may be away without a fault', async () => {
    const host = await open('backup');
    host.picks.folder = '/media/mara/stick-away';
    await click('Choose a folder');
    expect(host.world.settings.backup_folder).toBe('/media/mara/stick-away');
    expect(says('This folder is not there now. That is fine')).toBe(true);
    await click('No second place');
    expect(host.world.settings.backup_folder).toBe('');
  });

  it('bring in what is missing after a question', async () => {
    const host = await open('backup');
    await click('Backup of', '.rows button');
    await click('Bring in what is missing here', '[role=menuitem]');
    await click('Bring it in', 'dialog button');
    expect(host.calls.some((call) => call.name === 'backup_join')).toBe(true);
    expect(toasts.now?.text).toBe('Brought in: 1 entry.');
  });
});

describe('an import', () => {
  it('takes the journal out with its keys, and warns before it does', async () => {
    const host = await open('transfer');
    await click('Choose where', 'section:last-of-type button');
    expect(says('Whoever has the file keys.json')).toBe(true);
    expect(host.calls.filter((call) => call.name === 'portability_export_space')).toEqual([]);
    await click('Choose where', 'dialog button');
    expect(host.calls.find((call) => call.name === 'portability_export_space')?.request).toMatchObject({ path: '/home/mara/saved' });
  });

  it('is looked at first and changes nothing until it is wanted', async () => {
    const host = await open('transfer');
    await click('Choose a folder');
    expect(says('What would happen')).toBe(true);
    expect(host.calls.filter((call) => call.name === 'portability_import').map((call) => call.request)).toEqual([{ path: '/home/mara/old-journal', dry_run: true }]);
    expect(all('button', 'Bring in 3,101 entries')).toHaveLength(1);
    await expectAccessible();
  });

  it('asks for the passphrase of an encrypted journal until one opens it', async () => {
    const host = await open('transfer');
    host.picks.file = ['/home/mara/journal.enc'];
    await click('Choose a file');
    expect(says('This journal is encrypted')).toBe(true);
    await expectAccessible();
    await type(one('input', 'Passphrase of the journal'), 'lamp');
    await click('Look inside');
    expect(says('This passphrase does not open it.')).toBe(true);
    await type(one('input', 'Passphrase of the journal'), 'lantern');
    await click('Look inside');
    expect(says('What would happen')).toBe(true);
  });

  it('leaves a report that can be saved as a file', async () => {
    const host = await open('transfer');
    await click('Choose a folder');
    await click('Bring in');
    while (work.now) await settle();
    host.picks.save = '/home/mara/report.txt';
    await click('Save the report');
    const saved = host.calls.find((call) => call.name === 'portability_save_report');
    expect((saved?.request as { text: string }).text).toContain('lisbon/roof.jpg');
  });

  it('can be stopped and says that what is in is whole', async () => {
    const host = await open('transfer', { slow: 1 });
    await new Promise((done) => host.on('progress', done) && void click('Choose a folder').then(async () => {
      while (!all('button', 'Bring in').length) await settle();
      await click('Bring in');
    }));
    await settle();
    expect(all('[role=progressbar]')).toHaveLength(1);
    await click('Stop, keep what is in');
    while (work.now) await settle();
    expect(says('Stopped. What was brought in is whole.')).toBe(true);
  });

  it('reports every line when the report is copied', () => {
    const text = asText(
      {
        format: 'dayone', found: 3, added: 1, unchanged: 1, updated: 0, stopped: false, first_on: '2019-05-01', last_on: '2024-06-03',
        kept_both: ['Plan'], fields: { weather: 1 }, not_listed: 0,
        skipped: Array.from({ length: 20 }, (_, at) => ({ item: `${at}.md`, why: 'No date.' })),
        kept_as_fields: [{ item: 'a.md', field: 'weather' }], attachments: { found: 2, added: 1, missing: ['roof.jpg'] },
      },
      '/old',
    );
    expect(text).toMatch(/A journal of Day One, from .*2019 to .*2024/);
    expect(text).toContain('- Plan');
    expect(text).toContain('19.md: No date.');
    expect(text).toContain('roof.jpg');
    expect(text).toContain('a.md: weather');
  });
});

describe('other settings', () => {
  it('go back when they cannot be kept', async () => {
    const host = await open('appearance');
    host.failNext('settings_change', 'read_only', 'The folder cannot be written.');
    await click('Dark', 'label');
    expect(toasts.now?.text).toContain('This setting could not be kept');
    expect(notebook.settings?.theme).toBe('system');
    await click('Dark', 'label');
    expect(host.world.settings.theme).toBe('dark');
  });

  it('take capture keys only with a key that leaves letters to others', async () => {
    const host = await open('desktop');
    const box = one('input', 'Keys for quick capture');
    await press('x', {}, box);
    expect(host.world.settings.capture_shortcut).toBe('CmdOrCtrl+Shift+J');
    await press('Y', { ctrlKey: true, shiftKey: true }, box);
    expect(host.world.settings.capture_shortcut).toBe('CmdOrCtrl+Shift+Y');
    await press('Delete', {}, box);
    expect(host.world.settings.capture_shortcut).toBe('');
  });

  it('say what to do where the keys cannot be taken', async () => {
    await open('desktop', { hotkey: false });
    expect(says('vice-versa --capture')).toBe(true);
  });

  it('choose dictionaries', async () => {
    const host = await open('spelling');
    await click('British English', 'label');
    expect(host.world.settings.spell_languages).toEqual(['en_GB']);
  });

  it('tell what a check of everything found', async () => {
    await open('about');
    await click(/^Check everything/, 'button');
    for (let turn = 0; turn < 400 && !says('All holds'); turn++) await settle();
    expect(says('All holds: 81 changes, 24 entries')).toBe(true);
  });
});
