// The braid of a year as shapes: two threads, the months below, and in one direction only a second thread that waits.

import { monthShort } from '@/app/days';
import { braidOf, type BraidSize } from '@/components/braid';
import type { BraidWeek } from '@/ipc';
import type { Scene, Shape } from './scene';

const HEIGHT = 214;
const MONTHS = 34;

/** How a braid is drawn on a page of this width. */
export function sizeFor(width: number): BraidSize {
  return width < 896 ? { width, height: HEIGHT, thickest: 19, gap: 9, spread: 34 } : { width, height: HEIGHT, thickest: 26, gap: 12, spread: 44 };
}

/** Draws the weeks of a year. */
export function braidScene(weeks: readonly BraidWeek[], width: number): Scene {
  const shapes: Shape[] = [];
  if (weeks.length > 1) {
    for (const stretch of braidOf(weeks, sizeFor(width)).stretches) {
      const under = stretch.over === 'learn' ? 'teach' : 'learn';
      shapes.push({ kind: 'thread', points: stretch[under], way: under });
      if (stretch.rim.length > 0) shapes.push({ kind: 'rim', points: stretch.rim });
      shapes.push({ kind: 'thread', points: stretch[stretch.over], way: stretch.over });
    }
  }
  const week = width / Math.max(1, weeks.length - 1);
  let last = -Infinity;
  weeks.forEach(({ from }, at) => {
    const x = at * week;
    // The week in which a month begins stands for it.
    if (Number(from.slice(8)) > 7 || x - last < 44 || x > width - 34) return;
    last = x;
    shapes.push({ kind: 'line', x1: x, y1: HEIGHT + 6, x2: x, y2: HEIGHT + 16, stroke: 'rule' });
    shapes.push({ kind: 'words', x: x + 6, y: HEIGHT + 18, text: monthShort(from), size: 12, font: 'ui', fill: 'text-faint' });
  });
  return { width, height: HEIGHT + MONTHS, shapes };
}
