import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { all, click, expectAccessible, one, settle, show, type } from '@/testing/page';
import SoundPlayer, { type SoundFacts } from './SoundPlayer.svelte';
import { pathOf, strokesOf } from './waveform';

/** An engine's sound that plays as fast as a test says. */
class FakeAudio extends EventTarget {
  static made: FakeAudio[] = [];
  src = '';
  preload = '';
  preservesPitch = false;
  playbackRate = 1;
  readyState = 4;
  seeking = false;
  currentTime = 0;
  duration = Infinity;
  constructor() {
    super();
    FakeAudio.made.push(this);
  }
  play = async () => void this.dispatchEvent(new Event('play'));
  pause = () => void this.dispatchEvent(new Event('pause'));
  removeAttribute = () => {};
  goesTo(seconds: number): void {
    this.currentTime = seconds;
    this.dispatchEvent(new Event('timeupdate'));
  }
}

const facts = (): SoundFacts => ({
  duration_ms: 60_000, peaks: Array.from({ length: 480 }, (_, at) => (at * 7) % 200),
  marks: [{ at_ms: 12_000, name: 'the idea' }], cut_short: false,
});
let load: ReturnType<typeof vi.fn<() => Promise<ArrayBuffer>>>;
let marked: [number, string | null][];
const slider = () => one('[role=slider]', 'Position');
const press = async (key: string) => {
  slider().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settle();
};

async function player(given: Partial<Parameters<typeof show>[1]> = {}): Promise<void> {
  await show(SoundPlayer as never, { name: 'On the train.ogg', mime: 'audio/ogg', voice: facts(), load, onmark: (at: number, name: string | null) => void marked.push([at, name]), onsave: () => {}, ...given });
}

beforeEach(() => {
  FakeAudio.made = [];
  marked = [];
  load = vi.fn(async () => new ArrayBuffer(8));
  vi.stubGlobal('Audio', FakeAudio);
  vi.stubGlobal('requestAnimationFrame', () => 0);
  URL.createObjectURL = vi.fn(() => 'blob:sound');
  URL.revokeObjectURL = vi.fn();
});
afterEach(() => vi.unstubAllGlobals());

describe('the player of a sound', () => {
  it('fetches_nothing_until_it_is_wanted_and_then_once', async () => {
    await player();
    expect(slider().getAttribute('aria-valuetext')).toBe('0:00 of 1:00');
    await expectAccessible();
    expect(load).not.toHaveBeenCalled();
    await click('Play');
    await click('Pause');
    await press(' ');
    expect(load).toHaveBeenCalledTimes(1);
    expect(one('button', 'Pause')).toBeTruthy();
    FakeAudio.made[0]!.goesTo(20);
    await settle();
    expect(slider().getAttribute('aria-valuetext')).toBe('0:20 of 1:00');
  });

  it('moves_by_keys_and_never_beyond_its_ends', async () => {
    await player();
    await press('ArrowRight');
    await press('ArrowRight');
    await press('ArrowLeft');
    expect(slider().getAttribute('aria-valuenow')).toBe('5');
    await press('Home');
    await press('ArrowLeft');
    expect(slider().getAttribute('aria-valuenow')).toBe('0');
    await press('End');
    await press('ArrowRight');
    expect(slider().getAttribute('aria-valuenow')).toBe('60');
    await press(' ');
    expect(slider().getAttribute('aria-valuenow')).toBe('0');
  });

  it('marks_this_moment_and_lets_marks_be_named_played_from_and_taken_away', async () => {
    await player();
    await press('ArrowRight');
    await press('m');
    expect(marked).toEqual([[5_000, '']]);
    const field = one('input', 'Name of the mark at 0:12');
    await type(field, 'another idea');
    field.dispatchEvent(new Event('change', { bubbles: true }));
    expect(marked.at(-1)).toEqual([12_000, 'another idea']);
    await click('Play from 0:12');
    expect(slider().getAttribute('aria-valuenow')).toBe('12');
    expect(FakeAudio.made).toHaveLength(1);
    await click('Take away the mark at 0:12');
    expect(marked.at(-1)).toEqual([12_000, null]);
  });

  it('plays_faster_when_asked', async () => {
    await player();
    const speed = one('select', 'Speed') as unknown as HTMLSelectElement;
    speed.value = '1.5';
    speed.dispatchEvent(new Event('change', { bubbles: true }));
    await click('Play');
    expect(FakeAudio.made[0]!.playbackRate).toBe(1.5);
  });

  it('shows_sound_of_which_nothing_is_known_without_a_picture_and_learns_its_length', async () => {
    await player({ voice: null });
    expect(all('svg path[d]').filter((path) => path.closest('[role=slider]'))).toEqual([]);
    expect(all('button', 'Mark this moment')).toEqual([]);
    await click('Play');
    FakeAudio.made[0]!.duration = 30;
    FakeAudio.made[0]!.dispatchEvent(new Event('loadedmetadata'));
    await settle();
    expect(slider().getAttribute('aria-valuemax')).toBe('30');
  });

  it('says_so_when_the_sound_cannot_be_played_or_ended_unexpectedly', async () => {
    load.mockRejectedValueOnce(new Error('no'));
    await player({ voice: { ...facts(), cut_short: true } });
    expect(document.body.textContent).toContain('It ended unexpectedly');
    await click('Play');
    expect(one('[role=alert]').textContent).toContain('It is kept whole');
    await click('Play');
    expect(all('[role=alert]')).toEqual([]);
  });
});

describe('the picture of a sound', () => {
  it('keeps_the_loudest_of_what_it_folds', () => {
    expect(strokesOf([1, 9, 2, 8], 2)).toEqual([9, 8]);
    expect(strokesOf([5], 3)).toEqual([5, 5, 5]);
    expect(strokesOf([], 3)).toEqual([]);
  });

  it('draws_a_quiet_note_as_high_as_a_loud_one_and_silence_as_a_line', () => {
    expect(pathOf([60], 40)).toBe(pathOf([240], 40));
    expect(pathOf([0], 40)).toBe('M0.5 19.4V20.6');
  });
});
