// Dates, times, numbers and plurals, as the language that is spoken writes them in the person's region.

import { speaking } from './speaking.svelte';

const dates = new Map<string, Intl.DateTimeFormat>();
const plurals = new Map<string, Intl.PluralRules>();
const collators = new Map<string, Intl.Collator>();

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = make()));
  return found;
}

/** Sets the locale in which dates and numbers are written; empty follows the system. */
export function setLocale(to: string): void {
  speaking.locale = to || undefined;
}

/** Makes a formatter of dates once for each locale, and gives it again under its name. */
export function formatter(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { locale } = speaking;
  return once(dates, `${locale ?? ''} ${name}`, () => new Intl.DateTimeFormat(locale, options));
}

/** Compares two names as a list in this language has them: “Ä” beside “A”, “2” before “10”. */
export function byName(one: string, other: string): number {
  const { locale } = speaking;
  return once(collators, locale ?? '', () => new Intl.Collator(locale, { numeric: true })).compare(one, other);
}

/** With which day the week begins where the person lives: 1 for Monday to 7 for Sunday. */
export function firstWeekday(): number {
  try {
    const locale = new Intl.Locale(speaking.locale ?? navigator.language) as Intl.Locale & { getWeekInfo?(): { firstDay: number }; weekInfo?: { firstDay: number } };
    return locale.getWeekInfo?.().firstDay ?? locale.weekInfo?.firstDay ?? 1;
  } catch {
    return 1;
  }
}

/** “a, b and c”. */
export function list(parts: readonly string[]): string {
  return new Intl.ListFormat(speaking.locale, { style: 'long', type: 'conjunction' }).format(parts);
}

/** Reads a calendar day, `YYYY-MM-DD`, on the local calendar; also those before the year 100. */
export function asDate(on: string): Date {
  const [year = 1, month = 1, day = 1] = on.split('-').map(Number);
  const date = new Date(2000, month - 1, day);
  date.setFullYear(year, month - 1, day);
  return date;
}

/** Writes a local date as a calendar day. */
export function asDay(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const sameYear = (date: Date): boolean => date.getFullYear() === new Date().getFullYear();

/** “Thursday 19 November”, with the year when it is another one. */
export function longDay(on: string): string {
  const date = asDate(on);
  return sameYear(date)
    ? formatter('long', { weekday: 'long', day: 'numeric', month: 'long' }).format(date)
    : formatter('longYear', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(date);
}

/** “19 November”, with the year when it is another one. */
export function day(on: string): string {
  const date = asDate(on);
  return sameYear(date)
    ? formatter('day', { day: 'numeric', month: 'long' }).format(date)
    : formatter('dayYear', { day: 'numeric', month: 'long', year: 'numeric' }).format(date);
}

/** The day of an instant, as `day` writes it. */
export const dayOf = (at: string): string => day(asDay(new Date(at)));

/** “Tuesday” within the last six days, and otherwise the day as `day` writes it. */
export function weekdayOf(at: string): string {
  const on = asDay(new Date(at));
  const now = new Date();
  const away = Math.round((new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime() - asDate(on).getTime()) / 86_400_000);
  return away >= 0 && away < 7 ? formatter('weekday', { weekday: 'long' }).format(asDate(on)) : day(on);
}

/** “today” and “yesterday”, and otherwise as `day` writes it. */
export function nearDay(on: string): string {
  const now = new Date();
  const away = Math.round((asDate(on).getTime() - new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()) / 86_400_000);
  if (away === 0 || away === -1) return new Intl.RelativeTimeFormat(speaking.locale, { numeric: 'auto' }).format(away, 'day');
  return day(on);
}

/** A day as it is kept, `YYYY-MM-DD` with or without a time behind it, as `day` writes it; any other words as they are. */
export function inWords(text: string): string {
  const [, on, at] = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}))?$/.exec(text) ?? [];
  if (!on) return text;
  return at ? `${day(on)}, ${time(new Date(`${on}T${at}`))}` : day(on);
}

/** “Thursday”. */
export const weekday = (at: Date): string => formatter('weekday', { weekday: 'long' }).format(at);

/** “18:42”. */
export function time(at: string | Date): string {
  return formatter('time', { hour: 'numeric', minute: '2-digit' }).format(typeof at === 'string' ? new Date(at) : at);
}

/** “1:02:03”: how long a sound is, or where one is in it. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (part: number): string => new Intl.NumberFormat(speaking.locale, { minimumIntegerDigits: 2 }).format(part);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${count(hours)}:${two(minutes)}:${two(rest)}` : `${count(minutes)}:${two(rest)}`;
}

/** “1.5”, for a factor. */
export const factor = (number: number): string => new Intl.NumberFormat(speaking.locale, { maximumFractionDigits: 2 }).format(number);

/** “19 November 18.42”: a moment as it can stand in the name of a file. */
export const nameTime = (at: Date): string => `${day(asDay(at))} ${time(at)}`.replace(/[:/\\]/g, '.');

/** “1,284”. */
export function count(number: number): string {
  return new Intl.NumberFormat(speaking.locale).format(number);
}

/** “18.7 MB”. */
export function size(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let at = 0;
  let rest = bytes;
  while (rest >= 1000 && at < units.length - 1) {
    rest /= 1000;
    at += 1;
  }
  return new Intl.NumberFormat(speaking.locale, { style: 'unit', unit: units[at] as string, unitDisplay: 'short', maximumFractionDigits: rest < 10 && at > 0 ? 1 : 0 }).format(rest);
}

/** “40 seconds”, “3 minutes”: how long something takes, roughly. */
export function span(seconds: number): string {
  const [amount, unit] = seconds < 90 ? [Math.max(1, Math.round(seconds)), 'second'] : seconds < 5400 ? [Math.round(seconds / 60), 'minute'] : [Math.round(seconds / 3600), 'hour'];
  return new Intl.NumberFormat(speaking.locale, { style: 'unit', unit: unit as string, unitDisplay: 'long' }).format(amount as number);
}

/** “3 days”, “2 hours”, “10 minutes”: how far apart two clocks are. */
export function days(seconds: number): string {
  if (seconds < 2 * 86_400) return span(seconds);
  const years = seconds / (365 * 86_400);
  const [amount, unit] = years >= 2 ? [Math.round(years), 'year'] : [Math.round(seconds / 86_400), 'day'];
  return new Intl.NumberFormat(speaking.locale, { style: 'unit', unit: unit as string, unitDisplay: 'long', useGrouping: false }).format(amount as number);
}

/** “31 hours ago”, “4 days ago”. */
export function hoursAgo(hours: number): string {
  const [amount, unit] = hours < 72 ? [hours, 'hour' as const] : [Math.round(hours / 24), 'day' as const];
  return new Intl.RelativeTimeFormat(speaking.locale).format(-amount, unit);
}

/** The forms of a word by number. A language gives those it has; English and German have two, Polish four. */
export type Forms = { readonly [Rule in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** Picks the form of a word that goes with a number. */
export function formOf(number: number, forms: Forms): string {
  const { language, locale } = speaking;
  const rules = once(plurals, locale ?? language, () => new Intl.PluralRules(locale ?? language));
  return forms[rules.select(number)] ?? forms.other;
}

/** Writes a number and the form of a word that goes with it: `plural(n, { one: 'entry', other: 'entries' })`. */
export const plural = (number: number, forms: Forms): string => `${count(number)} ${formOf(number, forms)}`;
