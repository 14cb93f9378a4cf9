// One entry while it is being written: when its words are kept, when they become a record, and what happens when that fails.
//
// Kept as a draft every second while there are new words. Saved after 20 seconds of rest, at the latest every 3 minutes, and
// whenever the editor is left; every second while somebody else writes in the same text. Calls go one after the other, so an older text never overwrites a newer one. Typing never
// waits for any of it. An entry with nothing in it is not made.

import type { ApiError, CreateEntry, EditorView, EntryView, KeepDraft, SaveText, SavedText, Splice } from '@/ipc';
import { asApiError, host } from '@/ipc';
import { firstWordsOf } from './first_words';

export const KEEP_AFTER = 1_000;
export const SAVE_AFTER_REST = 20_000;
export const SAVE_AT_LATEST = 180_000;
export const RETRY_AFTER = 5_000;
export const COMPANY_FOR = 120_000; // so long after words from elsewhere came in, somebody is held to be writing there

/** The calls a session makes. */
export interface SessionCalls {
  create(request: CreateEntry): Promise<EntryView>;
  open(id: string): Promise<EditorView>;
  keep(request: KeepDraft): Promise<null>;
  save(request: SaveText): Promise<SavedText>;
}

/** The calls as the host answers them. */
export const hostCalls: SessionCalls = {
  create: (request) => host().call('journal_create_entry', request),
  open: (id) => host().call('journal_open_editor', id),
  keep: (request) => host().call('journal_keep_draft', request),
  save: (request) => host().call('journal_save_text', request),
};

/** The text as the editor holds it. */
export interface TextPort {
  text(): string;
  since(): { readonly any: boolean; apply(splices: readonly Splice[]): void; end(): void };
}

/** Says what could not be done, and what is safe all the same. */
export interface Trouble {
  /** Whether the draft could not be kept, or the record not be made. */
  what: 'keep' | 'save';
  error: ApiError;
  /** Until when everything is safe on the disk; none when nothing of this session is yet. */
  safeUntil: Date | null;
}

export class EntrySession {
  /** The entry; none while nothing was written in a new one. */
  id = $state<string | null>(null);
  title = $state('');
  /** The first words of the text as they were last kept, without Markdown's marks. */
  firstWords = $state('');
  /** When the words last reached the disk, as a draft or as a record. */
  keptAt = $state<Date | null>(null);
  versions = $state(0);
  trouble = $state.raw<Trouble | null>(null);
  /** Whether words typed before a crash were brought back. */
  recovered = $state(false);
  /** Whether there are words that are not yet a record. */
  dirty = $state(false);
  closed = $state(false);

  readonly #calls: SessionCalls;
  readonly #on: string | null;
  #port: TextPort | null = null;
  #session: string | null = null;
  /** The text as it was opened, until an editor holds it. */
  #asOpened: string | null = null;
  #revision = 0;
  #keptRevision = 0;
  #savedRevision = 0;
  #line: Promise<unknown> = Promise.resolve();
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #latestTimer: ReturnType<typeof setTimeout> | undefined;
  /** When words that were written elsewhere last came in. */
  #companyAt = -Infinity;

  /** Begins a session; `on` is the day a new entry is to belong to. */
  constructor(calls: SessionCalls, on: string | null = null) {
    this.#calls = calls;
    this.#on = on;
  }

  /** Opens an entry that exists and gives it with the text to show. */
  async open(id: string): Promise<EntryView> {
    const { session, entry, recovered } = await this.#calls.open(id);
    // Left before it was open: the host is told at once.
    if (this.closed) {
      await this.#calls.save({ session, text: entry.text, title: entry.title, close: true });
      return entry;
    }
    this.#asOpened = entry.text;
    this.firstWords = firstWordsOf(entry.text);
    this.id = id;
    this.#session = session;
    this.title = entry.title;
    this.versions = entry.version_count;
    this.keptAt = new Date(entry.changed_at);
    this.recovered = recovered;
    return entry;
  }

