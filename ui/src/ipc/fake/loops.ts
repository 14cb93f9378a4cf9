// Loops, goals and intentions of the fake host.

import type { FillingView, GoalView, IntentionView, LoopPart, LoopRow, LoopView } from '../generated/types';
import { apiError } from '../host';
import { plain } from './journal';
import { LOOPS } from './sampleLoops';
import { dayBefore, entryOf, makeId, mustBeWritable, type Handlers, type World } from './world';

type LoopCommand = Extract<keyof Handlers, `loops_${string}` | `goals_${string}` | `intentions_${string}`>;

export interface FakeLoop {
  id: string;
  title: string;
  why: string;
  begun_on: string;
  closed_on: string | null;
  parked_until: string | null;
  surfaced_on: string | null;
  trashed: boolean;
  fillings: (FillingView & { asked?: boolean })[];
  closings: LoopView['closings'];
}

export interface FakeLearning {
  loops: Map<string, FakeLoop>;
  goals: Map<string, GoalView>;
  intentions: Map<string, IntentionView>;
  kept: Set<string>;
  stopped: Set<string>;
  /** Times an entry was said to be still true, and whether it was answered today. */
  answered: Map<string, number>;
}

const PARTS: LoopPart[] = ['gain', 'practise', 'feedback', 'reflect'];
const learnings = new WeakMap<World, FakeLearning>();

/** Gives what is being learned in a world. */
export function learning(world: World): FakeLearning {
  let known = learnings.get(world);
  if (!known) {
    known = { loops: new Map(), goals: new Map(), intentions: new Map(), kept: new Set(), stopped: new Set(), answered: new Map() };
    learnings.set(world, known);
    if (world.entries.size > 0) LOOPS(world, known);
  }
  return known;
}

const found = <T>(what: T | undefined, name: string): T => {
  if (!what) throw apiError('not_found', `This ${name} is not in the notebook any more.`);
  return what;
};
const loopOf = (world: World, id: string): FakeLoop => found(learning(world).loops.get(id), 'loop');
const goalOf = (world: World, id: string): GoalView => found(learning(world).goals.get(id), 'goal');
const intentionOf = (world: World, id: string): IntentionView => found(learning(world).intentions.get(id), 'intention');
const today = (world: World): string => dayBefore(world.now(), 0);
const changed = (world: World): void => world.changed('loops');
const between = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

function fillingView(world: World, filling: FillingView): FillingView {
  const { asked: _asked, ...kept } = filling as FillingView & { asked?: boolean };
  const entry = kept.entry === null ? undefined : world.entries.get(kept.entry);
  if (kept.entry === null) return kept;
  const there = entry !== undefined && !entry.trashed;
  return { ...kept, is_there: there, words: there ? entry.title || plain(entry.text).slice(0, 160) : '' };
}

/** Shows a loop as a row. */
export function rowOf(world: World, loop: FakeLoop): LoopRow {
  const fillings = loop.fillings.map((one) => fillingView(world, one)).filter((one) => one.is_there);
  const count = (part: LoopPart): number => fillings.filter((one) => one.part === part).length;
  const missing = PARTS.filter((part) => count(part) === 0);
  const touched = loop.fillings.reduce((latest, one) => (one.on > latest ? one.on : latest), loop.begun_on);
  const parked = loop.parked_until && loop.parked_until > today(world) ? loop.parked_until : null;
  const quiet = Math.max(0, between(touched, today(world)));
  return {
    id: loop.id, title: loop.title, why: loop.why, begun_on: loop.begun_on, closed_on: loop.closed_on, parked_until: parked, touched_on: touched,
    trashed: loop.trashed, gain: count('gain'), practise: count('practise'), feedback: count('feedback'), reflect: count('reflect'),
    feedback_from: fillings.filter((one) => one.part === 'feedback').at(-1)?.who ?? '', missing, quiet_days: quiet,
    waiting: !loop.closed_on && !loop.trashed && !parked && (missing.length <= 1 || quiet >= 30),
  };
}

/** Shows a loop whole. */
function view(world: World, loop: FakeLoop): LoopView {
  const all = learning(world);
  return structuredClone({
    row: rowOf(world, loop),
    fillings: loop.fillings.map((one) => fillingView(world, one)).sort((a, b) => a.on.localeCompare(b.on)),
    closings: loop.closings,
    goals: [...all.goals.values()].filter((goal) => goal.plan.loop_id === loop.id && !goal.trashed),
    intentions: [...all.intentions.values()].filter((one) => one.loop_id === loop.id && !one.trashed),
  });
}

function open(world: World, id: string): FakeLoop {
  mustBeWritable(world);
  const loop = loopOf(world, id);
  if (loop.closed_on) throw apiError('conflict', 'This loop is closed and stays as it was written; open it again to go on.');
  return loop;
}

