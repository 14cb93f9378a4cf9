// Which commands fit what was typed, and which stretches of their names to mark.

import type { MarkedStretch } from '@/ipc';

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The words of a text, without what stands between them: “Reflect: look-back” is three of them. */
const wordsOf = (text: string): string[] => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Whether every typed word begins a word of the name. */
export function fits(name: string, typed: string): boolean {
  const words = wordsOf(name);
  const parts = wordsOf(typed);
  // Signs alone are no word, and fit nothing.
  if (!parts.length) return !typed.trim();
  return parts.every((part) => words.some((word) => word.startsWith(part)));
}

/** Cuts a name into stretches that were typed and stretches that were not. */
export function marked(name: string, typed: string): MarkedStretch[] {
  const parts = wordsOf(typed);
  // Folding may change lengths; then nothing is marked rather than the wrong letters.
  const folded = fold(name);
  if (!parts.length || folded.length !== name.length) return [{ text: name, marked: false }];
  const stretches: MarkedStretch[] = [];
  let from = 0;
  for (const { index } of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    const part = parts.find((one) => folded.startsWith(one, index));
    if (part === undefined || index < from) continue;
    if (index > from) stretches.push({ text: name.slice(from, index), marked: false });
    stretches.push({ text: name.slice(index, index + part.length), marked: true });
    from = index + part.length;
  }
  if (from < name.length) stretches.push({ text: name.slice(from), marked: false });
  return stretches;
}
