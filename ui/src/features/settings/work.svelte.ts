// Long work that can be stopped: an import, with its progress. It goes on while another page is looked at.

import { asApiError, host, type ApiError, type ImportReport, type Progress } from '@/ipc';

type Kind = 'look' | 'import';

class Work {
  /** What is being done; none when nothing is. */
  now = $state<Kind>();
  progress = $state.raw<Progress>();
  /** The file or folder of the import. */
  path = $state('');
  /** What an import would do. */
  plan = $state.raw<ImportReport>();
  imported = $state.raw<ImportReport>();
  error = $state.raw<ApiError>();
  stopping = $state(false);
  /** Whether the journal is encrypted and waits for its passphrase. */
  locked = $state(false);
  /** Whether the passphrase that was given does not open it. */
  wrong = $state(false);
  /** Kept only from the look to the import. */
  #passphrase: string | undefined;

  /** Says what an import of a file or folder would do. */
  look(path: string, passphrase?: string): Promise<void> {
    this.path = path;
    this.plan = undefined;
    this.imported = undefined;
    this.#passphrase = passphrase;
    return this.#do('look', async () => {
      try {
        const plan = await host().call('portability_import', { path, dry_run: true, ...(passphrase === undefined ? {} : { passphrase }) });
        this.locked = false;
        if (!plan.stopped) this.plan = plan;
      } catch (failure) {
        const error = asApiError(failure);
        if (error.field !== 'passphrase') {
          this.locked = false;
          throw failure;
        }
        this.locked = true;
        this.wrong = error.code === 'wrong_key';
      }
    });
  }

  /** Imports what was looked at. */
  import(): Promise<void> {
    return this.#do('import', async () => {
      const passphrase = this.#passphrase;
      this.imported = await host().call('portability_import', { path: this.path, dry_run: false, ...(passphrase === undefined ? {} : { passphrase }) });
      this.plan = undefined;
      this.#passphrase = undefined;
    });
  }

  /** Writes a report into a file; gives whether that went well. */
  async saveReport(path: string, text: string): Promise<boolean> {
    try {
      await host().call('portability_save_report', { path, text });
      return true;
    } catch (failure) {
      this.error = asApiError(failure);
      return false;
    }
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
    this.locked = false;
    this.wrong = false;
    this.#passphrase = undefined;
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
