// The first words of a text, by which an entry without a title is known.

const FIRST_LETTERS = 80;

/** Gives the beginning of the first line with words in it, without Markdown's marks. */
export function firstWordsOf(text: string): string {
  const line = text.slice(0, 2_000).split('\n').find((one) => /[\p{L}\p{N}]/u.test(one)) ?? '';
  return line
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^[\s>#*+-]+(\[[ x]\]\s+)?/i, '')
    .replace(/\[\[|\]\]|[*_`~]/g, '')
    .trim()
    .slice(0, FIRST_LETTERS);
}
