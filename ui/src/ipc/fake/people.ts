// People and notes of help in the fake host: kept in memory, people that are one by a field that leads to the other.

import type { EntryView, HelpedView, NamedPerson, PersonRow, PersonView } from '../generated/types';
import { apiError } from '../host';
import { plain } from './journal';
import { dayBefore, makeId, mustBeWritable, type Handlers, type World } from './world';

type PeopleCommand = Extract<keyof Handlers, `people_${string}` | `helped_${string}` | 'capture_helped'>;

export interface FakePerson {
  id: string;
  name: string;
  other_names: string[];
  about: string;
  into: string | null;
}

interface FakePeople {
  people: Map<string, FakePerson>;
  notes: Map<string, HelpedView>;
}

const worlds = new WeakMap<World, FakePeople>();
const MENTION = /\[@?([^\]]*)\]\(person:([^)]+)\)/g;

/** Gives the people of a world; the first time, those it begins with. */
export function peopleOf(world: World): FakePeople {
  let found = worlds.get(world);
  if (!found) {
    found = { people: new Map(), notes: new Map() };
    worlds.set(world, found);
    if (world.switches.people) begin(world, found);
  }
  return found;
}

function begin(world: World, to: FakePeople): void {
  const add = (name: string, about: string, other_names: string[] = []): FakePerson => {
    const person = { id: makeId(), name, about, other_names, into: null };
    to.people.set(person.id, person);
    return person;
  };
  const jon = add('Jon Baxter', 'Finance, second floor. Explains a balance sheet without sighing.', ['JB']);
  const priya = add('Priya Nair', 'Product. Knows every customer by name.');
  add('Katie Moran', 'The one to ask about data.');
  add('Katie Lim', 'Design, Tuesdays to Thursdays.');
  const tom = add('Tom Alder', '');
  const entries = [...world.entries.values()].filter((entry) => !entry.trashed);
  // Two entries name them, by the first name that stands in their text.
  for (const person of [priya, tom]) {
    const first = new RegExp(`(?<!\\[)\\b${person.name.split(' ')[0]}\\b`);
    for (const entry of entries.filter((one) => first.test(one.text)).slice(0, 2)) entry.text = entry.text.replace(first, `[@${person.name}](person:${person.id})`);
  }
  const note = (person: FakePerson, subject: string, back: number, entry: EntryView | undefined): void => {
    const id = makeId();
    to.notes.set(id, { id, person: person.id, who: person.name, subject, on: dayBefore(world.now(), back), entry: entry?.id ?? null, entry_title: entry?.title ?? '' });
  };
  const katie = [...to.people.values()].find((one) => one.name === 'Katie Moran')!;
  note(katie, 'data', 3, undefined);
  note(katie, 'data', 17, undefined);
  note(katie, 'data', 40, undefined);
  note(katie, 'the pivot table', 61, undefined);
  note(jon, 'reading the P&L', 1, entries.find((entry) => entry.title === 'August, third reading'));
  note(priya, 'data', 9, undefined);
}

const rootOf = (all: FakePeople, id: string): FakePerson | undefined => {
  let one = all.people.get(id);
  while (one?.into) one = all.people.get(one.into);
  return one;
};

function find(world: World, id: string): FakePerson {
  const one = rootOf(peopleOf(world), id);
  if (!one) throw apiError('not_found', 'This person is not in the notebook any more.');
  return one;
}

const inOrder = <T extends { name: string; id: string }>(all: T[]): T[] => all.sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));

/** Lists everybody whom nobody else stands for. */
export function rows(world: World): PersonRow[] {
  const all = peopleOf(world);
  const roots = [...all.people.values()].filter((one) => one.into === null);
  return inOrder(
    roots.map((one) => ({
      id: one.id, name: one.name, about: one.about, shares_name: roots.some((other) => other !== one && other.name === one.name),
      other_names: [...new Set([...one.other_names, ...[...all.people.values()].filter((other) => other !== one && rootOf(all, other.id) === one).map((other) => other.name)])].sort(),
    })),
  );
}

const namedIn = (world: World, entry: EntryView): FakePerson[] => {
  const found = [...entry.text.matchAll(MENTION)].map((mention) => rootOf(peopleOf(world), mention[2]!)).filter((one) => one !== undefined);
  return [...new Set(found)];
};

function view(world: World, id: string): PersonView {
  const all = peopleOf(world);
  const one = find(world, id);
  const entries = [...world.entries.values()].filter((entry) => !entry.trashed && namedIn(world, entry).includes(one)).sort((a, b) => b.local_at.localeCompare(a.local_at));
  return {
    id: one.id, name: one.name, other_names: one.other_names, about: one.about,
    same: [...all.people.values()].filter((other) => other !== one && rootOf(all, other.id) === one).map(({ id: of, name }) => ({ id: of, name })),
    entries: entries.slice(0, 100).map((entry) => ({ id: entry.id, title: entry.title, excerpt: plain(entry.text).slice(0, 160), on: entry.on })),
    entry_count: entries.length, helped: notes(world).filter((note) => note.person === one.id),
  };
}

