// A picture as plain shapes: what is drawn on the page, and what is written to a file, come from the same list.
//
// Colours are names of tokens, so that a picture follows the theme; a saved one is written in the colours that are shown.

import type { Point, Way } from '@/components/braid';

/** The name of a colour in `tokens.css`, without its dashes. */
export type Colour = 'thread-teach' | 'twist' | 'heat-0' | 'heat-1' | 'heat-2' | 'heat-3' | 'text' | 'text-soft' | 'text-faint' | 'rule' | 'rule-strong' | 'thread-learn' | 'surface-page';

export type Shape =
  /** A thread of a braid: teal is plain, amber twisted. */
  | { kind: 'thread'; points: readonly Point[]; way: Way }
  /** A rim of paper around a thread that lies above another. */
  | { kind: 'rim'; points: readonly Point[] }
  | { kind: 'dot'; x: number; y: number; r: number; fill: Colour }
  | { kind: 'bar'; x: number; y: number; width: number; height: number; fill: Colour }
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; stroke: Colour }
  | { kind: 'arc'; x: number; y: number; r: number; from: number; to: number; stroke: Colour; width: number; dotted?: boolean }
  | { kind: 'words'; x: number; y: number; text: string; size: number; font: 'read' | 'ui'; weight?: number; anchor?: 'start' | 'middle' | 'end'; fill: Colour };

export interface Scene {
  width: number;
  height: number;
  shapes: readonly Shape[];
}

/** Shortens words to so many letters. */
export function shortened(text: string, most: number): string {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join('').trimEnd()}…` : text;
}

/** The same picture for a page whose lines run from right to left. What goes round goes round the same way. */
export function mirroredScene(scene: Scene): Scene {
  const opposite = { start: 'end', middle: 'middle', end: 'start' } as const;
  const shapes = scene.shapes.map((shape): Shape => {
    switch (shape.kind) {
      case 'dot':
      case 'arc':
        return { ...shape, x: scene.width - shape.x };
      case 'thread':
      case 'rim':
        return { ...shape, points: shape.points.map(([x, y]): Point => [scene.width - x, y]) };
      case 'bar':
        return { ...shape, x: scene.width - shape.x - shape.width };
      case 'line':
        return { ...shape, x1: scene.width - shape.x1, x2: scene.width - shape.x2 };
      case 'words':
        return { ...shape, x: scene.width - shape.x, anchor: opposite[shape.anchor ?? 'start'] };
    }
  });
  return { ...scene, shapes };
}

/** The two ends of an arc; angles run clockwise from the top, in turns. */
export function endsOf(arc: Extract<Shape, { kind: 'arc' }>): { x1: number; y1: number; x2: number; y2: number; large: boolean } {
  const at = (turn: number): [number, number] => [arc.x + arc.r * Math.sin(turn * 2 * Math.PI), arc.y - arc.r * Math.cos(turn * 2 * Math.PI)];
  const [x1, y1] = at(arc.from);
  const [x2, y2] = at(arc.to);
  return { x1, y1, x2, y2, large: arc.to - arc.from > 0.5 };
}

const rounded = (number: number): string => String(Math.round(number * 100) / 100);

/** The path of an arc. */
export function pathOf(arc: Extract<Shape, { kind: 'arc' }>): string {
  const { x1, y1, x2, y2, large } = endsOf(arc);
  return `M${rounded(x1)} ${rounded(y1)}A${rounded(arc.r)} ${rounded(arc.r)} 0 ${large ? 1 : 0} 1 ${rounded(x2)} ${rounded(y2)}`;
}

/** Joins the dots of each colour to one path: a year has hundreds, and a page should not. */
export function dotPaths(shapes: readonly Shape[]): { fill: Colour; path: string }[] {
  const paths = new Map<Colour, string>();
  for (const shape of shapes) {
    if (shape.kind !== 'dot') continue;
    const [x, y, r, across] = [shape.x - shape.r, shape.y, shape.r, 2 * shape.r].map(rounded);
    paths.set(shape.fill, `${paths.get(shape.fill) ?? ''}M${x} ${y}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 -${across} 0`);
  }
  return [...paths].map(([fill, path]) => ({ fill, path }));
}
