import { describe, expect, it } from 'vitest';
import { KIT_WORDS } from '@/text/kitWords';
import { beginning, distance, nearest, only, split } from './words';

describe('words of a fixed list', () => {
  it('are 2048, in order, each told apart by its first four letters', () => {
    expect(KIT_WORDS).toHaveLength(2048);
    expect([...KIT_WORDS].sort()).toEqual(KIT_WORDS);
    expect(new Set(KIT_WORDS.map((word) => word.slice(0, 4))).size).toBe(2048);
  });

  it('are found in numbered lists and lines', () => {
    expect(split('1. Lemon\n2. title,  paper')).toEqual(['lemon', 'title', 'paper']);
  });

  it('complete themselves when only one begins so', () => {
    expect(only(KIT_WORDS, 'lemo')).toBe('lemon');
    expect(only(KIT_WORDS, 'le')).toBeUndefined();
    expect(only(KIT_WORDS, 'act')).toBe('act');
  });

  it('are offered by their beginning', () => {
    expect(beginning(KIT_WORDS, 'zo')).toEqual(['zone', 'zoo']);
    expect(beginning(KIT_WORDS, '')).toEqual([]);
  });

  it('are guessed when one letter is wrong, missing, or swapped', () => {
    expect(nearest(KIT_WORDS, 'lemn')).toBe('lemon');
    expect(nearest(KIT_WORDS, 'velvte')).toBe('velvet');
    expect(nearest(KIT_WORDS, 'xxxxxxx')).toBeUndefined();
    expect(distance('velvte', 'velvet')).toBe(1);
  });
});
