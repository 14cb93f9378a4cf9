// What comes back in the fake host, and the page of its day.

import type { RememberedView } from '../generated/types';
import { apiError } from '../host';
import { rowOf as entryRow } from './journal';
import { fill, learning, rowOf } from './loops';
import { dayBefore, entryOf, makeId, mustBeWritable, type Handlers } from './world';

type PastCommand = Extract<keyof Handlers, `past_${string}`>;

export const past: Pick<Handlers, PastCommand> = {
  past_today: (world) => {
    const on = dayBefore(world.now(), 0);
    const all = learning(world);
    const open = [...all.loops.values()].filter((loop) => !loop.trashed && !loop.closed_on && (loop.parked_until === null || loop.parked_until <= on));
    const long = open.filter((loop) => loop.begun_on <= dayBefore(world.now(), 30) && rowOf(world, loop).missing.length > 0);
    const surfaced = long.find((loop) => loop.surfaced_on === on) ?? long.find((loop) => loop.surfaced_on === null);
    const entries = [...world.entries.values()].filter((entry) => !entry.trashed);
    const months = new Date(world.now().getFullYear(), world.now().getMonth() - 1, world.now().getDate());
    const monthAgo = dayBefore(months, 0);
    const remembered: RememberedView[] = entries.filter((entry) => entry.on === monthAgo || (entry.on.slice(5) === on.slice(5) && entry.on < on)).map((entry) => {
      const years = Number(on.slice(0, 4)) - Number(entry.on.slice(0, 4));
      return { years: years || null, months: years ? null : 1, entry: entryRow(entry) };
    });
    const returning = entries.filter((entry) => (entry.starred || all.kept.has(entry.id)) && !all.stopped.has(entry.id) && entry.on <= dayBefore(world.now(), 10));
    const back = all.answered.has(on) ? undefined : returning[0];
    const gained = open.flatMap((loop) => loop.fillings.filter((one) => one.part === 'gain' && !one.asked && one.on <= dayBefore(world.now(), 42) && one.entry === null).map((gain) => ({ loop, gain })))[0];
    return structuredClone({
      on,
      written: entries.some((entry) => entry.on === on),
      loops: open.filter((loop) => loop !== surfaced).map((loop) => rowOf(world, loop)).filter((row) => row.waiting).sort((a, b) => a.missing.length - b.missing.length).slice(0, 4),
      surfaced: surfaced ? rowOf(world, surfaced) : null,
      intentions: [...all.intentions.values()].filter((one) => !one.trashed && one.answered === null && one.due_on <= on),
      goals: [...all.goals.values()].filter((goal) => !goal.trashed && !goal.end && goal.plan.review_on !== null && goal.plan.review_on <= on),
      on_this_day: remembered,
      keepsake: back ? { entry: entryRow(back), times_true: all.answered.get(back.id) ?? 0 } : null,
      learned: gained ? { loop_id: gained.loop.id, title: gained.loop.title, gain: gained.gain } : null,
      given: world.settings.weekly_minutes === null ? null : { minutes: 35, planned: world.settings.weekly_minutes, enough: world.settings.weekly_minutes },
    });
  },
  past_keep: (world, { id, kept }) => {
    mustBeWritable(world);
    entryOf(world, id);
    if (kept) learning(world).kept.add(id);
    else learning(world).kept.delete(id);
    world.changed('past');
    return null;
  },
  past_answer_keepsake: (world, { id, answer, words }) => {
    mustBeWritable(world);
    const all = learning(world);
    const old = entryOf(world, id);
    let became: string | null = null;
    if (answer === 'changed') {
      if (!words.trim()) throw apiError('invalid', 'Write what changed, in a sentence.', 'words');
      became = makeId();
      world.entries.set(became, { ...structuredClone(old), id: became, title: '', text: `${words}\n\n[[${old.title}|${id}]]\n`, on: dayBefore(world.now(), 0), starred: false });
      all.kept.add(became);
    }
    if (answer !== 'yes') all.stopped.add(id);
    all.answered.set(id, (all.answered.get(id) ?? 0) + 1);
    all.answered.set(dayBefore(world.now(), 0), 1);
    world.changed('past', 'journal');
    return { became };
  },
  past_answer_learned: (world, { loop_id, gain, used, words }) => {
    const loop = learning(world).loops.get(loop_id);
    const filling = loop?.fillings.find((one) => one.id === gain);
    if (!loop || !filling) throw apiError('not_found', 'This loop is not in the notebook any more.');
    filling.asked = true;
    if (used && words.trim()) fill(world, loop, 'practise', { words });
    world.changed('loops');
    return null;
  },
  past_look_back: (world, { from, to }) => {
    const all = learning(world);
    const entries = [...world.entries.values()].filter((entry) => !entry.trashed && entry.on >= from && entry.on <= to);
    const moved = [...all.loops.values()].filter((loop) => loop.fillings.some((one) => one.on >= from && one.on <= to));
    const people = moved.flatMap((loop) => loop.fillings.filter((one) => one.who && one.on >= from && one.on <= to).map((one) => one.who));
    return structuredClone({
      from, to, entry_count: entries.length, word_count: entries.reduce((sum, entry) => sum + entry.word_count, 0),
      entries: entries.map(entryRow), loops: moved.map((loop) => rowOf(world, loop)),
      intentions: [...all.intentions.values()].filter((one) => one.made_on >= from && one.made_on <= to), people: [...new Set(people)].sort(),
    });
  },
};
