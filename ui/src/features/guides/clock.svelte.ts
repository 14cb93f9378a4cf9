// The clock of a run as it is shown: the host counts, this only ticks in between. Nothing waits for it.

import type { ClockView } from '@/ipc';

/** Whether the time is shown; remembered as long as the window is open. */
export const timeShown = $state({ yes: true });

export class RunTime {
  #at = $state(0);
  #now = $state(0);
  readonly #clock: () => ClockView | undefined;

  /** To be made while a component is set up. */
  constructor(clock: () => ClockView | undefined) {
    this.#clock = clock;
    $effect(() => {
      const view = clock();
      this.#at = this.#now = performance.now();
      if (!view?.is_running) return;
      const timer = setInterval(() => (this.#now = performance.now()), 1_000);
      return () => clearInterval(timer);
    });
  }

  /** Seconds the present step has taken. */
  get spent(): number {
    const clock = this.#clock();
    if (!clock) return 0;
    return clock.spent_seconds + (clock.is_running ? Math.max(0, Math.floor((this.#now - this.#at) / 1_000)) : 0);
  }

  /** How much of the planned time of the step is gone, from 0 to 1. */
  get part(): number {
    const planned = this.#clock()?.planned_seconds ?? 0;
    return planned > 0 ? Math.min(1, this.spent / planned) : 0;
  }

  /** Minutes planned for all that is left. */
  get left(): number {
    const clock = this.#clock();
    if (!clock) return 0;
    const here = Math.max(0, clock.planned_seconds - this.spent);
    const before = Math.max(0, clock.planned_seconds - clock.spent_seconds);
    return Math.max(0, Math.ceil((clock.minutes_left * 60 - (before - here)) / 60));
  }
}
