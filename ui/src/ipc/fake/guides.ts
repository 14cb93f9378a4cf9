// Guides in the fake host: a few of those that come with the app, run by an engine just large enough to look at the screens.
// The real rules are the core's; this one knows steps, answers, one kind of check and an end.

import type {
  AnswerView, FieldView, FinishedView, GuideRow, GuideView, IntentionPlan, IntentionView, NoteView, RunRow, RunView,
} from '../generated/types';
import { apiError } from '../host';
import { GUIDES, type FakeGuide } from './guideSample';
import { journal } from './journal';
import { learning } from './loops';
import { dayBefore, makeId, mustBeWritable, type Handlers, type World } from './world';

type GuideCommand = Extract<keyof Handlers, `guides_${string}`>;

export interface FakeRun {
  id: string;
  guide: FakeGuide;
  at: number;
  status: RunView['status'];
  answers: Map<string, AnswerView>;
  said: Set<string>;
  running: boolean;
  started: string;
  changed: string;
  entry: string | null;
}

export interface FakeOwn {
  row: GuideRow;
  source: string;
  trashed: boolean;
}

const rowOf = (guide: FakeGuide): GuideRow => ({
  id: guide.id, title: guide.title, summary: guide.summary, kind: 'reflection', minutes: guide.phases.reduce((sum, phase) => sum + phase.minutes, 0),
  short_minutes: null, is_short: guide.short ?? false, is_own: false, is_for_one: true, is_trashed: false, language: 'en',
});

const sourceOf = (guide: FakeGuide): string =>
  `format = 1\nid = "${guide.id}"\nversion = 1\nlanguage = "en"\nkind = "reflection"\ntitle = "${guide.title}"\nsummary = "${guide.summary}"\n\n` +
  guide.phases.map((phase) => `[[phases]]\nid = "${phase.id}"\nname = "${phase.name}"\nask = "${phase.ask}"\nminutes = ${phase.minutes}\n`).join('\n');

function guideOf(world: World, id: string): FakeGuide {
  const shipped = GUIDES.find((guide) => guide.id === id);
  if (shipped) return shipped;
  const own = world.ownGuides.get(id);
  if (!own || own.trashed) throw apiError('not_found', 'This guide is not here any more.');
  return { ...(GUIDES[0] as FakeGuide), id, title: own.row.title, summary: own.row.summary };
}

function viewOf(world: World, id: string): GuideView {
  const own = world.ownGuides.get(id);
  const guide = guideOf(world, id);
  return {
    row: own?.row ?? rowOf(guide), version: 1, rules: guide.rules ?? [], source: own?.source ?? sourceOf(guide),
    phases: guide.phases.map((phase) => ({ name: phase.name, ask: phase.ask, minutes: phase.minutes, times: 1, prompts: phase.fields.map((field) => field.label).filter(Boolean) })),
    makes: guide.intention ? ['entry', 'intention'] : ['entry'],
  };
}

function runOf(world: World, id: string): FakeRun {
  const run = world.runs.get(id);
  if (!run) throw apiError('not_found', 'This run of a guide is not here any more.');
  return run;
}

const field = (run: FakeRun, given: FakeGuide['phases'][number]['fields'][number]): FieldView => ({
  hint: '', lead: '', is_optional: false, least: 0, most: 0, low: '', high: '', mark: null, options: [], own: false, criteria: [], suggestions: [], ...given,
  answer: structuredClone(run.answers.get(given.key) ?? null),
});

function textOf(answer: AnswerView | undefined): string {
  switch (answer?.kind) {
    case 'words': return answer.text.trim();
    case 'lines': return answer.lines.map((line) => line.text).filter(Boolean).join('\n');
    case 'choice': return answer.chosen;
    case 'rating': return `${answer.mark}/5`;
    case 'day': return answer.on;
    case 'moment': return [answer.on, answer.time].filter(Boolean).join(' ');
    case 'tick': return answer.done ? '✓' : '';
    case 'entry': return answer.title;
    default: return '';
  }
}

function notes(run: FakeRun): NoteView[] {
  const phase = run.guide.phases[run.at];
  if (!phase?.needsAll) return [];
  const about = phase.fields.filter((one) => !textOf(run.answers.get(one.key))).map((one) => one.key);
  return about.length ? [{ check: phase.id, weight: 'ask', is_said: run.said.has(phase.id), text: phase.needsAll, about }] : [];
}

function planned(world: World, run: FakeRun): IntentionPlan[] {
  const plan = run.guide.intention;
  const text = plan && textOf(run.answers.get(plan.from));
  const at = world.now();
  const due = plan && textOf(run.answers.get(plan.due));
  return plan && text ? [{ id: 'intention-0-0', text, due_on: due || dayBefore(at, -7), is_offered: false }] : [];
}

function subjectOf(run: FakeRun): string {
  return run.guide.subject ? textOf(run.answers.get(run.guide.subject)).slice(0, 80) : '';
}

