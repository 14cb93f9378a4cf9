// How sync stands, in words: the one quiet line of the rail, and the moment something happened.

import type { PlaceKind, SyncState } from '@/ipc';
import { format, t } from '@/text';

/** “18:42” when it was today, else “yesterday, 18:42” or “12 November, 18:42”. */
export function moment(at: string): string {
  const on = format.asDay(new Date(at));
  return on === format.asDay(new Date()) ? format.time(at) : `${format.nearDay(on)}, ${format.time(at)}`;
}

/** Says in one line how sync stands. */
export function standing(state: SyncState): string {
  const words = t.sync.states;
  switch (state.state) {
    case 'off': return words.off;
    case 'in_step': return words.inStep(moment(state.at));
    case 'sending': return words.sending(format.count(state.waiting));
    case 'receiving': return state.of === null ? words.receiving : words.receivingOf(format.count(state.done), format.count(state.of));
    case 'offline': return state.since === null ? words.offlineNever : words.offline(moment(state.since));
    case 'paused': return words.paused;
    case 'needs_you': return words.needsYou;
  }
}

/** Names a place as a person knows it: the end of a folder's path, or a server without what stands before its name. */
export function placeName(place: PlaceKind): string {
  if (place.kind === 'server') return place.address.replace(/^https?:\/\//, '').replace(/\/$/, '');
  const parts = place.path.split(/[\\/]/).filter(Boolean);
  return parts.slice(-2).join('/') || place.path;
}
