import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostSentences } from '@/testing/hostSentences';
import { host as german } from './de/host';
import { textOf } from './errors';
import { reportedByHost, saidByHost } from './host';
import { speaking } from './speaking.svelte';

/** What stands in the sources of the host in words and reaches nobody as a sentence. */
const NOT_FOR_PEOPLE = new Set([
  // Parts of a sentence about fields of a guide file, and of one about the words of a kit; both are there whole.
  'least` and `most', 'low` and `high', 'options` and `own', "word {} is not one of the kit's words{}",
  // What a reader of JSON expects, for programmers.
  'an object with a list of entries', 'a list of entries', 'nothing more is wanted',
  // Names of letters and of columns, and what stands in a kit file, whose form is frozen.
  'Book Serif More', 'Book Sans More', 'vice-versa hash backup/v1', 'rid, fid, seq, type, obj, hlc, state, raw FROM record', 'Vice Versa recovery kit, format ',
  'WARNING: whoever has this file, or a print of it, can read the whole journal. Keep it where you keep a passport, and not on the same machine as the journal',
  'It opens with the passphrase that was chosen for it, and with nothing else',
  // Why a record is put aside: logs and a check of everything have it so, and screens say its kind in words of their own.
  'not a member', 'the app ended', 'does not open', 'belongs to nobody', 'it begins another account', 'a device does not say that it belongs to this account', 'it founds another journal',
  'the account\'s newest secret was not wrapped to the kit', 'it does not make this device one of the account', 'its recovery key cannot be used', 'an operation of a space is malformed',
  'its device belongs to nobody who is known', 'it founds another space', 'there is no key to write with in its space', 'it is larger than a record may be', 'its device was revoked before it wrote this',
  'its feed has split: another record stands in its place', 'it makes a text larger than a text may be', 'the app ended each time it was read', 'it does not begin its feed',
  'its device has another feed for the same life', 'an operation is never erased', 'it cannot be merged', 'it stands in a stream where it means nothing', 'it builds on what is not here',
]);

describe('what the host says', () => {
  beforeEach(() => {
    speaking.language = 'de';
    speaking.sentences = german;
    speaking.locale = 'de-DE';
  });
  afterEach(() => {
    speaking.language = 'en';
    speaking.sentences = {};
    speaking.locale = undefined;
  });

  it('has a German sentence for every sentence in its sources', () => {
    const small = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
    const known = new Set(Object.keys(german).map(small));
    const missing = [...hostSentences(resolve('..'))].filter(([sentence]) => !known.has(small(sentence)) && !NOT_FOR_PEOPLE.has(sentence));
    expect(missing.map(([sentence, file]) => `${file}: ${sentence}`)).toEqual([]);
  });

  it('is found with and without its full stop, its capital, and what was put in', () => {
    expect(saidByHost('This loop is not in the notebook any more.')).toBe('Diese Lernschleife ist nicht mehr im Notizbuch.');
    expect(saidByHost('the disk is full')).toBe('der Datenträger ist voll');
    expect(saidByHost('A recovery kit has 24 words, and here are 23.')).toBe('Ein Wiederherstellungs-Set hat 24 Wörter, und hier sind 23.');
    expect(reportedByHost('last checked on 2019-03-02')).toBe('zuletzt am 2. März 2019 geprüft');
  });

  it('is said whole when one sentence stands in another', () => {
    expect(saidByHost('There is nothing to import that can be read: it is not there.')).toBe('Da ist nichts zum Hereinholen, das sich lesen lässt: sie ist nicht da.');
    expect(saidByHost('Word 3 is not one of the kit\'s words (did you mean “zoo”?). Nothing was touched.')).toBe('Wort 3 ist keines der Wörter des Sets (meinst du „zoo“?). Nichts wurde angerührt.');
    expect(saidByHost('This is no guide that can be run: line 3, phases[1].id: two phases have this id. Nothing was changed.')).toBe(
      'Das ist kein Leitfaden, der laufen kann: Zeile 3, phases[1].id: zwei Abschnitte haben diese Kennung. Nichts wurde geändert.',
    );
  });

  it('never reaches a German screen in English', () => {
    const text = textOf({ code: 'invalid', message: 'A sentence from tomorrow that nobody translated yet.' });
    expect(text.line).toBe('So lässt sich das nicht übernehmen. Nichts wurde geändert.');
  });

  it('stays as it is in English', () => {
    speaking.language = 'en';
    expect(saidByHost('Anything at all.')).toBe('Anything at all.');
  });
});
