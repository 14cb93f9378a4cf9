// A heat map of days: how much was written on each, in weeks from left to right.

import type { CalendarDay } from '@/ipc';
import { addDays, daysBetween, monthShort, weekStart, type Day } from './days';

/** A day of the map. */
export interface HeatDay {
  on: Day;
  entries: number;
  words: number;
  /** 0 for nothing to 3 for a lot. */
  level: 0 | 1 | 2 | 3;
  /** Whether it is part of the map; the first and last week may begin or end outside. */
  inside: boolean;
}

/** Says how much the words of a day are: a line, a page, more than a page. */
export function levelOf(entries: number, words: number): 0 | 1 | 2 | 3 {
  if (entries === 0) return 0;
  if (words < 80) return 1;
  return words < 260 ? 2 : 3;
}

/** Lays the days from one to another out in whole weeks. */
export function weeksOf(from: Day, to: Day, days: readonly CalendarDay[], first?: number): HeatDay[][] {
  const known = new Map(days.map((day) => [day.on, day]));
  const begin = weekStart(from, first);
  const count = Math.floor(daysBetween(begin, to) / 7) + 1;
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_unused, weekday) => {
      const on = addDays(begin, week * 7 + weekday);
      const { entries = 0, words = 0 } = known.get(on) ?? {};
      return { on, entries, words, level: levelOf(entries, words), inside: on >= from && on <= to };
    }),
  );
}

/** Where the names of months stand: at the first week that begins in the month, when there is room. */
export function monthMarks(weeks: readonly HeatDay[][]): { week: number; label: string }[] {
  const marks: { week: number; label: string }[] = [];
  weeks.forEach((week, at) => {
    const first = week.find((day) => day.inside && day.on.endsWith('-01'));
    if (first && at < weeks.length - 1) marks.push({ week: at, label: monthShort(first.on) });
  });
  return marks;
}
