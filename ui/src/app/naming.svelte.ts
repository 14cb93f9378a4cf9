// What the editor asks about names, answered from the notebook: people, tags and loops. Made once for each place one writes in.

import type { EditorNaming } from '@/components/editor/callbacks';
import { asApiError, host, live, type Live, type NamedPerson } from '@/ipc';
import { t } from '@/text';
import { textOf } from '@/text/errors';
import { plural } from '@/text/format';
import { route } from './route.svelte';
import { toasts } from './toasts.svelte';

/** How many are offered at once. */
const MOST = 8;

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Says whether a name has a word that begins like this, or begins like this itself. */
function begins(name: string, beginning: string): boolean {
  const [folded, wanted] = [fold(name), fold(beginning)];
  return folded.startsWith(wanted) || folded.split(/[\s\-.]+/).some((word) => word.startsWith(wanted));
}

export interface Naming {
  /** What the editor is given. */
  answers: EditorNaming;
  /** Everybody by every id that may stand in a text; read it to follow new names. */
  readonly names: Live<NamedPerson[]>;
}

/** What is done with what was chosen in a text. */
export interface Chosen {
  /** Gives the entry a tag. */
  tagged: (tag: string) => void;
  /** Keeps the entry, so that whoever is named in it has it on their page. */
  mentioned: () => void;
}

/** Answers for one editor. To be called while a component is set up. */
export function naming({ tagged, mentioned }: Chosen): Naming {
  const names = live(['people'], () => host().call('people_names'));
  const known = $derived(new Map((names.value ?? []).map(({ id, name }) => [id, name])));
  // What was just met is known before the list is loaded again.
  const met = new Map<string, string>();

  const answers: EditorNaming = {
    person: (id) => known.get(id) ?? met.get(id),
    async findPeople(beginning) {
      const rows = await host().call('people_list').catch(() => []);
      return rows
        .filter((row) => [row.name, ...row.other_names].some((name) => begins(name, beginning)))
        .slice(0, MOST)
        .map((row) => ({ id: row.id, name: row.name, detail: row.about.split('\n')[0] || row.other_names.join(', ') }));
    },
    async meetPerson(name) {
      try {
        const person = await host().call('people_save', { id: null, name, other_names: [], about: '' });
        met.set(person.id, person.name);
        return person;
      } catch (failure) {
        toasts.show(textOf(asApiError(failure)).line);
        return undefined;
      }
    },
    openPerson: (id) => route.toPeople(id),
    async findTags(beginning) {
      const tags = await host().call('journal_list_tags').catch(() => []);
      const wanted = fold(beginning);
      // What stands in a text as one word can be written there; other tags are given in the margin.
      return tags
        .filter(({ tag }) => !/\s/.test(tag) && fold(tag).startsWith(wanted))
        .slice(0, MOST)
        .map(({ tag, count }) => ({ tag, detail: plural(count, t.people.editor.tagUse) }));
    },
    tagged,
    mentioned,
    async findLoops(beginning) {
      const rows = await host().call('loops_list', 'open').catch(() => []);
      return rows.filter((row) => begins(row.title, beginning)).slice(0, 4).map((row) => ({ id: row.id, title: row.title, detail: t.people.editor.loop }));
    },
    openLoop: (id) => route.toLoops(id),
  };
  return { answers, names };
}
