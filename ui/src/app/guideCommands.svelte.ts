// Guides as commands: “Reflect: Five-minute close”, “Go on: After-action review”, from anywhere.

import { asApiError, host, type GuideRow, type RunRow } from '@/ipc';
import { t } from '@/text';
import { textOf } from '@/text/errors';
import { speaking } from '@/text/speaking.svelte';
import Play from '@lucide/svelte/icons/play';
import Signpost from '@lucide/svelte/icons/signpost';
import { commands, type Command } from './commands.svelte';
import { notebook } from './notebook.svelte';
import { route } from './route.svelte';
import { toasts } from './toasts.svelte';

/** The language in which guides are asked for. */
export const guideLanguage = (): string => speaking.language;

/** Begins a run of a guide and goes to it. */
export async function beginGuide(guide: string, short = false): Promise<void> {
  try {
    const run = await host().call('guides_start', { guide, language: guideLanguage(), short, pace: 0 });
    route.toGuides('run', run.id);
  } catch (failure) {
    toasts.show(textOf(asApiError(failure)).line);
  }
}

const writable = (): boolean => !notebook.readOnly;

const toBegin = (row: GuideRow): Command => ({
  id: `guide_${row.id}`, label: t.guides.commands.run(row.title), icon: Signpost, asked: true, can: writable, run: () => void beginGuide(row.id),
});

const toGoOn = (row: RunRow): Command => ({
  id: `run_${row.id}`, label: t.guides.commands.goOn([row.title, row.subject].filter(Boolean).join(' · ')), icon: Play, run: () => route.toGuides('run', row.id),
});

/** Offers a command for each guide and each open run, and keeps them fresh. Gives back what ends it. */
export function offerGuides(): () => void {
  let end = (): void => undefined;
  let ended = false;
  let asked = 0;
  async function load(): Promise<void> {
    const mine = ++asked;
    try {
      const [guides, runs] = await Promise.all([host().call('guides_list', { language: guideLanguage() }), host().call('guides_runs', { language: guideLanguage() })]);
      if (ended || mine !== asked) return;
      end();
      end = commands.offer(() => [...runs.filter((row) => row.status === 'open').slice(0, 5).map(toGoOn), ...guides.filter((row) => row.is_for_one && !row.is_trashed).map(toBegin)]);
    } catch {
      // Without them the list of guides still leads to each; it says what is wrong.
    }
  }
  // The first time, and in another language when another one is spoken.
  const unfollow = $effect.root(() => {
    $effect(() => void load());
  });
  const stop = host().on('changed', ({ topics }) => {
    if (topics.includes('guides')) void load();
  });
  return () => {
    ended = true;
    unfollow();
    stop();
    end();
  };
}
