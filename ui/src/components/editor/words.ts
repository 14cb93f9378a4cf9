// Words of a text, counted as the notebook counts them: runs without white space that hold a letter or digit; each Chinese
// or Japanese character counts as one.

import type { Text } from '@codemirror/state';

const IDEOGRAPH = '\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}';
const WORD = new RegExp(`[${IDEOGRAPH}]|[\\p{L}\\p{N}][^\\s${IDEOGRAPH}]*`, 'gu');

/** Counts the words of a text. */
export function countWords(text: string): number {
  let count = 0;
  WORD.lastIndex = 0;
  while (WORD.test(text)) count += 1;
  return count;
}

const counted = new WeakMap<Text, number>();

/** Counts the words of a document. Parts that did not change since the last time are not read again. */
export function wordsOf(doc: Text): number {
  const known = counted.get(doc);
  if (known !== undefined) return known;
  let count = 0;
  if (doc.children) for (const child of doc.children) count += wordsOf(child);
  else for (const line of doc.iterLines()) count += countWords(line);
  counted.set(doc, count);
  return count;
}
