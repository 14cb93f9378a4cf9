import { describe, expect, it } from 'vitest';
import App from '@/app/App.svelte';
// What the app fetches when it is wanted is fetched beforehand, so that the tests wait for nothing.
import '@/features/opening/Opening.svelte';
import '@/features/journal/Journal.svelte';
import '@/features/settings/Settings.svelte';
import '@/text/kitWords';
import { KIT_WORDS, PASSPHRASE } from '@/ipc/fake';
import { all, click, expectAccessible, one, press, says, settle, show, type, withHost } from '@/testing/page';

/** The parts of the page that are fetched when wanted arrive after some turns. */
async function arrives(words: string): Promise<void> {
  for (let turn = 0; turn < 200 && !says(words); turn++) await settle();
  expect(document.body.textContent).toContain(words);
}

describe('the first run', () => {
  it('takes a name and a sentence, and opens the journal', async () => {
    const host = withHost({ state: 'absent' });
    await show(App);
    await arrives('This journal belongs to');
    expect(document.activeElement).toBe(one('input', 'This journal belongs to'));
    await type(one('input', 'This journal belongs to'), 'Mara Lindqvist');
    await press('Enter');
    expect(document.activeElement).toBe(one('textarea', 'First sentence'));
    await type(one('textarea', 'First sentence'), 'Today I asked.');
    await press('Enter', { ctrlKey: true });
    const made = host.calls.find((call) => call.name === 'notebook_create');
    expect(made?.request).toEqual({ name: 'Mara Lindqvist', key_place: 'keyring', first_sentence: 'Today I asked.' });
    expect(host.world.status.state).toBe('open');
    expect([...host.world.entries.values()].map((entry) => entry.text)).toEqual(['Today I asked.']);
  });

  it('is accessible', async () => {
    withHost({ state: 'absent' });
    await show(App);
    await arrives('This journal belongs to');
    await expectAccessible();
  });

  it('makes nothing without a name, and says why', async () => {
    const host = withHost({ state: 'absent' });
    await show(App);
    await arrives('This journal belongs to');
    await click('Open my journal');
    expect(says('A name is needed; any will do.')).toBe(true);
    expect(host.calls.some((call) => call.name === 'notebook_create')).toBe(false);
  });

  it('wants the passphrase twice, the same', async () => {
    const host = withHost({ state: 'absent' });
    await show(App);
    await arrives('This journal belongs to');
    await type(one('input', 'This journal belongs to'), 'Mara');
    await click('behind a passphrase', 'label');
    await type(one('input', /^Passphrase$/), 'four quiet words');
    await type(one('input', 'The same again'), 'four quiet worlds');
    await click('Open my journal');
    expect(says('The two are not the same.')).toBe(true);
    expect(host.calls.some((call) => call.name === 'notebook_create')).toBe(false);
    await type(one('input', 'The same again'), 'four quiet words');
    await click('Leave it blank');
    expect(host.calls.find((call) => call.name === 'notebook_create')?.request).toEqual({ name: 'Mara', key_place: 'passphrase', passphrase: 'four quiet words' });
  });

  it('does not offer a keychain that does not answer, and says why', async () => {
    withHost({ state: 'absent', keyring: 'unreachable' });
    await show(App);
    await arrives('This journal belongs to');
    const [keyring, passphrase] = all<HTMLInputElement>('input[type=radio]');
    expect(keyring?.disabled).toBe(true);
    expect(passphrase?.checked).toBe(true);
    expect(says('This computer has no keychain that answers')).toBe(true);
  });

  it('keeps what was typed when the host refuses', async () => {
    const host = withHost({ state: 'absent' });
    await show(App);
    await arrives('This journal belongs to');
    await type(one('input', 'This journal belongs to'), 'Mara');
    await type(one('textarea', 'First sentence'), 'A sentence to keep.');
    host.failNext('notebook_create', 'disk_full', 'The disk is full. Nothing was made.');
    await click('Open my journal');
    expect(says('The disk is full')).toBe(true);
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('A sentence to keep.');
  });
});

