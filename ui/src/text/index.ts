// Every word the screens say, in the language that is spoken, and dates and numbers as the person's region writes them.
//
// `t` always speaks the present language: a screen that shows a word of it is drawn again when the language changes, and keeps
// what was typed into it. So take branches of it (`const words = t.loops`) as early as you like, and words only where they are
// shown. A language is one object of the type `Words`; CONTRIBUTING.md says how one is added.

import { de } from './de';
import { en } from './en';
import { mirror, MIRRORED } from './mirrored';
import { speaking } from './speaking.svelte';
import type { Words } from './words';

export type { Words } from './words';

let mirroredWords: Words | undefined;

/** Gives the words of a language; English where it is not known. */
export function wordsOf(language: string): Words {
  if (language === 'de') return de;
  if (language === MIRRORED) return (mirroredWords ??= mirror<Words>(en));
  return en;
}

type Branch = Record<string | symbol, unknown>;

const isBranch = (value: unknown): value is Branch => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Makes a branch that looks up the present language each time a word of it is read. */
function present(now: () => Branch, shape: Branch): Branch {
  const branches = new Map<string | symbol, Branch>();
  return new Proxy(shape, {
    get(_, key) {
      const value = now()[key];
      if (!isBranch(value)) return value;
      let branch = branches.get(key);
      if (!branch) branches.set(key, (branch = present(() => now()[key] as Branch, shape[key] as Branch)));
      return branch;
    },
  });
}

/** The words of the interface. */
export const t = present(() => wordsOf(speaking.language) as unknown as Branch, en as unknown as Branch) as unknown as Words;

export * as format from './format';
