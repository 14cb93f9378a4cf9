// The geometry of the braid: two threads from weekly minutes of learning and of teaching. Pure: numbers in, outlines out.
//
// The leader runs above, the other below, mirrored about the middle; a thread is thicker in fuller weeks, and the two cross when
// the balance turns. It is a picture of give and take, not a score, so there is no axis of amounts.

/** A week's minutes. */
export interface WeekMinutes {
  learn: number;
  teach: number;
}

/** How a braid is drawn. */
export interface BraidSize {
  width: number;
  height: number;
  thickest: number;
  gap: number;
  spread: number;
}

export type Way = 'learn' | 'teach';
export type Point = readonly [x: number, y: number];

/** A stretch of the picture between two crossings, in the order of painting. */
export interface Stretch {
  /** The thread that lies above here; it is painted last. */
  over: Way;
  learn: Point[];
  teach: Point[];
  /** Where the one above needs a rim, so that it is seen to lie above; empty where they do not touch. */
  rim: Point[];
}

export interface Braid {
  stretches: Stretch[];
  /** Where they cross, and who takes the lead there. */
  crossings: { x: number; lead: Way }[];
  /** Who leads in each week: 1 for learning, -1 for teaching. */
  leads: number[];
}

/** At most so many minutes of a week count for its thickness, so that one workshop does not flatten a year. */
const FULL_WEEK = 240;
const THINNEST = 1.4;
/** Under so many minutes a week says nothing about the balance. */
const TOO_FEW = 10;
/** From which balance on somebody leads. */
const LEADS_FROM = 0.1;
const STEP = 2.5;

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** Each value with a quarter of its neighbours'; the ends repeat. */
export function smoothed(values: readonly number[]): number[] {
  return values.map((value, at) => 0.25 * (values[at - 1] ?? value) + 0.5 * value + 0.25 * (values[at + 1] ?? value));
}

/** The balance of a week, from -1 (taught only) to 1 (learned only). */
const balanceOf = ({ learn, teach }: WeekMinutes): number => (learn + teach < TOO_FEW ? 0 : (learn - teach) / (learn + teach));

/** Who leads week by week. In between the lead stays where it was, and a lead of a single week is passed over. */
export function leadsOf(balance: readonly number[]): number[] {
  const first = balance.slice(0, 4).reduce((sum, one) => sum + one, 0);
  let lead = first < 0 ? -1 : 1;
  const leads = balance.map((one) => {
    if (Math.abs(one) >= LEADS_FROM) lead = Math.sign(one);
    return lead;
  });
  for (let at = 1; at + 1 < leads.length; at++) {
    const before = leads[at - 1] ?? 1;
    if (leads[at] !== before && leads[at] !== leads[at + 1]) leads[at] = before;
  }
  return leads;
}

