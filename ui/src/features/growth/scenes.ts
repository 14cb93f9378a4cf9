// What each picture shows, as shapes. Pure: numbers in, shapes out.

import type { LoopRow, TopicsView, YearWord } from '@/ipc';
import { monthMarks, type HeatDay } from '@/app/heat';
import { monthShort } from '@/app/days';
import { count } from '@/text/format';
import { shortened, type Colour, type Scene, type Shape } from './scene';

const HEAT: readonly Colour[] = ['heat-0', 'heat-1', 'heat-2', 'heat-3'];
const RADIUS = [1.1, 2.6, 3.9, 5.2] as const;

/** A dot for each day, weeks from left to right; in a narrow page in two halves, one above the other. */
export function calendarScene(weeks: readonly HeatDay[][], weekdays: readonly string[], width: number): Scene {
  const left = 34;
  const narrow = width < 640;
  const middle = narrow ? Math.ceil(weeks.length / 2) : weeks.length;
  const parts = [weeks.slice(0, middle), weeks.slice(middle)].filter((part) => part.length > 0);
  const wide = (width - left) / middle;
  const high = Math.min(17, Math.max(13, wide));
  const block = 7 * high + 30;
  const shapes: Shape[] = [];
  parts.forEach((part, at) => {
    const top = at * block;
    weekdays.forEach((name, row) => {
      if (row % 2 === 0) shapes.push({ kind: 'words', x: 0, y: top + (row + 0.5) * high + 4, text: name, size: 11, font: 'ui', fill: 'text-faint' });
    });
    part.forEach((week, column) => {
      week.forEach((day, row) => {
        if (day.inside) shapes.push({ kind: 'dot', x: left + (column + 0.5) * wide, y: top + (row + 0.5) * high, r: RADIUS[day.level], fill: HEAT[day.level] ?? 'heat-0' });
      });
    });
    // A month that begins at the very end of the half above has its name here, where most of it stands.
    const last = at > 0 ? parts[at - 1]?.at(-1)?.find((day) => day.inside && day.on.endsWith('-01')) : undefined;
    const begun = last ? [{ week: 0, label: monthShort(last.on) }] : [];
    for (const mark of [...begun, ...monthMarks(part)]) {
      shapes.push({ kind: 'words', x: left + (mark.week + 0.5) * wide, y: top + 7 * high + 16, text: mark.label, size: 11, font: 'ui', anchor: 'middle', fill: 'text-faint' });
    }
  });
  return { width, height: parts.length * block, shapes };
}

/** A row for each tag, a column for each month; the larger the dot, the more entries. */
export function topicsScene({ months, topics }: TopicsView, width: number): Scene {
  const narrow = width < 560;
  const left = narrow ? 96 : 150;
  const right = 40;
  const high = 30;
  const wide = (width - left - right) / Math.max(1, months.length);
  const most = Math.max(1, ...topics.flatMap((topic) => topic.by_month));
  const largest = Math.min(11, wide / 2 - 1, high / 2 - 2);
  const shapes: Shape[] = [];
  topics.forEach((topic, row) => {
    const y = (row + 0.5) * high;
    shapes.push({ kind: 'words', x: 0, y: y + 5, text: shortened(topic.tag, narrow ? 12 : 20), size: 14, font: 'ui', fill: 'text' });
    topic.by_month.forEach((entries, month) => {
      const x = left + (month + 0.5) * wide;
      // The area says how many, not the width.
      const r = entries === 0 ? 1.1 : Math.max(2.2, largest * Math.sqrt(entries / most));
      shapes.push({ kind: 'dot', x, y, r, fill: entries === 0 ? 'heat-0' : 'heat-2' });
    });
    shapes.push({ kind: 'words', x: width, y: y + 5, text: count(topic.entries), size: 13, font: 'ui', anchor: 'end', fill: 'text-faint' });
    shapes.push({ kind: 'line', x1: 0, y1: (row + 1) * high, x2: width, y2: (row + 1) * high, stroke: 'rule' });
  });
  months.forEach((month, at) => {
    if (narrow && at % 2 === 1) return;
    shapes.push({ kind: 'words', x: left + (at + 0.5) * wide, y: topics.length * high + 18, text: monthShort(month), size: 11, font: 'ui', anchor: 'middle', fill: 'text-faint' });
  });
  return { width, height: topics.length * high + 26, shapes };
}

/** The words of a year in columns, the commonest first; the line below each says in how many entries it stands. */
export function wordsScene(words: readonly YearWord[], width: number): Scene {
  const columns = width < 480 ? 1 : width < 760 ? 2 : 3;
  const gap = 40;
  const high = 42;
  const wide = (width - gap * (columns - 1)) / columns;
  const rows = Math.ceil(words.length / columns);
  const most = Math.max(1, ...words.map((word) => word.entries));
  const shapes: Shape[] = [];
  words.forEach((word, at) => {
    const x = Math.floor(at / rows) * (wide + gap);
    const y = (at % rows) * high;
    shapes.push({ kind: 'words', x, y: y + 22, text: shortened(word.word, 26), size: 19, font: 'read', fill: 'text' });
    shapes.push({ kind: 'words', x: x + wide, y: y + 22, text: count(word.entries), size: 13, font: 'ui', anchor: 'end', fill: 'text-faint' });
    shapes.push({ kind: 'line', x1: x, y1: y + 31.5, x2: x + wide, y2: y + 31.5, stroke: 'rule' });
    shapes.push({ kind: 'bar', x, y: y + 30, width: Math.max(2, (wide * word.entries) / most), height: 3, fill: 'heat-2' });
  });
  return { width, height: rows * high, shapes };
}

const PARTS = ['gain', 'practise', 'feedback', 'reflect'] as const;

/** A ring of four quarters for each loop, from the top right: what fills it is drawn, what is missing is dotted. */
export function ringsScene(loops: readonly LoopRow[], width: number): Scene {
  const columns = Math.max(2, Math.floor(width / 150));
  const wide = width / columns;
  const high = 132;
  const radius = 34;
  const shapes: Shape[] = [];
  loops.forEach((loop, at) => {
    const x = ((at % columns) + 0.5) * wide;
    const y = Math.floor(at / columns) * high + radius + 6;
    PARTS.forEach((part, quarter) => {
      const gap = 0.012;
      const arc = { kind: 'arc' as const, x, y, r: radius, from: quarter / 4 + gap, to: (quarter + 1) / 4 - gap };
      if (loop[part] > 0) shapes.push({ ...arc, stroke: 'thread-learn', width: 7 });
      else shapes.push({ ...arc, stroke: 'text-faint', width: 1.5, dotted: true });
    });
    const filled = PARTS.filter((part) => loop[part] > 0).length;
    shapes.push({ kind: 'words', x, y: y + 5, text: `${count(filled)}/${count(4)}`, size: 13, font: 'ui', anchor: 'middle', fill: loop.closed_on ? 'text' : 'text-faint' });
    shapes.push({ kind: 'words', x, y: y + radius + 28, text: shortened(loop.title, Math.floor(wide / 8)), size: 14, font: 'read', anchor: 'middle', fill: 'text' });
  });
  return { width, height: Math.ceil(loops.length / columns) * high, shapes };
}
