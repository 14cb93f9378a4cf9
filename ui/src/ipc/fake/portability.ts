// Import and export in the fake host: they count up in steps, can be stopped, and touch no disk.

import { apiError } from '../host';
import type { ImportReport } from '../generated/types';
import { journal } from './journal';
import { mustBeWritable, type Handlers, type World } from './world';

type PortabilityCommand = Extract<keyof Handlers, `portability_${string}`>;

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Counts to `total` in steps and publishes each; gives how far it came. */
async function count(world: World, total: number): Promise<{ done: number; stopped: boolean }> {
  const work = { stopped: false };
  world.longWork = work;
  let done = 0;
  while (done < total && !work.stopped) {
    world.emit('progress', { done, total, seconds_left: Math.ceil(((total - done) / total) * 4) });
    await wait(world.switches.slow || 40);
    done = Math.min(total, done + Math.ceil(total / 80));
  }
  world.longWork = undefined;
  return { done, stopped: work.stopped };
}

const report = (given: Partial<ImportReport>): ImportReport => ({
  format: 'markdown', first_on: '2017-03-04', last_on: '2024-02-11', kept_both: [], fields: {}, not_listed: 0,
  found: 0, added: 0, unchanged: 0, updated: 0, skipped: [], kept_as_fields: [], attachments: { found: 0, added: 0, missing: [] }, stopped: false, ...given,
});

export const portability: Pick<Handlers, PortabilityCommand> = {
  portability_import: async (world, { path, dry_run, passphrase }) => {
    if (path.endsWith('.enc') && passphrase !== 'lantern') {
      const message = passphrase === undefined ? 'This journal is encrypted; its passphrase is needed to bring it in.' : 'This passphrase does not open the journal.';
      throw apiError(passphrase === undefined ? 'invalid' : 'wrong_key', message, 'passphrase');
    }
    const notes = {
      skipped: [
        { item: 'notes/0000-00-00.md', why: 'The year is not between 1 and 9999.' },
        { item: 'notes/scan.md', why: 'Its letters are in no encoding that is known.' },
      ],
      kept_as_fields: [{ item: 'notes/lisbon.md', field: 'weather' }, { item: 'notes/lisbon.md', field: 'mood' }],
      fields: { weather: 1, mood: 1 },
      attachments: { found: 214, added: dry_run ? 0 : 212, missing: ['lisbon/roof.jpg', 'voice/2021-04-02.m4a'] },
    };
    if (dry_run) return report({ ...notes, found: 3120, added: 3095, unchanged: 17, updated: 6 });
    mustBeWritable(world);
    const { done, stopped } = await count(world, 3120);
    void journal.journal_create_entry(world, { title: 'Lisbon, the roof', text: 'Brought along from the old notes.', tags: ['travel'], on: '2021-04-02', origin: 'imported' });
    return report({ ...notes, found: 3120, added: Math.max(0, done - 25), unchanged: stopped ? 0 : 17, updated: stopped ? 0 : 6, stopped });
  },
  portability_export: async (world, { path, format, choice, replace }) => {
    if ((format === 'html' || format === 'pdf') && path.includes('taken') && !replace) throw apiError('file_exists', 'There is a file with this name already. Nothing was written and it is as it was.', 'path');
    const chosen = [...world.entries.values()].filter((entry) => {
      if (choice.entries.length) return choice.entries.includes(entry.id);
      return !entry.trashed && (!choice.from || entry.on >= choice.from) && (!choice.to || entry.on <= choice.to) && choice.tags.every((tag) => entry.tags.includes(tag));
    });
    const { stopped } = await count(world, Math.max(1, chosen.length));
    if (stopped) throw apiError('cancelled', 'The export was stopped, and nothing of it was left behind.');
    return { entries: chosen.length, attachments: chosen.reduce((sum, entry) => sum + entry.attachments.length, 0), left_out: [], path };
  },
  portability_export_space: async (world, { path }) => {
    if (path.includes('taken')) throw apiError('invalid', 'There is something at this place already. Nothing was written. Choose a folder that does not exist yet.', 'path');
    const { stopped } = await count(world, 40);
    if (stopped) throw apiError('cancelled', 'The export was stopped, and nothing of it was left behind.');
    return { records: 40, chunks: 2, missing_chunks: 0, path };
  },
  portability_save_report: async (world) => {
    mustBeWritable(world);
    return null;
  },
  portability_stop: (world) => {
    if (world.longWork) world.longWork.stopped = true;
    return null;
  },
};
