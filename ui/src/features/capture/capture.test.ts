import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible, one, press, says, settle, show, type, withHost } from '@/testing/page';
import { peopleOf } from '@/ipc/fake/people';
import Capture from './Capture.svelte';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

describe('quick capture', () => {
  it('keeps the line on Enter, says so, and goes', async () => {
    const host = withHost();
    await show(Capture);
    await type(one('textarea'), '  Ask her which always.  ');
    await press('Enter', {}, one('textarea'));
    expect([...host.world.entries.values()].at(-1)).toMatchObject({ text: 'Ask her which always.', origin: 'captured' });
    expect(says('Kept, ')).toBe(true);
    expect(host.captureClosed).toBe(0);
    vi.runAllTimers();
    await settle();
    expect(host.captureClosed).toBe(1);
  });

  it('notes who helped with what, and takes it back with both words', async () => {
    const host = withHost();
    await show(Capture);
    await press('m', { ctrlKey: true, shiftKey: true }, one('textarea'));
    await type(one('input', 'Who helped?'), 'Scott');
    await type(one('input', 'With what?'), 'slides');
    await press('Enter', {}, one('input', 'With what?'));
    expect(says('Noted, ')).toBe(true);
    expect([...peopleOf(host.world).notes.values()].map(({ who, subject }) => [who, subject])).toEqual([['Scott', 'slides']]);
    await press('z', { ctrlKey: true });
    expect(one<HTMLInputElement>('input', 'With what?').value).toBe('slides');
  });

  it('seals who helped as a sentence while the notebook is locked', async () => {
    const host = withHost({ state: 'locked' });
    await show(Capture);
    await press('m', { ctrlKey: true, shiftKey: true }, one('textarea'));
    await type(one('input', 'Who helped?'), 'Scott');
    await type(one('input', 'With what?'), 'slides');
    await press('Enter', {}, one('input', 'With what?'));
    expect([...host.world.captures.values()]).toContain('Scott helped me with slides.');
    expect(says('Kept, sealed until you unlock.')).toBe(true);
  });

  it('is accessible, empty and with something to keep', async () => {
    vi.useRealTimers();
    withHost();
    await show(Capture);
    await expectAccessible();
    await type(one('textarea'), 'A line');
    await expectAccessible();
  });

  it('works while the notebook is locked', async () => {
    const host = withHost({ state: 'locked' });
    await show(Capture);
    await type(one('textarea'), 'Ask her which always.');
    await press('Enter', {}, one('textarea'));
    expect([...host.world.captures.values()]).toContain('Ask her which always.');
    expect(says('Kept, sealed until you unlock.')).toBe(true);
  });

  it.each(['open', 'locked'] as const)('takes the line back while the notebook is %s', async (state) => {
    const host = withHost({ state });
    const before = host.world.captures.size;
    await show(Capture);
    await type(one('textarea'), 'Said too fast');
    await press('Enter', {}, one('textarea'));
    await press('z', { ctrlKey: true }, document.body);
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('Said too fast');
    expect(host.world.captures.size).toBe(before);
    expect([...host.world.entries.values()].filter((entry) => entry.text === 'Said too fast' && !entry.trashed)).toEqual([]);
    vi.runAllTimers();
    expect(host.captureClosed).toBe(0);
  });

  it('makes a new line on Shift and Enter', async () => {
    const host = withHost();
    await show(Capture);
    await type(one('textarea'), 'One');
    await press('Enter', { shiftKey: true }, one('textarea'));
    expect(host.calls.some((call) => call.name === 'capture_keep')).toBe(false);
  });

  it('goes on Esc and leaves what was typed', async () => {
    const host = withHost();
    await show(Capture);
    await type(one('textarea'), 'Half a thought');
    await press('Escape', {}, one('textarea'));
    expect(host.captureClosed).toBe(1);
    host.raise('capture_opened', null);
    await settle();
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('Half a thought');
  });

  it('loses nothing when it cannot be kept', async () => {
    const host = withHost();
    host.failNext('capture_keep', 'disk_full');
    await show(Capture);
    await type(one('textarea'), 'Keep me');
    await press('Enter', {}, one('textarea'));
    expect(says('It could not be kept. Your line is still here; try again.')).toBe(true);
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('Keep me');
  });

  it('says where to begin when there is no notebook yet', async () => {
    withHost({ state: 'absent' });
    await show(Capture);
    await type(one('textarea'), 'Too early');
    await press('Enter', {}, one('textarea'));
    expect(says('There is no notebook yet.')).toBe(true);
  });
});
