// Under which heading a row of the timeline stands, and what its time says there.

import { addDays, clock, longDay, monthAndYear, monthName, weekdayAndDate, weekStart, type Day } from './days';

export interface GroupWords {
  today: string;
  yesterday: string;
  lastWeek: string;
}

/** A heading: `key` tells two of them apart. */
export interface Group {
  key: string;
  label: string;
  /** Whether the rows under it are of one day, so that a time is enough. */
  oneDay: boolean;
}

/** Says under which heading a day stands: its own in this week, then last week, then months. */
export function groupOf(on: Day, today: Day, words: GroupWords): Group {
  if (on === today) return { key: on, label: words.today, oneDay: true };
  if (on === addDays(today, -1)) return { key: on, label: words.yesterday, oneDay: true };
  const thisWeek = weekStart(today);
  if (on > today || on >= thisWeek) return { key: on, label: longDay(on, today), oneDay: true };
  if (on >= addDays(thisWeek, -7)) return { key: 'last week', label: words.lastWeek, oneDay: false };
  const label = on.slice(0, 4) === today.slice(0, 4) ? monthName(on) : monthAndYear(on);
  return { key: on.slice(0, 7), label, oneDay: false };
}

/** What stands in a row for when it was: the time under a day, the day under a week or month. */
export function whenOf(row: { on: Day; time: string }, group: Group): string {
  return group.oneDay ? clock(row.time) : weekdayAndDate(row.on);
}
