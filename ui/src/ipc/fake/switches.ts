// What a person who looks at the screens, or a test, can ask of the fake host.

import type { ErrorCode, KeyringState, SyncState, Theme } from '../generated/types';
import type { CommandName, ShellState } from '../host';

export type FakeState =
  | 'open'
  | 'absent'
  | 'locked'
  | 'keyring_locked'
  | 'keyring_unreachable'
  | 'keyring_no_entry'
  | 'damaged'
  | 'newer_version'
  | 'in_use'
  | 'unreachable'
  | 'never_answers';

export interface Switches {
  /** The state the notebook is found in. */
  state: FakeState;
  /** What the keyring says to a new person. */
  keyring: KeyringState;
  /** Milliseconds every answer takes. */
  slow: number;
  /** Commands that fail, and how. */
  fail: Partial<Record<CommandName, ErrorCode>>;
  /** How many entries there are; the written ones come first, made-up ones follow. */
  entries: number;
  /** Whether the profile cannot be written. */
  readOnly: boolean;
  theme: Theme;
  /** The language of the system. */
  language: string;
  /** The locale of the system's dates. */
  formats: string;
  platform: ShellState['platform'];
  /** Whether the capture shortcut works from anywhere. */
  hotkey: boolean;
  /** Entries the index has yet to take in. */
  notIndexed: number;
  /** Where the key is kept, when there is a notebook. */
  keyPlace: 'keyring' | 'passphrase';
  /** Whether a guide was left half way. */
  pausedRun: boolean;
  /** Whether somebody is talking, in the time of the clock on the wall. */
  talking: boolean;
  /** Whether somebody is named already, and help was noted. */
  people: boolean;
  /** How sync stands. */
  sync: SyncState['state'];
  /** Alarms that wait, with commas between. */
  alarm: string;
  /** How many devices there are. */
  devices: number;
  /** How many pairings there are. */
  pairings: number;
  /** Whether there are shared spaces already. */
  spaces: boolean;
  /** Whether it is time to rehearse the recovery kit. */
  kitDue: boolean;
}

export const DEFAULTS: Switches = {
  state: 'open',
  keyring: 'ready',
  slow: 0,
  fail: {},
  entries: 24,
  readOnly: false,
  theme: 'system',
  language: 'en',
  formats: '',
  platform: 'linux',
  hotkey: true,
  notIndexed: 0,
  keyPlace: 'passphrase',
  pausedRun: false,
  talking: false,
  people: false,
  sync: 'off',
  alarm: '',
  devices: 1,
  pairings: 0,
  spaces: false,
  kitDue: false,
};

/**
 * Reads switches from the address of the page, such as
 * `?state=locked&theme=dark&entries=10000&slow=400&fail=search_entries:internal,backup_make:disk_full`.
 */
export function switchesFrom(query: string): Switches {
  const asked = new URLSearchParams(query);
  const made: Switches = { ...DEFAULTS, fail: {} };
  const take = <K extends keyof Switches>(name: K, read: (text: string) => Switches[K]): void => {
    const text = asked.get(name);
    if (text !== null) made[name] = read(text);
  };
  take('state', (text) => text as FakeState);
  take('keyring', (text) => text as KeyringState);
  take('slow', Number);
  take('entries', Number);
  take('notIndexed', Number);
  take('readOnly', (text) => text !== 'false');
  take('pausedRun', (text) => text !== 'false');
  take('talking', (text) => text !== 'false');
  take('people', (text) => text !== 'false');
  take('sync', (text) => text as SyncState['state']);
  take('alarm', (text) => text);
  take('devices', Number);
  take('pairings', Number);
  take('spaces', (text) => text !== 'false');
  take('kitDue', (text) => text !== 'false');
  take('hotkey', (text) => text !== 'false');
  take('language', (text) => text);
  take('formats', (text) => text);
  take('theme', (text) => text as Theme);
  take('platform', (text) => text as ShellState['platform']);
  take('keyPlace', (text) => text as Switches['keyPlace']);
  for (const pair of (asked.get('fail') ?? '').split(',').filter(Boolean)) {
    const [name, code = 'internal'] = pair.split(':');
    made.fail[name as CommandName] = code as ErrorCode;
  }
  return made;
}
