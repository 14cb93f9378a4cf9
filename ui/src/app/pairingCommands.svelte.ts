// Pairings that go on as commands: “Pairing: Jon Adeyemi”, from anywhere, once the name is typed.

import { host, type PairingRow } from '@/ipc';
import { t } from '@/text';
import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import type { Command } from './commands.svelte';
import { offerList } from './offering';
import { route } from './route.svelte';

const toOpen = (row: PairingRow): Command => ({
  id: `pairing_${row.id}`, label: t.pairings.commands.one(row.name), icon: ArrowLeftRight, asked: true, run: () => route.toPairings(row.id),
});

/** Offers a command for each pairing that goes on, and keeps them fresh. Gives back what ends it. */
export const offerPairings = (): (() => void) => offerList('pairings', async () => (await host().call('pairings_list')).filter((row) => row.ended_on === null).map(toOpen));
