// The commands of the fake host about pairings. `?pairings=9` begins with nine of them.

import type { PairingHealth, PairingRow, PairingView, PairSessionView, PreparationView, WaitView } from '../generated/types';
import { apiError } from '../host';
import { bare, samplePairings, sessionOf, type FakePairing } from './samplePairings';
import { spaces, spacesOf } from './spaces';
import { dayBefore, makeId, mustBeWritable, type Handlers, type World } from './world';

type PairingCommand = Extract<keyof Handlers, `pairings_${string}`> | 'growth_braid';

const known = new WeakMap<World, FakePairing[]>();
const editings = new Map<string, { pairing: string; session: string | null }>();
const DAY = 86_400_000;

/** The pairings of a world. */
export function pairingsOf(world: World): FakePairing[] {
  let all = known.get(world);
  if (!all) known.set(world, (all = samplePairings(world, world.switches.pairings)));
  return all;
}

const today = (world: World): string => dayBefore(world.now(), 0);
const between = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
const stands = (session: PairSessionView): boolean => session.state !== 'held' && session.state !== 'cancelled';

function healthOf(world: World, { row, pauses }: FakePairing): PairingHealth {
  if (row.ended_on) return 'closed';
  if (pauses.length > 0) return 'paused';
  if (row.ends_on && between(today(world), row.ends_on) < 14) return 'closing';
  const last = row.held.at(-1);
  if (!last) return 'new';
  const quiet = between(last, today(world)) / row.every_days;
  return quiet > 2.5 ? 'drifting' : quiet > 1.5 ? 'quiet' : 'on_rhythm';
}

function waitsOf(world: World, pairing: FakePairing): WaitView[] {
  const { row, agreement } = pairing;
  if (row.ended_on || pairing.pauses.length > 0) return [];
  const waits: WaitView[] = [];
  for (const session of pairing.sessions.filter(stands)) {
    if ((session.at ?? session.on) < world.now().toISOString()) waits.push({ what: 'held', session: session.id, since: session.on });
    else if (session.state === 'proposed' && session.by === 'other') waits.push({ what: 'answer', session: session.id, since: today(world) });
  }
  for (const promise of pairing.promises.filter((one) => one.mine && one.state === 'open' && one.due_on !== null && one.due_on < today(world))) waits.push({ what: 'promise', promise: promise.id, words: promise.what, since: promise.due_on ?? '' });
  if (agreement.stage === 'proposed' && !agreement.versions[0]?.signatures.some((one) => one.by === 'me')) waits.push({ what: 'signature', since: today(world) });
  if (row.health === 'new' && !row.next && between(row.begun_on, today(world)) >= 7) waits.push({ what: 'nudge', nudge: 'plan_first' });
  if (row.health === 'quiet') waits.push({ what: 'nudge', nudge: 'say_hello' });
  if (row.health === 'drifting') waits.push({ what: 'nudge', nudge: 'meet_pause_or_end' });
  return waits;
}

function settle(world: World, pairing: FakePairing): FakePairing {
  const { row } = pairing;
  const space = spacesOf(world).find((one) => one.id === pairing.space);
  if (space) [row.is_two, pairing.readers] = [space.members.length > 1, space.content_readers];
  row.space = pairing.space;
  pairing.sessions.sort((a, b) => (a.at ?? a.on).localeCompare(b.at ?? b.on));
  const counted = pairing.sessions.filter((one) => one.state !== 'cancelled');
  for (const session of pairing.sessions) session.number = session.state === 'cancelled' ? null : counted.indexOf(session) + 1;
  const held = pairing.sessions.filter((one) => one.state === 'held');
  row.held = held.map((one) => one.on);
  const next = pairing.sessions.find(stands);
  row.next = next ? { id: next.id, state: next.state, on: next.on, at: next.at } : null;
  for (const lane of row.lanes) lane.minutes = held.reduce((sum, one) => sum + (one.lane === null ? one.minutes / 2 : one.lane === lane.way ? one.minutes : 0), 0);
  const open = pairing.promises.filter((one) => one.state === 'open');
  [row.mine, row.theirs] = [open.filter((one) => one.mine).length, open.filter((one) => !one.mine).length];
  row.paused_until = pairing.pauses[0]?.until ?? null;
  row.health = healthOf(world, pairing);
  row.waits = waitsOf(world, pairing);
  return pairing;
}

