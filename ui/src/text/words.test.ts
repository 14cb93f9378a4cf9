import { describe, expect, it } from 'vitest';
import { de } from './de';
import { en } from './en';
import { LANGUAGES } from './choosing';
import { wordsOf } from './index';
import { mirror } from './mirrored';

/** Says one thing for what a function is given: enough to see that it says something, and the same in each language. */
const GIVEN: Record<string, unknown[]> = { numbers: [3, 2, 4], named: [3, 2, 'Name'], words: ['Ada', 'Bo', 'Cy'], lists: ['Ada', ['Bo'], ['Cy', 'Di']], days: ['2019-03-02', '2019-03-03'], first: [['Bo', 'Cy']] };

function said(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'function') return String(value);
  for (const given of Object.values(GIVEN)) {
    try {
      const text = (value as (...given: unknown[]) => unknown)(...given);
      if (typeof text === 'string' && !/undefined|NaN|Invalid/.test(text)) return text;
    } catch {
      // It wants to be given something else.
    }
  }
  throw new Error(`A function of words takes something this test does not give: ${String(value)}`);
}

/** Every word of a language by its path. */
function leaves(of: unknown, path = ''): Map<string, unknown> {
  if (typeof of !== 'object' || of === null) return new Map([[path, of]]);
  return new Map(Object.entries(of).flatMap(([key, value]) => [...leaves(value, path ? `${path}.${key}` : key)]));
}

/** What may be the same in English and German: names, keys, forms, and words that both have. */
const SAME = new Set([
  'Vice Versa', 'Journal', 'Filter', 'Name', 'Text', 'Link', 'Tab', 'Esc', '↑ ↓', '↵', 'Alt', 'Code', 'Markdown', 'JSON', 'Day One', 'Joplin', 'jrnl', 'Obsidian', 'RedNotebook', 'Import, Export', 'Mentoring', 'Passphrase', 'from:2026-09', '+3', 'Version',
]);
/** Paths whose text is the same because it is made of what it was given. */
const SAME_PATHS = new Set(['settings.about.version', 'journal.editor.fileSize', 'people.helped.on_day', 'settings.who.people', 'search.kindOn', 'desk.prepare.title', 'pairings.promises.by']);

describe('the words of a language', () => {
  const english = leaves(en);

  for (const { code } of LANGUAGES) {
    it(`are all there in ${code}, of the same kind, and say something`, () => {
      const words = leaves(wordsOf(code));
      expect([...words.keys()].sort()).toEqual([...english.keys()].sort());
      for (const [path, value] of words) {
        expect(typeof value, path).toBe(typeof english.get(path));
        if (path !== 'today.keepsake.times') expect(said(value).trim(), path).not.toBe('');
      }
    });
  }

  it('differ between English and German, but for names', () => {
    const german = leaves(de);
    const same = [...english].filter(([path, value]) => !SAME_PATHS.has(path) && said(value) === said(german.get(path)) && !SAME.has(said(value)));
    expect(same.map(([path, value]) => `${path}: ${said(value)}`)).toEqual([]);
  });

  it('are set as German sets them: „so“, one sign for an ellipsis, and “du” where somebody is meant', () => {
    for (const [path, value] of leaves(de)) {
      if (path === 'guides.own.fresh' || path === 'search.hints.0.typed') continue;
      const outside = said(value).replace(/„[^“]*“/g, '');
      expect(outside, path).not.toMatch(/[“”"]|\.\.\./);
      expect(outside, path).not.toMatch(/\b(?:Ihnen|(?<!^|[.:?] )Ihre?[mnrs]?)\b/);
    }
  });

  it('can be mirrored, longer, with what is put in still there', () => {
    const mirrored = leaves(mirror(en));
    expect([...mirrored.keys()]).toEqual([...english.keys()]);
    expect(said(mirrored.get('app.newEntry')).length).toBeGreaterThan('New entry'.length);
    expect(said(mirrored.get('journal.list.more'))).toBe('+3');
  });
});
