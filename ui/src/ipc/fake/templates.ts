// Templates in the fake host: kept in memory; places are filled by a rule just large enough to look at the screens.

import type { TemplateView } from '../generated/types';
import { apiError } from '../host';
import { makeId, mustBeWritable, type Handlers, type World } from './world';

type TemplateCommand = Extract<keyof Handlers, `templates_${string}`>;

const PLACE = /\{\{\s*(date|weekday|time|name|cursor|ask:\s*([^}]+?))\s*\}\}/gi;

const questionsOf = (...texts: string[]): string[] => [...new Set(texts.flatMap((text) => [...text.matchAll(PLACE)].flatMap((found) => found[2] ?? [])))];

const SUGGESTION: TemplateView = {
  id: null, name: 'After a talk with somebody', title: 'With {{ask: With whom?}}', text: '{{weekday}}, {{time}}.\n\n## What they said\n> {{cursor}}\n',
  tags: ['listening'], questions: ['With whom?'],
};

function find(world: World, id: string): TemplateView {
  const found = world.templates.get(id);
  if (!found) throw apiError('not_found', 'This template is not in the notebook any more.');
  return found;
}

export const templates: Pick<Handlers, TemplateCommand> = {
  templates_list: (world) => ({
    own: [...world.templates.values()].sort((a, b) => a.name.localeCompare(b.name)),
    suggestions: [SUGGESTION],
  }),
  templates_save: (world, { id, name, title, text, tags }) => {
    mustBeWritable(world);
    if (name.trim() === '') throw apiError('invalid', 'Give the template a name, to find it by.', 'name');
    const kept = { id: id ?? makeId(), name: name.trim(), title, text, tags, questions: questionsOf(title, text) };
    world.templates.set(kept.id, kept);
    world.changed('templates');
    return kept;
  },
  templates_delete: (world, id) => {
    mustBeWritable(world);
    find(world, id);
    world.templates.delete(id);
    world.changed('templates');
    return null;
  },
  templates_fill: (world, { id, answers, date, weekday, time }) => {
    const { title, text, tags, questions } = find(world, id);
    let cursor: number | null = null;
    const fill = (from: string, inText: boolean): string => {
      let out = '';
      let at = 0;
      for (const found of from.matchAll(PLACE)) {
        out += from.slice(at, found.index);
        at = found.index + found[0].length;
        const name = found[1]!.toLowerCase();
        if (name === 'cursor') cursor ??= inText ? out.length : null;
        else if (found[2]) out += answers[questions.indexOf(found[2])] ?? '';
        else out += { date, weekday, time }[name] ?? world.notebook.name;
      }
      return out + from.slice(at);
    };
    const filled = { title: fill(title, false), text: fill(text, true), tags };
    return { ...filled, cursor: cursor ?? filled.text.length };
  },
};
