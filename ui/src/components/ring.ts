// The geometry of a ring of four quarters: arcs and places on them. The first quarter is the one at the top right.

export const QUARTERS = [0, 1, 2, 3] as const;

const round = (number: number): number => Math.round(number * 100) / 100;

/** Gives a place on a circle; `degrees` run clockwise from the top. */
export function place(middle: number, radius: number, degrees: number): { x: number; y: number } {
  const turn = ((degrees - 90) * Math.PI) / 180;
  return { x: round(middle + radius * Math.cos(turn)), y: round(middle + radius * Math.sin(turn)) };
}

/** Gives the path of one quarter, with a gap of some degrees at each end. */
export function arc(middle: number, radius: number, quarter: number, gap: number): string {
  const from = place(middle, radius, quarter * 90 + gap);
  const to = place(middle, radius, quarter * 90 + 90 - gap);
  return `M${from.x} ${from.y}A${round(radius)} ${round(radius)} 0 0 1 ${to.x} ${to.y}`;
}

/** Gives the places of so many knots in a quarter, evenly. */
export function knots(middle: number, radius: number, quarter: number, count: number, gap: number): { x: number; y: number }[] {
  const wide = 90 - 2 * gap;
  return Array.from({ length: count }, (_, at) => place(middle, radius, quarter * 90 + gap + (wide * (at + 1)) / (count + 1)));
}
