// What is spoken now: the language of the words, and the locale of dates and numbers. The two are chosen apart, see `choosing.ts`.

class Speaking {
  /** The language of the words, such as `de`. */
  language = $state('en');
  /** The locale in which dates, numbers and plurals are written; without one, the system's. */
  locale = $state<string | undefined>(undefined);
  /** Whether its lines run from right to left. */
  isMirrored = $state(false);
}

/** What is spoken now. Whoever reads it while a screen is drawn is drawn again when it changes. */
export const speaking = new Speaking();
