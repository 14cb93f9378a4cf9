// Shared spaces: who belongs, who can read, who asks to come in, and how somebody is invited.

import { afterEach, describe, expect, it } from 'vitest';
import { notebook } from '@/app/notebook.svelte';
import Questions from '@/app/Questions.svelte';
import { route } from '@/app/route.svelte';
import { toasts } from '@/app/toasts.svelte';
import type { FakeHost, Switches } from '@/ipc/fake';
import { spacesOf } from '@/ipc/fake/spaces';
import { all, click, expectAccessible, one, says, settle, show, type, withHost } from '@/testing/page';
import Spaces from './Spaces.svelte';

let end: (() => void) | undefined;
afterEach(() => {
  end?.();
  toasts.clear();
});

async function open(name = '', switches: Partial<Switches> = {}): Promise<FakeHost> {
  const host = withHost({ spaces: true, sync: 'in_step', ...switches });
  end = notebook.follow();
  await settle();
  const shown = spacesOf(host.world).find((space) => (name === 'Release circle' ? space.name === name : space.kind === 'pairing' && space.members.some((member) => member.name === name)));
  route.toSpaces(name ? (shown?.id ?? null) : null);
  await show(Spaces);
  await show(Questions);
  return host;
}

const asked = (host: FakeHost, name: string): unknown[] => host.calls.filter((call) => call.name === name).map((call) => call.request);

describe('shared spaces', () => {
  it('are none at first, and say what they are for', async () => {
    await open('', { spaces: false });
    expect(says('You share with nobody yet')).toBe(true);
    await expectAccessible();
  });

  it('stand in a list, a pairing by the name of the other', async () => {
    await open();
    expect(all('nav a').map((link) => link.querySelector('.name')?.textContent)).toEqual(['Helen Brandt', 'Jon Adeyemi', 'Release circle']);
    expect(says('Your journal')).toBe(false);
    await expectAccessible();
  });

  it('say when they cannot be read', async () => {
    const host = withHost({ spaces: true });
    host.failNext('spaces_list', 'internal');
    route.toSpaces();
    await show(Spaces);
    expect(one('[role=alert]').textContent).toContain('did not foresee');
    await click('Try again');
    expect(says('Release circle')).toBe(true);
  });
});

describe('the page of a space', () => {
  it('names above everything who can read it, and no facilitator', async () => {
    await open('Release circle');
    const line = one('main .bar').textContent ?? '';
    expect(line).toContain('4 people can read this: you, Priya Raman');
    expect(line).not.toContain('Wiebke');
    const readers = one('section', /^Who can read$/);
    expect([...readers.querySelectorAll('.two > div')].map((part) => part.querySelectorAll('li').length)).toEqual([4, 5]);
    await expectAccessible();
  });

  it('says when the keys do not fit those who belong, and that nobody writes then', async () => {
    const host = await open('Release circle');
    const space = spacesOf(host.world).find((one) => one.name === 'Release circle')!;
    space.keys_fit = false;
    host.world.changed('spaces');
    await settle();
    expect(says('New keys are on their way')).toBe(true);
    expect(says('The keys are sealed to exactly those who belong.')).toBe(false);
  });

  it('lets somebody in who asked, with the words to compare before', async () => {
    const host = await open('Release circle');
    const asks = one('section', /^Asks to come in$/);
    expect(asks.textContent).toContain('amber lantern river quiet');
    await click('Let them in');
    expect(asked(host, 'spaces_approve')).toHaveLength(1);
    expect(one('section', /^Members$/).textContent).toContain('Helen Brandt');
    expect(one('main .bar').textContent).toContain('5 people can read this');
  });

  it('does not let somebody in only after a question', async () => {
    const host = await open('Release circle');
    await click('Do not let them in');
    expect(asked(host, 'spaces_decline')).toEqual([]);
    await click('Do not let them in', 'dialog button');
    expect(asked(host, 'spaces_decline')).toHaveLength(1);
    expect(all('section', /^Asks to come in$/)).toEqual([]);
  });

  it('answers a request that came as a file by a file', async () => {
    const host = await open('Release circle');
    spacesOf(host.world).find((one) => one.name === 'Release circle')!.requests[0]!.by_file = true;
    host.world.changed('spaces');
    await settle();
    await click('Let them in');
    expect(asked(host, 'spaces_save_letter')).toMatchObject([{ path: '/home/mara/saved' }]);
  });

  it('removes a member after a question, and they can read no more', async () => {
    const host = await open('Release circle');
    await click('What can be done with Priya Raman');
    await click(/^Remove$/, '[role=menuitem]');
    expect(says('They read nothing that is written from now on')).toBe(true);
    await expectAccessible();
    await click('Remove', 'dialog button');
    expect(asked(host, 'spaces_remove_member')).toHaveLength(1);
    expect(one('main .bar').textContent).toContain('3 people can read this');
  });

  it('says what a role may do before it is given', async () => {
    const host = await open('Release circle');
    await click('What can be done with Priya Raman');
    await click('Make them Facilitator', '[role=menuitem]');
    expect(says('reads nothing of what is written')).toBe(true);
    await click('Change the role', 'dialog button');
    expect(asked(host, 'spaces_change_role')).toMatchObject([{ role: 'facilitator' }]);
  });

  it('compares safety words, and warns when they differ', async () => {
    const host = await open('Release circle');
    await click('What can be done with Priya Raman');
    await click('Compare safety words', '[role=menuitem]');
    expect(all('ol[aria-label="Eight safety words"] li')).toHaveLength(8);
    await expectAccessible();
    await click('They differ', 'dialog button');
    expect(asked(host, 'spaces_compare_words')).toMatchObject([{ same: false }]);
    expect(one('dialog [role=alert]').textContent).toContain('Write nothing confidential');
  });

  it('lets a facilitator into a pairing only when both agree', async () => {
    const host = await open('Jon Adeyemi');
    expect(says('Jon Adeyemi proposes Selin Aydın as Facilitator.')).toBe(true);
    await expectAccessible();
    await click('I agree');
    expect(asked(host, 'spaces_consent')).toMatchObject([{ agrees: true }]);
  });

  it('is left after a question that says what it means for both', async () => {
    const host = await open('Jon Adeyemi');
    await click('More');
    await click('Leave', '[role=menuitem]');
    expect(says('The space is then closed for both of you')).toBe(true);
    await click('Leave', 'dialog button');
    expect(asked(host, 'spaces_leave')).toHaveLength(1);
    expect(says('You have left it.')).toBe(true);
  });

  it('that a peer has left can be read and not written', async () => {
    const host = withHost({ spaces: true });
    end = notebook.follow();
    const frozen = spacesOf(host.world).find((space) => space.state === 'frozen')!;
    route.toSpaces(frozen.id);
    await show(Spaces);
    expect(says('One of the two has left.')).toBe(true);
    expect(all('button', 'Invite somebody')).toEqual([]);
  });
});