function show(world: World, run: FakeRun): RunView {
  const { guide, at } = run;
  const phase = guide.phases[at];
  const answered = guide.phases.map((one) => one.fields.some((each) => textOf(run.answers.get(each.key))));
  const left = guide.phases.slice(at).reduce((sum, one) => sum + one.minutes, 0);
  const text = guide.phases.flatMap((one, number) => (answered[number] ? [`## ${one.name}`, ...one.fields.map((each) => textOf(run.answers.get(each.key))).filter(Boolean)] : [])).join('\n\n');
  return structuredClone<RunView>({
    id: run.id, guide: guide.id, title: guide.title, subject: subjectOf(run), rules: guide.rules ?? [], status: run.status,
    steps: guide.phases.map((one, number) => ({ key: one.id, name: one.name, is_past: number < at, is_here: number === at, is_answered: answered[number] ?? false })),
    here: phase
      ? {
          key: phase.id, name: phase.name, ask: phase.ask, help: phase.help ?? '', note: phase.note ?? '', round: 1, rounds: 1,
          fields: phase.fields.map((one) => field(run, one)), next: guide.phases[at + 1]?.name ?? null,
        }
      : null,
    past: guide.phases.filter((_, number) => answered[number]).map((one) => ({
      key: one.id, name: one.name,
      answers: one.fields.map((each) => ({ label: each.label, text: textOf(run.answers.get(each.key)) })).filter((each) => each.text),
    })),
    notes: notes(run),
    clock: { planned_seconds: (phase?.minutes ?? 0) * 60, spent_seconds: phase ? Math.round(phase.minutes * 34) : 0, minutes_left: left, is_running: run.running },
    gathered: guide.gather ? [...world.entries.values()].filter((entry) => !entry.trashed).slice(0, 6).map(({ id, title, on, text: words }) => ({ id, title: title || words.slice(0, 60), on })) : [],
    set_out: at === 0 && run.status === 'open' ? setOutBefore(world, run) : [],
    outcome: phase ? null : { title: [guide.title, subjectOf(run)].filter(Boolean).join(': '), text, tags: [guide.title.toLowerCase()], intentions: planned(world, run), goal: null, learning_loop: null, held: [] },
    entry: run.entry,
  });
}

/** What was set out to do at the end of the run of the same guide before this one. */
function setOutBefore(world: World, run: FakeRun): IntentionView[] {
  const before = [...world.runs.values()].filter((one) => one.guide.id === run.guide.id && one.entry !== null && one.id !== run.id).at(-1);
  return before ? [...learning(world).intentions.values()].filter((one) => one.entry === before.entry && !one.trashed) : [];
}

function give(run: FakeRun, world: World, answers: { key: string; answer: AnswerView | null }[]): void {
  if (run.status !== 'open') throw apiError('conflict', 'This run is not open any more.');
  for (const { key, answer } of answers) {
    if (answer && textOf(answer)) run.answers.set(key, answer);
    else run.answers.delete(key);
  }
  run.changed = world.now().toISOString();
}

function began(world: World, guide: FakeGuide): FakeRun {
  const now = world.now().toISOString();
  return { id: makeId(), guide, at: 0, status: 'open', answers: new Map(), said: new Set(), running: true, started: now, changed: now, entry: null };
}

/** A review that was left in its third step, as the sample world finds it. */
export function pausedRun(world: World): FakeRun {
  const guide = GUIDES.find((one) => one.id === 'j3') as FakeGuide;
  const run = began(world, guide);
  const days = (back: number): string => new Date(world.now().getTime() - back * 86_400_000).toISOString();
  for (const [key, text] of Object.entries(guide.sample ?? {})) run.answers.set(key, { kind: 'words', text });
  return { ...run, at: 3, running: false, started: days(3), changed: days(2) };
}

/** Guides that take two. */
const FOR_TWO: GuideRow[] = [
  { id: 'p2', title: 'First meeting', summary: 'Tell each other who you are, and what you would like.', kind: 'meeting', minutes: 60, short_minutes: 30, is_short: false, is_own: false, is_for_one: false, is_trashed: false, language: 'en' },
  { id: 'p3', title: 'Standard session', summary: 'One real case: goal, reality, options, will.', kind: 'meeting', minutes: 50, short_minutes: null, is_short: false, is_own: false, is_for_one: false, is_trashed: false, language: 'en' },
];

