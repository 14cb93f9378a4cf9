// The timeline as the screen reads it: windows of rows that are fetched when they come into sight, and where each row
// stands. Heights follow from what a row holds, so nothing is measured and 100,000 rows cost as much as twenty.

import type { ApiError, EntryFilter, EntryPage, EntryRow } from '@/ipc';
import { asApiError } from '@/ipc';
import { Heights } from '@/components/heights';
import { groupOf, type Group, type GroupWords } from './groups';
import type { Day } from './days';

/** Rows fetched at once. */
export const WINDOW = 100;
/** Windows kept before the farthest are forgotten. */
const MOST_WINDOWS = 60;

/** Heights in rem; the styles of a row say the same. */
export const HEIGHT = { full: 5.0625, title: 3.8125, text: 3.6875, heading: 2.3125 } as const;

export interface TimelineCalls {
  list(request: { filter: EntryFilter; offset: number; limit: number }): Promise<EntryPage>;
  locate(request: { filter: EntryFilter; id?: string; on?: string }): Promise<number | null>;
}

interface Fetched {
  turn: number;
  rows: EntryRow[];
  /** The row before the first, whose heading decides whether the first needs one. */
  before: EntryRow | undefined;
}

export const NO_FILTER: EntryFilter = { tags: [], from: null, to: null, starred: false, trashed: false };

/** Says which form a row takes. */
export function formOf(row: EntryRow): 'full' | 'title' | 'text' {
  if (row.title === '') return 'text';
  return row.excerpt === '' ? 'title' : 'full';
}

export class Timeline {
  total = $state(0);
  /** Whether the first window has come. */
  ready = $state(false);
  error = $state.raw<ApiError | null>(null);
  /** Counts every change of rows or places, so that what shows them follows. */
  version = $state(0);
  filter = $state.raw<EntryFilter>(NO_FILTER);
  /** Told before and after places change, so that what is in sight can stay where it is. */
  onmove: { before(): () => void } | null = null;

  readonly #calls: TimelineCalls;
  readonly #today: () => Day;
  readonly #words: GroupWords;
  readonly #rem: number;
  #windows = new Map<number, Fetched>();
  #heights: Heights;
  #turn = 0;
  #wanted: [number, number] = [0, 0];
  #flying = new Set<number>();

  constructor(calls: TimelineCalls, words: GroupWords, today: () => Day, rem = 16) {
    this.#calls = calls;
    this.#words = words;
    this.#today = today;
    this.#rem = rem;
    this.#heights = new Heights(0, HEIGHT.full * rem);
  }

  /** Shows another choice of entries, from the top. */
  choose(filter: EntryFilter): void {
    this.filter = filter;
    this.#turn += 1;
    this.#windows.clear();
    this.#flying.clear();
    this.ready = false;
    this.error = null;
    this.#wanted = [0, 0];
    void this.#fetch(0);
  }

  /** Fetches what is in sight again. What is shown stays until the new comes. */
  refresh(): void {
    this.#turn += 1;
    this.#flying.clear();
    this.error = null;
    this.#fill();
  }

  /** The row at a place, if it has been fetched. */
  row(index: number): EntryRow | undefined {
    return this.#windows.get(Math.floor(index / WINDOW))?.rows[index % WINDOW];
  }

