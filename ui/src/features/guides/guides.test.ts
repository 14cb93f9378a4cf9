import { beforeEach, describe, expect, it, vi } from 'vitest';
import { asking } from '@/app/asking.svelte';
import { commands } from '@/app/commands.svelte';
import { offerGuides } from '@/app/guideCommands.svelte';
import { notebook } from '@/app/notebook.svelte';
import { hashOf, placeFrom, route } from '@/app/route.svelte';
import { saveAll } from '@/app/saving';
import type { FakeHost, Switches } from '@/ipc/fake';
import { all, click, expectAccessible, one, press, says, settle, show, type, withHost } from '@/testing/page';
import { blocksOf } from './blocks';
import { timeShown } from './clock.svelte';
import Guides from './Guides.svelte';

let host: FakeHost;

async function open(hash = '', switches: Partial<Switches> = {}): Promise<void> {
  host = withHost(switches);
  notebook.follow();
  route.go(placeFrom(hash));
  await show(Guides as never);
  await settle();
}

/** Begins the five-minute close and waits for its first question. */
async function begin(title = 'Five-minute close'): Promise<void> {
  await open();
  await click(`Begin: ${title}`);
  await settle();
}

const runs = (): number => [...host.world.runs.values()].filter((run) => run.status === 'open').length;
const question = (): string => one('h1').textContent?.trim() ?? '';
const calls = (name: string): unknown[] => host.calls.filter((call) => call.name === name).map((call) => call.request);
const ctrlEnter = (): Promise<void> => press('Enter', { ctrlKey: true });

beforeEach(() => {
  timeShown.yes = true;
});

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
    await open('', { pausedRun: true });
    await click('Put away: Pricing page release');
    expect(runs()).toBe(0);
    expect(says('Waiting for you')).toBe(false);
    await click('Take it up again');
    expect(runs()).toBe(1);
    expect(says('Waiting for you')).toBe(true);
  });

  it('deletes for good only what was put away, and asks first', async () => {
    await open('', { pausedRun: true });
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
    await open();
    await click('Bring one in');
    expect(calls('guides_import')).toHaveLength(1);
    expect(says('Retro of two')).toBe(true);
  });
});

