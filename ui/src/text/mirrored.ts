// A language nobody speaks, for tests and pictures: English, a third longer, from right to left. What is cut off or stands on
// the wrong side in it would be so in Finnish or in Hebrew. The shell of a build for people never says that it is spoken.

/** Its name, in the manner of the names that are kept free for such languages. */
export const MIRRORED = 'ar-XB';

const VOWELS = /[aeiouyAEIOUY]/g;
const ACCENTED: Record<string, string> = { a: 'ä', e: 'ê', i: 'ï', o: 'ö', u: 'ü', y: 'ÿ', A: 'Ä', E: 'Ê', I: 'Ï', O: 'Ö', U: 'Ü', Y: 'Ÿ' };

/** Makes one sentence of it. Longer by doubled vowels, so that words break where words break. */
export function mirrored(text: string): string {
  if (!/\p{L}{2}/u.test(text)) return text;
  let turn = 0;
  return text.replace(VOWELS, (vowel) => {
    turn += 1;
    const other = ACCENTED[vowel] ?? vowel;
    return turn % 2 === 0 ? other + other.toLowerCase() : vowel;
  });
}

/** Makes it of words, whatever they stand in. */
export function mirror<T>(words: T): T {
  if (typeof words === 'string') return mirrored(words) as T;
  if (typeof words === 'function') return ((...given: unknown[]) => mirror((words as unknown as (...given: unknown[]) => unknown)(...given))) as T;
  if (Array.isArray(words)) return words.map(mirror) as T;
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, mirror(value)])) as T;
}
