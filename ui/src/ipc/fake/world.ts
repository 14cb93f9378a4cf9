// What the fake host holds in memory, and how one command reaches it.

import type {
  AttachmentView, BackupView, DrillView, EntryView, NotebookStatus, NotebookView, RecoveredVoice, SavePicture, Settings, TemplateView, Topic, VoiceState,
} from '../generated/types';
import { apiError, type Answer, type CommandName, type EventName, type HostEvents, type Request } from '../host';
import { madeUp, WRITTEN, type Sample } from './sample';
import { pausedRun, type FakeOwn, type FakeRun } from './guides';
import type { Switches } from './switches';
import { voiceNote } from './voiceSample';
import whiteboard from './whiteboard.svg?raw';

/** The passphrase of every fake notebook. */
export const PASSPHRASE = 'four quiet words here';

/** The words of every fake recovery kit. */
export const KIT_WORDS = (
  'lemon title paper anchor ocean ladder garden silver winter basket column rabbit ' +
  'kitchen marble orbit pencil quality river saddle timber unique velvet window zebra'
).split(' ');

export interface FakeVersion {
  savedAt: string;
  title: string;
  text: string;
}

export interface World {
  switches: Switches;
  status: NotebookStatus;
  notebook: NotebookView;
  passphrase: string | undefined;
  byKit: boolean;
  settings: Settings;
  entries: Map<string, EntryView>;
  versions: Map<string, FakeVersion[]>;
  drafts: Map<string, { title: string; text: string }>;
  sessions: Map<string, string>;
  files: Map<string, { view: AttachmentView; url: string }>;
  backups: BackupView[];
  drill: DrillView | null;
  backupTrouble: string | null;
  /** The pictures that were saved. */
  pictures: SavePicture[];
  /** Lines that wait for the unlock, by the id their entries will have. */
  captures: Map<string, string>;
  runs: Map<string, FakeRun>;
  ownGuides: Map<string, FakeOwn>;
  templates: Map<string, TemplateView>;
  voice: { state: VoiceState; name: string; recovered: RecoveredVoice[] };
  longWork: { stopped: boolean } | undefined;
  now(): Date;
  emit<E extends EventName>(event: E, carries: HostEvents[E]): void;
  changed(...topics: Topic[]): void;
}

/** One function per command; the type makes a missing one an error. */
export type Handlers = {
  [K in CommandName]: (world: World, request: Request<K>) => Answer<K> | Promise<Answer<K>>;
};

let made = 0;

/** Makes an id in the shape of the real ones. */
export function makeId(): string {
  made += 1;
  return `0199a000-0000-7000-8000-${made.toString(16).padStart(12, '0')}`;
}

