// Where the rows of a long list stand, when each has its own height: a Fenwick tree over what is known, and a guess for the rest.
//
// Finding a row by its place, or its place by its number, takes a few steps for 100,000 rows; so does a change of one height.

/** Keeps the heights of rows and adds them up. */
export class Heights {
  readonly count: number;
  readonly #guess: number;
  /** Differences from the guess, so that nothing has to be filled in at the start. */
  readonly #tree: Float64Array;
  readonly #known = new Map<number, number>();

  constructor(count: number, guess: number) {
    this.count = count;
    this.#guess = guess;
    this.#tree = new Float64Array(count + 1);
  }

  /** The height of one row, known or guessed. */
  of(row: number): number {
    return this.#known.get(row) ?? this.#guess;
  }

  /** Notes a measured height. Gives by how much it differs from what was believed. */
  note(row: number, height: number): number {
    if (row < 0 || row >= this.count) return 0;
    const difference = height - this.of(row);
    if (difference === 0) return 0;
    this.#known.set(row, height);
    for (let at = row + 1; at <= this.count; at += at & -at) this.#tree[at] = (this.#tree[at] ?? 0) + difference;
    return difference;
  }

  /** Where a row begins. */
  before(row: number): number {
    const rows = Math.max(0, Math.min(row, this.count));
    let sum = rows * this.#guess;
    for (let at = rows; at > 0; at -= at & -at) sum += this.#tree[at] ?? 0;
    return sum;
  }

  /** All heights together. */
  get total(): number {
    return this.before(this.count);
  }

  /** The row that stands at a place. */
  at(place: number): number {
    let row = 0;
    let rest = Math.max(0, place);
    let step = 1;
    while (step * 2 <= this.count) step *= 2;
    for (; step > 0; step = Math.floor(step / 2)) {
      const next = row + step;
      if (next > this.count) continue;
      const height = step * this.#guess + (this.#tree[next] ?? 0);
      if (height <= rest) {
        row = next;
        rest -= height;
      }
    }
    return Math.max(0, Math.min(row, this.count - 1));
  }

  /** The same heights for another number of rows. What was known of rows that stay is kept. */
  resized(count: number): Heights {
    const made = new Heights(count, this.#guess);
    for (const [row, height] of this.#known) made.note(row, height);
    return made;
  }
}