/** A curve through values at equal distances that never overshoots them: cubic pieces with slopes held back. */
function curveThrough(values: readonly number[], distance: number): (x: number) => number {
  const last = values.length - 1;
  const value = (at: number): number => values[within(at, 0, last)] ?? 0;
  const rise = (at: number): number => (value(at + 1) - value(at)) / distance;
  const slopes = values.map((_, at) => {
    if (at === 0) return rise(0);
    if (at === last) return rise(last - 1);
    const [before, after] = [rise(at - 1), rise(at)];
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
  return (x) => {
    const at = within(Math.floor(x / distance), 0, last - 1);
    const part = within(x / distance - at, 0, 1);
    const [from, to] = [value(at), value(at + 1)];
    const [out, into] = [(slopes[at] ?? 0) * distance, (slopes[at + 1] ?? 0) * distance];
    const rest = 1 - part;
    return rest * rest * ((1 + 2 * part) * from + part * out) + part * part * ((3 - 2 * part) * to - rest * into);
  };
}

/** A curve without corners: the mean of five places close by. */
function softened(curve: (x: number) => number, week: number, width: number): (x: number) => number {
  const at = (x: number): number => curve(within(x, 0, width));
  return (x) => (at(x - 0.6 * week) + 2 * at(x - 0.3 * week) + 2 * at(x) + 2 * at(x + 0.3 * week) + at(x + 0.6 * week)) / 8;
}

/** Draws the braid of at least two weeks, oldest first. */
export function braidOf(weeks: readonly WeekMinutes[], { width, height, thickest, gap, spread }: BraidSize): Braid {
  const middle = height / 2;
  const week = width / (weeks.length - 1);
  const learn = smoothed(weeks.map((one) => one.learn));
  const teach = smoothed(weeks.map((one) => one.teach));
  const balance = learn.map((minutes, at) => balanceOf({ learn: minutes, teach: teach[at] ?? 0 }));
  const leads = leadsOf(balance);
  const thick = (minutes: number): number => within(THINNEST + (thickest - THINNEST) * Math.sqrt(Math.min(minutes, FULL_WEEK) / FULL_WEEK), THINNEST, thickest);
  const [thickLearn, thickTeach] = [learn.map(thick), teach.map(thick)];
  let offsets = leads.map((lead, at) => (lead * (((thickLearn[at] ?? 0) + (thickTeach[at] ?? 0)) / 2 + gap + spread * Math.abs(balance[at] ?? 0))) / 2);
  offsets = smoothed(offsets);
  if (weeks.length > 20) offsets = smoothed(offsets);

  const soft = (values: readonly number[]): ((x: number) => number) => softened(curveThrough(values, week), week, width);
  const offset = soft(offsets);
  const widths = { learn: soft(thickLearn), teach: soft(thickTeach) };

  const crossings: Braid['crossings'] = [];
  for (let x = 1, before = offset(0); x <= width; x++) {
    const now = offset(x);
    if (before !== now && before * now <= 0) crossings.push({ x: x - 0.5, lead: now > 0 ? 'learn' : 'teach' });
    before = now;
  }

  /** The outline of a thread between two places. */
  function outline(way: Way, from: number, to: number): Point[] {
    const above: Point[] = [];
    const below: Point[] = [];
    for (let x = from; ; x = Math.min(to, x + STEP)) {
      const y = middle - (way === 'learn' ? 1 : -1) * offset(x);
      const slope = (offset(Math.min(x + 1, to)) - offset(Math.max(x - 1, from))) / Math.max(0.5, Math.min(x + 1, to) - Math.max(x - 1, from));
      // It keeps its body where it runs steeply.
      const half = (widths[way](x) / 2) * Math.min(1.7, Math.hypot(1, slope));
      above.push([x, y - half]);
      below.push([x, y + half]);
      if (x >= to) return [...above, ...below.reverse()];
    }
  }
  const touch = (x: number): boolean => 2 * Math.abs(offset(x)) < ((widths.learn(x) + widths.teach(x)) / 2) * 1.25 + 3;

  if (crossings.length === 0) {
    return { crossings, leads, stretches: [{ over: (leads[0] ?? 1) > 0 ? 'learn' : 'teach', learn: outline('learn', 0, width), teach: outline('teach', 0, width), rim: [] }] };
  }
  const stretches = crossings.map(({ x, lead }, at): Stretch => {
    const [before, after] = [crossings[at - 1], crossings[at + 1]];
    // Stretches meet half-way, where the threads lie apart, and overlap a little, so that no seam shows.
    const from = before ? (before.x + x) / 2 - 0.6 : 0;
    const to = after ? (x + after.x) / 2 : width;
    let [begin, end] = [x, x];
    while (begin > from + 1 && touch(begin)) begin -= 1;
    while (end < to - 1 && touch(end)) end += 1;
    return { over: lead, learn: outline('learn', from, to), teach: outline('teach', from, to), rim: outline(lead, begin, end) };
  });
  return { stretches, crossings, leads };
}

/** The path of an outline. */
export const outlinePath = (points: readonly Point[]): string => (points.length === 0 ? '' : `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`);
