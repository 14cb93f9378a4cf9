// The journal room as it stands: which entries are open, which one is in front, what the list shows. It holds ids and
// choices only, never text, so that a lock leaves nothing here to be read.

import type { EntryFilter } from '@/ipc';
import { route } from '@/app/route.svelte';
import type { Day } from './days';
import { EntrySession, hostCalls } from '@/app/session.svelte';
import { NO_FILTER } from './timeline.svelte';

/** An open entry. */
export interface Tab {
  /** Tells tabs apart, also before their entry exists. */
  key: number;
  session: EntrySession;
  /** The entry it was opened for; none for a new one. */
  opened: string | null;
  /** Whether it was opened to be written in at once. */
  fresh: boolean;
}

export type Front = 'page' | 'calendar';
export type Side = 'journal' | 'trash';

class Room {
  tabs = $state.raw<readonly Tab[]>([]);
  /** Tabs that are being closed. */
  leaving = $state.raw<ReadonlySet<number>>(new Set());
  /** The tab in front. */
  front = $state<number | null>(null);
  /** What stands in the place of the page. */
  shows = $state<Front>('page');
  /** Which list is beside it. */
  side = $state<Side>('journal');
  /** The entry of the trash that is looked at. */
  trashed = $state<string | null>(null);
  filter = $state.raw<EntryFilter>(NO_FILTER);
  /** Whether the list lies over the page in a narrow window. */
  sheet = $state(false);
  /** Whether only the text is shown. */
  focused = $state(false);
  #keys = 0;

  /** The tabs as the person knows them. */
  get open(): readonly Tab[] {
    return this.tabs.filter((tab) => !this.leaving.has(tab.key));
  }

  get current(): Tab | undefined {
    return this.tabs.find((tab) => tab.key === this.front);
  }

  /** Shows an entry: in its own tab if it has one, else in place of the one in front, or in a new tab. */
  async openEntry(id: string, where: 'here' | 'beside' = 'here'): Promise<void> {
    this.shows = 'page';
    this.side = 'journal';
    this.sheet = false;
    const there = this.open.find((tab) => tab.session.id === id || tab.opened === id);
    if (there) return this.bring(there.key);
    const tab = this.#tab(new EntrySession(hostCalls), id, false);
    const old = where === 'here' ? this.current : undefined;
    const at = old ? this.tabs.indexOf(old) + 1 : this.tabs.length;
    this.tabs = [...this.tabs.slice(0, at), tab, ...this.tabs.slice(at)];
    await this.#giveWay(old, tab);
  }

  /** Opens an empty page to write on. */
  newEntry(on: Day | null = null): void {
    this.shows = 'page';
    this.side = 'journal';
    this.sheet = false;
    const empty = this.open.find((tab) => tab.session.id === null && !tab.session.dirty && tab.opened === null && on === null);
    if (empty) return this.bring(empty.key);
    const tab = this.#tab(new EntrySession(hostCalls, on), null, true);
    // An entry that was only looked at gives way; one that is being written stays open.
    const old = this.tabs.length === 1 && !this.current?.session.dirty ? this.current : undefined;
    this.tabs = [...this.tabs, tab];
    void this.#giveWay(old, tab);
  }

  // The old tab is out of sight at once, and goes when its words are saved. If they cannot be, it comes back.
  async #giveWay(old: Tab | undefined, tab: Tab): Promise<void> {
    if (old) this.leaving = new Set([...this.leaving, old.key]);
    this.bring(tab.key);
    if (!old) return;
    const gone = await old.session.close();
    this.leaving = new Set([...this.leaving].filter((key) => key !== old.key));
    if (gone) this.drop(old.key);
  }

  /** Brings a tab to the front. */
  bring(key: number): void {
    this.front = key;
    this.#say(this.current?.session.id ?? this.current?.opened ?? null);
  }

  /** Closes a tab once its words are saved. Answers false when they could not be. */
  async close(key: number): Promise<boolean> {
    const tab = this.tabs.find((one) => one.key === key);
    if (!tab) return true;
    if (!(await tab.session.close())) {
      this.bring(key);
      return false;
    }
    this.drop(key);
    return true;
  }

  /** Takes a tab away whose entry is gone or whose session has ended. */
  drop(key: number): void {
    const at = this.tabs.findIndex((one) => one.key === key);
    if (at < 0) return;
    this.tabs = this.tabs.filter((one) => one.key !== key);
    if (this.front !== key) return;
    const next = this.tabs[Math.min(at, this.tabs.length - 1)];
    if (next) return this.bring(next.key);
    this.front = null;
    this.focused = false;
    this.#say(null);
  }

  /** Says in the address which entry is in front. Who has gone to another room meanwhile is not called back. */
  #say(entry: string | null): void {
    if (route.now.room === 'journal') route.openEntry(entry);
  }

  /** Brings the next or the previous tab to the front. */
  turn(by: 1 | -1): void {
    const { open } = this;
    const at = open.findIndex((tab) => tab.key === this.front);
    const next = open[(at + by + open.length) % open.length];
    if (next) this.bring(next.key);
  }

  /** Says that an entry was moved to the trash or deleted. */
  gone(id: string): void {
    for (const tab of this.tabs.filter((one) => one.session.id === id)) {
      tab.session.abandon();
      this.drop(tab.key);
    }
    if (this.trashed === id) this.trashed = null;
  }

  /** Saves everything that is open. */
  async saveAll(): Promise<void> {
    await Promise.allSettled(this.tabs.map((tab) => tab.session.save()));
  }

  /** Ends all sessions when the room is left; the entries open again when it is entered. What is opened meanwhile stays. */
  async rest(): Promise<void> {
    const tabs = this.tabs;
    const front = this.current;
    // Out of sight at once: a room that is entered before the last word is saved must not take up a session that ends.
    this.leaving = new Set([...this.leaving, ...tabs.map((tab) => tab.key)]);
    this.front = null;
    await Promise.all(
      tabs.map(async ({ session }) => {
        // What could not be saved stands in the draft, and comes back with the entry.
        if (!(await session.close())) session.abandon();
      }),
    );
    const meanwhile = this.tabs.filter((tab) => !tabs.includes(tab));
    const open = new Set(meanwhile.map((tab) => tab.session.id ?? tab.opened));
    const again = tabs.flatMap((old) => {
      const id = old.session.id ?? old.opened;
      return id === null || open.has(id) ? [] : [{ old, made: this.#tab(new EntrySession(hostCalls), id, false) }];
    });
    this.leaving = new Set([...this.leaving].filter((key) => !tabs.some((tab) => tab.key === key)));
    this.tabs = [...again.map(({ made }) => made), ...meanwhile];
    this.front ??= (again.find(({ old }) => old === front) ?? again[0])?.made.key ?? null;
  }

  #tab(session: EntrySession, opened: string | null, fresh: boolean): Tab {
    this.#keys += 1;
    return { key: this.#keys, session, opened, fresh };
  }
}

/** The journal room. */
export const room = new Room();
