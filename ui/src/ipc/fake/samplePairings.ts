// The pairings of a made-up person who has kept a few for a while.

import type { LaneWay, PairingKind, PairingPart, PairingView, PairSessionView, PromiseView, SignatureView } from '../generated/types';
import { dayBefore, makeId, type World } from './world';

/** A pairing as the fake host keeps it. */
export type FakePairing = PairingView & { thoughts: string; want: string; private: string };

export const MINUTES: Record<PairingKind, number> = { mentoring: 60, reverse: 50, reciprocal: 50, peer_coaching: 60, buddy: 20, practice_partner: 25, handover: 60, taster: 45 };
export const EVERY: Record<PairingKind, number> = { mentoring: 28, reverse: 30, reciprocal: 30, peer_coaching: 14, buddy: 7, practice_partner: 7, handover: 3, taster: 14 };
export const PLANNED: Record<PairingKind, number> = { mentoring: 0, reverse: 6, reciprocal: 6, peer_coaching: 0, buddy: 0, practice_partner: 0, handover: 0, taster: 2 };

interface Written {
  name: string;
  kind: PairingKind;
  learn: string;
  teach: string;
  hope?: string;
  begun: number;
  ends?: number;
  every?: number;
  planned?: number;
  /** Days back, and which lanes: l, t or both. */
  held: [number, string, string?][];
  /** Days ahead and hour. */
  next?: [number, number, string, string];
  paused?: boolean;
  ended?: number;
  alone?: boolean;
  promises?: [boolean, string, string, number | null][];
  private?: string;
  proposedByThem?: boolean;
}

const WRITTEN: Written[] = [
  {
    name: 'Jon Adeyemi', kind: 'mentoring', learn: 'reading a P&L', teach: 'testing with a screen reader', hope: 'To say in a meeting why a month looks as it does.', begun: 76, ends: -105, planned: 8,
    held: [[70, 'l'], [48, 'lt'], [41, 'l', '- Jon ran the pricing page with sound only. Lost at the date picker.\n- Accruals are still a word, not yet a thing.'], [13, 'lt', '- August: margin 31 %, booked 24 %. Freight a month late.\n- Mara reads it; now she asks it. One question per line.\n- Next: the October sheet, cold, ten minutes.']],
    next: [1, 15, 'his office', 'The October sheet'], private: 'He was tired and still let me be slow. Ask how his own week was, first.\n\nBring him the freight invoice itself, not my sheet.',
    promises: [[true, 'Send Jon the August sheet', 'If stand-up ends early, then before lunch', 1], [false, 'Introduce you to Selin', '', 1], [true, 'Ask the freight office for the invoice', '', -6]],
  },
  { name: 'Helen Brandt', kind: 'reverse', learn: 'how a board decides', teach: 'what a sprint looks like from below', begun: 100, ends: -80, planned: 6, held: [[90, 't'], [60, 't'], [31, 'lt']], next: [5, 9, 'her office', 'Hard mirror'], promises: [[true, 'Show Helen how a flag is switched off, on the real board', 'If she has ten minutes after the review, then there', 5]], proposedByThem: true },
  { name: 'Tom Okoye', kind: 'buddy', learn: '', teach: 'turning a flag off without fear', begun: 40, every: 7, held: [[37, 't'], [30, 't'], [23, 't'], [16, 't'], [9, 't'], [3, 't']], alone: true },
  { name: 'Owen Price', kind: 'mentoring', learn: '', teach: 'saying no to a director', begun: 120, every: 21, held: [[110, 't'], [92, 't'], [70, 't'], [44, 't']], alone: true },
  { name: 'Katarzyna Wiśniewska-Brzęczyszczykiewicz', kind: 'reciprocal', learn: 'payroll, and how to ask', teach: 'hiring her first two', begun: 150, held: [[140, 'lt'], [112, 'lt'], [84, 'l'], [56, 'lt'], [27, 'lt']], next: [12, 11, 'a call', 'Her first offer letter'] },
  { name: 'ليلى الخطيب', kind: 'taster', learn: 'Arabic-speaking customers', teach: '', begun: 6, held: [], next: [2, 10, 'the canteen', ''], alone: true },
  { name: 'Ana Ferreira-Castellanos', kind: 'peer_coaching', learn: 'asking before advising', teach: 'estimating in ranges', begun: 90, held: [[80, 'lt'], [66, 'lt']], paused: true },
  { name: 'Priya Raman', kind: 'mentoring', learn: 'index choices', teach: '', begun: 340, ended: 160, held: [[330, 'l'], [300, 'l'], [270, 'l'], [240, 'l'], [170, 'l']] },
  { name: 'Wiebke Sörensen', kind: 'taster', learn: 'audit, without fear', teach: '', begun: 210, ended: 203, held: [[205, 'l']], alone: true },
];

const AGREED: [number, string][] = [
  [1, 'Jon wants to see what a page is like without eyes. Mara wants to ask a month’s figures a question.'],
  [5, 'What is said stays.'],
  [6, 'No part in each other’s review.'],
  [9, 'Either may end with one sentence.'],
];

/** A session with what nobody said about it left empty. */
export function sessionOf(on: string, hour: number, minutes: number, lanes: string, more: Partial<PairSessionView>): PairSessionView {
  return {
    id: makeId(), at: new Date(`${on}T${String(hour).padStart(2, '0')}:00:00`).toISOString(), on, minutes, place: '', case: '', whose: null, topic: '', lane: lanes === 'l' ? 'learn' : lanes === 't' ? 'teach' : null,
    state: 'agreed', number: null, by: 'me', moves: 0, cancelled_by: null, reason: '', notes: '', ...more,
  };
}

