// Taking entries out of the notebook: long work that can be stopped. It goes on while another page is looked at.

import { asApiError, host, type ApiError, type ExportChoice, type ExportFormat, type ExportJournal, type ExportReport, type Progress } from '@/ipc';
import { t } from '@/text';
import { asking } from './asking.svelte';

/** What a choice of everything is. */
export const EVERYTHING: ExportChoice = { from: null, to: null, tags: [], in_loop: null, entries: [] };

const ENDINGS: Partial<Record<ExportFormat, string>> = { html: 'html', pdf: 'pdf' };

class Taking {
  running = $state(false);
  stopping = $state(false);
  progress = $state.raw<Progress>();
  /** What was written last. */
  done = $state.raw<ExportReport>();
  error = $state.raw<ApiError>();

  /** Asks where to, and writes the chosen entries there. */
  async take(format: ExportFormat, choice: ExportChoice, name: string, language: string): Promise<void> {
    if (this.running) return;
    const words = t.takeOut;
    const ending = ENDINGS[format];
    const path = ending
      ? await host().pickSave({ title: words.fileTitle, name: `${name}.${ending}`, filters: [{ name: words.kinds[format], extensions: [ending] }] })
      : await host().pickSave({ title: words.folderTitle, name });
    if (path === null) return;
    const request = { path, format, choice, replace: false, language };
    this.running = true;
    this.clear();
    const end = host().on('progress', (progress) => (this.progress = progress));
    try {
      this.done = await host().call('portability_export', request);
    } catch (failure) {
      await this.#answer(asApiError(failure), request);
    } finally {
      end();
      this.running = false;
      this.progress = undefined;
    }
  }

  /** Asks for a stop; nothing of what was begun is left behind. */
  stop(): void {
    this.stopping = true;
    void host().call('portability_stop').catch(() => undefined);
  }

  /** Forgets what was done and what went wrong. */
  clear(): void {
    this.stopping = false;
    this.progress = undefined;
    this.done = undefined;
    this.error = undefined;
  }

  async #answer(error: ApiError, request: ExportJournal): Promise<void> {
    if (error.code === 'file_exists' && !request.replace) return this.#replace(request);
    if (error.code !== 'cancelled') this.error = error;
  }

  /** Asks whether the file that is there may be replaced, and does it. */
  async #replace(request: ExportJournal): Promise<void> {
    const words = t.takeOut.replace;
    const name = request.path.split(/[\\/]/).at(-1) ?? request.path;
    if (!(await asking.ask({ title: words.title(name), text: words.text, verb: words.verb }))) return;
    const again = { ...request, replace: true };
    try {
      this.done = await host().call('portability_export', again);
    } catch (failure) {
      await this.#answer(asApiError(failure), again);
    }
  }
}

/** The entries that are being taken out of this window. */
export const taking = new Taking();
