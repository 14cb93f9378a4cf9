// A linking of two computers as this side sees it: what the host says, asked anew whenever it says that it changed.

import { asApiError, host, live, type ApiError, type LinkView } from '@/ipc';
import type { CommandName, RequestArgs } from '@/ipc/host';

type LinkCommand = Extract<CommandName, `devices_link_${string}`>;

/** A linking. To be made while a component is set up; it ends with the component. */
export class Linking {
  #live = live(['devices'], () => host().call('devices_link_state'));
  #answered = $state.raw<{ view: LinkView; before: LinkView | undefined }>();
  /** What could not be done. */
  error = $state.raw<ApiError>();
  /** The command that runs now. */
  busy = $state<LinkCommand>();

  /** Where it stands: what was loaded last, or what a command answered since. */
  get view(): LinkView | undefined {
    const loaded = this.#live.value;
    return this.#answered && this.#answered.before === loaded ? this.#answered.view : loaded;
  }

  /** Asks the host for something. Says whether it was done. */
  async do<K extends LinkCommand>(name: K, ...request: RequestArgs<K>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = name;
    this.error = undefined;
    try {
      const view = (await host().call(name, ...request)) as LinkView;
      this.#answered = { view, before: this.#live.value };
      return true;
    } catch (failure) {
      this.error = asApiError(failure);
      return false;
    } finally {
      this.busy = undefined;
    }
  }
}
