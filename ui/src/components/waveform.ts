// The picture of a sound: from however many peaks to as many strokes as there is room for.

/** Folds peaks into so many strokes, each as high as the loudest of its own; shorter sounds are spread. */
export function strokesOf(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0) return [];
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / count));
    let loudest = 0;
    for (let one = from; one < to; one++) loudest = Math.max(loudest, peaks[one] ?? 0);
    return loudest;
  });
}

/** Draws strokes around a line in a box of that height, one unit wide each, the loudest as high as the box. */
export function pathOf(strokes: readonly number[], height: number): string {
  // A quiet note is drawn as high as a loud one: what matters is where somebody talks.
  const top = Math.max(40, ...strokes);
  return strokes
    .map((stroke, at) => {
      const half = Math.max(0.6, (stroke / top) * (height / 2 - 1));
      return `M${at + 0.5} ${(height / 2 - half).toFixed(1)}V${(height / 2 + half).toFixed(1)}`;
    })
    .join('');
}