/** Puts something into a loop. */
export function fill(world: World, loop: FakeLoop, part: LoopPart, given: Partial<FillingView>): void {
  if (given.entry) entryOf(world, given.entry);
  else if (!given.words?.trim()) throw apiError('invalid', 'Write a few words, or choose an entry.', 'words');
  loop.fillings.push({ id: makeId(), part, on: given.on ?? today(world), entry: given.entry ?? null, words: given.words?.trim() ?? '', is_there: true, who: given.who ?? '', source: given.source ?? '' });
  changed(world);
}

function make(world: World, title: string, why = ''): FakeLoop {
  mustBeWritable(world);
  if (!title.trim()) throw apiError('invalid', 'Say in a few words what you are learning.', 'title');
  const loop: FakeLoop = { id: makeId(), title: title.trim(), why, begun_on: today(world), closed_on: null, parked_until: null, surfaced_on: null, trashed: false, fillings: [], closings: [] };
  learning(world).loops.set(loop.id, loop);
  changed(world);
  return loop;
}

function goalView(world: World, goal: GoalView): GoalView {
  goal.evidence = goal.points.filter((point) => point.entry).length;
  goal.review_due = !goal.end && goal.plan.review_on !== null && goal.plan.review_on <= today(world);
  changed(world);
  return structuredClone(goal);
}

