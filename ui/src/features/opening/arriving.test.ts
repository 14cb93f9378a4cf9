// Somebody who has a journal elsewhere brings it to a computer that has none.

import { describe, expect, it } from 'vitest';
import App from '@/app/App.svelte';
import { route } from '@/app/route.svelte';
// What the app fetches when it is wanted is fetched beforehand, so that the tests wait for nothing.
import '@/features/opening/Opening.svelte';
import '@/features/journal/Journal.svelte';
import '@/features/settings/Settings.svelte';
import '@/features/sync/Sync.svelte';
import '@/text/kitWords';
import { KIT_WORDS, type FakeHost, type Switches } from '@/ipc/fake';
import { meet } from '@/ipc/fake/devices';
import { all, click, expectAccessible, one, says, settle, show, type, withHost } from '@/testing/page';

async function arrives(words: string): Promise<void> {
  for (let turn = 0; turn < 200 && !says(words); turn++) await settle();
  expect(document.body.textContent).toContain(words);
}

async function open(switches: Partial<Switches> = {}): Promise<FakeHost> {
  const host = withHost({ state: 'absent', ...switches });
  await show(App);
  await arrives('This journal belongs to');
  await click('I already use Vice Versa');
  return host;
}

const asked = (host: FakeHost, name: string): unknown[] => host.calls.filter((call) => call.name === name).map((call) => call.request);

describe('I already use Vice Versa', () => {
  it('offers the other computer, the recovery kit and a backup, and the way back', async () => {
    await open();
    expect(all('input[type=radio]').map((radio) => (radio as HTMLInputElement).value)).toEqual(['beside', 'kit', 'backup']);
    await expectAccessible();
    await click('Begin a new journal instead');
    expect(says('This journal belongs to')).toBe(true);
  });

  it('links this computer with the one beside it, and shows what it fetches', async () => {
    const host = await open();
    host.picks.folder = '/home/mara/Nextcloud/vice-versa';
    await click('Go on');
    await expectAccessible();
    await click('Choose the folder');
    await type(one('input', 'This computer is called'), 'Desk at home');
    await click('Show the code');
    expect(asked(host, 'devices_link_begin')).toEqual([{ at: { by: 'folder', path: '/home/mara/Nextcloud/vice-versa' }, device_name: 'Desk at home', key_place: 'keyring' }]);
    expect(one('.code').textContent).toBe('K7M-2QX-9PD');
    expect(one('img', '').getAttribute('alt')).toBe('The same code as a QR code');
    await expectAccessible();
    meet(host.world);
    await settle();
    expect(all('ol[aria-label="Seven signs to compare"] > li')).toHaveLength(7);
    expect(all('button', 'They are the same')).toEqual([]);
    expect(says('Waiting until you confirm on the other computer')).toBe(true);
    await expectAccessible();
    meet(host.world);
    await arrives('Your journal is coming in');
    expect(route.now).toEqual({ room: 'settings', section: 'sync' });
    expect(one('[role=progressbar]').getAttribute('aria-valuenow')).toBe('1240');
  });

  it('opens nothing when the signs were not the same', async () => {
    const host = await open();
    await click('Go on');
    await click('Choose the folder');
    await click('Show the code');
    meet(host.world);
    await settle();
    meet(host.world, false);
    await settle();
    expect(says('The signs were not the same')).toBe(true);
    expect(host.world.status.state).toBe('absent');
    await expectAccessible();
    await click('Begin again');
    expect(asked(host, 'devices_link_cancel')).toHaveLength(1);
  });

  it('asks for the folder and for the passphrase before anything is begun', async () => {
    const host = await open({ keyring: 'unreachable' });
    host.picks.folder = null;
    await click('Go on');
    await click('Show the code');
    expect(says('Choose a folder first.')).toBe(true);
    host.picks.folder = '/media/stick';
    await click('Choose the folder');
    await click('Show the code');
    expect(says('Type a passphrase.')).toBe(true);
    expect(asked(host, 'devices_link_begin')).toEqual([]);
    await type(one('input', /^Passphrase$/), 'four quiet words here');
    await type(one('input', 'The same again'), 'four quiet words here');
    await click('Show the code');
    expect(asked(host, 'devices_link_begin')).toMatchObject([{ key_place: 'passphrase', passphrase: 'four quiet words here' }]);
  });

  it('says when nobody answers where the two should meet', async () => {
    await open();
    await click('Go on');
    await click('On a server', 'label');
    await type(one('input', 'Address of the server'), 'silent.example.org');
    await click('Show the code');
    expect(says('Nothing answers there')).toBe(true);
    expect(one('input', 'Address of the server')).toBeDefined();
  });

  it('goes on with a linking that was begun before the page was loaded again', async () => {
    const host = withHost({ state: 'absent' });
    await host.call('devices_link_begin', { at: { by: 'folder', path: '/media/stick' }, device_name: 'Desk', key_place: 'keyring' });
    await show(App);
    await arrives('Type this code on your other computer');
  });

  it('comes back with the 24 words and the place where the journal is', async () => {
    const host = await open();
    await click('I have my recovery kit', 'label');
    await click('Go on');
    await arrives('Four letters are enough');
    const paste = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData: { getData: () => KIT_WORDS.join(' ') } });
    one('input', 'Word 1').dispatchEvent(paste);
    await settle();
    await expectAccessible();
    await click('Use this kit');
    await click('On a server', 'label');
    await type(one('input', 'Address of the server'), 'sync.example.org');
    await click('Come back to my journal');
    expect(asked(host, 'devices_come_back')).toMatchObject([{ kit: { by: 'words', words: KIT_WORDS.join(' ') }, at: { by: 'server', address: 'sync.example.org' }, key_place: 'keyring' }]);
    await arrives('Your journal is coming in');
  });

  it('knows from a kit file where the journal was', async () => {
    const host = await open();
    await click('I have my recovery kit', 'label');
    await click('Go on');
    await click('Choose the .kit file');
    await click('Choose the .kit file', 'div > button:not([aria-pressed])');
    await click('Use this kit');
    expect(one<HTMLInputElement>('input', 'Address of the server').value).toBe('https://sync.example.org');
    expect(says('This kit is of')).toBe(true);
    await click('Come back to my journal');
    expect(asked(host, 'devices_come_back')).toMatchObject([{ kit: { by: 'file' }, at: { by: 'server', address: 'https://sync.example.org' } }]);
  });

  it('restores a backup as before', async () => {
    await open();
    await click('I have a backup file', 'label');
    await click('Go on');
    expect(one('dialog h2', 'Restore a backup')).toBeDefined();
  });
});
