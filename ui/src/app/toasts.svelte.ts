// One sentence at the bottom of the page, for six seconds, often with an Undo. The next one takes its place.

export interface ToastView {
  /** Tells toasts apart, also when their words are the same. */
  number: number;
  text: string;
  action?: { label: string; run: () => void } | undefined;
}

/** How long a toast stays. */
export const TOAST_STAYS = 6_000;

class Toasts {
  now = $state.raw<ToastView>();
  #count = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #held = false;

  /** Shows a sentence. The action is done at most once. */
  show(text: string, action?: { label: string; run: () => void }): void {
    this.#count += 1;
    const number = this.#count;
    this.now = {
      number,
      text,
      action: action && {
        label: action.label,
        run: () => {
          if (this.now?.number !== number) return;
          this.clear();
          action.run();
        },
      },
    };
    this.#wait();
  }

  /** Does what the toast offers, if it offers something. */
  act(): boolean {
    const action = this.now?.action;
    action?.run();
    return action !== undefined;
  }

  /** Keeps the toast while the pointer or the focus is on it. */
  hold(held: boolean): void {
    this.#held = held;
    if (!held) this.#wait();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#held = false;
    this.now = undefined;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#held) this.now = undefined;
    }, TOAST_STAYS);
  }
}

/** The toast that is shown. */
export const toasts = new Toasts();
