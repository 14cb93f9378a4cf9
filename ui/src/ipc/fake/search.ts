// Search in the fake host: plain, and close enough to the real one for screens.

import type { EntryView, MarkedStretch, SearchResult } from '../generated/types';
import { plain } from './journal';
import type { World } from './world';

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Asked {
  words: string[];
  without: string[];
  tags: string[];
  from?: string;
  to?: string;
  ignored: string[];
}

function read(query: string): Asked {
  const asked: Asked = { words: [], without: [], tags: [], ignored: [] };
  for (const [, name, quoted, bare] of query.matchAll(/(?:(tag|on|from|to):)?(?:"([^"]*)"?|(\S+))/g)) {
    const value = quoted ?? bare ?? '';
    if (!value) continue;
    const isDay = /^\d{4}(-\d\d(-\d\d)?)?$/.test(value);
    if (name === 'tag') asked.tags.push(fold(value));
    else if (name && !isDay) asked.ignored.push(`${name}:${value}`);
    else if (name) {
      if (name !== 'to') asked.from = value;
      if (name !== 'from') asked.to = `${value}~`;
    } else if (value.startsWith('-') && value.length > 1) asked.without.push(fold(value.slice(1)));
    else asked.words.push(fold(value));
  }
  return asked;
}

function marked(text: string, words: string[]): MarkedStretch[] {
  if (!words.length) return [{ text, marked: false }];
  const pattern = new RegExp(`(${words.map(escape).join('|')})`, 'iu');
  return text.split(pattern).filter(Boolean).map((part) => ({ text: part, marked: words.includes(fold(part)) }));
}

function around(text: string, words: string[]): string {
  const at = Math.max(0, ...words.map((word) => fold(text).indexOf(word)));
  const begin = at < 40 ? 0 : text.lastIndexOf(' ', at - 30) + 1;
  return (begin > 0 ? '… ' : '') + text.slice(begin, begin + 140);
}

/** Searches all that is not in the trash. */
export function searchEntries(world: World, query: string, order: 'newest' | 'best', limit: number): SearchResult {
  const asked = read(query);
  const scoreOf = (entry: EntryView): number => {
    if (entry.trashed) return 0;
    if (asked.tags.some((tag) => !entry.tags.some((have) => fold(have) === tag))) return 0;
    if ((asked.from && entry.on < asked.from) || (asked.to && entry.on > asked.to)) return 0;
    const title = fold(entry.title);
    const body = `${fold(plain(entry.text))} ${fold(entry.tags.join(' '))}`;
    if (asked.without.some((word) => title.includes(word) || body.includes(word))) return 0;
    let score = 1;
    for (const word of asked.words) {
      const found = (title.split(word).length - 1) * 4 + body.split(word).length - 1;
      if (!found) return 0;
      score += found;
    }
    return score;
  };
  const empty = !asked.words.length && !asked.tags.length && !asked.from && !asked.to;
  const found = empty ? [] : [...world.entries.values()].map((entry) => ({ entry, score: scoreOf(entry) })).filter(({ score }) => score > 0);
  found.sort((a, b) => (order === 'best' ? b.score - a.score : 0) || b.entry.local_at.localeCompare(a.entry.local_at));
  return {
    hits: found.slice(0, limit).map(({ entry, score }) => ({
      id: entry.id,
      title: marked(entry.title, asked.words),
      snippet: marked(around(plain(entry.text), asked.words), asked.words),
      on: entry.on,
      tags: entry.tags,
      score: order === 'best' ? score : 0,
    })),
    total: found.length > 1000 ? null : found.length,
    not_indexed: world.switches.notIndexed,
    ignored: asked.ignored,
  };
}
