// Days as the journal counts them: `YYYY-MM-DD` without a time zone, shown in the words of the person's locale.

import { firstWeekday, formatter } from '@/text/format';
import { speaking } from '@/text/speaking.svelte';

/** A day, `YYYY-MM-DD`. */
export type Day = string;

const two = (number: number): string => String(number).padStart(2, '0');

/** The day of a moment on this computer's clock. */
export function dayOf(date: Date): Day {
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Noon of a day: far from any change of the clocks. */
export function noonOf(day: Day): Date {
  const [year = 1, month = 1, date = 1] = day.split('-').map(Number);
  const noon = new Date(2000, month - 1, date, 12);
  noon.setFullYear(year, month - 1, date);
  return noon;
}

/** The day so many days later. */
export function addDays(day: Day, count: number): Day {
  const noon = noonOf(day);
  noon.setDate(noon.getDate() + count);
  return dayOf(noon);
}

/** How many days the second comes after the first. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((noonOf(to).getTime() - noonOf(from).getTime()) / 86_400_000);
}

/** The first day of the week of a day; `first` is 1 for Monday to 7 for Sunday. */
export function weekStart(day: Day, first = firstWeekday()): Day {
  const weekday = ((noonOf(day).getDay() + 6) % 7) + 1;
  return addDays(day, -((weekday - first + 7) % 7));
}

// Commas between weekday and day are noise in a heading; where a language wants them there, they stay.
const calm = (text: string): string => (speaking.language === 'de' ? text : short(text));
const short = (text: string): string => text.replace(/^(\p{L}+\.?),\s/u, '$1 ');

/** “Thursday 19 November”, with the year when it is not this one. */
export function longDay(day: Day, today: Day): string {
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  const options: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
  const format = sameYear ? formatter('long day', options) : formatter('long day and year', { ...options, year: 'numeric' });
  return calm(format.format(noonOf(day)));
}

/** “19 Nov 2026”. */
export function shortDay(day: Day): string {
  return formatter('short day', { day: 'numeric', month: 'short', year: 'numeric' }).format(noonOf(day));
}

/** “Wed 11”. */
export function weekdayAndDate(day: Day): string {
  return short(formatter('weekday and date', { weekday: 'short', day: 'numeric' }).format(noonOf(day)));
}

/** “November 2026”. */
export function monthAndYear(day: Day): string {
  return formatter('month and year', { month: 'long', year: 'numeric' }).format(noonOf(day));
}

/** “November”. */
export function monthName(day: Day): string {
  return formatter('month', { month: 'long' }).format(noonOf(day));
}

/** “Nov”. */
export function monthShort(day: Day): string {
  return formatter('month short', { month: 'short' }).format(noonOf(day));
}

/** “Monday”, “Mon”. */
export function weekdayName(day: Day, length: 'long' | 'short'): string {
  return formatter(`weekday ${length}`, { weekday: length }).format(noonOf(day));
}

/** “18:42”, of a wall clock `YYYY-MM-DDTHH:MM:SS` or of `HH:MM`. */
export function clock(local: string): string {
  const time = local.includes('T') ? local.slice(11, 16) : local.slice(0, 5);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return formatter('clock', { timeStyle: 'short' }).format(new Date(2000, 0, 1, hour, minute));
}

/** “18:44” of a moment on this computer's clock. */
export function clockOf(date: Date): string {
  return formatter('clock', { timeStyle: 'short' }).format(date);
}
