// What is spoken now: the language of the words, and the locale of dates and numbers. The two are chosen apart, see `choosing.ts`.

class Speaking {
  /** The language of the words, such as `de`. */
  language = $state('en');
  /** The locale in which dates, numbers and plurals are written; without one, the system's. */
  locale = $state<string | undefined>(undefined);
  /** What the host says, by the English it says it in; empty in English, and until it is fetched. */
  sentences = $state.raw<Readonly<Record<string, string>>>({});
  /** Whether its lines run from right to left. */
  isMirrored = $state(false);
}

/** What is spoken now. Whoever reads it while a screen is drawn is drawn again when it changes. */
export const speaking = new Speaking();
