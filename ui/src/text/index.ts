// Every word the screens say, in the language they say it in, and dates and numbers as the system writes them.
//
// A translation is one more object of the type `Words`.

import { en } from './en';

/** What a language has to say. */
export type Words = typeof en;

/** The words of the interface. */
export const t: Words = en;

export * as format from './format';
