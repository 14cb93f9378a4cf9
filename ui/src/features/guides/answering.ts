// What a field of a guide asks of whoever holds the answers: a run of one's own, or a meeting of two.

import type { AnswerView } from '@/ipc';

export interface Answering {
  /** The answer to a field as it stands on the screen. */
  value(key: string): AnswerView | null;
  /** Takes what was typed. `atOnce` is for what is chosen, not typed. */
  give(key: string, answer: AnswerView | null, atOnce?: boolean): void;
  /** Saves what was typed. Says whether all of it is saved. */
  save(): Promise<boolean>;
}
