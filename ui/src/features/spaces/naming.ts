// What a space and its people are called where they have no name of their own.

import type { Reader, SpaceKind } from '@/ipc';
import { format, t } from '@/text';

interface Named {
  name: string;
  kind: SpaceKind;
  /** Whoever is known to belong. */
  others: readonly { name: string; is_me: boolean }[];
}

/** Names a space: by its own name, a pairing without one by the other peer. */
export function spaceName({ name, kind, others }: Named): string {
  if (kind === 'journal') return t.spaces.journal;
  if (name) return name;
  const other = others.find((one) => !one.is_me)?.name;
  return other || (kind === 'circle' ? t.spaces.unnamedCircle : t.spaces.unnamedPairing);
}

/** Names of readers, oneself first and as “you”. */
export function readerNames(readers: readonly Reader[]): string[] {
  const others = readers.filter((reader) => !reader.is_me).map((reader) => reader.name || t.spaces.members.unnamed);
  return readers.some((reader) => reader.is_me) ? [t.spaces.you, ...others] : others;
}

/** How many names stand in one line before the rest is a number. */
const MOST = 6;

/** Says in one sentence who can read. */
export function readerLine(readers: readonly Reader[]): string {
  if (readers.length === 0) return t.spaces.nobodyYet;
  if (readers.length === 1 && readers[0]?.is_me) return t.app.onlyYou;
  const names = readerNames(readers);
  const shown = names.length > MOST ? [...names.slice(0, MOST - 1), `+${format.count(names.length - MOST + 1)}`] : names;
  return t.spaces.readers(format.plural(readers.length, t.spaces.people), format.list(shown));
}