export const loops: Pick<Handlers, LoopCommand> = {
  loops_list: (world, which) =>
    [...learning(world).loops.values()]
      .filter((loop) => (which === 'trashed' ? loop.trashed : !loop.trashed && (which === 'closed') === (loop.closed_on !== null)))
      .map((loop) => rowOf(world, loop))
      .sort((a, b) => (b.closed_on ?? b.touched_on).localeCompare(a.closed_on ?? a.touched_on)),
  loops_get: (world, id) => view(world, loopOf(world, id)),
  loops_make: (world, { title, why }) => view(world, make(world, title, why)),
  loops_change: (world, { id, title, why }) => {
    const loop = loopOf(world, id);
    loop.title = title ?? loop.title;
    loop.why = why ?? loop.why;
    changed(world);
    return view(world, loop);
  },
  loops_park: (world, { id, until }) => {
    const loop = loopOf(world, id);
    loop.parked_until = until;
    changed(world);
    return view(world, loop);
  },
  loops_fill: (world, { id, part, ...given }) => {
    const loop = open(world, id);
    fill(world, loop, part, given);
    return view(world, loop);
  },
  loops_change_filling: (world, { id, filling, ...given }) => {
    const loop = open(world, id);
    Object.assign(found(loop.fillings.find((one) => one.id === filling), 'part'), given);
    changed(world);
    return view(world, loop);
  },
  loops_empty: (world, { id, filling }) => {
    const loop = open(world, id);
    loop.fillings = loop.fillings.filter((one) => one.id !== filling);
    changed(world);
    return view(world, loop);
  },
  loops_close: (world, { id, then, now }) => {
    const loop = open(world, id);
    if (!now.trim()) throw apiError('invalid', 'A loop closes with a reflection: write what changed in how you do it.', 'now');
    if (rowOf(world, loop).reflect === 0) fill(world, loop, 'reflect', { words: now });
    loop.closings.unshift({ at: world.now().toISOString(), on: today(world), then, now });
    loop.closed_on = today(world);
    changed(world);
    return view(world, loop);
  },
  loops_reopen: (world, id) => {
    const loop = loopOf(world, id);
    loop.closed_on = null;
    changed(world);
    return view(world, loop);
  },
  loops_trash: (world, id) => {
    mustBeWritable(world);
    loopOf(world, id).trashed = true;
    changed(world);
    return null;
  },
  loops_restore: (world, id) => {
    loopOf(world, id).trashed = false;
    changed(world);
    return null;
  },
  loops_erase: (world, id) => {
    learning(world).loops.delete(id);
    changed(world);
    return null;
  },
  loops_note_surfaced: (world, id) => {
    loopOf(world, id).surfaced_on ??= today(world);
    return null;
  },
  loops_of_entry: (world, id) => {
    const all = learning(world);
    return {
      loops: [...all.loops.values()].filter((loop) => !loop.trashed).flatMap((loop) =>
        loop.fillings.filter((one) => one.entry === id).map((one) => ({ row: rowOf(world, loop), part: one.part, filling: one.id }))),
      intentions: structuredClone([...all.intentions.values()].filter((one) => one.entry === id && !one.trashed)),
      kept: all.kept.has(id),
    };
  },

  goals_list: (world, which) =>
    structuredClone([...learning(world).goals.values()].filter((goal) => (which === 'trashed' ? goal.trashed : !goal.trashed && (which === 'ended') === (goal.end !== null)))),
  goals_get: (world, id) => structuredClone(goalOf(world, id)),
  goals_make: (world, plan) => {
    mustBeWritable(world);
    if (!plan.wish.trim()) throw apiError('invalid', 'Write the wish in one sentence.', 'wish');
    const goal: GoalView = { id: makeId(), plan, begun_on: today(world), end: null, trashed: false, points: [], evidence: 0, review_due: false };
    learning(world).goals.set(goal.id, goal);
    return goalView(world, goal);
  },
  goals_change: (world, { id, plan }) => {
    const goal = goalOf(world, id);
    goal.plan = plan;
    return goalView(world, goal);
  },
  goals_add_point: (world, { id, kind, words, on, entry, behaviour }) => {
    const goal = goalOf(world, id);
    if (!words.trim() && (kind === 'skip' || !entry)) throw apiError('invalid', 'Say what moved, or choose the entry that shows it.', 'words');
    const title = entry ? entryOf(world, entry).title : '';
    goal.points.push({ id: makeId(), kind, on: on ?? today(world), words, entry: entry ?? null, entry_title: title, is_there: true, behaviour: behaviour ?? '' });
    return goalView(world, goal);
  },
  goals_remove_point: (world, { id, point }) => {
    const goal = goalOf(world, id);
    goal.points = goal.points.filter((one) => one.id !== point);
    return goalView(world, goal);
  },
  goals_end: (world, { id, ending, words }) => {
    const goal = goalOf(world, id);
    goal.end = { on: today(world), ending, words };
    return goalView(world, goal);
  },
  goals_reopen: (world, id) => {
    const goal = goalOf(world, id);
    goal.end = null;
    return goalView(world, goal);
  },
  goals_trash: (world, id) => {
    goalOf(world, id).trashed = true;
    changed(world);
    return null;
  },
  goals_restore: (world, id) => {
    goalOf(world, id).trashed = false;
    changed(world);
    return null;
  },
  goals_erase: (world, id) => {
    learning(world).goals.delete(id);
    changed(world);
    return null;
  },
  goals_list_objectives: () => [
    { key: 'communication', title: 'Communicate so that it lands', about: 'What I say is understood the way I meant it.', behaviours: ['I begin with what I want from the listener.', 'I ask one question before I give an answer.'] },
    { key: 'change', title: 'Lead a change', about: 'People go along with something new because they see why.', behaviours: ['I say why in one sentence.', 'I tell openly what did not work.'] },
  ],

  intentions_list: (world, which) => {
    const all = [...learning(world).intentions.values()];
    const fits = (one: IntentionView): boolean => {
      switch (which.which) {
        case 'waiting': return !one.trashed && one.answered === null;
        case 'answered': return !one.trashed && one.answered !== null;
        case 'of_loop': return !one.trashed && one.loop_id === which.id;
        case 'of_entry': return !one.trashed && one.entry === which.id;
        case 'trashed': return one.trashed;
      }
    };
    return structuredClone(all.filter(fits));
  },
  intentions_make: (world, { text, due_on, entry, from_words, loop_id }) => {
    mustBeWritable(world);
    if (!text.trim()) throw apiError('invalid', 'Say in one sentence what you will do.', 'text');
    const one: IntentionView = { id: makeId(), text, due_on, made_on: today(world), entry: entry ?? null, is_there: true, from_words: from_words ?? '', loop_id: loop_id ?? null, answered: null, moved: 0, trashed: false };
    learning(world).intentions.set(one.id, one);
    changed(world);
    return structuredClone(one);
  },
  intentions_change: (world, { id, text, due_on }) => {
    const one = intentionOf(world, id);
    one.text = text ?? one.text;
    one.due_on = due_on ?? one.due_on;
    changed(world);
    return structuredClone(one);
  },
  intentions_answer: (world, { id, answer }) => {
    const one = intentionOf(world, id);
    let loopId: string | null = null;
    if (answer.how === 'not_yet') {
      one.due_on = answer.due_on;
      one.moved += 1;
    } else {
      one.answered = { done: answer.how === 'done', on: today(world), words: answer.words };
      if (answer.how === 'done' && answer.into.kind !== 'nothing') {
        const { into } = answer;
        const loop = into.kind === 'loop' ? loopOf(world, into.id) : make(world, into.title);
        const part = into.kind === 'loop' ? (into.part ?? rowOf(world, loop).missing[0] ?? 'practise') : 'gain';
        fill(world, loop, part, { words: answer.words || one.text });
        one.loop_id = loopId = loop.id;
      }
    }
    changed(world);
    return { intention: structuredClone(one), loop_id: loopId };
  },
  intentions_take_back: (world, id) => {
    const one = intentionOf(world, id);
    one.answered = null;
    changed(world);
    return structuredClone(one);
  },
  intentions_trash: (world, id) => {
    intentionOf(world, id).trashed = true;
    changed(world);
    return null;
  },
  intentions_restore: (world, id) => {
    intentionOf(world, id).trashed = false;
    changed(world);
    return null;
  },
  intentions_erase: (world, id) => {
    learning(world).intentions.delete(id);
    changed(world);
    return null;
  },
};
