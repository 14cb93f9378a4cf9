// A complete host in memory, for tests and for looking at the screens in a plain browser. Nothing it is told leaves the page.
//
// Begin at `fakeHost`; `switches.ts` says what states it can show.

import type { Answer, CommandName, EventName, Host, HostEvents, Request } from '../host';
import { apiError } from '../host';
import { devices } from './devices';
import { growth } from './growth';
import { guides } from './guides';
import { templates } from './templates';
import { attachRaw, journal } from './journal';
import { loops } from './loops';
import { meetings } from './meetings';
import { notebook } from './notebook';
import { searchOthers } from './others';
import { past } from './past';
import { pairings } from './pairings';
import { people, peopleOf } from './people';
import { portability } from './portability';
import { searchEntries } from './search';
import { spaces } from './spaces';
import { DEFAULTS, type Switches } from './switches';
import { sync } from './sync';
import { talk, voice } from './voice';
import { makeWorld, type Handlers, type World } from './world';

export { switchesFrom, type FakeState, type Switches } from './switches';
export { KIT_WORDS, PASSPHRASE } from './world';

/** The fake host, with what tests look at and turn. */
export interface FakeHost extends Host {
  readonly world: World;
  /** Every call so far, in order. */
  readonly calls: { name: CommandName; request: unknown }[];
  /** What the file dialogs answer next. */
  readonly picks: { file: string[]; folder: string | null; save: string | null };
  /** What left for the browser. */
  readonly openedLinks: string[];
  /** Places that were asked for from elsewhere and not taken yet. */
  readonly places: string[];
  /** How often the capture window was closed. */
  captureClosed: number;
  /** The height the capture window was given last. */
  captureHeight: number;
  /** How often the page said that all is saved. */
  flushes: number;
  raise<E extends EventName>(event: E, carries: HostEvents[E]): void;
  /** Answers the next call of a command with an error. */
  failNext(name: CommandName, code: Parameters<typeof apiError>[0], message?: string): void;
  /** Holds the answers of a command back until the given promise is done. */
  hold(name: CommandName, until: Promise<unknown>): void;
}

const ALWAYS = new Set<CommandName>(['notebook_status', 'notebook_create', 'notebook_unlock', 'notebook_doctor', 'notebook_salvage', 'backup_list', 'backup_restore', 'capture_keep', 'capture_helped', 'capture_undo', 'settings_read', 'settings_change', 'portability_stop', 'devices_link_state', 'devices_link_begin', 'devices_link_cancel', 'devices_read_kit', 'devices_come_back']);

const handlers: Handlers = {
  ...notebook,
  ...journal,
  ...guides,
  ...loops,
  ...past,
  ...people,
  ...templates,
  ...portability,
  ...growth,
  ...voice,
  ...sync,
  ...devices,
  ...spaces,
  ...pairings,
  ...meetings,
  search_others: (world, { query, limit }) => searchOthers(world, query).slice(0, limit),
  search_entries: (world, { query, order, limit }) => searchEntries(world, query, order, limit),
  settings_read: (world) => ({ ...world.settings }),
  settings_change: (world, settings) => {
    if (settings.text_size < 16 || settings.text_size > 24) throw apiError('invalid', 'Text is between 16 and 24 pixels. The settings are unchanged.', 'text_size');
    if (settings.reminder_days.length > 0 && settings.reminder_at >= settings.quiet_from) throw apiError('invalid', 'That time lies in the quiet hours, so no reminder would ever come.', 'reminder_at');
    world.settings = { ...settings };
    world.changed('settings');
    return { ...world.settings };
  },
};

/** Makes a fake host. `now` is its clock. */
export function fakeHost(given: Partial<Switches> = {}, now: () => Date = () => new Date()): FakeHost {
  const switches: Switches = { ...DEFAULTS, ...given };
  const listeners = new Map<EventName, Set<(carries: never) => void>>();
  const failures = new Map<CommandName, ReturnType<typeof apiError>[]>();
  const held = new Map<CommandName, Promise<unknown>>();

  const raise = <E extends EventName>(event: E, carries: HostEvents[E]): void => {
    for (const listener of listeners.get(event) ?? []) (listener as (what: HostEvents[E]) => void)(carries);
  };
  const world = makeWorld(switches, now, raise);
  if (switches.talking) talk(world);
  // Whom entries name stands in them before the first is opened.
  peopleOf(world);

  const fake: FakeHost = {
    world,
    calls: [],
    picks: { file: ['/home/mara/lantern.kit'], folder: '/home/mara/old-journal', save: '/home/mara/saved' },
    openedLinks: [],
    places: [],
    captureClosed: 0,
    captureHeight: 72,
    flushes: 0,
    raise,
    failNext(name, code, message = 'It did not work. What was saved before is safe.') {
      failures.set(name, [...(failures.get(name) ?? []), apiError(code, message)]);
    },
    hold: (name, until) => void held.set(name, until),

    async call<K extends CommandName>(name: K, ...[request]: unknown[]): Promise<Answer<K>> {
      fake.calls.push({ name, request: structuredClone(request) });
      const until = held.get(name);
      held.delete(name);
      if (until) await until;
      if (switches.slow) await new Promise((done) => setTimeout(done, switches.slow));
      const failure = failures.get(name)?.shift();
      if (failure) throw failure;
      const always = switches.fail[name];
      if (always) throw apiError(always, 'It did not work. What was saved before is safe.');
      if (world.status.state !== 'open' && !ALWAYS.has(name)) throw apiError('locked', 'The notebook is locked. Everything in it is safe.');
      // What comes in is a copy, as it would be over a wire.
      return handlers[name](world, structuredClone(request) as Request<K>);
    },
    on<E extends EventName>(event: E, handler: (carries: HostEvents[E]) => void): () => void {
      const those = listeners.get(event) ?? new Set();
      listeners.set(event, those);
      those.add(handler as (carries: never) => void);
      return () => void those.delete(handler as (carries: never) => void);
    },

    attachBytes: async (entry, name, bytes) => attachRaw(world, entry, name, bytes),
    attachmentBytes: async (id) => {
      if (!world.files.has(id)) throw apiError('not_found', 'This file is not here any more.');
      return new ArrayBuffer(8);
    },
    attachmentUrl: (id) => world.files.get(id)?.url ?? 'data:,',
    thumbnailUrl: (id) => world.files.get(id)?.url ?? 'data:,',

    pickFile: async () => fake.picks.file,
    pickFolder: async () => fake.picks.folder,
    pickSave: async () => fake.picks.save,
    takePlace: async () => fake.places.shift() ?? null,
    openLink: async (url) => void fake.openedLinks.push(url),
    print: async () => globalThis.print?.(),
    closeCapture: async () => {
      fake.captureClosed += 1;
    },
    resizeCapture: async (height) => {
      fake.captureHeight = height;
    },
    flushed: async () => {
      fake.flushes += 1;
    },
    touch: async () => {},
    shellState: async () => ({
      version: '0.1.0',
      tray: true,
      hotkey: switches.hotkey ? { ok: true, hint: null } : { ok: false, hint: 'Your desktop passes no keys to other programs. Bind “vice-versa --capture” to a key in its settings.' },
      platform: switches.platform,
      theme: globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
      dictionaries: ['de_DE', 'en_GB', 'en_US', 'fr_FR'],
      language: switches.language,
      formats: switches.formats,
      suspend_lock: true,
    }),
  };
  return fake;
}
