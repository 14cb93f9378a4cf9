import { afterEach, describe, expect, it } from 'vitest';
import { directionOf, languageOf, localeOf, speak } from './choosing';
import { byName, count, day, firstWeekday, hoursAgo, list, nearDay, plural, size, span, time } from './format';
import { t } from './index';
import { MIRRORED } from './mirrored';
import { speaking } from './speaking.svelte';

afterEach(() => {
  speak('', 'en', 'en-GB');
  speaking.locale = undefined;
});

describe('the language', () => {
  it('is the one that was chosen, else the first of the system that is spoken, else English', () => {
    expect(languageOf('de', ['en-GB'])).toBe('de');
    expect(languageOf('', ['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(languageOf('fr', ['pt-BR'])).toBe('en');
  });

  it('changes words that were taken before, in the same turn', () => {
    const words = t.app.commands;
    const later = (): string => words.newEntry;
    expect(later()).toBe('New entry');
    speak('de', 'en', 'en-GB');
    expect(later()).toBe('Neuer Eintrag');
    expect(t.journal.entries(2)).toBe('2 Einträge');
    expect(document.documentElement.lang).toBe('de');
    speak('en', 'de', 'de-DE');
    expect(later()).toBe('New entry');
    expect(document.documentElement.lang).toBe('en');
  });

  it('gives the page its direction', () => {
    expect(directionOf('he')).toBe('rtl');
    expect(directionOf('de')).toBe('ltr');
    speak('', MIRRORED, '');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual([MIRRORED, 'rtl']);
    expect(t.app.newEntry).not.toBe('New entry');
    speak('de', MIRRORED, '');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['de', 'ltr']);
  });
});

describe('dates and numbers', () => {
  it('keep the region of the system in the language of the words', () => {
    expect(localeOf('de', 'de-AT')).toBe('de-AT');
    expect(localeOf('en', 'de-DE')).toBe('en-DE');
    expect(localeOf('de', 'en-US')).toBe('de-US');
    expect(localeOf('en', 'C')).toBe('en');
    expect(localeOf('de', '')).toBe('de');
    expect(localeOf('de', 'de-DE-u-hc-h12')).toBe('de-DE-u-hc-h12');
  });

  it('are English on a German computer, with its clock and its comma', () => {
    speak('en', 'de', 'de-DE');
    expect(day('2019-03-02')).toBe('2 March 2019');
    expect(count(1284)).toBe('1.284');
    expect(time(new Date(2026, 0, 1, 18, 42))).toBe('18:42');
    expect(firstWeekday()).toBe(1);
  });

  it('are German on an American computer, with its week', () => {
    speak('de', 'en', 'en-US');
    expect(day('2019-03-02')).toBe('2. März 2019');
    expect(firstWeekday()).toBe(7);
  });

  it('are German', () => {
    speak('de', 'de', 'de-DE');
    expect(count(1284)).toBe('1.284');
    expect(size(1_500)).toBe('1,5 kB');
    expect(span(200)).toBe('3 Minuten');
    expect(hoursAgo(31)).toBe('vor 31 Stunden');
    expect(list(['Aufnehmen', 'Anwenden', 'Reflexion'])).toBe('Aufnehmen, Anwenden und Reflexion');
    const now = new Date();
    expect(nearDay(`${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`)).toBe('heute');
  });

  it('sort names as the language does', () => {
    speak('de', 'de', 'de-DE');
    expect(['Zoo', 'Änderung', 'Anfang', 'Bau', 'Teil 10', 'Teil 2'].sort(byName)).toEqual(['Änderung', 'Anfang', 'Bau', 'Teil 2', 'Teil 10', 'Zoo']);
  });
});

describe('plurals', () => {
  it('have the forms that the language has', () => {
    const entries = { one: 'Eintrag', other: 'Einträge' };
    speak('de', 'de', 'de-DE');
    expect([0, 1, 2].map((number) => plural(number, entries))).toEqual(['0 Einträge', '1 Eintrag', '2 Einträge']);
    speak('en', 'en', 'en-GB');
    expect([0, 1, 2].map((number) => plural(number, { one: 'entry', other: 'entries' }))).toEqual(['0 entries', '1 entry', '2 entries']);
    speaking.locale = 'pl';
    expect([1, 2, 5].map((number) => plural(number, { one: 'wpis', few: 'wpisy', other: 'wpisów' }))).toEqual(['1 wpis', '2 wpisy', '5 wpisów']);
  });
});
