// A meeting as the screen holds it: what the host said last, and what was typed since. What the other writes meanwhile comes in as
// soon as nothing here waits to be saved.

import { asApiError, host, type AnswerView, type ApiError, type MeetingAct, type MeetingView } from '@/ipc';
import { untrack } from 'svelte';
import type { Answering } from './answering';

const SAVE_AFTER = 900;
/** Between the name of a person and the key of a field. */
const OF = '|';

export class MeetingSession implements Answering {
  /** The meeting as the host said last. */
  view = $state.raw<MeetingView>();
  /** Why it could not be opened. */
  error = $state.raw<ApiError>();
  /** Why the last act did not work; what was typed is still here. */
  trouble = $state.raw<ApiError>();
  saved = $state(true);
  #typed = $state<Record<string, AnswerView | null>>({});
  #unsaved = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #language = 'en';

  constructor(readonly pairing: string, readonly meeting: string) {}

  /** The key under which a field of a person is held. */
  static keyOf(person: string, key: string): string {
    return `${person}${OF}${key}`;
  }

  open(language: string): Promise<void> {
    this.#language = language;
    return this.#inTurn(async () => {
      try {
        this.#show(await host().call('meetings_get', this.#of()));
      } catch (failure) {
        this.error = asApiError(failure);
      }
    });
  }

  value(key: string): AnswerView | null {
    if (key in this.#typed) return this.#typed[key] ?? null;
    return this.view?.here?.fields.find((one) => MeetingSession.keyOf(one.person, one.field.key) === key)?.field.answer ?? null;
  }

  give(key: string, answer: AnswerView | null, atOnce = false): void {
    this.#typed[key] = answer;
    this.#unsaved.add(key);
    this.saved = false;
    clearTimeout(this.#timer);
    if (atOnce) void this.save();
    else this.#timer = setTimeout(() => void this.save(), SAVE_AFTER);
  }

  save(): Promise<boolean> {
    clearTimeout(this.#timer);
    return this.#inTurn(async () => {
      const keys = [...this.#unsaved];
      if (keys.length === 0) return true;
      const answers = keys.map((key) => {
        const at = key.indexOf(OF);
        return { person: key.slice(0, at), key: key.slice(at + 1), answer: $state.snapshot(this.#typed[key]) ?? null };
      });
      this.#unsaved.clear();
      try {
        const view = await host().call('meetings_answer', { of: this.#of(), answers });
        this.trouble = undefined;
        this.#show(view);
        for (const [at, key] of keys.entries()) {
          const now = $state.snapshot(this.#typed[key]) ?? null;
          // What was typed meanwhile is newer than what was sent.
          if (JSON.stringify(now) !== JSON.stringify(answers[at]?.answer ?? null)) this.#unsaved.add(key);
        }
        this.saved = this.#unsaved.size === 0;
      } catch (failure) {
        for (const key of keys) this.#unsaved.add(key);
        this.trouble = asApiError(failure);
      }
      return this.saved;
    });
  }

  /** Saves, and then does something in the meeting. Says whether it was done. */
  async move(act: MeetingAct): Promise<boolean> {
    if (!(await this.save())) return false;
    return this.#inTurn(async () => {
      const before = this.view?.here?.key;
      try {
        const view = await host().call('meetings_move', { of: this.#of(), act });
        this.trouble = undefined;
        if (view.here?.key !== before) this.#typed = {};
        this.#show(view);
        return true;
      } catch (failure) {
        this.trouble = asApiError(failure);
        return false;
      }
    });
  }

  /** Fetches what the other wrote, unless something here waits. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.saved) return;
      try {
        const view = await host().call('meetings_get', this.#of());
        if (!this.saved) return;
        this.#typed = {};
        this.#show(view);
      } catch (failure) {
        this.trouble = asApiError(failure);
      }
    });
  }

  #of(): { pairing: string; meeting: string; language: string } {
    return { pairing: this.pairing, meeting: this.meeting, language: this.#language };
  }

  #show(view: MeetingView): void {
    untrack(() => (this.view = view));
  }

  #inTurn<T>(doing: () => Promise<T>): Promise<T> {
    const mine = this.#queue.then(doing);
    this.#queue = mine.catch(() => undefined);
    return mine;
  }
}
