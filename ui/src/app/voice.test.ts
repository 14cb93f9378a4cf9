import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeHost } from '@/ipc/fake';
import { hear, unplug } from '@/ipc/fake/voice';
import { voiceNote } from '@/ipc/fake/voiceSample';
import { all, click, expectAccessible, one, settle, show, withHost } from '@/testing/page';
import { asking } from './asking.svelte';
import { commands } from './commands.svelte';
import RecordingBar from './RecordingBar.svelte';
import { route } from './route.svelte';
import { toasts } from './toasts.svelte';
import { offerVoice, recording } from './voice.svelte';

let host: FakeHost;
let ends: (() => void)[];
let entry: string;

const asked = (): string[] => host.calls.map(({ name }) => name).filter((name) => name.startsWith('voice_'));
const files = () => host.world.entries.get(entry)!.attachments.filter((file) => file.mime.startsWith('audio/'));

beforeEach(async () => {
  host = withHost({ entries: 3 });
  entry = [...host.world.entries.keys()].at(-1)!;
  route.openEntry(entry);
  ends = [recording.follow(), recording.into(async () => entry), offerVoice()];
  await show(RecordingBar);
});

afterEach(() => {
  ends.forEach((end) => end());
  toasts.clear();
  asking.now?.answer(false);
});

async function begin(ms: number): Promise<void> {
  commands.run('voice_record');
  await settle();
  hear(host.world, ms);
  flushSync();
}

describe('recording a voice note', () => {
  it('shows_nothing_while_nothing_is_recorded', () => {
    expect(all('section')).toEqual([]);
    expect(commands.run('voice_mark')).toBe(false);
  });

  it('shows_time_and_level_and_keeps_the_note_in_the_entry_when_it_is_stopped', async () => {
    await begin(65_000);
    expect(one('[role=timer]', '1:05').textContent).toBe('1:05');
    expect(one('[role=img]', 'How loud it is')).toBeTruthy();
    await expectAccessible();
    await click('Stop and keep it');
    expect(files()[0]).toMatchObject({ mime: 'audio/ogg', voice: { duration_ms: 65_000 } });
    expect(files()[0]!.name).toMatch(/^Voice note .*\.ogg$/);
    expect(toasts.now?.text).toBe('The voice note is kept, 1:05.');
    expect(all('section')).toEqual([]);
  });

  it('is_done_by_keys_as_well_and_one_press_is_one_act', async () => {
    const press = (key: string) => commands.press(new KeyboardEvent('keydown', { key, ctrlKey: true, shiftKey: true }));
    press('R');
    press('R');
    await settle();
    expect(asked().filter((name) => name === 'voice_start')).toHaveLength(1);
    hear(host.world, 2_000);
    press('M');
    await settle();
    expect(host.world.voice.state.marks).toEqual([2_000]);
    expect(one('[role=status]').textContent).toBe('Marked at 0:02.');
    press('P');
    await settle();
    expect(host.world.voice.state.phase).toBe('paused');
    expect(one('section').textContent).toContain('Paused');
    press('P');
    await settle();
    press('R');
    await settle();
    expect(files()[0]!.voice!.marks).toEqual([{ at_ms: 2_000, name: '' }]);
  });

  it('goes_on_until_the_question_before_discarding_is_answered_with_yes', async () => {
    await begin(3_000);
    await click('Discard the recording');
    expect(asking.now?.text).toContain('0:03');
    asking.now!.answer(false);
    await settle();
    expect(host.world.voice.state.phase).toBe('recording');
    await click('Discard the recording');
    asking.now!.answer(true);
    await settle();
    expect(files()).toEqual([]);
    expect(toasts.now?.text).toContain('Nothing of it is left');
  });

  it('says_in_a_sentence_that_there_is_no_microphone', async () => {
    host.failNext('voice_start', 'no_microphone', 'No microphone was found; nothing was recorded.');
    commands.run('voice_record');
    await settle();
    expect(toasts.now?.text).toContain('No microphone was found; nothing was recorded. Plug one in');
    expect(recording.active).toBe(false);
  });

  it('says_that_what_was_recorded_is_kept_when_the_microphone_goes_away', async () => {
    await begin(9_000);
    unplug(host.world);
    await settle();
    expect(toasts.now?.text).toContain('what was recorded before is kept');
    expect(files()[0]!.voice).toMatchObject({ duration_ms: 9_000, cut_short: true });
  });

  it('tells_quietly_what_came_back_after_a_crash_and_leads_to_it', async () => {
    ends.shift()!();
    const other = [...host.world.entries.keys()][0]!;
    host.world.voice.recovered = [{ entry: other, attachment: voiceNote('a', 'On the train', 1_800_000) }];
    ends.unshift(recording.follow());
    await settle();
    expect(toasts.now?.text).toBe('A voice note that was cut short is back in its entry, 30:00.');
    toasts.act();
    expect(route.now).toEqual({ room: 'journal', entry: other });
  });

  it('leads_back_to_its_entry_from_elsewhere', async () => {
    await begin(1_000);
    expect(all('button', 'Show its entry')).toEqual([]);
    route.toToday();
    flushSync();
    await click('Show its entry');
    expect(route.now).toEqual({ room: 'journal', entry });
  });
});
