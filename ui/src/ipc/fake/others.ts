// Search over what is no entry, in the fake host: every part of the query that is a word must stand somewhere.

import type { MarkedStretch, OtherHit } from '../generated/types';
import { learning } from './loops';
import { notes, rows } from './people';
import type { World } from './world';

const said = (text: string): MarkedStretch[] => (text ? [{ text, marked: false }] : []);

/** Finds people, notes of help, loops, goals and intentions. */
export function searchOthers(world: World, query: string): OtherHit[] {
  const wanted = query.toLowerCase().split(/\s+/).map((word) => word.replace(/^@|^person:/, '')).filter(Boolean);
  const has = (...texts: string[]): boolean => wanted.length > 0 && wanted.every((word) => texts.some((text) => text.toLowerCase().includes(word)));
  const hit = (kind: OtherHit['kind'], id: string, title: string, text: string, on: string | null, more: Partial<OtherHit> = {}): OtherHit => ({
    kind, id, title: said(title), snippet: said(text), on, entry: null, person: null, ...more,
  });
  const { loops, goals, intentions } = learning(world);
  return [
    ...rows(world).filter((row) => has(row.name, row.about, ...row.other_names)).map((row) => hit('person', row.id, row.name, row.about, null, { person: row.id })),
    ...notes(world).filter((note) => has(note.who, note.subject)).map((note) => hit('helped', note.id, `${note.who}: ${note.subject}`, '', note.on, { person: note.person })),
    ...[...loops.values()].filter((loop) => !loop.trashed && has(loop.title, loop.why, ...loop.fillings.map((filling) => filling.words))).map((loop) => hit('loop', loop.id, loop.title, loop.why, loop.begun_on)),
    ...[...goals.values()].filter((goal) => !goal.trashed && has(goal.plan.wish, goal.plan.why)).map((goal) => hit('goal', goal.id, goal.plan.wish, goal.plan.why, goal.begun_on)),
    ...[...intentions.values()].filter((one) => !one.trashed && has(one.text)).map((one) => hit('intention', one.id, one.text, '', one.due_on, { entry: one.entry })),
  ];
}
