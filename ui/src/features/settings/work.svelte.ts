// Long work that can be stopped: an import, with its progress. It goes on while another page is looked at.

import { asApiError, host, type ApiError, type ImportReport, type Progress } from '@/ipc';

type Kind = 'look' | 'import';

class Work {
  /** What is being done; none when nothing is. */
  now = $state<Kind>();
  progress = $state.raw<Progress>();
  /** The folder of the import. */
  path = $state('');
  /** What an import would do. */
  plan = $state.raw<ImportReport>();
  imported = $state.raw<ImportReport>();
  error = $state.raw<ApiError>();
  stopping = $state(false);

  /** Says what an import of a folder would do. */
  look(path: string): Promise<void> {
    this.path = path;
    this.plan = undefined;
    this.imported = undefined;
    return this.#do('look', async () => {
      this.plan = await host().call('portability_import', { path, dry_run: true });
    });
  }

  /** Imports the folder that was looked at. */
  import(): Promise<void> {
    return this.#do('import', async () => {
      this.imported = await host().call('portability_import', { path: this.path, dry_run: false });
      this.plan = undefined;
    });
  }

  /** Asks for a stop; what is done up to there stays whole. */
  stop(): void {
    this.stopping = true;
    void host().call('portability_stop').catch(() => undefined);
  }

  /** Forgets the plan and the report. */
  clear(): void {
    this.plan = undefined;
    this.imported = undefined;
    this.error = undefined;
  }

  async #do(kind: Kind, work: () => Promise<void>): Promise<void> {
    if (this.now) return;
    this.now = kind;
    this.progress = undefined;
    this.error = undefined;
    this.stopping = false;
    const end = host().on('progress', (progress) => (this.progress = progress));
    try {
      await work();
    } catch (failure) {
      const error = asApiError(failure);
      if (error.code !== 'cancelled') this.error = error;
    } finally {
      end();
      this.now = undefined;
    }
  }
}

/** The long work of this window. */
export const work = new Work();
