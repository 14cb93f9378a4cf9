// What the fake host's voice notes look like: an even murmur, and no sound.

import type { AttachmentView, MarkView } from '../generated/types';

/** How loud the murmur is at a step of a tenth of a second, from 0 to 255. */
export const murmur = (step: number): number => Math.round(20 + 190 * Math.abs(Math.sin(step * 0.31) * Math.sin(step * 0.073 + 1)));

/** Makes a voice note of a length. */
export function voiceNote(id: string, name: string, ms: number, marks: MarkView[] = []): AttachmentView {
  const peaks = Array.from({ length: Math.min(480, Math.max(1, Math.round(ms / 100))) }, (_, step) => murmur(step));
  return { id, name: `${name}.ogg`, mime: 'audio/ogg', size: ms * 3, blake3: '0'.repeat(64), width: null, height: null, voice: { duration_ms: ms, peaks, marks, cut_short: false } };
}
