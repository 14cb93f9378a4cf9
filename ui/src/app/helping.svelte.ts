// A note of who helped that is being written: asked for from an entry, a person's page, the palette or a key.

import type { HelpedView, NamedPerson } from '@/ipc';

/** What is known before anything is typed. */
export interface Helping {
  /** Who helped. */
  person?: NamedPerson;
  /** The entry it belongs to. */
  entry?: string;
  /** The note that is changed; without it a new one is written. */
  note?: HelpedView;
}

class Now {
  now = $state.raw<Helping | undefined>();

  /** Begins a note, or the change of one. */
  begin(about: Helping = {}): void {
    this.now = about;
  }

  /** Puts it away. */
  end(): void {
    this.now = undefined;
  }
}

/** The note that is being written. */
export const helping = new Now();