export const countWords = (text: string): number => text.match(/[\p{L}\p{N}’']+/gu)?.length ?? 0;

/** Gives the day `back` days before `now`, on the local calendar. */
export function dayBefore(now: Date, back: number): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Makes an entry from a sample. */
export function entryFrom(world: Pick<World, 'now' | 'files'>, sample: Sample): EntryView {
  const id = makeId();
  const on = dayBefore(world.now(), sample.day);
  const local = `${on}T${sample.time}:00`;
  const at = new Date(local).toISOString();
  const attachments: AttachmentView[] = [];
  let text = sample.text;
  if (sample.photo) {
    const view: AttachmentView = { id: makeId(), name: sample.photo, mime: 'image/svg+xml', size: 48_213, blake3: '0'.repeat(64), width: 1120, height: 640 };
    world.files.set(view.id, { view, url: picture() });
    attachments.push(view);
    text = text.replace('PHOTO', view.id);
  }
  if (sample.voice) {
    const view = voiceNote(makeId(), sample.voice.name, sample.voice.ms, sample.voice.marks);
    world.files.set(view.id, { view, url: 'data:,' });
    attachments.push(view);
  }
  return {
    id, title: sample.title, text, tags: [...sample.tags].sort((a, b) => a.localeCompare(b)), on, at, local_at: local,
    time_zone: 'Europe/Berlin', starred: sample.starred ?? false, trashed: false,
    source: sample.imported ? { app: 'Markdown', id: `notes/${sample.title}.md`, fields: { mood: 'calm', weather: 'rain' } } : null,
    attachments, origin: sample.captured ? 'captured' : sample.imported ? 'imported' : 'written',
    word_count: countWords(text), version_count: 1, changed_at: at,
  };
}

/** A drawing that stands for a photo. */
function picture(): string {
  return `data:image/svg+xml,${encodeURIComponent(whiteboard)}`;
}

/** Makes a world as the switches say. */
export function makeWorld(switches: Switches, now: () => Date, emit: World['emit']): World {
  const days = (back: number): string => new Date(now().getTime() - back * 86_400_000).toISOString();
  const files: World['files'] = new Map();
  const fresh = switches.state === 'absent';
  const samples = fresh ? [] : Array.from({ length: switches.entries }, (_, at) => WRITTEN[at] ?? madeUp(at - WRITTEN.length));
  const entries = new Map(samples.map((sample) => entryFrom({ now, files }, sample)).map((entry) => [entry.id, entry]));
  const versions: World['versions'] = new Map();
  const first = entries.values().next().value;
  if (first) {
    const early = first.text.slice(0, first.text.indexOf('## '));
    versions.set(first.id, [
      { savedAt: days(0.11), title: 'Helen’s question', text: early.replace('slower', 'again') },
      { savedAt: days(0.08), title: first.title, text: early },
      { savedAt: days(0.02), title: first.title, text: first.text },
    ]);
    first.version_count = 3;
  }
  const notebook: NotebookView = {
    name: 'Mara Lindqvist', key_place: switches.keyPlace, entry_count: entries.size, created_at: days(420),
    kit_made_at: days(77), kit_checked_at: days(39), read_only: switches.readOnly,
    folder: '/home/mara/.local/share/vice-versa', device_name: 'ThinkPad, Linux',
  };
  const backups: BackupView[] = fresh ? [] : [1, 2, 5].map((back, at) => ({
    path: `${notebook.folder}/backups/${dayBefore(now(), back)}.vvbackup`, made_at: days(back), size: 18_734_080 - at * 81_920, proven_entries: entries.size - at * 3,
  }));
  const world: World = {
    switches, notebook, entries, versions, files, backups,
    status: statusOf(switches, notebook, backups),
    passphrase: switches.keyPlace === 'passphrase' ? PASSPHRASE : undefined,
    settings: {
      theme: switches.theme, text_size: 19, lock_after_minutes: 10, lock_on_suspend: true, spell_check: true, spell_languages: [],
      capture_shortcut: 'CmdOrCtrl+Shift+J', keep_in_tray: true, update_checks: false, daily_backup: true, backup_folder: '', language: '',
      reminder_days: [], reminder_at: '17:00', quiet_from: '20:00', quiet_to: '08:00', weekly_minutes: null,
    },
    byKit: false, drafts: new Map(), sessions: new Map(), captures: new Map(switches.state === 'locked' ? [[makeId(), 'One more thing'], [makeId(), 'And another']] : []), longWork: undefined, runs: new Map(), ownGuides: new Map(), templates: new Map(),
    drill: fresh || !backups[0] ? null : { at: days(6), path: backups[0].path, made_at: days(7), entries: entries.size - 2, problem: null },
    backupTrouble: null, pictures: [],
    voice: { state: { phase: 'idle', entry: null, ms: 0, level: 0, marks: [], ended: null }, name: '', recovered: [] },
    now, emit,
    changed: (...topics) => emit('changed', { topics }),
  };
  if (switches.pausedRun) {
    const run = pausedRun(world);
    world.runs.set(run.id, run);
  }
  return world;
}

function statusOf(switches: Switches, notebook: NotebookView, backups: BackupView[]): NotebookStatus {
  switch (switches.state) {
    case 'open': return { state: 'open', notebook };
    case 'absent': return { state: 'absent', keyring: switches.keyring };
    case 'locked': return { state: 'locked', key_place: 'passphrase', keyring: 'ready', waiting_captures: 2 };
    case 'keyring_locked': return { state: 'locked', key_place: 'keyring', keyring: 'locked', waiting_captures: 0 };
    case 'keyring_unreachable': return { state: 'locked', key_place: 'keyring', keyring: 'unreachable', waiting_captures: 0 };
    case 'keyring_no_entry': return { state: 'locked', key_place: 'keyring', keyring: 'no_entry', waiting_captures: 1 };
    case 'damaged': return { state: 'damaged', salvageable_entries: 1279, newest_backup: backups[0] ?? null };
    case 'newer_version': return { state: 'newer_version' };
    case 'in_use': return { state: 'in_use' };
    case 'unreachable': return { state: 'unreachable', message: 'Permission denied.' };
    case 'never_answers': return { state: 'in_use' };
  }
}

/** Gives an entry, or refuses as the host would. */
export function entryOf(world: World, id: string): EntryView {
  const entry = world.entries.get(id);
  if (!entry) throw apiError('not_found', 'This entry is not here any more.');
  return entry;
}

/** Refuses what cannot be written. */
export function mustBeWritable(world: World): void {
  if (world.switches.readOnly) throw apiError('read_only', 'This folder cannot be written. What is in it can be read.');
}
