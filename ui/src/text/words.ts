// What a language has to say, as a type: English is the pattern, and a word that is missing or too many elsewhere does not compile.

import type { en } from './en';

/** The same keys, functions of the same arguments, and any words. */
export type Said<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : T extends readonly (infer One)[]
      ? readonly Said<One>[]
      : { readonly [Key in keyof T]: Said<T[Key]> };

/** What a language has to say. */
export type Words = Said<typeof en>;