describe('the lock', () => {
  it('opens with the passphrase and says how many lines wait', async () => {
    const host = withHost({ state: 'locked' });
    await show(App);
    await arrives('Your journal is locked');
    expect(says('2 captured lines wait for you, sealed.')).toBe(true);
    await expectAccessible();
    await type(one('input', 'Passphrase'), 'wrong');
    await click(/^Unlock/);
    expect(says('This passphrase does not open it. Nothing was touched.')).toBe(true);
    await type(one('input', 'Passphrase'), PASSPHRASE);
    await click(/^Unlock/);
    expect(host.world.status.state).toBe('open');
  });

  it('opens with the twenty-four words, pasted at once', async () => {
    const host = withHost({ state: 'locked' });
    await show(App);
    await arrives('Your journal is locked');
    await click('Use the recovery kit');
    await arrives('Four letters are enough');
    for (let turn = 0; turn < 200 && !all('input', 'Word 1').length; turn++) await settle();
    const paste = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData: { getData: () => KIT_WORDS.join(' ') } });
    one('input', /^Word 5$/).dispatchEvent(paste);
    await settle();
    await expectAccessible();
    await click(/^Open$/);
    expect(host.world.status.state).toBe('open');
  });

  it('asks for a new passphrase, and not for the lost one, when the kit opened it', async () => {
    const host = withHost({ state: 'locked' });
    await show(App);
    await arrives('Your journal is locked');
    await click('Use the recovery kit');
    await click('Choose the .kit file', 'button');
    await click('Choose the .kit file', 'form button');
    await click(/^Open$/);
    await arrives('You came in with the recovery kit.');
    expect(all('input', 'Passphrase until now')).toEqual([]);
    await type(one('input', /^Passphrase$/), 'five other quiet words');
    await type(one('input', 'The same again'), 'five other quiet words');
    await click('Keep this passphrase');
    expect(host.world.passphrase).toBe('five other quiet words');
    expect(says('You came in with the recovery kit.')).toBe(false);
  });

  it('helps with a word that is not in the list', async () => {
    withHost({ state: 'locked' });
    await show(App);
    await arrives('Your journal is locked');
    await click('Use the recovery kit');
    for (let turn = 0; turn < 200 && !all('input', 'Word 1').length; turn++) await settle();
    await type(one('input', /^Word 1$/), 'lemn ');
    expect(says('Word 1, “lemn”, is not in the list.')).toBe(true);
    await click('Did you mean “lemon”?');
    expect(one<HTMLInputElement>('input', /^Word 1$/).value).toBe('lemon');
    await type(one('input', /^Word 2$/), 'titl ');
    expect(one<HTMLInputElement>('input', /^Word 2$/).value).toBe('title');
  });
});

describe('a notebook whose key lies in the keyring', () => {
  it.each([
    ['keyring_locked', 'The keychain of this computer is locked'],
    ['keyring_unreachable', 'The keychain of this computer does not answer'],
    ['keyring_no_entry', 'The keychain holds no key for this journal'],
  ] as const)('that is %s never looks like a new person', async (state, title) => {
    withHost({ state });
    await show(App);
    await arrives(title);
    expect(says('This journal belongs to')).toBe(false);
    expect(says('Your journal is here and whole.')).toBe(true);
    expect(all('button', 'Use the recovery kit')).toHaveLength(1);
    await expectAccessible();
  });

  it('opens when the keyring has been unlocked meanwhile', async () => {
    const host = withHost({ state: 'keyring_locked' });
    await show(App);
    await arrives('is locked');
    await click('Try again');
    expect(says('It is still the same.')).toBe(true);
    host.world.status = { state: 'locked', key_place: 'keyring', keyring: 'ready', waiting_captures: 0 };
    await click('Try again');
    expect(host.world.status.state).toBe('open');
  });
});

describe('what keeps a notebook closed', () => {
  it('damaged: nothing moves before the person has said so', async () => {
    const host = withHost({ state: 'damaged' });
    await show(App);
    await arrives('The file of your journal is damaged');
    expect(says('1,279 entries can be read')).toBe(true);
    await expectAccessible();
    await click('Read out what can be read');
    expect(host.calls.some((call) => call.name === 'notebook_salvage')).toBe(false);
    await click('Not now');
    expect(host.calls.some((call) => call.name === 'notebook_salvage')).toBe(false);
    await click('Read out what can be read');
    await click('Read out what can be read', 'dialog button');
    expect(host.calls.some((call) => call.name === 'notebook_salvage')).toBe(true);
  });

  it('damaged: a backup can be restored with its passphrase', async () => {
    const host = withHost({ state: 'damaged' });
    await show(App);
    await arrives('The file of your journal is damaged');
    await click('Restore a backup');
    await type(one('dialog input[type=password]'), PASSPHRASE);
    await click(/^Restore$/, 'dialog button');
    expect(host.calls.find((call) => call.name === 'backup_restore')?.request).toMatchObject({ unlock: { by: 'passphrase', passphrase: PASSPHRASE } });
  });

  it.each([
    ['newer_version', 'A newer version wrote this journal'],
    ['in_use', 'Another program is at work on your journal'],
    ['unreachable', 'The folder of your journal cannot be opened'],
  ] as const)('%s: is said as such', async (state, title) => {
    withHost({ state });
    await show(App);
    await arrives(title);
    await expectAccessible();
  });

  it('a host that cannot say is asked again', async () => {
    const host = withHost();
    host.failNext('notebook_status', 'internal', 'Something happened.');
    await show(App);
    await arrives('did not foresee');
    await click('Try again');
    expect(host.calls.filter((call) => call.name === 'notebook_status')).toHaveLength(2);
  });
});
