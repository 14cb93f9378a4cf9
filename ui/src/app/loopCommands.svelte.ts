// Open loops as commands: “Loop: Reading a P&L”, from anywhere, once their words are typed.

import { host, type LoopRow } from '@/ipc';
import { t } from '@/text';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import { commands, type Command } from './commands.svelte';
import { route } from './route.svelte';

const toOpen = (row: LoopRow): Command => ({
  id: `loop_${row.id}`, label: t.app.commands.loop(row.title), icon: CircleDashed, asked: true, run: () => route.toLoops(row.id),
});

/** Offers a command for each open loop, and keeps them fresh. Gives back what ends it. */
export function offerLoops(): () => void {
  let end = (): void => undefined;
  let ended = false;
  let asked = 0;
  async function load(): Promise<void> {
    const mine = ++asked;
    try {
      const rows = await host().call('loops_list', 'open');
      if (ended || mine !== asked) return;
      end();
      end = commands.offer(() => rows.map(toOpen));
    } catch {
      // Without them the room of the loops still leads to each; it says what is wrong.
    }
  }
  void load();
  const stop = host().on('changed', ({ topics }) => {
    if (topics.includes('loops')) void load();
  });
  return () => {
    ended = true;
    stop();
    end();
  };
}
