// The room of the loops: four parts filled, a loop closed with then and now, goals with evidence and honest skips.

import { describe, expect, it } from 'vitest';
import { commands } from '@/app/commands.svelte';
import { offerLoops } from '@/app/loopCommands.svelte';
import { route } from '@/app/route.svelte';
import type { FakeHost } from '@/ipc/fake';
import { learning, type FakeLoop } from '@/ipc/fake/loops';
import { all, click, expectAccessible, one, says, settle, show, type, withHost } from '@/testing/page';
import Loops from './Loops.svelte';

async function open(switches = {}): Promise<FakeHost> {
  const host = withHost(switches);
  route.toLoops(null);
  await show(Loops);
  return host;
}

const loop = (host: FakeHost, title: string): FakeLoop => {
  const found = [...learning(host.world).loops.values()].find((each) => each.title === title);
  if (!found) throw new Error(`There is no loop ${title}.`);
  return found;
};

describe('Loops', () => {
  it('list what waits first, and say what is missing', async () => {
    await open();
    const titles = all('section nav h2').map((heading) => heading.textContent);
    expect(titles).toEqual(['Waiting for you', 'Under way', 'Closed', 'Goals']);
    expect(one('section nav a', 'Reading a P&L').textContent).toContain('reflect is missing');
    expect(one('svg[role=img]').getAttribute('aria-label')).toBe('Loop “Reading a P&L”: gain, practise, feedback are there, reflect is missing');
  });

  it('are begun with a title and filled part by part, each with who, when and where from', async () => {
    const host = await open({ state: 'open', entries: 0 });
    await click('Begin a loop');
    await type(one('input', 'What I am learning'), 'Asking first');
    await click('Begin the loop');
    expect(one('h1', 'Asking first')).toBeDefined();

    await click('What did you take in');
    await type(one('textarea', 'What did you take in'), 'Questions before answers');
    await type(one('input', 'Where from'), 'a talk');
    await click('Keep it');
    await click('What did somebody say to it?');
    await type(one('textarea', 'What did somebody say'), 'You waited. Good.');
    await type(one('input', 'From whom'), 'Jon');
    await click('Keep it');
    const made = loop(host, 'Asking first');
    expect(made.fillings.map(({ part, words, who, source }) => ({ part, words, who, source }))).toEqual([
      { part: 'gain', words: 'Questions before answers', who: '', source: 'a talk' },
      { part: 'feedback', words: 'You waited. Good.', who: 'Jon', source: '' },
    ]);
    expect(says('from Jon')).toBe(true);
  });

  it('take an entry of the journal', async () => {
    const host = await open();
    route.toLoops(loop(host, 'Estimating in ranges').id);
    await settle();
    await click('Where did you try it?');
    await click('An entry instead');
    await type(one('input', 'Find an entry'), 'Tom and');
    await click('Tom and the rollback', 'li button');
    const entry = [...host.world.entries.values()].find((each) => each.title === 'Tom and the rollback');
    expect(loop(host, 'Estimating in ranges').fillings.at(-1)).toMatchObject({ part: 'practise', entry: entry?.id });
  });

  it('begin an entry from an empty part', async () => {
    const host = await open();
    route.toLoops(loop(host, 'Estimating in ranges').id);
    await settle();
    await click('What did somebody say to it?');
    await click('Write an entry for it');
    const made = loop(host, 'Estimating in ranges').fillings.at(-1);
    expect(made).toMatchObject({ part: 'feedback' });
    expect(route.now).toEqual({ room: 'journal', entry: made?.entry });
  });

  it('close only with a reflection, and show then and now side by side', async () => {
    const host = await open();
    await click('Write what changed');
    await type(one('textarea', 'Then'), 'I believed every figure.');
    await click('Close the loop');
    expect(loop(host, 'Reading a P&L').closed_on).toBeNull();
    expect(says('write what changed in how you do it')).toBe(true);
    await type(one('textarea', 'Now'), 'I ask each figure one question.');
    await click('Close the loop', 'dialog button');
    expect(loop(host, 'Reading a P&L').closed_on).not.toBeNull();
    expect(says('I believed every figure.')).toBe(true);
    expect(says('I ask each figure one question.')).toBe(true);
    await click('Open it again');
    expect(loop(host, 'Reading a P&L').closed_on).toBeNull();
    expect(says('I believed every figure.')).toBe(true);
  });

  it('rest until a day', async () => {
    const host = await open();
    await click('Park until a date');
    await type(one('input', 'Until'), '2027-01-05');
    await click('Park it');
    expect(loop(host, 'Reading a P&L').parked_until).toBe('2027-01-05');
    expect(all('section nav h2').map((heading) => heading.textContent)).toContain('Parked');
  });

  it('go to the trash and come back', async () => {
    const host = await open();
    await click('More', '.bar button');
    await click('Move to the trash', '[role=menuitem]');
    expect(loop(host, 'Reading a P&L').trashed).toBe(true);
    expect(one('h1').textContent).not.toBe('Reading a P&L');
    expect(all('section nav a', 'Reading a P&L')).toEqual([]);
  });

  it('hold goals that begin from a template and gather evidence and honest skips', async () => {
    const host = await open();
    await click('New loop', '.head button');
    await click('New goal', '[role=menuitem]');
    const from = one<HTMLSelectElement>('select', 'Begin from');
    from.value = 'change';
    from.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    await type(one('textarea', 'Wish'), 'Move the review to Tuesday');
    await click('Keep the goal');
    expect(one('h1', 'Move the review to Tuesday')).toBeDefined();
    expect(says('I tell openly what did not work.')).toBe(true);

    await click('Not this week');
    await type(one('textarea', 'Not this week, because'), 'two people are ill');
    await click('Skip this week');
    expect(says('Not this week, because two people are ill')).toBe(true);
    await click('Note progress');
    await type(one('textarea', 'What moved?'), 'Priya said yes');
    await click('Keep it');
    const goal = [...learning(host.world).goals.values()].at(-1);
    expect(goal?.points.map((point) => point.kind)).toEqual(['skip', 'progress']);
    await click('Let it go');
    await click('Let it go', 'form button');
    expect(goal?.end?.ending).toBe('let_go');
  });

  it('can be reached from anywhere by their words', async () => {
    const host = await open();
    const end = offerLoops();
    await settle();
    const command = commands.all.find((one) => one.label === 'Loop: Estimating in ranges');
    command?.run();
    expect(route.now).toEqual({ room: 'loops', shown: loop(host, 'Estimating in ranges').id });
    end();
    expect(commands.all.some((one) => one.label.startsWith('Loop:'))).toBe(false);
  });

  it('keep nobody out', async () => {
    await open();
    await expectAccessible();
    await click('Write what changed');
    await expectAccessible();
  });
});
