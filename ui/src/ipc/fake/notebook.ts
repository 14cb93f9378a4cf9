// The commands of the fake host about the notebook as a whole: its state, its key, its kit and its backups.

import { apiError } from '../host';
import type { NotebookStatus } from '../generated/types';
import { journal } from './journal';
import { dayBefore, KIT_WORDS, mustBeWritable, type Handlers, type World } from './world';

type NotebookCommand = Extract<keyof Handlers, `notebook_${string}` | 'recovery_show_kit' | 'recovery_save_kit' | 'recovery_check_kit' | `backup_${string}`>;

function open(world: World): NotebookStatus {
  world.status = { state: 'open', notebook: world.notebook };
  for (const line of world.captures.values()) void journal.capture_keep(world, line);
  world.captures.clear();
  world.changed('notebook', 'journal', 'settings');
  return statusOf(world);
}

function statusOf(world: World): NotebookStatus {
  return structuredClone(world.status);
}

function checkWords(typed: string): void {
  const words = typed.trim().toLowerCase().split(/\s+/);
  if (words.length !== 24) throw apiError('kit_invalid', `A recovery kit has 24 words; these are ${words.length}. Nothing was touched.`, 'words');
  if (words.join(' ') !== KIT_WORDS.join(' ')) throw apiError('wrong_key', 'These words do not open this notebook. Nothing was touched.');
}

const checkPassphrase = (world: World, typed: string): void => {
  if (typed !== (world.passphrase ?? 'four quiet words here')) throw apiError('wrong_key', 'This passphrase does not open this notebook. Nothing was touched.', 'passphrase');
};