  /** The place of a row among what has been fetched. */
  indexOf(id: string): number {
    for (const [number, { rows, turn }] of this.#windows) {
      if (turn !== this.#turn) continue;
      const at = rows.findIndex((row) => row.id === id);
      if (at >= 0) return number * WINDOW + at;
    }
    return -1;
  }

  /** The heading of a row, and whether it is the first under it. */
  headingOf(index: number): (Group & { first: boolean }) | undefined {
    const row = this.row(index);
    if (!row) return undefined;
    const group = groupOf(row.on, this.#today(), this.#words);
    const before = index % WINDOW === 0 ? this.#windows.get(index / WINDOW)?.before : this.row(index - 1);
    return { ...group, first: !before || groupOf(before.on, this.#today(), this.#words).key !== group.key };
  }

  /** Asks for the rows from one place to another. */
  want(first: number, last: number): void {
    this.#wanted = [Math.floor(first / WINDOW), Math.floor(Math.max(first, last) / WINDOW)];
    this.#fill();
  }

  /** Finds the place of an entry, or of a day, in the whole timeline. */
  async locate(what: { id: string } | { on: Day }): Promise<number | null> {
    if ('id' in what) {
      const near = this.indexOf(what.id);
      if (near >= 0) return near;
    }
    return this.#calls.locate({ filter: this.filter, ...what });
  }

  /** Fetches the window of a place and waits for it. */
  async load(index: number): Promise<void> {
    const number = Math.floor(index / WINDOW);
    this.#wanted = [number, number];
    if (this.#windows.get(number)?.turn !== this.#turn) await this.#fetch(number);
  }

  get height(): number {
    return this.#heights.total;
  }
  topOf(index: number): number {
    return this.#heights.before(index);
  }
  heightOf(index: number): number {
    return this.#heights.of(index);
  }
  at(place: number): number {
    return this.total === 0 ? 0 : this.#heights.at(place);
  }

  // Two windows at once, those in sight first; when one comes, whatever is in sight by then is next.
  #fill(): void {
    const [first, last] = this.#wanted;
    const windows = Math.ceil(this.total / WINDOW);
    for (let number = first; number <= Math.min(last, Math.max(0, windows - 1)); number += 1) {
      if (this.#flying.size >= 2) return;
      if (this.#flying.has(number) || this.#windows.get(number)?.turn === this.#turn) continue;
      void this.#fetch(number);
    }
  }

  async #fetch(number: number): Promise<void> {
    const turn = this.#turn;
    const lead = number > 0 ? 1 : 0;
    this.#flying.add(number);
    try {
      const page = await this.#calls.list({ filter: this.filter, offset: number * WINDOW - lead, limit: WINDOW + lead });
      if (turn !== this.#turn) return;
      this.#take(number, turn, page, lead);
      this.error = null;
    } catch (failure) {
      if (turn !== this.#turn) return;
      this.error = asApiError(failure);
      this.ready = true;
      this.#flying.clear();
      return;
    }
    this.#flying.delete(number);
    this.#fill();
  }

  #take(number: number, turn: number, { total, rows }: EntryPage, lead: number): void {
    const old = this.#windows.get(number);
    const fresh: Fetched = { turn, rows: rows.slice(lead), before: lead ? rows[0] : undefined };
    const settle = this.onmove?.before();
    this.#windows.set(number, fresh);
    // An older window whose rows may have moved is only worth keeping while nothing better is there.
    const moved = total !== this.total || (old && old.rows.some((row, at) => row.id !== fresh.rows[at]?.id));
    if (moved) {
      this.total = total;
      this.#heights = new Heights(total, HEIGHT.full * this.#rem);
      for (const [other, { turn: theirs }] of this.#windows) {
        if (theirs === turn) this.#note(other);
        else if (Math.abs(other - number) > 1) this.#windows.delete(other);
      }
    } else {
      this.#note(number);
    }
    this.#forgetFar(number);
    this.ready = true;
    this.version += 1;
    settle?.();
  }

  #note(number: number): void {
    const fetched = this.#windows.get(number);
    fetched?.rows.forEach((row, at) => {
      const index = number * WINDOW + at;
      const heading = this.headingOf(index)?.first ? HEIGHT.heading : 0;
      this.#heights.note(index, (HEIGHT[formOf(row)] + heading) * this.#rem);
    });
  }

  #forgetFar(near: number): void {
    if (this.#windows.size <= MOST_WINDOWS) return;
    const far = [...this.#windows.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
    for (const number of far.slice(0, this.#windows.size - MOST_WINDOWS)) this.#windows.delete(number);
  }
}
