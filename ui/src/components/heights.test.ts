import { describe, expect, it } from 'vitest';
import { Heights } from './heights';

describe('heights of rows', () => {
  it('begin with the guess for each row', () => {
    const heights = new Heights(100_000, 70);
    expect(heights.total).toBe(7_000_000);
    expect(heights.before(1000)).toBe(70_000);
    expect(heights.at(69_999)).toBe(999);
    expect(heights.at(70_000)).toBe(1000);
  });

  it('agree with plain addition after many changes', () => {
    const count = 500;
    const plain = Array.from({ length: count }, () => 40);
    const heights = new Heights(count, 40);
    for (let turn = 0; turn < 2000; turn++) {
      const row = (turn * 7919) % count;
      const height = 20 + ((turn * 31) % 90);
      plain[row] = height;
      heights.note(row, height);
    }
    let sum = 0;
    for (let row = 0; row < count; row++) {
      expect(heights.before(row)).toBe(sum);
      expect(heights.at(sum)).toBe(row);
      expect(heights.at(sum + (plain[row] ?? 0) - 1)).toBe(row);
      sum += plain[row] ?? 0;
    }
    expect(heights.total).toBe(sum);
  });

  it('say by how much a row differs from what was believed', () => {
    const heights = new Heights(3, 50);
    expect(heights.note(1, 80)).toBe(30);
    expect(heights.note(1, 80)).toBe(0);
    expect(heights.note(7, 80)).toBe(0);
  });

  it('keep what is known of rows that stay', () => {
    const heights = new Heights(10, 50);
    heights.note(2, 90);
    heights.note(9, 90);
    expect(heights.resized(5).total).toBe(290);
  });

  it('stay within the list at its edges', () => {
    const heights = new Heights(3, 50);
    expect(heights.at(-10)).toBe(0);
    expect(heights.at(10_000)).toBe(2);
  });
});
