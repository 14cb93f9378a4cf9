// The commands of the fake host about meetings: one short guide, run by two before one screen or each on their own.

import type { AnswerView, MeetingView, PairWho } from '../generated/types';
import { apiError } from '../host';
import { pairingsOf } from './pairings';
import { makeId, mustBeWritable, type Handlers, type World } from './world';

type MeetingCommand = Extract<keyof Handlers, `meetings_${string}`>;

interface FakeStep {
  key: string;
  name: string;
  ask: string;
  help: string;
  minutes: number;
  turn: PairWho | null;
  /** What is captured; nothing where one only speaks. */
  label: string | null;
  sealed?: boolean;
}
interface FakeMeeting {
  id: string;
  pairing: string;
  room: boolean;
  at: number;
  finished: boolean;
  running: boolean;
  answers: Map<string, AnswerView>;
  sealed: boolean;
  calls: MeetingView['calls'];
}

const STEPS: FakeStep[] = [
  { key: 'rules', name: 'Arrive, rules aloud', ask: 'Read the rules to each other.', help: '', minutes: 5, turn: null, label: null },
  { key: 'fact', name: 'One observation', ask: 'What did you see, what did it do, what do you wish for?', help: 'Facts first.', minutes: 8, turn: 'me', label: '' },
  { key: 'back', name: 'Say it back', ask: 'Say back what you heard, in your own words. Then ask: “Did I get it?”', help: 'No defence yet.', minutes: 10, turn: 'other', label: '' },
  { key: 'worth', name: 'Worth it', ask: 'Was it worth your time?', help: '', minutes: 2, turn: null, label: '', sealed: true },
  { key: 'words', name: 'Two words each', ask: 'Leaving with …', help: '', minutes: 3, turn: null, label: '' },
];

const known = new WeakMap<World, Map<string, FakeMeeting>>();
const all = (world: World): Map<string, FakeMeeting> => {
  let meetings = known.get(world);
  if (!meetings) known.set(world, (meetings = new Map()));
  return meetings;
};

function found(world: World, id: string): FakeMeeting {
  const meeting = all(world).get(id);
  if (!meeting) throw apiError('not_found', 'This meeting is not there any more.');
  return meeting;
}

function view(meeting: FakeMeeting): MeetingView {
  const here = STEPS[meeting.at];
  const people = here && here.label !== null ? (meeting.room && !here.sealed ? (['me', 'other'] as const) : (['me'] as const)) : [];
  const answered = (step: FakeStep): { label: string; text: string }[] => ['me', 'other'].flatMap((who) => {
    const answer = meeting.answers.get(`${who}|${step.key}`);
    return answer?.kind === 'words' && answer.text ? [{ label: '', text: answer.text }] : [];
  });
  return {
    id: meeting.id, pairing: meeting.pairing, title: 'Hard mirror', room: meeting.room, status: meeting.finished ? 'finished' : 'open',
    rules: ['Feedback is a gift: thank, then think.', 'Pass is allowed. Anyone may call “rule”.'], calls: meeting.calls,
    steps: STEPS.map(({ key, name, turn, minutes }, at) => ({ key, name, turn, minutes, is_past: at < meeting.at, is_here: at === meeting.at })),
    here: here && !meeting.finished
      ? {
          key: here.key, name: here.name, ask: here.ask, help: here.help, speaks: here.turn, is_silent: here.sealed ?? false, is_sealed: here.sealed ?? false, has_sealed: (here.sealed ?? false) && meeting.sealed, next: STEPS[meeting.at + 1]?.name ?? null,
          fields: people.map((who) => ({
            person: who, who,
            field: { key: here.key, kind: 'text', label: here.label ?? '', hint: '', lead: '', is_optional: true, answer: meeting.answers.get(`${who}|${here.key}`) ?? null, suggestions: [], least: 0, most: 0, low: '', high: '', mark: null, options: [], own: false, criteria: [] },
          })),
        }
      : null,
    past: STEPS.slice(0, meeting.at).filter((step) => !step.sealed).map((step) => ({ key: step.key, name: step.name, answers: answered(step) })).filter((step) => step.answers.length > 0),
    clock: { planned_seconds: (here?.minutes ?? 0) * 60, spent_seconds: 200, minutes_left: STEPS.slice(meeting.at).reduce((sum, step) => sum + step.minutes, 0), is_running: meeting.running },
  };
}

export const meetings: Pick<Handlers, MeetingCommand> = {
  meetings_begin: (world, { pairing, room }) => {
    mustBeWritable(world);
    const meeting: FakeMeeting = { id: makeId(), pairing, room, at: 0, finished: false, running: true, answers: new Map(), sealed: false, calls: [] };
    all(world).set(meeting.id, meeting);
    return view(meeting);
  },
  meetings_open: (world, pairing) => [...all(world).values()].find((one) => one.pairing === pairing && !one.finished)?.id ?? null,
  meetings_get: (world, { meeting }) => view(found(world, meeting)),
  meetings_answer: (world, { of, answers }) => {
    mustBeWritable(world);
    const meeting = found(world, of.meeting);
    for (const { person, key, answer } of answers) {
      if (answer) meeting.answers.set(`${person}|${key}`, answer);
      else meeting.answers.delete(`${person}|${key}`);
    }
    return view(meeting);
  },
  meetings_move: (world, { of, act }) => {
    mustBeWritable(world);
    const meeting = found(world, of.meeting);
    if (act.kind === 'next') meeting.at = Math.min(STEPS.length, meeting.at + 1);
    else if (act.kind === 'back') meeting.at = Math.max(0, meeting.at - 1);
    else if (act.kind === 'to') meeting.at = STEPS.findIndex((step) => step.key === act.step);
    else if (act.kind === 'pause' || act.kind === 'resume') meeting.running = act.kind === 'resume';
    else if (act.kind === 'seal') meeting.sealed = true;
    else if (act.kind === 'rule') meeting.calls = [...meeting.calls, { by: 'me', rule: act.rule }];
    else {
      meeting.finished = true;
      const pairing = pairingsOf(world).find((one) => one.row.id === meeting.pairing);
      const held = pairing?.sessions.findLast((one) => one.state === 'agreed');
      if (held) [held.state, held.notes] = ['held', [...meeting.answers.values()].map((one) => (one.kind === 'words' ? `- ${one.text}` : '')).join('\n')];
      world.changed('pairings');
    }
    return view(meeting);
  },
};
