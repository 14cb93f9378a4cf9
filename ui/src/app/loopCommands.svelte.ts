// Open loops as commands: “Loop: Reading a P&L”, from anywhere, once their words are typed.

import { host, type LoopRow } from '@/ipc';
import { t } from '@/text';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import type { Command } from './commands.svelte';
import { offerList } from './offering';
import { route } from './route.svelte';

const toOpen = (row: LoopRow): Command => ({
  id: `loop_${row.id}`, label: t.app.commands.loop(row.title), icon: CircleDashed, asked: true, run: () => route.toLoops(row.id),
});

/** Offers a command for each open loop, and keeps them fresh. Gives back what ends it. */
export const offerLoops = (): (() => void) => offerList('loops', async () => (await host().call('loops_list', 'open')).map(toOpen));
