// The braid: two threads that never vanish, never hide one another, and cross when the balance turns.

import { describe, expect, it } from 'vitest';
import { braidOf, leadsOf, type BraidSize, type WeekMinutes } from './braid';

const SIZE: BraidSize = { width: 960, height: 214, thickest: 26, gap: 12, spread: 44 };
const weeks = (number: number, of: (at: number) => [number, number]): WeekMinutes[] => Array.from({ length: number }, (_, at) => ({ learn: of(at)[0], teach: of(at)[1] }));

describe('The braid', () => {
  it('crosses once when the balance turns once, and the one that takes the lead lies above', () => {
    const { crossings, stretches } = braidOf(weeks(52, (at) => (at < 26 ? [60, 10] : [10, 60])), SIZE);
    expect(crossings.map((one) => one.lead)).toEqual(['teach']);
    expect(stretches[0]?.over).toBe('teach');
    expect(stretches[0]?.rim.length).toBeGreaterThan(0);
    expect(Math.abs((crossings[0]?.x ?? 0) - 480)).toBeLessThan(20);
  });

  it('passes over a lead of a single week, and keeps the lead where nothing says otherwise', () => {
    expect(leadsOf([0.5, 0.5, -0.5, 0.5, 0.05, -0.05])).toEqual([1, 1, 1, 1, 1, 1]);
    expect(leadsOf([-0.5, -0.5, 0, 0, 0.5, 0.5])).toEqual([-1, -1, -1, -1, 1, 1]);
  });

  it('hides neither thread in a year of which nothing is known', () => {
    const { stretches, crossings } = braidOf(weeks(52, () => [0, 0]), SIZE);
    expect(crossings).toEqual([]);
    for (const way of ['learn', 'teach'] as const) {
      const ys = stretches[0]?.[way].map(([, y]) => y) ?? [];
      expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(1);
    }
  });

  it('stays on its paper whatever the weeks hold', () => {
    let seed = 7;
    const random = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
    for (let round = 0; round < 60; round++) {
      const made = braidOf(weeks(2 + random(60), () => [random(4) ? random(900) : 0, random(4) ? random(900) : 0]), SIZE);
      const points = made.stretches.flatMap((one) => [...one.learn, ...one.teach, ...one.rim]);
      expect(points.every(([x, y]) => x >= -0.6 && x <= SIZE.width && y >= 0 && y <= SIZE.height)).toBe(true);
    }
  });
});
