// What the host says, in the language that is spoken.
//
// The host speaks English, to terminals and to screens. A screen asks here for what it says: in English that is the sentence
// itself, elsewhere the one that the language's table has for it. `{}` stands for what the host puts in, such as a number or
// another of its sentences. Where the table lacks a sentence there is none, and whoever asks has words of their own.

import { day } from './format';
import { MIRRORED, mirrored } from './mirrored';
import { speaking } from './speaking.svelte';

/** A sentence with places: how it is recognised, and how it is said. */
interface Pattern {
  recognised: RegExp;
  said: string;
}

interface Table {
  whole: Map<string, string>;
  patterns: Pattern[];
}

const PLACE = '{}';

const tables = new WeakMap<object, Table>();

const begunSmall = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const begunLarge = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function tableOf(sentences: Readonly<Record<string, string>>): Table {
  const known = tables.get(sentences);
  if (known) return known;
  const whole = new Map<string, string>();
  const patterns: Pattern[] = [];
  for (const [english, said] of Object.entries(sentences)) {
    if (!english.includes(PLACE)) whole.set(begunSmall(english), said);
    else patterns.push({ recognised: new RegExp(`^${begunSmall(english).split(PLACE).map(literal).join('(.+?)')}$`, 'su'), said });
  }
  // Of two that fit, the one that says more itself is meant.
  patterns.sort((one, other) => other.recognised.source.length - one.recognised.source.length);
  const table = { whole, patterns };
  tables.set(sentences, table);
  return table;
}

/** Fetches the table of a language. Few sentences of it are ever needed, so it is no part of what every start loads. */
export async function fetchSentences(language: string): Promise<void> {
  if (language === fetched) return;
  fetched = language;
  const sentences = language === 'de' ? (await import('./de/host')).host : {};
  if (fetched === language) speaking.sentences = sentences;
}

let fetched = 'en';

/** Says what was put into a sentence: a day as it is written here, a sentence in its turn, anything else as it is. */
function put(part: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(part)) return day(part);
  return translated(part) ?? part;
}

function translated(sentence: string): string | undefined {
  const table = tableOf(speaking.sentences);
  const end = /\.$/.test(sentence) ? '.' : '';
  const bare = begunSmall(end ? sentence.slice(0, -1) : sentence);
  let said = table.whole.get(bare);
  if (said === undefined) {
    for (const { recognised, said: pattern } of table.patterns) {
      const parts = recognised.exec(bare);
      if (!parts) continue;
      let next = 1;
      said = pattern.replaceAll(PLACE, () => put(parts[next++] ?? ''));
      break;
    }
  }
  if (said === undefined) return undefined;
  const isBegun = sentence.charAt(0) !== sentence.charAt(0).toLowerCase();
  return (isBegun ? begunLarge(said) : said) + end;
}

/** Gives what the host says in the language that is spoken; none when that language has no words for it. */
export function saidByHost(sentence: string): string | undefined {
  if (speaking.language === 'en') return sentence;
  if (speaking.language === MIRRORED) return mirrored(sentence);
  return translated(sentence);
}

/** Gives what the host reports in the language that is spoken. What has no sentence there holds no words, such as a path. */
export const reportedByHost = (sentence: string): string => saidByHost(sentence) ?? sentence;