export const notebook: Pick<Handlers, NotebookCommand> = {
  notebook_status: (world) => (world.switches.state === 'never_answers' ? new Promise<never>(() => {}) : statusOf(world)),
  notebook_create: (world, { name, key_place, passphrase, first_sentence }) => {
    if (world.status.state !== 'absent') throw apiError('notebook_exists', 'A notebook is already here. Nothing was made over it.');
    if (key_place === 'passphrase' && !passphrase) throw apiError('invalid', 'A passphrase is needed.', 'passphrase');
    world.passphrase = key_place === 'passphrase' ? passphrase : undefined;
    world.notebook = { ...world.notebook, name, key_place, entry_count: 0, created_at: world.now().toISOString(), kit_made_at: null, kit_checked_at: null };
    const status = open(world);
    if (first_sentence) void journal.journal_create_entry(world, { title: '', text: first_sentence, tags: [], on: null, origin: 'written' });
    return status.state === 'open' ? statusOf(world) : status;
  },
  notebook_unlock: (world, request) => {
    if (world.status.state === 'open') return statusOf(world);
    if (request.by === 'keyring') {
      const keyring = world.status.state === 'locked' ? world.status.keyring : 'unreachable';
      if (keyring === 'locked') throw apiError('keyring_locked', 'The keyring is locked. Your notebook is safe.');
      if (keyring === 'no_entry') throw apiError('keyring_no_entry', 'The keyring holds no key for this notebook. Your notebook is safe.');
      if (keyring === 'unreachable') throw apiError('keyring_unreachable', 'The keyring does not answer. Your notebook is safe.');
    }
    if (request.by === 'passphrase') checkPassphrase(world, request.passphrase);
    if (request.by === 'words') checkWords(request.words);
    world.byKit = request.by === 'words' || request.by === 'kit_file';
    return open(world);
  },
  notebook_lock: (world) => {
    if (world.passphrase === undefined) throw apiError('invalid', 'Locking needs a passphrase. The notebook is open as before.');
    world.status = { state: 'locked', key_place: 'passphrase', keyring: 'ready', waiting_captures: world.captures.size };
    world.emit('locked', null);
    return statusOf(world);
  },
  notebook_move_key: (world, request) => {
    mustBeWritable(world);
    if (request.to === 'keyring') {
      if (world.switches.keyring !== 'ready') throw apiError('keyring_unreachable', 'The keyring does not answer. The key stays where it is.');
      world.passphrase = undefined;
    } else {
      if (world.passphrase !== undefined && !world.byKit) checkPassphrase(world, request.current ?? '');
      world.passphrase = request.passphrase;
    }
    world.notebook = { ...world.notebook, key_place: request.to };
    world.status = { state: 'open', notebook: world.notebook };
    world.changed('notebook');
    return statusOf(world);
  },
  notebook_verify: (world) => {
    return { records: world.entries.size * 3 + 9, entries: world.entries.size, files: world.files.size, problems: [] };
  },
  notebook_doctor: (world) => [
    { what: 'Notebook', level: 'ok', found: `${world.notebook.folder}, version 1` },
    { what: 'Key', level: 'ok', found: world.notebook.key_place === 'keyring' ? 'in the keyring' : 'behind a passphrase' },
    { what: 'Recovery kit', level: world.notebook.kit_checked_at ? 'ok' : 'note', found: world.notebook.kit_checked_at ? 'made and checked' : 'made, never checked', ...(world.notebook.kit_checked_at ? {} : { advice: 'Check it once, so that you know it opens.' }) },
    { what: 'Backups', level: 'ok', found: `${world.backups.length} in the notebook’s folder` },
    { what: 'Global shortcut', level: world.switches.hotkey ? 'ok' : 'note', found: world.switches.hotkey ? 'works' : 'this desktop does not pass keys on', ...(world.switches.hotkey ? {} : { advice: 'Bind “vice-versa --capture” in the settings of your desktop.' }) },
  ],
  notebook_salvage: (world) => open(world),

  recovery_show_kit: (world) => {
    world.notebook = { ...world.notebook, kit_made_at: world.now().toISOString() };
    if (world.status.state === 'open') world.status = { state: 'open', notebook: world.notebook };
    world.changed('notebook');
    return { words: [...KIT_WORDS] };
  },
  recovery_save_kit: (world) => {
    world.notebook = { ...world.notebook, kit_made_at: world.now().toISOString() };
    if (world.status.state === 'open') world.status = { state: 'open', notebook: world.notebook };
    world.changed('notebook');
    return null;
  },
  recovery_check_kit: (world, request) => {
    if (request.by === 'words') checkWords(request.words);
    world.notebook = { ...world.notebook, kit_checked_at: world.now().toISOString() };
    if (world.status.state === 'open') world.status = { state: 'open', notebook: world.notebook };
    world.changed('notebook');
    return statusOf(world);
  },

  backup_make: (world, { path }) => {
    mustBeWritable(world);
    const made_at = world.now().toISOString();
    const backup = { path: path ?? `${world.notebook.folder}/backups/${dayBefore(world.now(), 0)}-${world.backups.length}.vvbackup`, made_at, size: 18_820_096, proven_entries: world.entries.size };
    if (!path) world.backups.unshift(backup);
    world.changed('notebook');
    return backup;
  },
  backup_list: (world) => structuredClone(world.backups),
  backup_state: (world) => ({
    newest: structuredClone(world.backups[0] ?? null),
    elsewhere: world.settings.backup_folder ? { path: world.settings.backup_folder, is_there: !world.settings.backup_folder.includes('away'), newest_at: world.backups[0]?.made_at ?? null } : null,
    drill: structuredClone(world.drill),
    trouble: world.backupTrouble,
  }),
  backup_drill: (world) => {
    const newest = world.backups[0];
    if (!newest) throw apiError('not_found', 'There is no backup to open yet. Make one first.');
    world.drill = { at: world.now().toISOString(), path: newest.path, made_at: newest.made_at, entries: newest.proven_entries, problem: null };
    world.changed('notebook');
    return structuredClone(world.drill);
  },
  backup_join: (world, path) => {
    mustBeWritable(world);
    if (path.includes('another')) throw apiError('conflict', 'This backup was not made of this notebook, so the two cannot be joined. Nothing was changed.');
    void journal.journal_create_entry(world, { title: 'Found on the stick', text: 'It was in the backup and not here.', tags: [], on: null, origin: 'written' });
    return { entries: 1, changes: 3 };
  },
  backup_restore: (world, { path, unlock }) => {
    if (unlock.by === 'passphrase') checkPassphrase(world, unlock.passphrase);
    if (unlock.by === 'words') checkWords(unlock.words);
    if (path.endsWith('.txt')) throw apiError('unreadable_file', 'This file is not a backup. Nothing was touched.');
    return open(world);
  },
  backup_remove: (world, path) => {
    mustBeWritable(world);
    world.backups = world.backups.filter((backup) => backup.path !== path);
    world.changed('notebook');
    return null;
  },
};
