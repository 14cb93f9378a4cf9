// What every test of the guides does: shows their room with a fake host, begins a guide, asks what the host was told.

import { notebook } from '@/app/notebook.svelte';
import { placeFrom, route } from '@/app/route.svelte';
import type { FakeHost, Switches } from '@/ipc/fake';
import { click, one, press, settle, show, withHost } from '@/testing/page';
import { timeShown } from './clock.svelte';
import Guides from './Guides.svelte';

/** Shows the room of the guides at an address, and gives the host behind it. */
export async function open(hash = '', switches: Partial<Switches> = {}): Promise<FakeHost> {
  timeShown.yes = true;
  const host = withHost(switches);
  notebook.follow();
  route.go(placeFrom(hash));
  await show(Guides as never);
  await settle();
  return host;
}

/** Begins a guide from the list, and waits for its first question. */
export async function begin(title = 'Five-minute close'): Promise<FakeHost> {
  const host = await open();
  await click(`Begin: ${title}`);
  await settle();
  return host;
}

/** What the page asks now. */
export const question = (): string => one('h1').textContent?.trim() ?? '';

/** The requests of every call of a command so far. */
export const calls = (host: FakeHost, name: string): unknown[] => host.calls.filter((call) => call.name === name).map((call) => call.request);

/** Goes on by the keys. */
export const ctrlEnter = (): Promise<void> => press('Enter', { ctrlKey: true });

/** How many runs are open. */
export const runs = (host: FakeHost): number => [...host.world.runs.values()].filter((run) => run.status === 'open').length;
