import { describe, expect, it } from 'vitest';
import { asking } from '@/app/asking.svelte';
import { commands } from '@/app/commands.svelte';
import { offerGuides } from '@/app/guideCommands.svelte';
import { hashOf, placeFrom, route } from '@/app/route.svelte';
import { all, click, expectAccessible, one, says, settle, type } from '@/testing/page';
import { blocksOf } from './blocks';
import { calls, open, question, runs } from './trying';

describe('the list of guides', () => {
  it('says what each is for and how long it takes', async () => {
    await open();
    expect(says('One moment of the day')).toBe(true);
    expect(says('17 minutes')).toBe(true);
    expect(all('.chip', 'Short')).toHaveLength(1);
    await expectAccessible();
  });

  it('has what waits on top, and leads back into it', async () => {
    await open('', { pausedRun: true });
    expect(one('h2').textContent).toBe('Waiting for you');
    expect(says('at “Why”')).toBe(true);
    await expectAccessible();
    await click(/^Go on$/);
    expect(question()).toBe('Why was there a gap?');
  });

  it('puts a run away and takes it back', async () => {
    const host = await open('', { pausedRun: true });
    await click('Put away: Pricing page release');
    expect(runs(host)).toBe(0);
    expect(says('Waiting for you')).toBe(false);
    await click('Take it up again');
    expect(runs(host)).toBe(1);
    expect(says('Waiting for you')).toBe(true);
  });

  it('deletes for good only what was put away, and asks first', async () => {
    const host = await open('', { pausedRun: true });
    expect(all('button', 'Delete for good')).toHaveLength(0);
    await click('Put away: Pricing page release');
    await click('Delete for good');
    expect(asking.now?.title).toBe('Delete this run for good?');
    asking.now?.answer(true);
    await settle();
    expect(host.world.runs.size).toBe(0);
    expect(says('Put away')).toBe(false);
  });

  it('brings a guide in from a file and shows it among ones own', async () => {
    const host = await open();
    await click('Bring one in');
    expect(calls(host, 'guides_import')).toHaveLength(1);
    expect(says('Retro of two')).toBe(true);
  });
});

describe('guides of ones own', () => {
  it('begin as a copy, are changed as a file, and a mistake is named by its line', async () => {
    await open('#/guides/about/j1');
    expect(says('Which moment of today would you keep on film?')).toBe(true);
    await expectAccessible();
    await click('More about this guide');
    await click('Make it my own', '[role^=menuitem]');
    expect(route.now).toMatchObject({ room: 'guides', page: 'edit' });
    const box = one<HTMLTextAreaElement>('textarea', 'The guide as a file');
    expect(box.value).toContain('title = "Five-minute close, mine"');
    await type(box, 'nothing');
    await click(/^Save/);
    expect(says('line 1')).toBe(true);
    await expectAccessible();
    await type(box, 'title = "My close"');
    await click(/^Save/);
    expect(route.now).toMatchObject({ room: 'guides', page: 'about' });
    expect(question()).toBe('My close');
  });

  it('are written anew, and what is not saved is there when one comes back', async () => {
    await open('#/guides/edit/new');
    await type(one('textarea', 'The guide as a file'), 'title = "Half a thought"');
    route.toGuides();
    await settle();
    await click('Write one');
    expect(one<HTMLTextAreaElement>('textarea', 'The guide as a file').value).toBe('title = "Half a thought"');
    await click('Leave it as it was');
    await click('Write one');
    expect(one<HTMLTextAreaElement>('textarea', 'The guide as a file').value).toContain('format = 1');
  });

  it('leave as a file', async () => {
    const host = await open('#/guides/about/j3');
    host.picks.save = '/home/mara/review.toml';
    await click('More about this guide');
    await click('Save as a file', '[role^=menuitem]');
    expect(calls(host, 'guides_export')[0]).toMatchObject({ id: 'j3', path: '/home/mara/review.toml' });
  });
});

describe('commands', () => {
  it('lead to each guide and to what waits, from anywhere', async () => {
    await open('', { pausedRun: true });
    const end = offerGuides();
    await settle();
    expect(commands.all.filter((command) => command.asked).map((command) => command.label)).toContain('Reflect: Five-minute close');
    expect(commands.all.map((command) => command.label)).toContain('Go on: After-action review · Pricing page release');
    commands.run('guide_j1');
    await settle();
    expect(route.now).toMatchObject({ room: 'guides', page: 'run' });
    end();
    expect(commands.find('guide_j1')).toBeUndefined();
  });
});

describe('places of guides', () => {
  it('come back from the address they were written to', () => {
    for (const place of [
      { room: 'guides', page: 'list', id: null },
      { room: 'guides', page: 'run', id: 'x' },
      { room: 'guides', page: 'about', id: 'j3' },
    ] as const) expect(placeFrom(hashOf(place))).toEqual(place);
    expect(placeFrom('#/guides/nothing/x')).toEqual({ room: 'guides', page: 'list', id: null });
  });
});

describe('the entry before it is kept', () => {
  it('is read in the blocks in which it is written', () => {
    const text = '## Why\n\n*Why was there a gap?*\n\n### Conditions\n\nThe board.\n\n- **Then:** 2/5\n- [x] I told them\n- It runs. *(shaky)*\n- **What shows it:** [[The round|1f]]\n';
    expect(blocksOf(text)).toEqual([
      { kind: 'heading', text: 'Why' },
      { kind: 'question', text: 'Why was there a gap?' },
      { kind: 'part', text: 'Conditions' },
      { kind: 'words', text: 'The board.' },
      { kind: 'item', label: 'Then:', text: '2/5' },
      { kind: 'item', text: '✓ I told them' },
      { kind: 'item', text: 'It runs. (shaky)' },
      { kind: 'item', label: 'What shows it:', text: 'The round' },
    ]);
  });
});
