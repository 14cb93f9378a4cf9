import { describe, expect, it, vi } from 'vitest';
import { hashOf, route } from '@/app/route.svelte';
import { saveAll } from '@/app/saving';
import type { FakeHost } from '@/ipc/fake';
import { all, click, expectAccessible, one, press, says, settle, type } from '@/testing/page';
import { speaking } from '@/text/speaking.svelte';
import { begin, calls, ctrlEnter, open, question } from './trying';

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

  it('goes on in another language when that is chosen, and loses nothing that was typed', async () => {
    const host = await begin();
    await type(one('textarea'), 'Helen paused.');
    try {
      speaking.language = 'de';
      await settle();
      expect(calls(host, 'guides_open').map((asked) => (asked as { language: string }).language)).toEqual(['en', 'de']);
      expect(one<HTMLTextAreaElement>('textarea').value).toBe('Helen paused.');
      await ctrlEnter();
      expect(says('Helen paused.')).toBe(true);
    } finally {
      speaking.language = 'en';
    }
  });

  it('saves what was typed before it moves', async () => {
    const host = await begin();
    await type(one('textarea'), 'Helen paused.');
    await ctrlEnter();
    const order = host.calls.map((call) => call.name).filter((name) => name === 'guides_answer' || name === 'guides_move');
    expect(order).toEqual(['guides_answer', 'guides_move']);
    expect(calls(host, 'guides_answer')[0]).toMatchObject({ answers: [{ key: 'moment', answer: { kind: 'words', text: 'Helen paused.' } }] });
  });

  it('keeps what is typed each second and saves it at rest', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const host = await begin();
      await type(one('textarea'), 'Helen');
      expect(says('Not kept yet')).toBe(true);
      await vi.advanceTimersByTimeAsync(1_100);
      expect(calls(host, 'guides_keep')).toHaveLength(1);
      expect(calls(host, 'guides_answer')).toHaveLength(0);
      await vi.advanceTimersByTimeAsync(5_000);
      await settle();
      expect(calls(host, 'guides_answer')).toHaveLength(1);
      expect(says('Not kept yet')).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it('saves before the window closes', async () => {
    const host = await begin();
    await type(one('textarea'), 'Helen');
    await saveAll();
    expect(calls(host, 'guides_answer')).toHaveLength(1);
  });

  it('keeps the words on the screen when they could not be saved, and says so', async () => {
    const host = await begin();
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
    const host = await begin();
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
    expect(calls(host, 'guides_answer').at(-1)).toMatchObject({ answers: [{ answer: { text: 'Helen paused' } }] });
  });

  it('loses nothing that is typed while a move is on its way', async () => {
    const host = await begin();
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
    const host = await begin();
    await type(one('textarea'), 'Helen paused.');
    await press('Escape');
    expect(hashOf(route.now)).toBe('#/guides');
    expect(calls(host, 'guides_move')).toEqual([expect.objectContaining({ act: { kind: 'pause' } })]);
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
    const host = await begin();
    expect(says('About 5 minutes left')).toBe(true);
    await click('Stop the timer');
    expect(calls(host, 'guides_move')).toEqual([expect.objectContaining({ act: { kind: 'pause' } })]);
    await click('About 5 minutes left');
    expect(says('minutes left')).toBe(false);
    expect(says('Show the time')).toBe(true);
  });

  it('takes lines, marks them, and makes a new one by Enter', async () => {
    const host = await begin('Explain it');
    await click(/^Skip$/);
    await type(one('textarea', 'Line 1'), 'It runs at night.');
    await press('Enter');
    await type(one('textarea', 'Line 2'), 'It never runs twice.');
    await click('Mark as shaky: Line 2');
    expect(calls(host, 'guides_answer').at(-1)).toMatchObject({
      answers: [{ key: 'lines', answer: { lines: [{ text: 'It runs at night.', marked: false }, { text: 'It never runs twice.', marked: true }] } }],
    });
    expect(one('button', 'Mark as shaky: Line 2').getAttribute('aria-pressed')).toBe('true');
    await expectAccessible();
  });

  it('takes a mark, a choice, own words, a tick and an entry', async () => {
    const host = await begin('Explain it');
    await click(/^Skip$/);
    await click(/^Skip$/);
    await click('4 of 5');
    await click('care for others', 'input[type=radio]');
    await click('we ship on Thursdays', 'button');
    expect(one<HTMLInputElement>('input', 'Your own words').value).toBe('we ship on Thursdays');
    expect(all('button', 'we ship on Thursdays')).toHaveLength(0);
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
  async function toEnd(): Promise<FakeHost> {
    const host = await begin();
    await type(one('textarea'), 'Helen paused.');
    await ctrlEnter();
    await click(/^Skip$/);
    await type(one('textarea', 'I will'), 'ask first');
    await click('In a week');
    await ctrlEnter();
    return host;
  }

  it('shows the entry as it will be, and what is set out to do, before anything is made', async () => {
    const host = await toEnd();
    expect(question()).toBe('That was it');
    expect(says('Helen paused.')).toBe(true);
    expect(calls(host, 'guides_finish')).toHaveLength(0);
    await expectAccessible();
    await click('Keep it');
    expect(calls(host, 'guides_finish')[0]).toMatchObject({ make: [{ id: 'intention-0-0' }] });
    expect(says('What came of it:')).toBe(true);
    expect(says('ask first')).toBe(true);
    await click('Open the entry');
    expect(route.now.room).toBe('journal');
  });

  it('is asked about when the guide is begun again', async () => {
    const host = await toEnd();
    expect(says('since last time')).toBe(false);
    await click('Keep it');
    const again = await host.call('guides_start', { guide: 'j1', language: 'en', short: false, pace: 0 });
    route.toGuides('run', again.id);
    await settle();
    expect(says('What became of it since last time?')).toBe(true);
    expect(one('aside').textContent).toContain('ask first');
    await expectAccessible();
    await click(/^Skip$/);
    expect(says('since last time')).toBe(false);
  });

  it('leaves out what is unticked', async () => {
    const host = await toEnd();
    await click('ask first', 'input[type=checkbox]');
    await click('Keep it');
    expect(calls(host, 'guides_finish')[0]).toMatchObject({ make: [] });
  });

  it('says so when nothing was written', async () => {
    await begin();
    for (let step = 0; step < 3; step++) await click(/^Skip$/);
    expect(says('Nothing was written')).toBe(true);
    expect(all('button', 'Keep it')).toHaveLength(0);
  });
});