export const guides: Pick<Handlers, GuideCommand> = {
  guides_list: (world) => [...GUIDES.map(rowOf), ...(world.switches.pairings > 0 ? FOR_TWO : []), ...[...world.ownGuides.values()].sort((a, b) => Number(a.trashed) - Number(b.trashed)).map((own) => ({ ...own.row, is_trashed: own.trashed }))].map((row) => ({ ...row })),
  guides_get: (world, { id }) => viewOf(world, id),
  guides_runs: (world) =>
    [...world.runs.values()].filter((run) => run.status !== 'finished').sort((a, b) => a.status.localeCompare(b.status) || b.changed.localeCompare(a.changed)).map((run): RunRow => ({
      id: run.id, guide: run.guide.id, title: run.guide.title, status: run.status, subject: subjectOf(run), step: run.guide.phases[run.at]?.name ?? null,
      minutes_left: run.guide.phases.slice(run.at).reduce((sum, one) => sum + one.minutes, 0), started_at: run.started, changed_at: run.changed,
    })),
  guides_start: (world, { guide }) => {
    mustBeWritable(world);
    const run = began(world, guideOf(world, guide));
    world.runs.set(run.id, run);
    world.changed('guides');
    return show(world, run);
  },
  guides_open: (world, { run: id }) => {
    const run = runOf(world, id);
    run.running = run.status === 'open';
    return show(world, run);
  },
  guides_keep: (world, { run, answers }) => {
    give(runOf(world, run), world, answers);
    return null;
  },
  guides_answer: (world, { run, answers }) => {
    mustBeWritable(world);
    give(runOf(world, run), world, answers);
    world.changed('guides');
    return show(world, runOf(world, run));
  },
  guides_move: (world, { run: id, act }) => {
    const run = runOf(world, id);
    const last = run.guide.phases.length;
    if (act.kind === 'put_away' || act.kind === 'take_up') run.status = act.kind === 'put_away' ? 'put_away' : 'open';
    else if (act.kind === 'pause' || act.kind === 'resume') run.running = act.kind === 'resume';
    else if (act.kind === 'back') run.at = Math.max(0, run.at - 1);
    else if (act.kind === 'to') run.at = act.step === 'end' ? last : Math.max(0, run.guide.phases.findIndex((phase) => phase.id === act.step));
    else {
      const asking = act.kind === 'next' ? notes(run).filter((note) => !note.is_said) : [];
      if (asking.length) asking.forEach((note) => run.said.add(note.check));
      else run.at = Math.min(last, run.at + 1);
    }
    world.changed('guides');
    return show(world, run);
  },
  guides_finish: (world, { run: id, make }): FinishedView => {
    const run = runOf(world, id);
    const view = show(world, { ...run, at: run.guide.phases.length });
    if (!view.outcome?.text) throw apiError('invalid', 'Nothing was written yet, so there is nothing to keep.');
    const { title, text, tags } = view.outcome;
    const entry = journal.journal_create_entry(world, { title, text, tags, on: null, origin: 'guided' }) as { id: string };
    run.status = 'finished';
    run.entry = entry.id;
    world.changed('guides', 'journal');
    const intentions = view.outcome.intentions.flatMap((plan) => make.filter((one) => one.id === plan.id).map((one) => ({ ...plan, due_on: one.due_on })));
    for (const { text: words, due_on } of intentions) {
      const one: IntentionView = { id: makeId(), text: words, due_on, made_on: dayBefore(world.now(), 0), entry: entry.id, is_there: true, from_words: '', loop_id: null, answered: null, moved: 0, trashed: false };
      learning(world).intentions.set(one.id, one);
    }
    return { entry: entry.id, title, intentions, goal: null, learning_loop: null };
  },
  guides_delete_run: (world, id) => {
    world.runs.delete(id);
    world.changed('guides');
    return null;
  },
  guides_save: (world, { id, text }) => {
    mustBeWritable(world);
    const title = /^title = "(.*)"$/m.exec(text)?.[1];
    if (!title) throw apiError('invalid', 'This is no guide that can be run: line 1: missing field `title`. Nothing was changed.', 'text');
    return keep(world, id ?? makeId(), title, text);
  },
  guides_copy: (world, { id, title }) => keep(world, makeId(), title, viewOf(world, id).source.replace(/^title = .*$/m, `title = "${title}"`)),
  guides_import: (world) => {
    mustBeWritable(world);
    const { row } = keep(world, makeId(), 'Retro of two', sourceOf(GUIDES[1] as FakeGuide).replace(/^title = .*$/m, 'title = "Retro of two"'));
    return { id: row.id, title: row.title, added: true, built_in: false };
  },
  guides_export: () => null,
  guides_trash: (world, { id, trashed }) => {
    const own = world.ownGuides.get(id);
    if (!own) throw apiError('invalid', 'This guide comes with the app and stays as it is; make a copy of your own and change that.');
    own.trashed = trashed;
    world.changed('guides');
    return null;
  },
  guides_delete: (world, id) => {
    world.ownGuides.delete(id);
    world.changed('guides');
    return null;
  },
};

function keep(world: World, id: string, title: string, source: string): GuideView {
  const row: GuideRow = { ...rowOf(GUIDES[0] as FakeGuide), id, title, is_own: true, is_short: false };
  world.ownGuides.set(id, { row, source, trashed: false });
  world.changed('guides');
  return viewOf(world, id);
}
