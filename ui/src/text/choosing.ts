// Which language is spoken, and how it writes dates.
//
// Words follow the person's choice, and without one the system's list of languages. Dates, numbers and the first day of the
// week follow the region of the system, in the language of the words: English on a German computer says “19 November” and
// “18:42”, and counts “1.284”.

import { host } from '@/ipc';
import { fetchSentences } from './host';
import { MIRRORED } from './mirrored';
import { speaking } from './speaking.svelte';

/** The languages that are offered, each with the name it gives itself. */
export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
] as const;

/** A language that is offered. */
export type Language = (typeof LANGUAGES)[number]['code'];

const asLanguage = (tag: string): Language | undefined => LANGUAGES.find(({ code }) => code === tag.toLowerCase().split(/[-_]/)[0])?.code;

/** Gives the language of the words: what was chosen, else the first of the system's that is spoken here, else English. */
export function languageOf(chosen: string, systems: readonly string[]): Language {
  for (const tag of [chosen, ...systems]) {
    const language = asLanguage(tag);
    if (language) return language;
  }
  return 'en';
}

/** Gives the locale of dates and numbers: the language of the words, in the region of the system. */
export function localeOf(language: string, formats: string): string {
  try {
    const system = new Intl.Locale(formats);
    // The whole of it, because it may say more than the region, such as 24 hours.
    if (system.language === language) return system.toString();
    const { region } = system.maximize();
    return region ? `${language}-${region}` : language;
  } catch {
    return language;
  }
}

/** Languages whose lines run from right to left, for engines that do not know it. */
const FROM_RIGHT = ['ar', 'dv', 'fa', 'he', 'ks', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi'];

/** Gives the direction in which a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return FROM_RIGHT.includes(language.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** Speaks as was chosen. `system` and `formats` are what the shell says of the computer; empty where it cannot say. */
export function speak(chosen: string, system: string, formats: string): void {
  const mirrored = system === MIRRORED;
  const language = languageOf(chosen, mirrored ? [] : [system, ...navigator.languages].filter(Boolean));
  void fetchSentences(language).catch(() => undefined);
  speaking.language = mirrored && !chosen ? MIRRORED : language;
  speaking.locale = localeOf(language, formats || navigator.language);
  const page = document.documentElement;
  page.lang = speaking.language;
  speaking.isMirrored = directionOf(speaking.language) === 'rtl';
  page.dir = speaking.isMirrored ? 'rtl' : 'ltr';
}

/** Speaks as the host says; for a page that shows no settings. */
export async function speakAsHost(): Promise<void> {
  const [settings, shell] = await Promise.all([host().call('settings_read').catch(() => undefined), host().shellState().catch(() => undefined)]);
  speak(settings?.language ?? '', shell?.language ?? '', shell?.formats ?? '');
}
