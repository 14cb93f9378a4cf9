// Commands that follow a list: offered while it is so, and made anew when facts changed.

import { host, type Topic } from '@/ipc';
import { commands, type Command } from './commands.svelte';

/** Offers commands for what `load` gives, and keeps them fresh as `topic` changes. Gives back what ends it. */
export function offerList(topic: Topic, load: () => Promise<Command[]>): () => void {
  let end = (): void => undefined;
  let ended = false;
  let asked = 0;
  async function again(): Promise<void> {
    const mine = ++asked;
    try {
      const offered = await load();
      if (ended || mine !== asked) return;
      end();
      end = commands.offer(() => offered);
    } catch {
      // Without them the room itself still leads to each; it says what is wrong.
    }
  }
  void again();
  const stop = host().on('changed', ({ topics }) => {
    if (topics.includes(topic)) void again();
  });
  return () => {
    ended = true;
    stop();
    end();
  };
}