describe('taking a space out with its keys', () => {
  it('warns of what the keys open before anything is written, and says what was', async () => {
    const host = await open('Release circle');
    await click('More');
    await click('Take it out with its keys', '[role=menuitem]');
    expect(says('Whoever has the file keys.json')).toBe(true);
    await expectAccessible();
    expect(asked(host, 'portability_export_space')).toEqual([]);
    await click('Choose where', 'dialog button');
    await settle();
    expect(asked(host, 'portability_export_space')).toMatchObject([{ path: '/home/mara/saved' }]);
  });
});

describe('an invitation', () => {
  it('is a link, a QR code and a file, and can be taken back', async () => {
    const host = await open('Release circle');
    await click('Invite somebody');
    await expectAccessible();
    await type(one('input', 'For how many people'), '2');
    await click('Make the invitation');
    expect(asked(host, 'spaces_invite')).toMatchObject([{ role: 'member', uses: 2, days: 7, auto_approve: false }]);
    expect(says('https://sync.example.org/j#v1.circle')).toBe(true);
    expect(all('img').map((image) => image.getAttribute('alt'))).toContain('The link as a QR code');
    await expectAccessible();
    await click('Save as a file');
    expect(asked(host, 'spaces_save_invite')).toMatchObject([{ path: '/home/mara/saved' }]);
    await click('Take it back');
    await click('Take it back', 'dialog button');
    expect(asked(host, 'spaces_withdraw_invite')).toHaveLength(1);
  });

  it('is looked at before it is followed', async () => {
    const host = await open('', { spaces: false });
    await click('Follow an invitation');
    await click('Look at it');
    expect(says('Paste the link.')).toBe(true);
    await type(one('dialog input', 'The link you were sent'), 'https://sync.example.org/j#v1.circle');
    await click('Look at it');
    expect(says('Helen Brandt invites you to a circle.')).toBe(true);
    expect(asked(host, 'spaces_join')).toEqual([]);
    await expectAccessible();
    await click('Ask to join');
    expect(asked(host, 'spaces_join')).toMatchObject([{ invite: { by: 'link' }, my_name: 'Mara Lindqvist' }]);
    await click('Show it');
    expect(says('Somebody there has to let you in.')).toBe(true);
    expect(says('Nobody can read this yet')).toBe(true);
  });

  it('that no server carries goes by files: the request is saved', async () => {
    const host = await open('', { spaces: false });
    host.picks.file = ['/home/mara/invitation.vv'];
    await click('Follow an invitation');
    await click('Choose a file instead');
    expect(says('Your request is a file that you hand over')).toBe(true);
    await click('Ask to join');
    await click('Save my request as a file');
    expect(asked(host, 'spaces_save_letter')).toMatchObject([{ path: '/home/mara/saved' }]);
  });

  it('that is too old is refused with a sentence', async () => {
    await open('', { spaces: false });
    await click('Follow an invitation');
    await type(one('dialog input', 'The link you were sent'), 'https://sync.example.org/j#v1.old');
    await click('Look at it');
    expect(one('dialog [role=alert]').textContent).toContain('too old');
  });
});

describe('making a space', () => {
  it('makes a circle with a name, and asks what newcomers read', async () => {
    const host = await open('', { spaces: false });
    await click('Make a space', 'main button');
    await click('A circle', 'label');
    await click('Make it');
    expect(says('A circle needs a name; any will do.')).toBe(true);
    await type(one('dialog input', 'Its name'), 'Release circle');
    await click('read only what comes after them', 'label');
    await expectAccessible();
    await click('Make it');
    expect(asked(host, 'spaces_create')).toEqual([{ kind: 'circle', name: 'Release circle', my_name: 'Mara Lindqvist', history: 'from_join' }]);
    expect(one('h1', 'Release circle')).toBeDefined();
  });
});
