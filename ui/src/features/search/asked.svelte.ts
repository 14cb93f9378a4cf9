// What was asked in the palette and what came back. An answer that arrives after a newer question is dropped.

import { asApiError, host, type ApiError, type EntryRow, type OtherHit, type SearchOrder, type SearchResult } from '@/ipc';
import { speaking } from '@/text/speaking.svelte';

/** How many hits are shown. */
const MOST = 20;
/** How many of the last entries stand there before anything is typed. */
const RECENT = 5;
/** How many hits that are no entries are shown. */
const OTHERS = 6;

export class Asked {
  order = $state<SearchOrder>('newest');
  /** What was found for `query`; none before anything was asked. */
  result = $state.raw<SearchResult>();
  /** What was found that is no entry. */
  others = $state.raw<OtherHit[]>([]);
  /** The query `result` answers. */
  query = $state('');
  /** Milliseconds the last answer took. */
  took = $state(0);
  error = $state.raw<ApiError>();
  waiting = $state(false);
  recent = $state.raw<EntryRow[]>([]);
  #number = 0;

  /** Searches for what was typed. */
  async ask(typed: string): Promise<void> {
    const query = typed.trim();
    const mine = ++this.#number;
    if (!query) {
      this.result = undefined;
      this.others = [];
      this.error = undefined;
      this.query = '';
      this.waiting = false;
      return;
    }
    this.waiting = true;
    void this.#askOthers(query, mine);
    const began = performance.now();
    try {
      const result = await host().call('search_entries', { query, order: this.order, limit: MOST });
      if (mine !== this.#number) return;
      this.result = result;
      this.error = undefined;
      this.took = performance.now() - began;
    } catch (failure) {
      if (mine !== this.#number) return;
      this.result = undefined;
      this.error = asApiError(failure);
    }
    this.query = query;
    this.waiting = false;
  }

  /** Asks for what is no entry, beside: entries never wait for it, and are found without it. */
  async #askOthers(query: string, mine: number): Promise<void> {
    const found = await host().call('search_others', { query, language: speaking.language, limit: OTHERS }).catch(() => []);
    if (mine === this.#number) this.others = found;
  }

  /** Turns the order over and asks again. */
  turn(typed: string): Promise<void> {
    this.order = this.order === 'newest' ? 'best' : 'newest';
    return this.ask(typed);
  }

  /** Fetches the entries that were written last. Without them the palette works as well. */
  async fetchRecent(): Promise<void> {
    const filter = { tags: [], from: null, to: null, starred: false, trashed: false };
    try {
      this.recent = (await host().call('journal_list_entries', { filter, offset: 0, limit: RECENT })).rows;
    } catch {
      this.recent = [];
    }
  }
}
