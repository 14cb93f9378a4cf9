// Sync in the window: set up in three steps, one quiet state, and what happened said with what is safe and what to do.

import { afterEach, describe, expect, it } from 'vitest';
import { notebook } from '@/app/notebook.svelte';
import Questions from '@/app/Questions.svelte';
import Rail from '@/app/Rail.svelte';
import { toasts } from '@/app/toasts.svelte';
import type { AlarmKind } from '@/ipc';
import type { FakeHost, Switches } from '@/ipc/fake';
import { syncOf } from '@/ipc/fake/sync';
import { speaking } from '@/text/speaking.svelte';
import { all, click, expectAccessible, one, says, settle, show, type, withHost } from '@/testing/page';
import { alarmText } from './alarms';
import Sync from './Sync.svelte';

let end: (() => void) | undefined;
afterEach(() => {
  end?.();
  toasts.clear();
  speaking.language = 'en';
});

async function open(switches: Partial<Switches> = {}): Promise<FakeHost> {
  const host = withHost(switches);
  end = notebook.follow();
  await settle();
  await show(Sync);
  await show(Questions);
  return host;
}

const asked = (host: FakeHost, name: string): unknown[] => host.calls.filter((call) => call.name === name).map((call) => call.request);

describe('setting up sync', () => {
  it('takes a folder in three steps, and writes nothing before the last', async () => {
    const host = await open();
    expect(says('Your journal is on this computer only')).toBe(true);
    host.picks.folder = '/home/mara/Nextcloud/vice-versa';
    await click('Set up sync');
    expect(one('[aria-current=step]').textContent).toBe('Where');
    await expectAccessible();
    await click('Choose the folder');
    expect(one('[aria-current=step]').textContent).toBe('Check');
    expect(says('The 12 other files in it are left alone')).toBe(true);
    expect(asked(host, 'sync_add_folder')).toEqual([]);
    await expectAccessible();
    await click('Use this folder');
    expect(asked(host, 'sync_add_folder')).toEqual([{ path: '/home/mara/Nextcloud/vice-versa' }]);
    expect(says('It is set up')).toBe(true);
    expect(says('Next, add your other computer')).toBe(true);
    await click('Done');
    expect(says('Everything is in step')).toBe(true);
  });

  it.each([
    ['/media/gone', 'There is no such folder any more'],
    ['/media/locked', 'cannot be written'],
    ['/media/inside', 'lie in one another'],
  ])('does not offer the folder %s, and says why', async (path, why) => {
    const host = await open();
    host.picks.folder = path;
    await click('Set up sync');
    await click('Choose the folder');
    expect(says(why)).toBe(true);
    expect(all('button', 'Use this folder')).toEqual([]);
    expect(all('button', 'Another folder')).toHaveLength(1);
  });

  it('says what lies in a folder already, and asks when it is somebody else’s', async () => {
    const host = await open();
    host.picks.folder = '/media/theirs';
    await click('Set up sync');
    await click('Choose the folder');
    expect(says('2 spaces of somebody else lie in it')).toBe(true);
    expect(says('Is it the folder you meant?')).toBe(true);
    host.picks.folder = '/media/mine';
    await click('Back');
    await click('Choose the folder');
    expect(says('from 2 devices')).toBe(true);
    expect(says('nothing is lost on either side')).toBe(true);
  });

  it('takes a server, and asks for a voucher only when the server does', async () => {
    const host = await open();
    await click('Set up sync');
    await click('A server', 'label');
    await click('Check');
    expect(says('Type or paste an address.')).toBe(true);
    await type(one('input', 'Address of the server'), 'voucher.example.org');
    await click(/^Check$/, 'button');
    expect(says('It asks for a voucher.')).toBe(true);
    await type(one('input', 'Voucher'), 'used-one');
    await click(/^Check$/, 'button');
    expect(says('This voucher is not taken')).toBe(true);
    await type(one('input', 'Voucher'), 'good-one');
    await click(/^Check$/, 'button');
    await expectAccessible();
    await click('Use this server');
    expect(asked(host, 'sync_add_server')).toEqual([{ address: 'https://voucher.example.org', voucher: 'good-one' }]);
  });

  it.each([
    ['silent.example.org', 'Nothing answers there'],
    ['web.example.org', 'not a server of Vice Versa'],
    ['untrusted.example.org', 'does not prove who it is'],
    ['http://plain.example.org', 'without encryption'],
    ['old.example.org', 'too old for this app'],
    ['new.example.org', 'newer than this app'],
    ['not an address', 'This is no address'],
  ])('says clearly what is wrong with %s', async (address, why) => {
    const host = await open();
    await click('Set up sync');
    await click('A server', 'label');
    await type(one('input', 'Address of the server'), address);
    await click(/^Check$/, 'button');
    expect(says(why)).toBe(true);
    expect(all('button', 'Use this server')).toEqual([]);
    expect(asked(host, 'sync_add_server')).toEqual([]);
  });

  it('keeps the step when the host refuses, and says why', async () => {
    const host = await open();
    await click('Set up sync');
    host.failNext('sync_test_folder', 'read_only');
    await click('Choose the folder');
    expect(one('[aria-current=step]').textContent).toBe('Where');
    expect(one('[role=alert]').textContent).toContain('cannot be written');
  });
});

