import { describe, expect, it } from 'vitest';
import { drawn } from './marked';

const same = (text: string) => [{ change: 'same' as const, text }];
const facesOf = (text: string) => drawn(same(text)).flatMap((line) => line.pieces).filter(({ faces }) => faces.length > 0).map(({ text: of, faces }) => [of, faces.join(' ')]);

describe('a drawn version', () => {
  it('keeps every letter, whatever stands in it', () => {
    for (const text of ['', '# A\n\n- *b*\n> c\n', '**a', '`a *b*` _c_\n```\n# no\n```\nend', 'a\n\n\nb', '***x*** ~~y~~ snake_case_word 2*3*4']) {
      expect(drawn(same(text)).flatMap((line) => line.pieces.map((piece) => piece.text)).join('')).toBe(text);
    }
  });

  it('knows what a line is', () => {
    const kinds = drawn(same('# A\n## B\n### C\n- d\n3. e\n> f\ng\n```\n# h\n```\ni')).map(({ kind }) => kind);
    expect(kinds).toEqual(['h1', 'h2', 'h3', 'item', 'item', 'quote', 'plain', 'code', 'code', 'code', 'plain']);
  });

  it('sets what is bold, slanted, struck or code, and lets the marks step back', () => {
    expect(facesOf('a **b** *c* `*d*`')).toEqual([
      ['**', 'bold mark'], ['b', 'bold'], ['**', 'bold mark'],
      ['*', 'slanted mark'], ['c', 'slanted'], ['*', 'slanted mark'],
      ['`', 'code mark'], ['*d*', 'code'], ['`', 'code mark'],
    ]);
    expect(facesOf('see ![the board](attachment:1) now')).toEqual([['![', 'mark'], ['](attachment:1)', 'mark']]);
    expect(facesOf('snake_case_word and 2 * 3 * 4')).toEqual([]);
  });

  it('cuts where it changed, also in the middle of what is bold', () => {
    const [line] = drawn([{ change: 'same', text: '**slow ' }, { change: 'removed', text: 'talk' }, { change: 'added', text: 'work' }, { change: 'same', text: '**' }]);
    expect(line?.pieces.map(({ text, change, faces }) => [text, change, faces.includes('bold')])).toEqual([
      ['**', 'same', false], ['slow ', 'same', false], ['talk', 'removed', false], ['work', 'added', false], ['**', 'same', false],
    ].map(([text, change]) => [text, change, true]));
  });
});