describe('a guide that runs', () => {
  it('asks one thing at a time, and Ctrl Enter goes on', async () => {
    await begin();
    expect(question()).toBe('Which moment of today would you keep on film?');
    expect(document.activeElement?.tagName).toBe('TEXTAREA');
    await type(one('textarea'), 'Helen paused.');
    await ctrlEnter();
    expect(question()).toBe('What did you do that made it so?');
    expect(says('Helen paused.')).toBe(true);
    expect(document.activeElement?.tagName).toBe('TEXTAREA');
    await expectAccessible();
  });

  it('saves what was typed before it moves', async () => {
    await begin();
    await type(one('textarea'), 'Helen paused.');
    await ctrlEnter();
    const order = host.calls.map((call) => call.name).filter((name) => name === 'guides_answer' || name === 'guides_move');
    expect(order).toEqual(['guides_answer', 'guides_move']);
    expect(calls('guides_answer')[0]).toMatchObject({ answers: [{ key: 'moment', answer: { kind: 'words', text: 'Helen paused.' } }] });
  });

  it('keeps what is typed each second and saves it at rest', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await begin();
      await type(one('textarea'), 'Helen');
      expect(says('Not kept yet')).toBe(true);
      await vi.advanceTimersByTimeAsync(1_100);
      expect(calls('guides_keep')).toHaveLength(1);
      expect(calls('guides_answer')).toHaveLength(0);
      await vi.advanceTimersByTimeAsync(5_000);
      await settle();
      expect(calls('guides_answer')).toHaveLength(1);
      expect(says('Not kept yet')).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it('saves before the window closes', async () => {
    await begin();
    await type(one('textarea'), 'Helen');
    await saveAll();
    expect(calls('guides_answer')).toHaveLength(1);
  });

  it('keeps the words on the screen when they could not be saved, and says so', async () => {
    await begin();
    host.failNext('guides_answer', 'disk_full', 'The disk is full. What you typed is still here.');
    await type(one('textarea'), 'Helen');
    await ctrlEnter();
    expect(question()).toBe('Which moment of today would you keep on film?');
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('Helen');
    expect(says('The disk is full.')).toBe(true);
    expect(says('Could not be kept')).toBe(true);
    await ctrlEnter();
    expect(question()).toBe('What did you do that made it so?');
  });

  it('is never put back by an older answer of the host', async () => {
    await begin();
    let answer = (): void => undefined;
    host.hold('guides_answer', new Promise<void>((done) => (answer = done)));
    await type(one('textarea'), 'Helen');
    const saving = saveAll();
    await type(one('textarea'), 'Helen paused');
    answer();
    await saving;
    await settle();
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('Helen paused');
    await saveAll();
    expect(calls('guides_answer').at(-1)).toMatchObject({ answers: [{ answer: { text: 'Helen paused' } }] });
  });

  it('loses nothing that is typed while a move is on its way', async () => {
    await begin();
    await type(one('textarea'), 'Helen');
    let answer = (): void => undefined;
    host.hold('guides_move', new Promise<void>((done) => (answer = done)));
    await ctrlEnter();
    await type(one('textarea'), 'Helen paused');
    answer();
    await settle();
    expect(question()).toBe('What did you do that made it so?');
    await saveAll();
    await click('Step 1 of 3');
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('Helen paused');
  });

  it('leads back to every step, and what was said there is still there', async () => {
    await begin();
    await type(one('textarea'), 'Helen paused.');
    await ctrlEnter();
    await click('Step 1 of 3');
    expect(question()).toBe('Which moment of today would you keep on film?');
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('Helen paused.');
    await click(/^My part/);
    await click(/^Back$/);
    expect(question()).toBe('Which moment of today would you keep on film?');
  });

  it('leaves by Escape, stops its clock, and waits in the list', async () => {
    await begin();
    await type(one('textarea'), 'Helen paused.');
    await press('Escape');
    expect(hashOf(route.now)).toBe('#/guides');
    expect(calls('guides_move')).toEqual([expect.objectContaining({ act: { kind: 'pause' } })]);
    expect(says('Waiting for you')).toBe(true);
    await click(/^Go on$/);
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('Helen paused.');
  });

  it('stops once where something is missing, says what, and then lets go on', async () => {
    await open('', { pausedRun: true });
    await click(/^Go on$/);
    expect(says('There is always at least one of each')).toBe(false);
    await ctrlEnter();
    expect(question()).toBe('Why was there a gap?');
    expect(says('There is always at least one of each')).toBe(true);
    expect(says('still empty')).toBe(true);
    await ctrlEnter();
    expect(question()).toBe('What do you keep, and what do you change?');
  });

  it('shows a time that can be stopped and hidden', async () => {
    await begin();
    expect(says('About 5 minutes left')).toBe(true);
    await click('Stop the timer');
    expect(calls('guides_move')).toEqual([expect.objectContaining({ act: { kind: 'pause' } })]);
    await click('About 5 minutes left');
    expect(says('minutes left')).toBe(false);
    expect(says('Show the time')).toBe(true);
  });

  it('takes lines, marks them, and makes a new one by Enter', async () => {
    await begin('Explain it');
    await click(/^Skip$/);
    await type(one('textarea', 'Line 1'), 'It runs at night.');
    await press('Enter');
    await type(one('textarea', 'Line 2'), 'It never runs twice.');
    await click('Mark as shaky: Line 2');
    expect(calls('guides_answer').at(-1)).toMatchObject({
      answers: [{ key: 'lines', answer: { lines: [{ text: 'It runs at night.', marked: false }, { text: 'It never runs twice.', marked: true }] } }],
    });
    expect(one('button', 'Mark as shaky: Line 2').getAttribute('aria-pressed')).toBe('true');
    await expectAccessible();
  });

  it('takes a mark, a choice, own words, a tick and an entry', async () => {
    await begin('Explain it');
    await click(/^Skip$/);
    await click(/^Skip$/);
    await click('4 of 5');
    await click('care for others', 'input[type=radio]');
    await type(one('input', 'Your own words'), 'slowness');
    await click('I have told somebody', 'input[type=checkbox]');
    one('input', 'What shows it').focus();
    await settle();
    await press('Enter');
    await saveAll();
    const run = [...host.world.runs.values()][0];
    expect([...(run?.answers.entries() ?? [])].map(([key, answer]) => [key, answer.kind])).toEqual([
      ['then', 'rating'], ['value', 'choice'], ['told', 'tick'], ['evidence', 'entry'],
    ]);
    expect(run?.answers.get('value')).toEqual({ kind: 'choice', chosen: 'slowness' });
    await expectAccessible();
  });
});

describe('the end of a run', () => {
  async function toEnd(): Promise<void> {
    await begin();
    await type(one('textarea'), 'Helen paused.');
    await ctrlEnter();
    await click(/^Skip$/);
    await type(one('textarea', 'I will'), 'ask first');
    await click('In a week');
    await ctrlEnter();
  }

  it('shows the entry as it will be, and what is set out to do, before anything is made', async () => {
    await toEnd();
    expect(question()).toBe('That was it');
    expect(says('Helen paused.')).toBe(true);
    expect(calls('guides_finish')).toHaveLength(0);
    await expectAccessible();
    await click('Keep it');
    expect(calls('guides_finish')[0]).toMatchObject({ make: [{ id: 'intention-0-0' }] });
    expect(says('What came of it:')).toBe(true);
    expect(says('ask first')).toBe(true);
    await click('Open the entry');
    expect(route.now.room).toBe('journal');
  });

  it('leaves out what is unticked', async () => {
    await toEnd();
    await click('ask first', 'input[type=checkbox]');
    await click('Keep it');
    expect(calls('guides_finish')[0]).toMatchObject({ make: [] });
  });

  it('says so when nothing was written', async () => {
    await begin();
    for (let step = 0; step < 3; step++) await click(/^Skip$/);
    expect(says('Nothing was written')).toBe(true);
    expect(all('button', 'Keep it')).toHaveLength(0);
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
    await open('#/guides/about/j3');
    host.picks.save = '/home/mara/review.toml';
    await click('More about this guide');
    await click('Save as a file', '[role^=menuitem]');
    expect(calls('guides_export')[0]).toMatchObject({ id: 'j3', path: '/home/mara/review.toml' });
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
