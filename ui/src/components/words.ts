// Words out of a fixed list, typed by a person: completing them, and finding the nearest when one is mistyped.

/** Splits what was typed or pasted into words: numbers, dots and commas between them are passed over. */
export function split(text: string): string[] {
  return text.toLowerCase().normalize('NFKD').split(/[^\p{L}]+/u).filter(Boolean);
}

/** The words that begin so, at most `most`. */
export function beginning(list: readonly string[], typed: string, most = 5): string[] {
  const start = typed.trim().toLowerCase();
  return start ? list.filter((word) => word.startsWith(start)).slice(0, most) : [];
}

/** The word that is meant when only one begins so; none otherwise. */
export function only(list: readonly string[], typed: string): string | undefined {
  const word = typed.trim().toLowerCase();
  if (list.includes(word)) return word;
  const found = beginning(list, word, 2);
  return found.length === 1 ? found[0] : undefined;
}

/** The nearest word, when there is one that is near. */
export function nearest(list: readonly string[], typed: string): string | undefined {
  const word = typed.trim().toLowerCase();
  let best: string | undefined;
  let least = 3;
  for (const candidate of list) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const away = distance(word, candidate);
    if (away < least) {
      least = away;
      best = candidate;
    }
  }
  return best;
}

/** How many letters have to change, come, go or swap places with their neighbour. */
export function distance(a: string, b: string): number {
  let before2: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before2[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before2 = before;
    before = row;
  }
  return before[b.length] ?? 0;
}
