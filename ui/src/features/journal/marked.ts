// A text with its Markdown drawn, cut where it changed: headings, lists, quotes, and what is bold, slanted or code. Every
// letter stays, the marks too; they only step back, so that a change of a mark can be seen as well.

import type { VersionView } from '@/ipc';

type Change = VersionView['compared'][number]['change'];

/** What a line is. */
export type LineKind = 'plain' | 'h1' | 'h2' | 'h3' | 'item' | 'quote' | 'code';
/** How letters are set. */
export type Face = 'mark' | 'bold' | 'slanted' | 'code' | 'struck';

export interface Piece {
  text: string;
  change: Change;
  faces: readonly Face[];
}

export interface Line {
  kind: LineKind;
  pieces: Piece[];
}

interface Range {
  from: number;
  to: number;
  face: Face;
}

// What stands between two equal marks, and how it is set; code first, because nothing in it is marked.
const INLINE: readonly [RegExp, Face, number][] = [
  [/`[^`\n]+`/g, 'code', 1],
  [/\*\*(?=\S)[^\n]+?(?<=\S)\*\*/g, 'bold', 2],
  [/__(?=\S)[^\n]+?(?<=\S)__/g, 'bold', 2],
  [/(?<![*\w])\*(?=[^\s*])[^*\n]+?(?<=[^\s*])\*(?!\*)/g, 'slanted', 1],
  [/(?<![_\w])_(?=[^\s_])[^_\n]+?(?<=[^\s_])_(?![_\w])/g, 'slanted', 1],
  [/~~(?=\S)[^\n]+?(?<=\S)~~/g, 'struck', 2],
];

function kindOf(line: string): { kind: LineKind; mark: number } {
  const heading = /^(#{1,6})\s+/.exec(line);
  if (heading) return { kind: heading[1]?.length === 1 ? 'h1' : heading[1]?.length === 2 ? 'h2' : 'h3', mark: heading[0].length };
  const quote = /^\s{0,3}>\s?/.exec(line);
  if (quote) return { kind: 'quote', mark: quote[0].length };
  const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/.exec(line);
  return item ? { kind: 'item', mark: 0 } : { kind: 'plain', mark: 0 };
}

function rangesOf(line: string, mark: number): Range[] {
  const ranges: Range[] = mark > 0 ? [{ from: 0, to: mark, face: 'mark' }] : [];
  const code: Range[] = [];
  for (const [pattern, face, width] of INLINE) {
    for (const { index, 0: found } of line.matchAll(pattern)) {
      const to = index + found.length;
      if (index < mark || code.some((one) => index < one.to && to > one.from)) continue;
      const range: Range = { from: index, to, face };
      if (face === 'code') code.push(range);
      ranges.push(range, { from: index, to: index + width, face: 'mark' }, { from: to - width, to, face: 'mark' });
    }
  }
  // Of a link or a picture its words count; where it leads steps back.
  for (const { index, 0: found, 1: opens = '', 2: leads = '' } of line.matchAll(/(!?\[)[^\]\n]*(\]\([^)\s]*\))/g)) {
    if (index < mark || code.some((one) => index < one.to && index + found.length > one.from)) continue;
    const end = index + found.length;
    ranges.push({ from: index, to: index + opens.length, face: 'mark' }, { from: end - leads.length, to: end, face: 'mark' });
  }
  return ranges;
}

/** Draws stretches of a comparison as lines. */
export function drawn(stretches: readonly { change: Change; text: string }[]): Line[] {
  const whole = stretches.map(({ text }) => text).join('');
  const edges: { at: number; change: Change }[] = [];
  let at = 0;
  for (const { change, text } of stretches) {
    edges.push({ at, change });
    at += text.length;
  }
  const changeAt = (place: number): Change => edges.findLast((edge) => edge.at <= place)?.change ?? 'same';

  const lines: Line[] = [];
  let begin = 0;
  let fence = '';
  for (const text of whole.split(/(?<=\n)/)) {
    const bare = text.replace(/\n$/, '');
    const marks = /^\s{0,3}(`{3,}|~{3,})/.exec(bare)?.[1] ?? '';
    const inCode = fence !== '' || marks !== '';
    if (fence === '') fence = marks;
    else if (marks.startsWith(fence) && bare.trim() === marks) fence = '';
    const { kind, mark } = inCode ? { kind: 'code' as const, mark: 0 } : kindOf(bare);
    const ranges = inCode ? [] : rangesOf(bare, mark);
    const cuts = new Set([0, text.length, ...ranges.flatMap(({ from, to }) => [from, to]), ...edges.map((edge) => edge.at - begin).filter((cut) => cut > 0 && cut < text.length)]);
    const places = [...cuts].sort((a, b) => a - b);
    const pieces = places.slice(0, -1).map((from, which): Piece => {
      const to = places[which + 1] ?? text.length;
      const faces = ranges.filter((range) => range.from <= from && range.to >= to).map(({ face }) => face);
      return { text: text.slice(from, to), change: changeAt(begin + from), faces: [...new Set(faces)] };
    });
    lines.push({ kind, pieces });
    begin += text.length;
  }
  return lines;
}