describe('how sync stands', () => {
  it.each([
    ['in_step', 'Everything is in step', 'In step, '],
    ['sending', '3 changes on the way out', '3 to send'],
    ['receiving', 'Your journal is coming in', 'Fetching, 3,120 of 10,000'],
    ['offline', 'No place answers', 'Offline since'],
    ['paused', 'Sync is paused', 'Sync is paused'],
    ['needs_you', 'Sync needs you', 'Sync needs you'],
  ] as const)('%s is said on its page and in one line of the rail', async (state, title, line) => {
    speaking.locale = 'en-GB';
    await open({ sync: state });
    expect(one('h2', title)).toBeDefined();
    await expectAccessible();
    document.body.innerHTML = '';
    await show(Rail);
    expect(one('nav button', line)).toBeDefined();
  });

  it('shows how far a first sync is and how long it still takes', async () => {
    await open({ sync: 'receiving' });
    expect(one('[role=progressbar]').getAttribute('aria-valuenow')).toBe('3120');
    expect(says('About 40 seconds left')).toBe(true);
  });

  it('changes by itself when the host says so', async () => {
    const host = await open({ sync: 'sending' });
    const stand = syncOf(host.world);
    stand.state = { state: 'in_step', at: host.world.now().toISOString() };
    host.world.changed('sync');
    await settle();
    expect(says('Everything is in step')).toBe(true);
  });

  it('is paused and resumed, and looked at now', async () => {
    const host = await open({ sync: 'offline' });
    await click('Pause');
    expect(says('Nothing leaves and nothing comes in')).toBe(true);
    await click('Resume');
    expect(says('Everything is in step')).toBe(true);
    await click('Look now');
    expect(asked(host, 'sync_now')).toHaveLength(1);
  });

  it('says when it cannot be read, and tries again', async () => {
    const host = withHost({ sync: 'in_step' });
    host.failNext('sync_read', 'internal');
    await show(Sync);
    expect(one('[role=alert]').textContent).toContain('did not foresee');
    await click('Try again');
    expect(says('Everything is in step')).toBe(true);
  });

  it('is not changed in a notebook that cannot be written', async () => {
    await open({ sync: 'in_step', readOnly: true });
    expect(all('button', 'Add another place')).toEqual([]);
    expect(all('button', 'What can be done with')).toEqual([]);
  });
});

describe('a place', () => {
  it('is taken away after a question, and nothing with it', async () => {
    const host = await open({ sync: 'in_step' });
    await click('What can be done with sync.example.org');
    await click('Take it away', '[role=menuitem]');
    expect(says('Everything stays on this computer.')).toBe(true);
    await expectAccessible();
    await click('Take it away', 'dialog button');
    expect(asked(host, 'sync_remove_place')).toHaveLength(1);
    expect(says('sync.example.org')).toBe(false);
    expect(toasts.now?.text).toContain('Everything is still here');
  });
});

const KINDS: AlarmKind['kind'][] = [
  'rolled_back', 'restored', 'withheld', 'forked', 'device_forked', 'member_forked', 'shut_out', 'swapped', 'emptied', 'incomplete', 'refused', 'crashed', 'not_included', 'disk_full', 'place_full',
  'quota_full', 'clock_off', 'update_needed', 'access_refused', 'untrusted', 'device_revoked',
];

describe('what happened', () => {
  it.each(KINDS)('%s says what happened, what is safe and what to do, in both languages', async (kind) => {
    const host = await open({ alarm: kind });
    const [alarm] = syncOf(host.world).alarms;
    if (!alarm) throw new Error('the alarm is there');
    const english = alarmText(alarm.what);
    for (const part of [english.title, english.text, english.safe]) expect(says(part)).toBe(true);
    expect(all('section', english.title)[0]?.querySelectorAll('button').length).toBe(alarm.acts.length);
    await expectAccessible();
    speaking.language = 'de';
    await settle();
    const german = alarmText(alarm.what);
    expect(german.title).not.toBe(english.title);
    for (const part of [german.title, german.text, german.safe]) expect(says(part)).toBe(true);
  });

  it('is answered, and sync goes on', async () => {
    const host = await open({ alarm: 'emptied' });
    expect(says('Nothing was deleted here, and nothing will be.')).toBe(true);
    await click('Send it again');
    expect(asked(host, 'sync_answer_alarm')).toMatchObject([{ act: 'send_again' }]);
    expect(says('Everything is in step')).toBe(true);
  });

  it('takes a place away only after a question', async () => {
    const host = await open({ alarm: 'swapped' });
    await click('Take this place away');
    expect(asked(host, 'sync_answer_alarm')).toEqual([]);
    await click('Not now', 'dialog button');
    expect(asked(host, 'sync_answer_alarm')).toEqual([]);
    await click('Take this place away');
    await click('Take it away', 'dialog button');
    expect(asked(host, 'sync_answer_alarm')).toMatchObject([{ act: 'take_away' }]);
  });

  it('leads to another place, without asking the host', async () => {
    const host = await open({ alarm: 'swapped' });
    await click('Choose another place');
    expect(one('h2', 'Add another place')).toBeDefined();
    expect(asked(host, 'sync_answer_alarm')).toEqual([]);
  });

  it('shows what was put aside, with the reason', async () => {
    await open({ alarm: 'refused' });
    await click('Show what was put aside');
    expect(says('Damaged, or not in the form it must have')).toBe(true);
    expect(says('said to be from Priya')).toBe(true);
    await expectAccessible();
  });
});

describe('the details', () => {
  it('say for each space what was sent, received and verified, on demand', async () => {
    const host = await open({ sync: 'in_step' });
    expect(asked(host, 'sync_details')).toEqual([]);
    await click('Show details');
    const journal = one('section', /^Your journal$/);
    expect([...journal.querySelectorAll('dl > div')].slice(0, 4).map((row) => [row.querySelector('dt')?.textContent, row.querySelector('dd')?.textContent])).toEqual([['Sent', '3,841'], ['Received', '1,204'], ['Verified', '1,204'], ['Waiting here', '0']]);
    expect(journal.textContent).toContain('amber lantern river quiet');
    expect(one('section', /^Release circle$/).textContent).toContain('Waiting for a key');
    await expectAccessible();
  });
});