const found = (world: World, id: string): FakePairing => {
  const pairing = pairingsOf(world).find((one) => one.row.id === id);
  if (!pairing) throw apiError('not_found', 'This pairing is not in the notebook any more.');
  return pairing;
};

function there<T extends { id: string }>(rows: T[], id: string): T {
  const row = rows.find((one) => one.id === id);
  if (!row) throw apiError('not_found', 'This is not in the pairing any more.');
  return row;
}

function viewOf(pairing: FakePairing): PairingView {
  const { thoughts: _thoughts, want: _want, private: _private, ...view } = structuredClone(pairing);
  return view;
}

/** Changes a pairing and shows it. */
function change(world: World, id: string, doing: (pairing: FakePairing) => void): PairingView {
  mustBeWritable(world);
  const pairing = found(world, id);
  doing(pairing);
  world.changed('pairings');
  return viewOf(settle(world, pairing));
}

function prepared(world: World, id: string): PreparationView {
  const pairing = settle(world, found(world, id));
  const last = pairing.sessions.findLast((one) => one.state === 'held') ?? null;
  const open = pairing.promises.filter((one) => one.state === 'open');
  return structuredClone({
    pairing: id, name: pairing.row.name, is_two: pairing.row.is_two, session: pairing.sessions.find(stands) ?? null, last, left_off: last?.notes ?? '', mine: open.filter((one) => one.mine), theirs: open.filter((one) => !one.mine),
    thoughts: pairing.thoughts, want: pairing.want, is_shown: false, their_want: pairing.row.name.startsWith('Jon') ? 'To hear where the October sheet surprised you.' : '', goals: pairing.goals.filter((one) => one.ended_on === null),
  });
}

const order = (row: PairingRow): number => (row.ended_on ? 2 : row.health === 'paused' ? 1 : 0);

