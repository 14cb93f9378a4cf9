// The one door to the host. Screens import from here: the host itself, `live`, and the types.
//
// `main.ts` sets the host once, before anything is shown; tests set a fake one.

import type { Host } from './host';

export type * from './generated/types';
export type { CommandMap } from './generated/commands';
export type { Answer, CommandName, EventName, FileFilter, Host, HostEvents, PickFile, PickSave, Request, ShellState } from './host';
export { apiError, asApiError } from './host';
export { live, type Live } from './live.svelte';

let current: Host | undefined;

/** Sets the host. */
export function setHost(to: Host): void {
  current = to;
}

/** Gives the host. */
export function host(): Host {
  if (!current) throw new Error('The host is set before anything is shown.');
  return current;
}
