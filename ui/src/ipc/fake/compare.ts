// Compares two texts word by word, for the fake history. The real comparison is the core's.

import type { ComparedStretch } from '../generated/types';

/** Gives the stretches that stand in both, came, or went, from `before` to `after`. */
export function compare(before: string, after: string): ComparedStretch[] {
  const from = before.match(/\s+|[^\s]+/g) ?? [];
  const to = after.match(/\s+|[^\s]+/g) ?? [];
  const lengths: Uint16Array[] = Array.from({ length: from.length + 1 }, () => new Uint16Array(to.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = from.length - 1; i >= 0; i--)
    for (let j = to.length - 1; j >= 0; j--) (lengths[i] as Uint16Array)[j] = from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const stretches: ComparedStretch[] = [];
  const push = (change: ComparedStretch['change'], text: string): void => {
    const last = stretches.at(-1);
    if (last?.change === change) last.text += text;
    else stretches.push({ change, text });
  };
  let i = 0;
  let j = 0;
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      push('same', from[i] as string);
      i++;
      j++;
    } else if (j >= to.length || (i < from.length && at(i + 1, j) >= at(i, j + 1))) push('removed', from[i++] as string);
    else push('added', to[j++] as string);
  }
  return stretches;
}