export const pairings: Pick<Handlers, PairingCommand> = {
  pairings_list: (world) => pairingsOf(world).map((one) => structuredClone(settle(world, one).row)).sort((a, b) => order(a) - order(b)),
  pairings_get: (world, id) => viewOf(settle(world, found(world, id))),
  pairings_make: (world, { name, hope, kind, learn, teach, leads }) => {
    mustBeWritable(world);
    if (!name.trim()) throw apiError('invalid', 'Write down a name. Nothing was changed.', 'name');
    const made = Object.assign(bare(name.trim(), kind, learn, teach, today(world), leads), { hope });
    pairingsOf(world).push(made);
    return change(world, made.row.id, () => {});
  },
  pairings_change: (world, { id, name, hope, why, learn, teach, every_days, minutes, planned, ends_on }) =>
    change(world, id, (pairing) => {
      const { row } = pairing;
      Object.assign(pairing, { hope: hope ?? pairing.hope, why: why ?? pairing.why, minutes: minutes ?? pairing.minutes, planned: planned ?? pairing.planned });
      Object.assign(row, { name: name ?? row.name, every_days: every_days ?? row.every_days, ends_on: ends_on ?? row.ends_on });
      for (const lane of row.lanes) lane.about = (lane.way === 'learn' ? learn : teach) ?? lane.about;
    }),
  pairings_pause: (world, { id, paused, until }) => change(world, id, (pairing) => (pairing.pauses = paused ? [{ by: 'me', since: today(world), until: until ?? null }] : [])),
  pairings_end: (world, { id, ending, words, until, again }) =>
    change(world, id, (pairing) => {
      pairing.endings.push({ by: 'me', ending, on: today(world), words });
      pairing.again = again ?? null;
      if (ending === 'ended') [pairing.row.ended_on, pairing.writable] = [today(world), false];
      if (ending === 'renewed') pairing.row.ends_on = until ?? null;
    }),
  pairings_plan: (world, { pairing: id, session, at, minutes, place, case: about, whose, lane }) =>
    change(world, id, (pairing) => {
      const plan: Partial<PairSessionView> = { at, on: dayBefore(new Date(at), 0), minutes, place, case: about, whose, lane, by: 'me', state: pairing.row.is_two ? 'proposed' : 'agreed' };
      if (session) {
        const was = there(pairing.sessions, session);
        Object.assign(was, plan, { moves: was.moves + (was.at === plan.at ? 0 : 1) });
      } else pairing.sessions.push({ ...sessionOf(dayBefore(new Date(at), 0), 12, minutes, 'lt', {}), ...plan });
    }),
  pairings_answer_session: (world, { pairing: id, session, answer }) =>
    change(world, id, (pairing) => {
      const was = there(pairing.sessions, session);
      was.state = answer.how === 'agree' ? 'agreed' : answer.how;
      if (answer.how === 'cancelled') Object.assign(was, { cancelled_by: 'me', reason: answer.reason });
    }),
  pairings_note_met: (world, { pairing: id, on }) => change(world, id, (pairing) => void pairing.sessions.push(sessionOf(on, 12, pairing.minutes, 'lt', { state: 'held' }))),
  pairings_note_primer: (world, id) => change(world, id, () => {}),
  pairings_promise: (world, { pairing: id, promise, mine, ...said }) =>
    change(world, id, (pairing) => {
      if (promise) Object.assign(there(pairing.promises, promise), said);
      else pairing.promises.push({ id: makeId(), pairing: id, with: pairing.row.name, mine, by_me: true, made_on: today(world), state: mine || !pairing.row.is_two ? 'open' : 'offered', settled_on: null, words: '', ...said });
    }),
  pairings_answer_promise: (world, { pairing: id, promise, answer, words }) =>
    change(world, id, (pairing) => {
      const was = there(pairing.promises, promise);
      const state = { done: 'done', done_small: 'done_small', skipped: 'skipped', carried: 'open', reopened: 'open', taken_on: 'open', not_taken: 'not_taken' } as const;
      Object.assign(was, { state: state[answer], words, settled_on: state[answer] === 'open' ? null : today(world) });
    }),
  pairings_promises: (world) =>
    pairingsOf(world).filter((one) => !one.row.ended_on && one.pauses.length === 0).flatMap((one) => structuredClone(one.promises.filter((promise) => promise.state === 'open'))).sort((a, b) => Number(b.mine) - Number(a.mine) || (a.due_on ?? '9').localeCompare(b.due_on ?? '9')),
  pairings_goal: (world, { pairing: id, goal, way, what, sign }) =>
    change(world, id, (pairing) => {
      if (!sign.trim()) throw apiError('invalid', 'Say by what both of you will see it.', 'sign');
      if (goal) Object.assign(there(pairing.goals, goal), { way, what, sign });
      else pairing.goals.push({ id: makeId(), way, what, sign, ended_on: null, reached: false });
    }),
  pairings_end_goal: (world, { pairing: id, goal, reached }) =>
    change(world, id, (pairing) => void Object.assign(there(pairing.goals, goal), { ended_on: reached === null ? null : today(world), reached: reached === true })),
  pairings_draft: (world, { pairing: id, sections, review_on, put_forward }) =>
    change(world, id, ({ agreement, row }) => {
      agreement.draft = sections;
      if (!put_forward) return;
      for (const version of agreement.versions) version.holds &&= row.is_two;
      const at = world.now().toISOString();
      agreement.versions.unshift({ id: makeId(), number: agreement.versions.length + 1, by: 'me', at, hash: 'b'.repeat(64), sections, review_on, signatures: [{ by: 'me', at, fits: true }], holds: !row.is_two });
      agreement.stage = row.is_two ? 'proposed' : 'signed';
    }),
  pairings_sign: (world, { pairing: id, agreement, hash }) =>
    change(world, id, (pairing) => {
      const version = pairing.agreement.versions[0];
      if (version?.id !== agreement || version.hash !== hash) throw apiError('conflict', 'The agreement was changed meanwhile. Read it again; nothing was signed.');
      version.signatures.push({ by: 'me', at: world.now().toISOString(), fits: true });
      pairing.agreement.stage = 'signed';
      for (const one of pairing.agreement.versions) one.holds = one === version;
    }),
  pairings_prepare: (world, id) => prepared(world, id),
  pairings_keep_preparation: (world, { pairing: id, thoughts, want }) => {
    change(world, id, (pairing) => void Object.assign(pairing, { thoughts, want }));
    return prepared(world, id);
  },
  pairings_open_text: (world, { pairing: id, text }) => {
    const pairing = found(world, id);
    const editing = makeId();
    const session = text.which === 'shared' ? text.session : null;
    editings.set(editing, { pairing: id, session });
    return { editing, text: session === null ? pairing.private : there(pairing.sessions, session).notes };
  },
  pairings_save_text: (world, { editing, text, close }) => {
    const at = editings.get(editing);
    if (!at) throw apiError('not_found', 'This editor is not open any more.');
    const pairing = found(world, at.pairing);
    if (close) editings.delete(editing);
    const was = at.session === null ? pairing.private : there(pairing.sessions, at.session).notes;
    // A save that changes nothing makes no record, and nobody hears of it.
    if (text === was) return [];
    if (at.session === null) pairing.private = text;
    else there(pairing.sessions, at.session).notes = text;
    world.changed('pairings');
    return [];
  },
  pairings_preview_sharing: (world, { id, chosen }) => {
    const { row, goals, promises, sessions, agreement } = found(world, id);
    const about = (way: 'learn' | 'teach'): string => (chosen.lanes ? (row.lanes.find((lane) => lane.way === way)?.about ?? '') : '');
    return [
      { what: 'charter', kind: row.kind, learn: about('learn'), teach: about('teach'), every_days: row.every_days, begun_on: row.begun_on },
      ...goals.filter((one) => chosen.goals.includes(one.id)).map((one) => ({ what: 'goal' as const, words: one.what, sign: one.sign })),
      ...promises.filter((one) => chosen.promises.includes(one.id)).map((one) => ({ what: 'promise' as const, mine: one.mine, words: one.what, if_then: one.if_then, small: one.small, due_on: one.due_on })),
      ...sessions.filter((one) => chosen.sessions.includes(one.id)).map((one) => ({ what: 'session' as const, on: one.on, place: one.place, case: one.state === 'held' ? '' : one.case, held: one.state === 'held' })),
      ...(chosen.draft ? agreement.draft.map((one) => ({ what: 'section' as const, number: one.number, words: one.text })) : []),
    ];
  },
  pairings_share: async (world, { id, my_name }) => {
    const pairing = found(world, id);
    if (pairing.space === null) {
      const made = await spaces.spaces_create(world, { kind: 'pairing', name: '', my_name, history: 'full' });
      change(world, id, (one) => (one.space = made.id));
    }
    return spaces.spaces_invite(world, { space: pairing.space ?? '', role: 'peer', uses: 1, days: 14, auto_approve: false });
  },
  growth_braid: (world) => {
    const monday = world.now().getTime() - ((world.now().getDay() + 6) % 7) * DAY;
    const weeks = Array.from({ length: 52 }, (_, at) => ({ from: dayBefore(new Date(monday - (51 - at) * 7 * DAY), 0), learn: 0, teach: 0 }));
    for (const session of pairingsOf(world).flatMap((one) => one.sessions.filter((held) => held.state === 'held'))) {
      const week = weeks.findLast((one) => one.from <= session.on);
      if (!week) continue;
      if (session.lane !== 'teach') week.learn += session.lane === null ? session.minutes / 2 : session.minutes;
      if (session.lane !== 'learn') week.teach += session.lane === null ? session.minutes / 2 : session.minutes;
    }
    return weeks;
  },
};