export const PARTS: Record<PairingKind, [PairingPart, PairingPart]> = {
  mentoring: ['mentee', 'mentor'], reverse: ['senior', 'junior'], reciprocal: ['peer', 'peer'], peer_coaching: ['peer', 'peer'], buddy: ['newcomer', 'buddy'], practice_partner: ['peer', 'peer'], handover: ['successor', 'leaver'], taster: ['guest', 'host'],
};

/** A pairing in which nothing has happened yet. */
export function bare(name: string, kind: PairingKind, learn: string, teach: string, begun: string, leads: LaneWay | null): FakePairing {
  const lead = PARTS[kind][0] === 'peer' ? null : leads;
  const [mine, other] = lead === 'teach' ? [PARTS[kind][1], PARTS[kind][0]] : PARTS[kind];
  return {
    row: {
      id: makeId(), name, kind, space: null, part: mine, is_two: false, health: 'new', lanes: [{ way: 'learn', about: learn, leads: lead === 'learn', minutes: 0 }, { way: 'teach', about: teach, leads: lead === 'teach', minutes: 0 }],
      next: null, held: [], every_days: EVERY[kind], begun_on: begun, ends_on: null, paused_until: null, ended_on: null, waits: [], mine: 0, theirs: 0,
    },
    their_part: other, space: null, hope: '', why: '', purpose: '', whys: [], minutes: MINUTES[kind], planned: PLANNED[kind], readers: [], sessions: [], promises: [], goals: [],
    agreement: { stage: 'drafting', numbers: Array.from({ length: kind === 'reverse' || kind === 'reciprocal' ? 13 : kind === 'taster' ? 3 : 10 }, (_, at) => (kind === 'taster' ? [1, 3, 5][at]! : at + 1)), draft: [], review_proposed: null, versions: [] },
    pauses: [], endings: [], cards: [], again: null, writable: true, thoughts: '', want: '', private: '',
  };
}

function from(world: World, one: Written): FakePairing {
  const day = (back: number): string => dayBefore(world.now(), back);
  const pairing = bare(one.name, one.kind, one.learn, one.teach, day(one.begun), one.learn && one.kind !== 'reverse' ? 'learn' : 'teach');
  const { row } = pairing;
  const sessions = one.held.map(([back, lanes, notes]) => sessionOf(day(back), 15, pairing.minutes, lanes, { state: 'held', notes: notes ?? '' }));
  if (one.next) sessions.push(sessionOf(day(-one.next[0]), one.next[1], pairing.minutes, 'lt', { place: one.next[2], case: one.next[3], by: one.proposedByThem ? 'other' : 'me', state: one.proposedByThem ? 'proposed' : 'agreed' }));
  const promises: PromiseView[] = (one.promises ?? []).map(([mine, what, if_then, due]) => ({
    id: makeId(), pairing: row.id, with: one.name, mine, by_me: mine, what, place: '', if_then, small: '', due_on: due === null ? null : day(-due), made_on: day(13), state: 'open', settled_on: null, words: '',
  }));
  const at = new Date(world.now().getTime() - 70 * 86_400_000).toISOString();
  if (one.held.length > 2) {
    const signatures: SignatureView[] = [{ by: 'me', at, fits: true }, ...(one.alone ? [] : [{ by: 'other' as const, at, fits: true }])];
    const sections = AGREED.map(([number, text]) => ({ number, text }));
    Object.assign(pairing.agreement, { stage: 'signed', draft: sections, versions: [{ id: makeId(), number: 1, by: 'me', at, hash: 'a'.repeat(64), sections, review_on: day(-15), signatures, holds: true }] });
  }
  Object.assign(row, { every_days: one.every ?? row.every_days, is_two: !one.alone, ends_on: one.ends === undefined ? null : day(one.ends), ended_on: one.ended === undefined ? null : day(one.ended) });
  return Object.assign(pairing, {
    hope: one.hope ?? '', private: one.private ?? '', sessions, promises, planned: one.planned ?? pairing.planned, space: one.alone ? null : makeId(),
    readers: one.alone ? [] : [{ account: 'me', name: world.notebook.name, is_me: true, since: null }, { account: 'them', name: one.name, is_me: false, since: null }],
    goals: one.name.startsWith('Jon') ? [{ id: makeId(), way: 'learn', what: 'Read a month’s sheet cold', sign: 'I find the odd line in ten minutes', ended_on: null, reached: false }] : [],
    pauses: one.paused ? [{ by: 'me', since: day(20), until: null }] : [],
    endings: one.ended === undefined ? [] : [{ by: one.kind === 'taster' ? 'unknown' : 'me', ending: 'ended', on: day(one.ended), words: '' }],
    writable: one.ended === undefined,
  } satisfies Partial<FakePairing>);
}

/** Writes the sample, or as many made-up pairings as were asked for. */
export function samplePairings(world: World, wanted: number): FakePairing[] {
  const made = WRITTEN.map((one) => from(world, one));
  for (let at = made.length; at < wanted; at++) made.push(from(world, { ...WRITTEN[at % 5]!, name: `${WRITTEN[at % 5]!.name} ${at}` }));
  return made.slice(0, wanted);
}
