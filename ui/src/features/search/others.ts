// What is found that is no entry: its sign, and where it opens.

import { HELPED, route } from '@/app/route.svelte';
import type { OtherHit, OtherKind } from '@/ipc';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import Flag from '@lucide/svelte/icons/flag';
import HeartHandshake from '@lucide/svelte/icons/heart-handshake';
import Signpost from '@lucide/svelte/icons/signpost';
import User from '@lucide/svelte/icons/user';
import type { Component } from 'svelte';

/** The sign of each kind. */
export const ICONS: Record<OtherKind, Component> = {
  loop: CircleDashed, goal: Flag, intention: CalendarClock, run: Signpost, person: User, helped: HeartHandshake,
};

/** Opens what was found. */
export function openOther({ kind, id, entry, person }: OtherHit): void {
  switch (kind) {
    case 'loop': return route.toLoops(id);
    case 'goal': return route.openGoal(id);
    case 'run': return route.toGuides('run', id);
    case 'person': return route.toPeople(id);
    case 'helped': return route.toPeople(person ?? HELPED);
    // An intention stands beside the words it came from, or on the page of the day.
    case 'intention': return entry ? route.openEntry(entry) : route.toToday();
  }
}
