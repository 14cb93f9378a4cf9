// Pairings that go on as commands: “Pairing: Jon Adeyemi”, from anywhere, once the name is typed.

import { host, type PairingRow } from '@/ipc';
import { t } from '@/text';
import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import { commands, type Command } from './commands.svelte';
import { route } from './route.svelte';

const toOpen = (row: PairingRow): Command => ({
  id: `pairing_${row.id}`, label: t.pairings.commands.one(row.name), icon: ArrowLeftRight, asked: true, run: () => route.toPairings(row.id),
});

/** Offers a command for each pairing that goes on, and keeps them fresh. Gives back what ends it. */
export function offerPairings(): () => void {
  let end = (): void => undefined;
  let ended = false;
  let asked = 0;
  async function load(): Promise<void> {
    const mine = ++asked;
    try {
      const rows = (await host().call('pairings_list')).filter((row) => row.ended_on === null);
      if (ended || mine !== asked) return;
      end();
      end = commands.offer(() => rows.map(toOpen));
    } catch {
      // Without them the room of the pairings still leads to each; it says what is wrong.
    }
  }
  void load();
  const stop = host().on('changed', ({ topics }) => {
    if (topics.includes('pairings')) void load();
  });
  return () => {
    ended = true;
    stop();
    end();
  };
}
