// Dates, times and numbers, as the person's system writes them.

/** The language and region of the system, or the interface's own language when it is set. */
let locale: string | undefined;
const made = new Map<string, Intl.DateTimeFormat>();

/** Sets the language in which dates and numbers are written; empty follows the system. */
export function setLocale(to: string): void {
  locale = to || undefined;
  made.clear();
}

/** Makes a formatter of dates in the language of the interface once, and gives it again under its name. */
export function formatter(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = made.get(name);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, options);
  made.set(name, format);
  return format;
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
  if (away === 0 || away === -1) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(away, 'day');
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

/** “1,284”. */
export function count(number: number): string {
  return new Intl.NumberFormat(locale).format(number);
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
  return new Intl.NumberFormat(locale, { style: 'unit', unit: units[at] as string, unitDisplay: 'short', maximumFractionDigits: rest < 10 && at > 0 ? 1 : 0 }).format(rest);
}

/** “40 seconds”, “3 minutes”: how long something takes, roughly. */
export function span(seconds: number): string {
  const [amount, unit] = seconds < 90 ? [Math.max(1, Math.round(seconds)), 'second'] : seconds < 5400 ? [Math.round(seconds / 60), 'minute'] : [Math.round(seconds / 3600), 'hour'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit: unit as string, unitDisplay: 'long' }).format(amount as number);
}

/** “31 hours ago”, “4 days ago”. */
export function hoursAgo(hours: number): string {
  const [amount, unit] = hours < 72 ? [hours, 'hour' as const] : [Math.round(hours / 24), 'day' as const];
  return new Intl.RelativeTimeFormat(locale).format(-amount, unit);
}

/** Picks a form of a word by number: `plural(n, { one: 'entry', other: 'entries' })`, with the number before it. */
export function plural(number: number, forms: { one: string; other: string }): string {
  const form = new Intl.PluralRules('en').select(number) === 'one' ? forms.one : forms.other;
  return `${count(number)} ${form}`;
}
