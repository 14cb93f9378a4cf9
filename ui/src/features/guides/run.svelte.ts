// A run as the screen holds it: what the host said last, and what was typed since. Every second it is kept on this computer,
// on rest and before every move it is saved; nothing on the screen is ever put back by an older answer of the host.

import { asApiError, host, type AnswerView, type ApiError, type RunAct, type RunView } from '@/ipc';
import { untrack } from 'svelte';

/** Where the words are: saved, kept on this computer, on their way, or only here because something failed. */
export type Saving = 'saved' | 'typing' | 'saving' | 'failed';

const KEEP_AFTER = 1_000;
const SAVE_AFTER = 5_000;

export class RunSession {
  /** The run as the host said last. */
  view = $state.raw<RunView>();
  /** Why it could not be opened. */
  error = $state.raw<ApiError>();
  /** Why the last act did not work; what was typed is still here. */
  trouble = $state.raw<ApiError>();
  saving = $state<Saving>('saved');
  /** What was typed since the host's last word, by answer. */
  #typed = $state<Record<string, AnswerView | null>>({});
  #unsaved = new Set<string>();
  #unkept = new Set<string>();
  #keep: ReturnType<typeof setTimeout> | undefined;
  #save: ReturnType<typeof setTimeout> | undefined;
  /** One call after another: an answer that is on its way arrives before the move that follows it. */
  #queue: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(readonly id: string) {}

  /** Opens the run, or opens it again in another language. What was typed stays. */
  open(language: string): Promise<void> {
    return this.#inTurn(async () => {
      try {
        this.view = await host().call('guides_open', { run: this.id, language });
      } catch (failure) {
        this.error = asApiError(failure);
      }
    });
  }

  /** The answer to a field as it stands on the screen. */
  value(key: string): AnswerView | null {
    if (key in this.#typed) return this.#typed[key] ?? null;
    return this.view?.here?.fields.find((field) => field.key === key)?.answer ?? null;
  }

  /** Takes what was typed. `at once` is for what is chosen, not typed: other fields may follow from it. */
  give(key: string, answer: AnswerView | null, atOnce = false): void {
    this.#typed[key] = answer;
    this.#unsaved.add(key);
    this.#unkept.add(key);
    this.saving = 'typing';
    clearTimeout(this.#save);
    if (atOnce) return void this.save();
    this.#keep ??= setTimeout(() => void this.#keepNow(), KEEP_AFTER);
    this.#save = setTimeout(() => void this.save(), SAVE_AFTER);
  }

  /** Saves what was typed. Says whether all of it is saved. */
  save(): Promise<boolean> {
    return this.#inTurn(async () => {
      this.#stopTimers();
      const keys = [...this.#unsaved];
      if (!keys.length) return true;
      const answers = keys.map((key) => ({ key, answer: $state.snapshot(this.#typed[key]) ?? null }));
      const sent = JSON.stringify(answers);
      this.saving = 'saving';
      try {
        const view = await host().call('guides_answer', { run: this.id, answers });
        for (const key of keys) this.#unsaved.delete(key);
        this.trouble = undefined;
        this.#show(view);
        // What was typed meanwhile is newer than what was sent.
        const now = JSON.stringify(keys.map((key) => ({ key, answer: $state.snapshot(this.#typed[key]) ?? null })));
        if (now !== sent) for (const key of keys) this.#unsaved.add(key);
        this.saving = this.#unsaved.size ? 'typing' : 'saved';
        return this.#unsaved.size === 0;
      } catch (failure) {
        this.trouble = asApiError(failure);
        this.saving = 'failed';
        return false;
      }
    });
  }

  /** Saves, and then moves. Says whether it moved. */
  async move(act: RunAct): Promise<boolean> {
    // Who types while it is being saved has not changed their mind about going on.
    while (!(await this.save())) if (this.saving === 'failed') return false;
    return this.#inTurn(async () => {
      const before = this.view?.here?.key;
      try {
        const view = await host().call('guides_move', { run: this.id, act });
        this.trouble = undefined;
        this.#show(view);
        if (view.here?.key !== before) this.#forgetSaved();
        return true;
      } catch (failure) {
        this.trouble = asApiError(failure);
        return false;
      }
    });
  }

  /** Saves and stops the clock, before the screen goes. */
  async leave(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    if (this.view?.status === 'open') await this.move({ kind: 'pause' });
    this.#stopTimers();
  }

  /** Ends without a word to the host: the run came to its end. */
  end(): void {
    this.#ended = true;
    this.#stopTimers();
  }

  /** Lets go of what the host holds as well; what was typed while a move was on its way stays, to be saved. */
  #forgetSaved(): void {
    this.#typed = Object.fromEntries(Object.entries($state.snapshot(this.#typed)).filter(([key]) => this.#unsaved.has(key)));
  }

  #show(view: RunView): void {
    untrack(() => (this.view = view));
  }

  async #keepNow(): Promise<void> {
    this.#keep = undefined;
    const keys = [...this.#unkept];
    this.#unkept.clear();
    if (!keys.length) return;
    const answers = keys.map((key) => ({ key, answer: $state.snapshot(this.#typed[key]) ?? null }));
    try {
      await host().call('guides_keep', { run: this.id, answers });
    } catch {
      // The save that follows says what is wrong.
    }
  }

  #stopTimers(): void {
    clearTimeout(this.#keep);
    clearTimeout(this.#save);
    this.#keep = this.#save = undefined;
    this.#unkept.clear();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work, work);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}
