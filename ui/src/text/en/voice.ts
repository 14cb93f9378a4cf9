// Words of voice notes: recording them and listening to them.

import { plural } from '../format';

export const voice = {
  /** What a new note is called; it becomes the name of its file. */
  name: (when: string): string => `Voice note ${when}`,

  recorder: {
    label: 'Voice note being recorded',
    record: 'Record a voice note',
    stop: 'Stop and keep it',
    pause: 'Pause',
    resume: 'Record on',
    mark: 'Mark this moment',
    discard: 'Discard the recording',
    recording: 'Recording',
    paused: 'Paused',
    elapsed: (time: string): string => `${time} recorded`,
    level: 'How loud it is',
    marks: (count: number): string => plural(count, { one: 'mark', other: 'marks' }),
    openEntry: 'Show its entry',
  },

  told: {
    began: 'Recording. What you say is kept as you say it, sealed.',
    paused: 'Paused. Nothing is heard meanwhile.',
    resumed: 'Recording on.',
    marked: (time: string): string => `Marked at ${time}.`,
    kept: (length: string): string => `The voice note is kept, ${length}.`,
    nothingHeard: 'Nothing was heard, so nothing was kept.',
    discarded: 'The recording was discarded. Nothing of it is left.',
    recovered: (length: string): string => `A voice note that was cut short is back in its entry, ${length}.`,
    open: 'Open',
  },

  discard: {
    title: 'Discard this recording?',
    text: (length: string): string => `${length} of sound go for good. Nothing else changes.`,
    verb: 'Discard it',
    no: 'Keep it',
  },

  player: {
    section: 'Sound',
    label: (name: string): string => `Player: ${name}`,
    play: 'Play',
    pause: 'Pause',
    position: 'Position',
    of: (length: string): string => `/ ${length}`,
    positionOf: (at: string, length: string): string => `${at} of ${length}`,
    back: 'Five seconds back',
    forward: 'Five seconds on',
    speed: 'Speed',
    speedOf: (factor: string): string => `${factor}×`,
    save: (name: string): string => `Save a copy of ${name}`,
    opening: 'Opening the sound',
    failed: 'This sound could not be played here. It is kept whole; save a copy to hear it elsewhere.',
    cutShort: 'It ended unexpectedly. Everything that was heard up to then is here.',
    keys: 'Space plays and pauses, the arrow keys move, M marks this moment.',
  },

  marks: {
    label: 'Marks',
    add: 'Mark this moment',
    jump: (time: string): string => `Play from ${time}`,
    name: (time: string): string => `Name of the mark at ${time}`,
    unnamed: 'Name it',
    remove: (time: string): string => `Take away the mark at ${time}`,
    removed: 'The mark was taken away.',
    putBack: 'Undo',
  },
};
