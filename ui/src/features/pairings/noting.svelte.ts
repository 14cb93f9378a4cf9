// Words of a pairing while they are being written: saved soon after each pause in typing, because the other may be reading.
//
// Calls go one after the other. What somebody else wrote meanwhile comes back with each save and is put around the cursor; when
// the other writes while nothing is typed here, a save of nothing fetches it.

import { asApiError, host, type ApiError, type PairingText, type Splice } from '@/ipc';

/** How long after the last key words are saved. */
export const SAVE_AFTER = 700;
const RETRY_AFTER = 4_000;

/** The text as the editor holds it. */
export interface TextPort {
  text(): string;
  since(): { apply(splices: readonly Splice[]): void; end(): void };
}

export class Noting {
  /** The words as they were opened; none until they are. */
  opened = $state.raw<string>();
  trouble = $state.raw<ApiError>();
  /** Whether every word is saved. */
  saved = $state(true);

  readonly #pairing: string;
  readonly #text: PairingText;
  #editing: string | undefined;
  #port: TextPort | undefined;
  #line: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #revision = 0;
  #closed = false;

  constructor(pairing: string, text: PairingText) {
    this.#pairing = pairing;
    this.#text = text;
  }

  /** Opens the words. */
  async open(): Promise<void> {
    try {
      const { editing, text } = await host().call('pairings_open_text', { pairing: this.#pairing, text: this.#text });
      this.#editing = editing;
      this.opened = text;
      this.trouble = undefined;
      if (this.#closed) await this.#call(editing, text, true);
    } catch (failure) {
      this.trouble = asApiError(failure);
    }
  }

  attach(port: TextPort): void {
    this.#port = port;
  }

  /** Says that the person changed the words. */
  typed(): void {
    this.#revision += 1;
    this.saved = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), SAVE_AFTER);
  }

  /** Saves now. Answers whether every word is saved. */
  save(): Promise<boolean> {
    return this.#inLine(() => (this.saved ? Promise.resolve() : this.#save(false)));
  }

  /** Fetches what somebody else wrote. */
  refresh(): Promise<boolean> {
    return this.#inLine(() => (this.saved ? this.#save(false) : Promise.resolve()));
  }

  /** Saves and ends. */
  close(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#closed = true;
    return this.#inLine(() => this.#save(true));
  }

  #inLine(doing: () => Promise<void>): Promise<boolean> {
    const mine = this.#line.then(async () => {
      try {
        await doing();
        this.trouble = undefined;
        return this.saved;
      } catch (failure) {
        this.trouble = asApiError(failure);
        if (!this.#closed) this.#timer = setTimeout(() => void this.save(), RETRY_AFTER);
        return false;
      }
    });
    this.#line = mine;
    return mine;
  }

  async #save(close: boolean): Promise<void> {
    const text = this.#port?.text() ?? this.opened;
    if (this.#editing === undefined || text === undefined) return;
    const revision = this.#revision;
    const since = this.#port?.since();
    try {
      const splices = await this.#call(this.#editing, text, close);
      since?.apply(splices);
      if (revision === this.#revision) this.saved = true;
    } catch (failure) {
      since?.end();
      throw failure;
    }
  }

  #call(editing: string, text: string, close: boolean): Promise<Splice[]> {
    return host().call('pairings_save_text', { editing, text, close });
  }
}
