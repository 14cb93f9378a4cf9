// When the next session is, in the words of the day: “tomorrow, 15:00”.

import type { PairingRow, PairSessionView } from '@/ipc';
import { format } from '@/text';
import { speaking } from '@/text/speaking.svelte';

const DAY = 86_400_000;
/** How many days ahead a session stands on the page of today. */
const AHEAD = 3;

/** “tomorrow, 15:00”, “Thursday, 15:00”. */
export function sessionTime({ at, on }: Pick<PairSessionView, 'at' | 'on'>): string {
  const now = new Date();
  const date = format.asDate(on);
  const away = Math.round((date.getTime() - new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()) / DAY);
  const name = Math.abs(away) <= 1 ? new Intl.RelativeTimeFormat(speaking.locale, { numeric: 'auto' }).format(away, 'day') : away > 1 && away < 7 ? format.weekday(date) : format.day(on);
  return at === null ? name : `${name}, ${format.time(at)}`;
}

/** The pairing whose session is near, the nearest first. */
export function nearest(rows: readonly PairingRow[]): PairingRow | undefined {
  const now = new Date();
  const last = format.asDay(new Date(now.getTime() + AHEAD * DAY));
  const today = format.asDay(now);
  return rows.filter((row) => row.next && row.next.on >= today && row.next.on <= last && row.health !== 'paused').sort((a, b) => (a.next?.at ?? a.next?.on ?? '').localeCompare(b.next?.at ?? b.next?.on ?? ''))[0];
}
