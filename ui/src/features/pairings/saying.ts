// How a pairing is said in words: its names, its line in the list, a moment, and who can read it.

import { notebook } from '@/app/notebook.svelte';
import type { LaneView, LaneWay, NextView, PairingRow, PairingView, PairSessionView, Reader, WaitView } from '@/ipc';
import { format, t } from '@/text';
import { speaking } from '@/text/speaking.svelte';

/** The first of somebody's names: what one calls them. */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;

/** The lane that runs this way. */
export const laneOf = (row: PairingRow, way: LaneWay): LaneView | undefined => row.lanes.find((lane) => lane.way === way);

/** Whether something is learned and something is taught. */
export const bothWays = (row: PairingRow): boolean => row.lanes.filter((lane) => lane.about !== '').length > 1;

/** “tomorrow”, “Thursday 19 November”, without a time. */
function dayName(at: Date): string {
  const now = new Date();
  const away = Math.round((new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime() - new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()) / 86_400_000);
  if (Math.abs(away) <= 1) return new Intl.RelativeTimeFormat(speaking.locale, { numeric: 'auto' }).format(away, 'day');
  if (away > 1 && away < 7) return format.weekday(at);
  return format.day(format.asDay(at));
}

/** “tomorrow, 15:00”; only the day while there is no time. */
export function moment({ at, on }: Pick<NextView, 'at' | 'on'>): string {
  return at === null ? dayName(format.asDate(on)) : `${dayName(new Date(at))}, ${format.time(at)}`;
}

/** The same at the beginning of a line. */
export function capital(text: string): string {
  const [first = ''] = [...text];
  return first.toLocaleUpperCase(speaking.locale) + text.slice(first.length);
}

/** What stands below a name in the list. */
export function listLine(row: PairingRow): string {
  const words = t.pairings;
  const kind = bothWays(row) && row.kind === 'mentoring' ? words.kindsShort.reciprocal : words.kindsShort[row.kind];
  const rest = row.ended_on ? words.page.ended(row.ended_on) : row.paused_until ? words.page.pausedUntil(row.paused_until) : row.next ? moment(row.next) : words.health[row.health];
  return `${kind} · ${rest}`;
}

/** “2 people can read this: you and Jon”, or that only you can. */
export function readerOf(pairing: PairingView): { text: string; people: string[] } {
  const { readers } = pairing;
  if (readers.length < 2) return { text: t.pairings.onlyYou, people: [] };
  // Until the other has said how they are called, they are called as they are here.
  const called = (reader: Reader): string => reader.name || firstName(pairing.row.name);
  const name = (reader: Reader): string => (reader.is_me ? t.pairings.you : called(reader));
  return {
    text: `${t.pairings.readers(format.count(readers.length))} ${format.list(readers.map(name))}`,
    people: readers.slice(0, 6).map((reader) => (reader.is_me ? (notebook.open?.name ?? reader.name) : called(reader))),
  };
}

/** How many minutes, said roughly: “1 h 50”, “40 min”. */
export function amount(minutes: number): string {
  const unit = (number: number, of: 'hour' | 'minute'): string => new Intl.NumberFormat(speaking.locale, { style: 'unit', unit: of, unitDisplay: 'short', maximumFractionDigits: 0 }).format(number);
  if (minutes < 60) return unit(Math.round(minutes), 'minute');
  return unit(Math.round(minutes / 60), 'hour');
}

/** What waits, as one sentence of the desk. */
export function waitText(wait: WaitView): string {
  const words = t.desk.page.waits;
  switch (wait.what) {
    case 'held': return words.held(wait.since);
    case 'promise': return words.promise(wait.words);
    case 'nudge': return t.pairings.nudges[wait.nudge];
    default: return capital(words[wait.what]);
  }
}

/** Who waits, and since when. */
export function waitHead(row: PairingRow, wait: WaitView): string {
  if (wait.what === 'nudge') return row.next ? `${firstName(row.name)}, ${moment(row.next)}` : firstName(row.name);
  return t.desk.page.since(firstName(row.name), wait.since);
}

/** “60 minutes, his office. Session 5 of 8.” */
export function sessionLine(session: PairSessionView, planned: number): string {
  const words = t.pairings;
  const where = [words.minutes(session.minutes), session.place].filter(Boolean).join(', ');
  return `${where}. ${session.number === null ? '' : words.page.number(session.number, planned || null)}`.trim();
}

/** Whether a session is still to come about. */
export const stands = (session: Pick<PairSessionView, 'state'>): boolean => session.state !== 'held' && session.state !== 'cancelled';

/** Whether its time is over and nobody said what became of it. */
export function isOver(session: NextView | PairSessionView): boolean {
  return stands(session) && (session.at === null ? session.on < format.asDay(new Date()) : new Date(session.at).getTime() + ('minutes' in session ? session.minutes : 60) * 60_000 < Date.now());
}
