// How hard a passphrase is to guess, roughly: enough for a hint, and no promise.

export type Strength = 'empty' | 'weak' | 'fair' | 'strong';

/** What people take first, and guessers too. */
const COMMON = ['password', 'passwort', 'letmein', 'welcome', 'iloveyou', 'qwerty', 'qwertz', 'azerty', 'admin', 'secret', 'sunshine', 'princess', 'dragon', 'monkey', 'football', 'journal', 'viceversa'];

/** Bits of one word out of the few thousand that people think of. */
const WORD_BITS = 11;

/** Estimates how many bits a guesser has to try. `known` are words that a guesser would try first, such as the person's name. */
export function bitsOf(passphrase: string, known: readonly string[] = []): number {
  let rest = passphrase.trim().toLowerCase();
  let bits = 0;
  for (const word of [...COMMON, ...known.flatMap((name) => name.toLowerCase().split(/\s+/))]) {
    if (word.length < 3 || !rest.includes(word)) continue;
    rest = rest.split(word).join('');
    bits += 3;
  }
  // A word counts once, however often it is repeated.
  for (const part of new Set(rest.split(/[\s\-_.,]+/).filter(Boolean))) bits += looksLikeWord(part) ? Math.min(WORD_BITS, bitsOfRun(part)) : bitsOfRun(part);
  return bits;
}

/** Whether a run of characters can be said, and so is likely in a guesser's dictionary. */
function looksLikeWord(run: string): boolean {
  if (!/^\p{L}{1,14}$/u.test(run)) return false;
  const vowels = run.normalize('NFD').match(/[aeiouy]/g)?.length ?? 0;
  return vowels / run.length >= 0.2 && !/[^aeiouy]{5}/.test(run);
}

/** Bits of a run of characters: less for repeats and for neighbours such as `abc` or `321`. */
function bitsOfRun(run: string): number {
  const pool = (/[a-z]/.test(run) ? 26 : 0) + (/\d/.test(run) ? 10 : 0) + (/[^a-z\d]/.test(run) ? 24 : 0);
  if (!pool) return 0;
  let bits = 0;
  let before = -10;
  for (const char of run) {
    const code = char.codePointAt(0) ?? 0;
    bits += Math.abs(code - before) <= 1 ? 0.5 : Math.log2(pool) * 0.8;
    before = code;
  }
  return bits;
}

/** Says how strong a passphrase is. */
export function strengthOf(passphrase: string, known: readonly string[] = []): Strength {
  if (!passphrase.trim()) return 'empty';
  const bits = bitsOf(passphrase, known);
  return bits < 30 ? 'weak' : bits < 43 ? 'fair' : 'strong';
}
