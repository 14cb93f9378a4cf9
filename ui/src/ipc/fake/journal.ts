// The journal commands of the fake host.

import type { CalendarDay, EntryFilter, EntryRow, EntryView } from '../generated/types';
import { apiError } from '../host';
import { compare } from './compare';
import { peopleOf } from './people';
import { countWords, dayBefore, entryOf, makeId, mustBeWritable, type FakeVersion, type Handlers, type World } from './world';

type JournalCommand = Extract<keyof Handlers, `journal_${string}` | 'capture_keep' | 'capture_undo'>;

const newestFirst = (a: EntryView, b: EntryView): number =>
  b.local_at.localeCompare(a.local_at) || b.id.localeCompare(a.id);

const fits = (entry: EntryView, filter: EntryFilter): boolean =>
  entry.trashed === filter.trashed &&
  (!filter.starred || entry.starred) &&
  (!filter.from || entry.on >= filter.from) &&
  (!filter.to || entry.on <= filter.to) &&
  filter.tags.every((tag) => entry.tags.includes(tag));

/** The text without marks, as rows and snippets show it. */
export const plain = (text: string): string =>
  text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[\[([^\]|]*)(\|[^\]]*)?\]\]/g, '$1')
    .replace(/^\s*(#{1,6}|>|[-*+]|\d+\.)\s+(\[[ x]\]\s*)?/gm, '')
    .replace(/[*_`|]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

export function rowOf(entry: EntryView): EntryRow {
  return {
    id: entry.id, title: entry.title, excerpt: plain(entry.text).slice(0, 160), on: entry.on, time: entry.local_at.slice(11, 16),
    tags: entry.tags, starred: entry.starred, trashed: entry.trashed, has_attachments: entry.attachments.length > 0, origin: entry.origin,
  };
}

function rowsOf(world: World, filter: EntryFilter): EntryView[] {
  return [...world.entries.values()].filter((entry) => fits(entry, filter)).sort(newestFirst);
}

function keepVersion(world: World, entry: EntryView): void {
  const versions: FakeVersion[] = world.versions.get(entry.id) ?? [];
  const last = versions.at(-1);
  if (last && last.text === entry.text && last.title === entry.title) return;
  versions.push({ savedAt: world.now().toISOString(), title: entry.title, text: entry.text });
  world.versions.set(entry.id, versions);
  entry.version_count = versions.length;
}

function write(world: World, entry: EntryView, title: string, text: string): void {
  mustBeWritable(world);
  if (!world.versions.has(entry.id)) keepVersion(world, entry);
  entry.title = title;
  entry.text = text;
  entry.word_count = countWords(text);
  entry.changed_at = world.now().toISOString();
  keepVersion(world, entry);
}

function make(world: World, given: Partial<EntryView>): EntryView {
  mustBeWritable(world);
  const now = world.now();
  const on = given.on ?? dayBefore(now, 0);
  const entry: EntryView = {
    id: makeId(), title: '', text: '', tags: [], on, at: now.toISOString(), local_at: `${on}T${now.toTimeString().slice(0, 8)}`,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, starred: false, trashed: false, source: null, attachments: [],
    origin: 'written', word_count: 0, version_count: 0, changed_at: now.toISOString(), ...given,
  };
  entry.word_count = countWords(entry.text);
  world.entries.set(entry.id, entry);
  world.notebook.entry_count += 1;
  world.changed('journal', 'search');
  return entry;
}

function remove(world: World, entries: EntryView[]): { backups: string[] } {
  mustBeWritable(world);
  for (const entry of entries) {
    world.entries.delete(entry.id);
    world.versions.delete(entry.id);
  }
  world.changed('journal', 'search');
  return { backups: entries.length ? world.backups.map((backup) => backup.path) : [] };
}

function attach(world: World, id: string, name: string, size: number, mime: string, url: string): ReturnType<Handlers['journal_attach_path']> {
  mustBeWritable(world);
  const entry = entryOf(world, id);
  const image = mime.startsWith('image/');
  const view = { id: makeId(), name, mime, size, blake3: '0'.repeat(64), width: image ? 1120 : null, height: image ? 640 : null };
  world.files.set(view.id, { view, url });
  entry.attachments.push(view);
  world.changed('journal', 'files');
  return view;
}

function countCaptures(world: World): void {
  if (world.status.state === 'locked') world.status = { ...world.status, waiting_captures: world.captures.size };
}

const MIMES: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', svg: 'image/svg+xml', pdf: 'application/pdf', txt: 'text/plain', md: 'text/markdown' };
const mimeOf = (name: string): string => MIMES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';

/** Attaches bytes; the real host takes them raw as well. */
export function attachRaw(world: World, id: string, name: string, bytes: Uint8Array): ReturnType<Handlers['journal_attach_path']> {
  const url = typeof URL.createObjectURL === 'function' ? URL.createObjectURL(new Blob([bytes.slice()], { type: mimeOf(name) })) : 'data:,';
  return attach(world, id, name, bytes.length, mimeOf(name), url);
}

function versionOf(world: World, id: string, number: number): FakeVersion {
  const version = world.versions.get(id)?.[number - 1];
  if (version) return version;
  const entry = entryOf(world, id);
  if (number === 1 && !world.versions.has(id)) return { savedAt: entry.changed_at, title: entry.title, text: entry.text };
  throw apiError('not_found', 'This version is not here.');
}

export const journal: Pick<Handlers, JournalCommand> = {
  journal_list_entries: (world, { filter, offset, limit }) => {
    const all = rowsOf(world, filter);
    return { total: all.length, rows: all.slice(offset, offset + Math.min(limit, 500)).map(rowOf) };
  },
  journal_locate_entry: (world, { filter, id, on }) => {
    const at = rowsOf(world, filter).findIndex((entry) => (id ? entry.id === id : on ? entry.on <= on : false));
    return at < 0 ? null : at;
  },
  journal_get_entry: (world, id) => structuredClone(entryOf(world, id)),
  journal_create_entry: (world, request) => {
    const { title, text, tags, on, origin } = request;
    return structuredClone(make(world, { title, text, tags, ...(on ? { on } : {}), origin: origin ?? 'written' }));
  },
  journal_change_entry: (world, { id, ...given }) => {
    mustBeWritable(world);
    const entry = entryOf(world, id);
    if (given.tags?.some((tag) => tag.length > 200)) throw apiError('invalid', 'A tag may have at most 200 characters. The entry is unchanged.', 'tags');
    if (given.title !== undefined) entry.title = given.title;
    if (given.tags !== undefined) entry.tags = [...new Set(given.tags)].sort((a, b) => a.localeCompare(b));
    if (given.starred !== undefined) entry.starred = given.starred;
    if (given.time_zone !== undefined) entry.time_zone = given.time_zone;
    if (given.on !== undefined) {
      entry.on = given.on;
      entry.local_at = `${given.on}T${entry.local_at.slice(11)}`;
    }
    if (given.local_at !== undefined) entry.local_at = `${given.local_at}:00`;
    entry.changed_at = world.now().toISOString();
    world.changed('journal', 'search');
    return structuredClone(entry);
  },
  journal_open_editor: (world, id) => {
    const entry = structuredClone(entryOf(world, id));
    const session = makeId();
    world.sessions.set(session, id);
    const draft = world.drafts.get(id);
    if (draft) Object.assign(entry, draft);
    return { session, entry, recovered: draft !== undefined };
  },
  journal_keep_draft: (world, { session, text, title }) => {
    const id = world.sessions.get(session);
    if (!id) throw apiError('not_found', 'This editor is not open any more. The text is still in the window.');
    mustBeWritable(world);
    world.drafts.set(id, { title, text });
    return null;
  },
  journal_save_text: (world, { session, text, title, close }) => {
    const id = world.sessions.get(session);
    if (!id) throw apiError('not_found', 'This editor is not open any more. The text is still in the window.');
    const entry = entryOf(world, id);
    const changed = entry.text !== text || entry.title !== title;
    if (changed) write(world, entry, title, text);
    world.drafts.delete(id);
    if (close) world.sessions.delete(session);
    if (changed) world.changed('journal', 'search');
    return { entry: rowOf(entry), splices: [], title, saved_at: world.now().toISOString(), word_count: entry.word_count, version_count: entry.version_count };
  },
  journal_trash_entry: (world, id) => {
    mustBeWritable(world);
    entryOf(world, id).trashed = true;
    world.notebook.entry_count -= 1;
    world.changed('journal', 'search');
    return null;
  },
  journal_restore_entry: (world, id) => {
    mustBeWritable(world);
    entryOf(world, id).trashed = false;
    world.notebook.entry_count += 1;
    world.changed('journal', 'search');
    return null;
  },
  journal_delete_entry: (world, id) => remove(world, [entryOf(world, id)]),
  journal_empty_trash: (world) => remove(world, [...world.entries.values()].filter((entry) => entry.trashed)),
  journal_list_versions: (world, id) => {
    const entry = entryOf(world, id);
    const versions = world.versions.get(id) ?? [{ savedAt: entry.changed_at, title: entry.title, text: entry.text }];
    return versions
      .map((version, at) => {
        const changes = compare(versions[at - 1]?.text ?? '', version.text);
        const words = (change: 'added' | 'removed'): number => changes.filter((part) => part.change === change).reduce((sum, part) => sum + countWords(part.text), 0);
        return { number: at + 1, saved_at: version.savedAt, device: world.notebook.device_name, word_count: countWords(version.text), words_added: words('added'), words_removed: words('removed') };
      })
      .reverse();
  },
  journal_read_version: (world, { id, number, with: other }) => {
    const version = versionOf(world, id, number);
    const against = other === undefined ? entryOf(world, id).text : versionOf(world, id, other).text;
    return { number, title: version.title, text: version.text, compared: compare(version.text, against) };
  },
  journal_restore_version: (world, { id, number }) => {
    const version = versionOf(world, id, number);
    const entry = entryOf(world, id);
    write(world, entry, version.title, version.text);
    world.changed('journal', 'search');
    return structuredClone(entry);
  },
  journal_list_tags: (world) => {
    const counts = new Map<string, number>();
    for (const entry of world.entries.values()) if (!entry.trashed) for (const tag of entry.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
  },
  journal_read_calendar: (world, { from, to }) => {
    const days = new Map<string, CalendarDay>();
    for (const entry of world.entries.values()) {
      if (entry.trashed || entry.on < from || entry.on > to) continue;
      const day = days.get(entry.on) ?? { on: entry.on, entries: 0, words: 0 };
      day.entries += 1;
      day.words += entry.word_count;
      days.set(entry.on, day);
    }
    return [...days.values()].sort((a, b) => a.on.localeCompare(b.on));
  },
  journal_attach_path: (world, { id, path }) => {
    const name = path.split(/[\\/]/).at(-1) ?? path;
    const known = [...world.files.values()].find((file) => file.url.startsWith('data:image'));
    return attach(world, id, name, 48_213, mimeOf(name), known?.url ?? 'data:,');
  },
  journal_attach_bytes: (world, { id, name, base64 }) =>
    attachRaw(world, id, name, Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))),
  journal_save_attachment: () => null,
  journal_find_link: (world, { beginning }) =>
    [...world.entries.values()]
      .filter((entry) => !entry.trashed && (entry.title || plain(entry.text)).toLowerCase().includes(beginning.toLowerCase()))
      .sort(newestFirst)
      .slice(0, 8)
      .map((entry) => ({ id: entry.id, title: entry.title || plain(entry.text).slice(0, 60), on: entry.on })),
  capture_keep: (world, line) => {
    if (world.status.state !== 'open' && world.status.state !== 'locked') throw apiError('no_notebook', 'There is no notebook yet to keep this in.');
    const sealed = world.status.state === 'locked';
    const id = sealed ? makeId() : make(world, { text: line, origin: 'captured' }).id;
    if (sealed) world.captures.set(id, line);
    countCaptures(world);
    world.emit('capture_kept', null);
    return { id, sealed };
  },
  capture_undo: (world, id) => {
    if (world.captures.delete(id)) countCaptures(world);
    else if (!peopleOf(world).notes.delete(id)) entryOf(world, id).trashed = true;
    world.changed('journal', 'search');
    return null;
  },
};
