// Facts that stay fresh: loaded, and loaded again when the host says that their topics changed.

import { untrack } from 'svelte';
import type { ApiError, Topic } from './generated/types';
import { asApiError } from './host';
import { host } from './index';

/** What was loaded, and how the loading goes. An older answer never replaces a newer one. */
export interface Live<T> {
  /** What was loaded last; stays while it is loaded again. */
  readonly value: T | undefined;
  /** Why the last loading failed; none when it went well. */
  readonly error: ApiError | undefined;
  /** Whether a loading is under way. */
  readonly loading: boolean;
  /** Loads again. */
  reload(): Promise<void>;
}

/**
 * Loads facts now, whenever something reactive that `load` reads before its first `await` changes, and whenever one of
 * `topics` changes. To be called while a component is set up; it ends with the component.
 */
export function live<T>(topics: readonly Topic[], load: () => Promise<T>): Live<T> {
  let value = $state.raw<T>();
  let error = $state.raw<ApiError>();
  let loading = $state(true);
  let asked = 0;
  let ended = false;

  async function take(answer: Promise<T>): Promise<void> {
    const mine = ++asked;
    loading = true;
    try {
      const got = await answer;
      if (mine !== asked || ended) return;
      value = got;
      error = undefined;
    } catch (failure) {
      if (mine !== asked || ended) return;
      error = asApiError(failure);
    }
    loading = false;
  }

  // Reads inside `load` are followed; what `take` reads and writes is not.
  $effect(() => {
    const answer = load();
    untrack(() => void take(answer));
  });

  // Many changes in one turn of the page are one reload.
  let due = false;
  $effect(() =>
    host().on('changed', (change) => {
      if (due || !change.topics.some((topic) => topics.includes(topic))) return;
      due = true;
      queueMicrotask(() => {
        due = false;
        if (!ended) void take(load());
      });
    }),
  );
  $effect(() => () => {
    ended = true;
  });

  return {
    get value() {
      return value;
    },
    get error() {
      return error;
    },
    get loading() {
      return loading;
    },
    reload: () => take(load()),
  };
}