/** Lists every note, newest first. */
export function notes(world: World): HelpedView[] {
  const all = peopleOf(world);
  const shown = [...all.notes.values()].map((note) => {
    const one = note.person ? rootOf(all, note.person) : undefined;
    return { ...note, person: one?.id ?? null, who: one?.name ?? note.who };
  });
  return shown.sort((a, b) => b.on.localeCompare(a.on) || b.id.localeCompare(a.id));
}

function save(world: World, id: string | null, name: string, other_names: string[], about: string): FakePerson {
  mustBeWritable(world);
  const clean = name.trim().replace(/^@+/, '').trim();
  if (!clean) throw apiError('invalid', 'Write the name; everything else can stay empty.', 'name');
  const before = id ? find(world, id) : undefined;
  const one: FakePerson = before ?? { id: makeId(), name: '', other_names: [], about: '', into: null };
  Object.assign(one, { name: clean, other_names, about: about.trim() });
  peopleOf(world).people.set(one.id, one);
  world.changed('people', 'journal');
  return one;
}

function noteHelp(world: World, person: string | null, who: string, subject: string, on: string | null, entry: string | null): HelpedView {
  mustBeWritable(world);
  if (!subject.trim()) throw apiError('invalid', 'Say with what; one word is enough.', 'subject');
  const goesBy = (row: PersonRow): boolean => [row.name, ...row.other_names].some((name) => name.toLowerCase() === who.trim().replace(/^@/, '').toLowerCase());
  const meant = rows(world).filter(goesBy);
  if (!person && meant.length > 1) throw apiError('conflict', 'More than one person goes by this name; say which one is meant.');
  const one = find(world, person ?? meant[0]?.id ?? save(world, null, who, [], '').id);
  const of = entry ? world.entries.get(entry) : undefined;
  const note = { id: makeId(), person: one.id, who: one.name, subject: subject.trim(), on: on ?? of?.on ?? dayBefore(world.now(), 0), entry: of?.id ?? null, entry_title: of?.title ?? '' };
  peopleOf(world).notes.set(note.id, note);
  world.changed('people');
  return note;
}

const names = (world: World): NamedPerson[] => [...peopleOf(world).people.values()].map((one) => ({ id: one.id, name: rootOf(peopleOf(world), one.id)?.name ?? one.name }));

export const people: Pick<Handlers, PeopleCommand> = {
  people_list: rows,
  people_names: names,
  people_get: view,
  people_save: (world, { id, name, other_names, about }) => view(world, save(world, id, name, other_names, about).id),
  people_merge: (world, { from, into }) => {
    mustBeWritable(world);
    const [first, second] = [find(world, from), find(world, into)];
    if (first === second) throw apiError('conflict', 'These two are one person already.');
    first.into = second.id;
    if (first.about && !second.about.includes(first.about)) second.about = [second.about, first.about].filter(Boolean).join('\n');
    world.changed('people', 'journal');
    return view(world, second.id);
  },
  people_part: (world, id) => {
    const one = peopleOf(world).people.get(id);
    if (one) one.into = null;
    world.changed('people', 'journal');
    return view(world, id);
  },
  people_delete: (world, { id, with_notes }) => {
    mustBeWritable(world);
    const all = peopleOf(world);
    const root = find(world, id);
    if (with_notes) for (const note of notes(world)) if (note.person === root.id) all.notes.delete(note.id);
    for (const one of [...all.people.values()]) if (rootOf(all, one.id) === root && one !== root) all.people.delete(one.id);
    all.people.delete(root.id);
    world.changed('people', 'journal');
    return null;
  },
  people_of_entry: (world, id) => {
    const entry = world.entries.get(id);
    return { people: entry ? namedIn(world, entry).map(({ id: of, name }) => ({ id: of, name })) : [], helped: notes(world).filter((note) => note.entry === id) };
  },
  helped_list: (world, { person, subject }) => notes(world).filter((note) => (!person || note.person === person) && (!subject || note.subject.toLowerCase() === subject.toLowerCase())),
  helped_subjects: (world) => [...new Map(notes(world).reverse().map((note) => [note.subject.toLowerCase(), note.subject])).values()].sort(),
  helped_note: (world, { person, who, subject, on, entry }) => noteHelp(world, person, who, subject, on, entry),
  helped_change: (world, { id, subject, on }) => {
    const note = peopleOf(world).notes.get(id);
    if (!note) throw apiError('not_found', 'This note is not in the notebook any more.');
    if (!subject.trim()) throw apiError('invalid', 'Say with what; one word is enough.', 'subject');
    Object.assign(note, { subject: subject.trim(), on });
    world.changed('people');
    return note;
  },
  helped_remove: (world, id) => {
    peopleOf(world).notes.delete(id);
    world.changed('people');
    return null;
  },
  capture_helped: (world, { who, subject, line }) => {
    if (world.status.state === 'open') return { id: noteHelp(world, null, who, subject, null, null).id, sealed: false };
    const id = makeId();
    world.captures.set(id, line);
    return { id, sealed: true };
  },
};
