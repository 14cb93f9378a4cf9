// The state of the notebook and the settings of this computer, as every screen needs them. Facts come from the host and are
// loaded again when it says that they changed.

import { asApiError, host, type ApiError, type NotebookStatus, type NotebookView, type Settings, type ShellState } from '@/ipc';

class Notebook {
  /** What state it is in; none while the host has not answered yet. */
  status = $state.raw<NotebookStatus>();
  /** Why the host could not say. */
  error = $state.raw<ApiError>();
  settings = $state.raw<Settings>();
  shell = $state.raw<ShellState>();
  /** True when it was opened by the recovery kit: a new passphrase can then be chosen without the one before. */
  byKit = $state(false);
  #asked = 0;

  /** The open notebook; none while it is not open. */
  get open(): NotebookView | undefined {
    return this.status?.state === 'open' ? this.status.notebook : undefined;
  }

  /** True when everything can be read and nothing changed. */
  get readOnly(): boolean {
    return this.open?.read_only ?? false;
  }

  /** Begins to follow the host. Gives back what ends it. */
  follow(): () => void {
    this.status = this.error = this.settings = this.shell = undefined;
    void this.load();
    void this.loadSettings();
    this.#loadShell();
    const ends = [
      host().on('changed', ({ topics }) => {
        if (topics.includes('notebook')) void this.load();
        if (topics.includes('settings')) {
          void this.loadSettings();
          this.#loadShell();
        }
      }),
      host().on('locked', () => void this.load()),
    ];
    return () => ends.forEach((end) => end());
  }

  /** Asks the host for the state. An older answer never replaces a newer one. */
  async load(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const status = await host().call('notebook_status');
      if (mine === this.#asked) this.#show(status);
    } catch (failure) {
      if (mine === this.#asked) this.error = asApiError(failure);
    }
  }

  /** Takes a state that a command gave as its answer. */
  take(status: NotebookStatus): void {
    this.#asked += 1;
    this.#show(status);
  }

  #show(status: NotebookStatus): void {
    this.status = status;
    this.error = undefined;
    if (status.state !== 'open') this.byKit = false;
  }

  /** Changes some settings. Rejects with what the host said; the settings then stay as they were. */
  async change(some: Partial<Settings>): Promise<void> {
    const before = this.settings ?? (await host().call('settings_read'));
    // Shown at once, so that a switch answers under the finger; put back when the host refuses.
    this.settings = { ...before, ...some };
    try {
      this.settings = await host().call('settings_change', { ...before, ...some });
    } catch (failure) {
      this.settings = before;
      throw asApiError(failure);
    }
  }

  #loadShell(): void {
    void host().shellState().then((state) => (this.shell = state), () => undefined);
  }

  async loadSettings(): Promise<void> {
    try {
      this.settings = await host().call('settings_read');
    } catch {
      // Settings live in the notebook; while it is locked, those of before stay.
    }
  }
}

/** The notebook. */
export const notebook = new Notebook();
