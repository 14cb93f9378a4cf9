// Devices: the list, another name, removing one, and adding one by comparing seven signs.

import { afterEach, describe, expect, it } from 'vitest';
import { notebook } from '@/app/notebook.svelte';
import { route } from '@/app/route.svelte';
import { toasts } from '@/app/toasts.svelte';
import type { FakeHost, Switches } from '@/ipc/fake';
import { devicesOf, meet } from '@/ipc/fake/devices';
import { speaking } from '@/text/speaking.svelte';
import { all, click, expectAccessible, one, says, settle, show, type, withHost } from '@/testing/page';
import Devices from './Devices.svelte';

let end: (() => void) | undefined;
afterEach(() => {
  end?.();
  toasts.clear();
  speaking.language = 'en';
});

async function open(switches: Partial<Switches> = {}): Promise<FakeHost> {
  const host = withHost({ sync: 'in_step', devices: 4, ...switches });
  end = notebook.follow();
  await settle();
  await show(Devices);
  return host;
}

const asked = (host: FakeHost, name: string): unknown[] => host.calls.filter((call) => call.name === name).map((call) => call.request);

async function toSigns(): Promise<FakeHost> {
  const host = await open();
  await click('Add a device');
  await type(one('input', 'The code it shows'), 'k7m 2qx-9pd');
  await click('Look for it');
  meet(host.world);
  await settle();
  return host;
}

describe('the list of devices', () => {
  it('says which is this one, who added each, and when it was seen', async () => {
    await open();
    const rows = all('ul[aria-label="Your devices"] > li');
    expect(rows).toHaveLength(3);
    expect(rows[0]?.textContent).toContain('this one');
    expect(rows[1]?.textContent).toMatch(/Desk at home.*macOS.*by ThinkPad/s);
    await expectAccessible();
  });

  it('keeps removed ones apart, on demand', async () => {
    await open();
    expect(says('Left on a train')).toBe(false);
    await click('Show 1 removed device');
    expect(says('Left on a train')).toBe(true);
    await expectAccessible();
  });

  it('bears many devices and long names', async () => {
    await open({ devices: 16 });
    expect(all('ul[aria-label="Your devices"] > li')).toHaveLength(15);
    await expectAccessible();
  });

  it('gives a device another name, and none without one', async () => {
    const host = await open();
    await click('What can be done with Desk at home');
    await click('Rename', '[role=menuitem]');
    await type(one('dialog input', 'Name of the device'), ' ');
    await click('Keep the name', 'dialog button');
    expect(says('A name is needed; any will do.')).toBe(true);
    await type(one('dialog input', 'Name of the device'), 'The tall desk');
    await expectAccessible();
    await click('Keep the name', 'dialog button');
    expect(asked(host, 'devices_rename')).toMatchObject([{ name: 'The tall desk' }]);
    expect(says('The tall desk')).toBe(true);
  });

  it('says what removing a device does before it is done', async () => {
    const host = await open({ sync: 'offline' });
    await click('What can be done with The old laptop');
    await click('Remove', '[role=menuitem]');
    expect(says('It gets no new entry and no new change from now on')).toBe(true);
    expect(says('4 spaces get new keys.')).toBe(true);
    expect(says('Nothing was heard from it for a while.')).toBe(true);
    expect(says('No place answers now.')).toBe(true);
    await expectAccessible();
    expect(asked(host, 'devices_revoke')).toEqual([]);
    await click('Remove it', 'dialog button');
    expect(asked(host, 'devices_revoke')).toHaveLength(1);
    expect(says('Show 2 removed devices')).toBe(true);
  });

  it('does not offer to remove the one somebody sits at', async () => {
    await open();
    await click('What can be done with ThinkPad');
    expect(all('[role=menuitem]').map((item) => item.textContent?.trim())).toEqual(['Rename']);
  });
});

describe('adding a device', () => {
  it('needs a place where the two can meet', async () => {
    await open({ sync: 'off', devices: 1 });
    await click('Add a device');
    expect(says('The two computers need somewhere to meet')).toBe(true);
    await click('Set up sync');
    expect(route.now).toEqual({ room: 'settings', section: 'sync' });
  });

  it('takes a code of nine characters, however it is written', async () => {
    const host = await open();
    await click('Add a device');
    await expectAccessible();
    await type(one('input', 'The code it shows'), 'k7m 2qx');
    await click('Look for it');
    expect(says('The code has nine characters.')).toBe(true);
    expect(asked(host, 'devices_link_answer')).toEqual([]);
    await type(one('input', 'The code it shows'), 'k7m 2qx-9pd');
    await click('Look for it');
    expect(asked(host, 'devices_link_answer')).toEqual([{ code: 'k7m 2qx-9pd' }]);
    expect(says('Looking for the other computer')).toBe(true);
  });

  it('shows seven signs with their words, and hands over only when they are the same', async () => {
    const host = await toSigns();
    expect(all('ol[aria-label="Seven signs to compare"] > li').map((sign) => sign.querySelector('.word')?.textContent)).toEqual(['owl', 'key', 'banana', 'globe', 'present', 'turtle', 'scissors']);
    expect(document.activeElement?.textContent).toContain('Do both show the same?');
    await expectAccessible();
    await click('They are the same');
    expect(asked(host, 'devices_link_confirm')).toEqual([{ same: true }]);
    expect(says('Handing over the keys')).toBe(true);
    meet(host.world);
    await settle();
    expect(says('“Desk at home” is one of your devices now.')).toBe(true);
    await expectAccessible();
    await click('Done');
    expect(devicesOf(host.world).link.step).toBe('idle');
  });

  it('says the words of the signs in German', async () => {
    speaking.language = 'de';
    const host = await open();
    await click('Ein Gerät aufnehmen');
    await type(one('input', 'Der Code, der dort steht'), 'K7M2QX9PD');
    await click('Danach suchen');
    expect(says('Der andere Computer wird gesucht')).toBe(true);
    meet(host.world);
    await settle();
    expect(all('ol[aria-label="Sieben Zeichen zum Vergleichen"] .word').map((word) => word.textContent)).toEqual(['Eule', 'Schlüssel', 'Banane', 'Weltkugel', 'Geschenk', 'Schildkröte', 'Schere']);
  });

  it('hands over nothing when the signs differ', async () => {
    const host = await toSigns();
    await click('They differ');
    expect(asked(host, 'devices_link_confirm')).toEqual([{ same: false }]);
    expect(one('[role=alert]').textContent).toContain('Nothing was handed over');
    await click('Begin again');
    expect(one('input', 'The code it shows')).toBeDefined();
  });

  it.each([
    ['X23456789', 'Nobody shows this code'],
    ['T23456789', 'What came does not fit together'],
  ])('the code %s ends with a sentence and changes nothing', async (code, said) => {
    await open();
    await click('Add a device');
    await type(one('input', 'The code it shows'), code);
    await click('Look for it');
    expect(says(said)).toBe(true);
    expect(says('nothing was changed') || says('Nothing was changed')).toBe(true);
    await expectAccessible();
  });

  it('is stopped while it looks', async () => {
    const host = await open();
    await click('Add a device');
    await type(one('input', 'The code it shows'), 'K7M2QX9PD');
    await click('Look for it');
    await click('Stop');
    expect(asked(host, 'devices_link_cancel')).toHaveLength(1);
    expect(one('input', 'The code it shows')).toBeDefined();
  });
});