  /** Connects the editor that shows the text. */
  attach(port: TextPort): void {
    this.#port = port;
    this.#asOpened = null;
    // What was brought back after a crash is a draft that no save has taken in yet.
    if (this.recovered) this.typed();
  }

  /** Says that the person changed text or title. */
  typed(): void {
    if (this.closed) return;
    this.#revision += 1;
    this.dirty = true;
    this.#soon();
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => void this.save(), SAVE_AFTER_REST);
    this.#latestTimer ??= setTimeout(() => void this.save(), SAVE_AT_LATEST);
  }

  /** Changes the title. */
  retitle(title: string): void {
    if (title === this.title) return;
    this.title = title;
    this.typed();
  }

  /** Keeps the words as a draft. */
  keep(): Promise<boolean> {
    this.#stopKeepTimer();
    return this.#inLine('keep', () => this.#keepNow());
  }

  /** Makes the words a record, if there are new ones. */
  save(): Promise<boolean> {
    return this.#inLine('save', () => (this.dirty ? this.#saveNow(false) : Promise.resolve(true)));
  }

  /** Takes in what was changed elsewhere, when nothing here waits to be saved. */
  refresh(): Promise<boolean> {
    return this.#inLine('save', () => (this.#session && !this.dirty ? this.#saveNow(false) : Promise.resolve(true)));
  }

  /** Says that words of somebody else came in while new ones wait here: both are brought together within a second. */
  accompany(): void {
    this.#companyAt = Date.now();
    if (this.dirty) this.#soon();
  }

  /** Makes the entry now although it may be empty, because something is to be put into it. */
  async ensure(): Promise<string> {
    await this.#inLine('save', async () => {
      await this.#born(true);
      return true;
    });
    if (this.id === null) throw this.trouble?.error ?? new Error('An entry that could not be made has a reason.');
    return this.id;
  }

  /** Saves and ends the session. Answers false when the words could not be saved; then it stays open. */
  async close(): Promise<boolean> {
    if (this.closed) return true;
    const done = await this.#inLine('save', () => this.#saveNow(true));
    if (!done) return false;
    this.closed = true;
    this.#stopTimers();
    return true;
  }

  /** Lets the entry be changed as a whole, between two sessions, and gives it as it then stands. */
  async between(act: (id: string) => Promise<unknown>): Promise<EntryView | null> {
    let entry: EntryView | null = null;
    await this.#inLine('save', async () => {
      if (this.id === null) return true;
      await this.#endSession();
      try {
        await act(this.id);
      } finally {
        entry = await this.#reopen(this.id);
      }
      return true;
    });
    return entry;
  }

  /** Saves, ends the session, and lets the entry be taken away. Answers false when one of these failed; then it stays open. */
  closeFor(act: (id: string) => Promise<unknown>): Promise<boolean> {
    return this.#inLine('save', async () => {
      if (this.id === null) return true;
      await this.#endSession();
      try {
        await act(this.id);
      } catch (failure) {
        await this.#reopen(this.id);
        throw failure;
      }
      this.abandon();
      return true;
    });
  }

  /** Ends the session without saving, when the entry was taken away. */
  abandon(): void {
    this.closed = true;
    this.#stopTimers();
  }

  // One call at a time. A failure is shown and kept for the next act, and never stops the line.
  #inLine(what: Trouble['what'], act: () => Promise<boolean>): Promise<boolean> {
    const mine = this.#line.then(async () => {
      if (this.closed) return true;
      try {
        const done = await act();
        // A draft that is kept again does not mean that the record was made.
        if (what === 'save' || this.trouble?.what === 'keep') this.trouble = null;
        return done;
      } catch (failure) {
        this.#failed(what, asApiError(failure));
        return false;
      }
    });
    this.#line = mine;
    return mine;
  }

  async #keepNow(): Promise<boolean> {
    const port = this.#port;
    if (!port || !this.dirty || this.#keptRevision === this.#revision) return true;
    const revision = this.#revision;
    if (!(await this.#born(false))) return true;
    const text = port.text();
    await this.#withSession((session) => this.#calls.keep({ session, text, title: this.title }));
    this.firstWords = firstWordsOf(text);
    this.#keptRevision = Math.max(this.#keptRevision, revision);
    this.keptAt = new Date();
    if (this.#revision !== revision) this.#soon();
    return true;
  }

  async #saveNow(close: boolean): Promise<boolean> {
    const port = this.#port;
    if (!port && this.#asOpened === null) return true;
    if (!(await this.#born(false))) return true;
    const revision = this.#revision;
    const title = this.title;
    const since = port?.since();
    const text = port?.text() ?? this.#asOpened ?? '';
    try {
      const saved = await this.#withSession((session) => this.#calls.save({ session, text, title, close }));
      since?.apply(saved.splices);
      if (saved.splices.length > 0) this.#companyAt = Date.now();
      this.firstWords = firstWordsOf(text);
      this.#savedRevision = revision;
      this.#keptRevision = Math.max(this.#keptRevision, revision);
      // A blank at the end of a title is not kept, and is still wanted while one types.
      if (this.title === title && saved.title !== title.trim()) this.title = saved.title;
      this.keptAt = new Date(saved.saved_at);
      this.versions = saved.version_count;
    } catch (failure) {
      since?.end();
      throw failure;
    }
    this.dirty = this.#revision !== this.#savedRevision;
    this.#stopSaveTimers();
    if (this.dirty) {
      this.#restTimer = setTimeout(() => void this.save(), SAVE_AFTER_REST);
      this.#latestTimer = setTimeout(() => void this.save(), SAVE_AT_LATEST);
    } else {
      this.#stopKeepTimer();
    }
    return true;
  }

  async #endSession(): Promise<void> {
    await this.#saveNow(true);
    this.#session = null;
  }

  async #reopen(id: string): Promise<EntryView> {
    const view = await this.#calls.open(id);
    this.#session = view.session;
    this.title = view.entry.title;
    this.versions = view.entry.version_count;
    return view.entry;
  }

  // A session that the host forgot, after a lock or a restart, is opened anew; the text in the window is the newest.
  async #withSession<T>(call: (session: string) => Promise<T>): Promise<T> {
    if (this.#session === null) throw new Error('A session is opened before it is used.');
    try {
      return await call(this.#session);
    } catch (failure) {
      if (asApiError(failure).code !== 'not_found' || this.id === null) throw failure;
      this.#session = (await this.#calls.open(this.id)).session;
      return call(this.#session);
    }
  }

  // Answers whether there is an entry. A new one is made with its first words.
  async #born(evenEmpty: boolean): Promise<boolean> {
    if (this.id === null) {
      const text = this.#port?.text() ?? '';
      if (!evenEmpty && text.trim() === '' && this.title.trim() === '') return false;
      const entry = await this.#calls.create({ title: this.title, text, tags: [], on: this.#on, origin: 'written' });
      this.id = entry.id;
    }
    this.#session ??= (await this.#calls.open(this.id)).session;
    return true;
  }

  // Tried again after a moment, and before that by the next key, blur or close.
  #failed(what: Trouble['what'], error: ApiError): void {
    this.trouble = { what, error, safeUntil: this.keptAt };
    if (!this.dirty) return;
    if (what === 'keep') {
      this.#keepTimer ??= setTimeout(() => void this.keep(), RETRY_AFTER);
    } else {
      this.#stopSaveTimers();
      this.#restTimer = setTimeout(() => void this.save(), RETRY_AFTER);
    }
  }

  // A draft stays on this computer, and whoever writes in the same text is not to wait for the next rest.
  #soon(): void {
    this.#keepTimer ??= setTimeout(() => {
      this.#stopKeepTimer();
      void (Date.now() - this.#companyAt < COMPANY_FOR ? this.save() : this.keep());
    }, KEEP_AFTER);
  }

  #stopKeepTimer(): void {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
  }

  #stopSaveTimers(): void {
    clearTimeout(this.#restTimer);
    clearTimeout(this.#latestTimer);
    this.#restTimer = undefined;
    this.#latestTimer = undefined;
  }

  #stopTimers(): void {
    this.#stopKeepTimer();
    this.#stopSaveTimers();
  }
}
