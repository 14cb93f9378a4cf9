// The voice notes of the fake host: it hears an even murmur, and its sound is a picture without bytes.

import type { AttachmentView, VoiceState } from '../generated/types';
import { apiError } from '../host';
import { murmur, voiceNote } from './voiceSample';
import { entryOf, makeId, mustBeWritable, type Handlers, type World } from './world';

type VoiceCommand = Extract<keyof Handlers, `voice_${string}`>;

const IDLE: VoiceState = { phase: 'idle', entry: null, ms: 0, level: 0, marks: [], ended: null };

/** Lets the recording hear so much more. */
export function hear(world: World, ms: number): void {
  const now = world.voice.state;
  if (now.phase !== 'recording') return;
  world.voice.state = { ...now, ms: now.ms + ms, level: murmur(Math.round((now.ms + ms) / 100)) };
  world.emit('voice', world.voice.state);
}

/** Talks into the first entry, in the time of the clock on the wall. */
export function talk(world: World): void {
  const entry = world.entries.keys().next().value ?? null;
  world.voice = { ...world.voice, name: 'Voice note', state: { ...IDLE, phase: 'recording', entry } };
  setInterval(() => hear(world, 100), 100);
}

/** Ends the recording as a microphone that goes away does. */
export function unplug(world: World): void {
  end(world, { keep: true, trouble: apiError('microphone_gone', 'The microphone went away; what was recorded before is kept.') });
}

function end(world: World, { keep, trouble = null }: { keep: boolean; trouble?: ReturnType<typeof apiError> | null }): VoiceState {
  const { state, name } = world.voice;
  let attachment: AttachmentView | null = null;
  if (keep && state.ms > 0 && state.entry) {
    attachment = voiceNote(makeId(), name, state.ms, state.marks.map((at_ms) => ({ at_ms, name: '' })));
    if (trouble && attachment.voice) attachment.voice.cut_short = true;
    world.files.set(attachment.id, { view: attachment, url: 'data:,' });
    entryOf(world, state.entry).attachments.push(attachment);
  }
  world.voice.state = { ...IDLE, entry: state.entry, ended: { attachment, trouble } };
  world.emit('voice', world.voice.state);
  world.changed('journal');
  return world.voice.state;
}

function running(world: World): VoiceState {
  if (world.voice.state.phase === 'idle') throw apiError('conflict', 'Nothing is being recorded. What was recorded before is kept.');
  return world.voice.state;
}

function go(world: World, change: Partial<VoiceState>): VoiceState {
  world.voice.state = { ...running(world), ...change };
  world.emit('voice', world.voice.state);
  return world.voice.state;
}

export const voice: Pick<Handlers, VoiceCommand> = {
  voice_state: (world) => world.voice.state,
  voice_start: (world, { entry, name }) => {
    mustBeWritable(world);
    if (world.voice.state.phase !== 'idle') throw apiError('conflict', 'A voice note is being recorded already, and it goes on. Stop it before you begin another.');
    if (!entry) throw apiError('invalid', 'The fake host records into an entry.', 'entry');
    entryOf(world, entry);
    world.voice.name = name;
    world.voice.state = { ...IDLE, phase: 'recording', entry };
    world.emit('voice', world.voice.state);
    return world.voice.state;
  },
  voice_mark: (world) => go(world, { marks: [...running(world).marks, running(world).ms] }),
  voice_pause: (world) => go(world, { phase: 'paused', level: 0 }),
  voice_resume: (world) => go(world, { phase: 'recording' }),
  voice_stop: (world) => (running(world), end(world, { keep: true })),
  voice_discard: (world) => (running(world), end(world, { keep: false })),
  voice_change_mark: (world, { id, at_ms, name }) => {
    const file = world.files.get(id)?.view;
    if (!file?.voice) throw apiError('invalid', 'This file is no voice note, so nothing can be marked in it; nothing was changed.');
    const others = file.voice.marks.filter((mark) => mark.at_ms !== at_ms);
    const marks = name === null ? others : [...others, { at_ms, name }].sort((a, b) => a.at_ms - b.at_ms);
    const changed: AttachmentView = { ...file, voice: { ...file.voice, marks } };
    world.files.set(id, { view: changed, url: 'data:,' });
    for (const entry of world.entries.values()) entry.attachments = entry.attachments.map((one) => (one.id === id ? changed : one));
    world.changed('journal');
    return changed;
  },
  voice_recovered: (world) => world.voice.recovered.splice(0),
};
