// The few small drawings that the editor needs outside of Svelte; the same strokes as the interface's icons.

const SVG = 'http://www.w3.org/2000/svg';

function drawing(paths: readonly string[]): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'vv-drawn');
  for (const d of paths) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** Draws the tick of a box. */
export const tick = (): SVGElement => drawing(['M20 6 9 17l-5-5']);

/** Draws a sheet of paper with a folded corner. */
export const fileIcon = (): SVGElement => drawing(['M6 3h8l5 5v13H6z', 'M14 3v5h5']);

/** Draws an arrow up. */
export const upIcon = (): SVGElement => drawing(['m18 15-6-6-6 6']);

/** Draws an arrow down. */
export const downIcon = (): SVGElement => drawing(['m6 9 6 6 6-6']);

/** Draws a cross. */
export const crossIcon = (): SVGElement => drawing(['M18 6 6 18', 'm6 6 12 12']);
