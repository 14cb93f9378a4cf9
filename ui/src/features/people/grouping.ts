// Notes of help put together: by what it was about, or by who it was. Groups stand in the order of the alphabet, never of size.

import type { HelpedView } from '@/ipc';

export interface Group {
  key: string;
  /** What the group is called: a subject as it was written last, or a name. */
  title: string;
  notes: HelpedView[];
}

/** Puts notes together; the newest stand first in each group. */
export function grouped(notes: readonly HelpedView[], by: 'subject' | 'person'): Group[] {
  const groups = new Map<string, Group>();
  for (const note of notes) {
    const title = by === 'subject' ? note.subject : note.who;
    const key = by === 'subject' ? title.toLocaleLowerCase() : (note.person ?? `gone ${title}`);
    const group = groups.get(key);
    if (group) group.notes.push(note);
    else groups.set(key, { key, title, notes: [note] });
  }
  return [...groups.values()].sort((a, b) => a.title.localeCompare(b.title) || a.key.localeCompare(b.key));
}
