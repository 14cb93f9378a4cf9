// What pictures are drawn of, counted over the fake entries.

import { apiError } from '../host';
import type { Handlers, World } from './world';

type GrowthCommand = Exclude<Extract<keyof Handlers, `growth_${string}`>, 'growth_braid'>;

const SMALL = new Set('about after again and are but for from had has have her him his not one our she that the their them then there they this was were what when which who will with you'.split(' '));

const chosen = (world: World, from: string, to: string) => [...world.entries.values()].filter((entry) => !entry.trashed && entry.on >= from && entry.on <= to);

export const growth: Pick<Handlers, GrowthCommand> = {
  growth_topics: (world, { from, to, most }) => {
    const months: string[] = [];
    for (let [year = 1, month = 1] = from.split('-').map(Number); ; month += 1) {
      const day = `${String(year + Math.floor((month - 1) / 12)).padStart(4, '0')}-${String(((month - 1) % 12) + 1).padStart(2, '0')}-01`;
      if (day > to) break;
      months.push(day);
    }
    const counted = new Map<string, number[]>();
    for (const entry of chosen(world, from, to)) {
      for (const tag of entry.tags) {
        const of = counted.get(tag) ?? months.map(() => 0);
        counted.set(tag, of);
        const at = months.findIndex((month) => month.slice(0, 7) === entry.on.slice(0, 7));
        of[at] = (of[at] ?? 0) + 1;
      }
    }
    const topics = [...counted].map(([tag, by_month]) => ({ tag, by_month, entries: by_month.reduce((sum, one) => sum + one, 0) }));
    topics.sort((a, b) => b.entries - a.entries || a.tag.localeCompare(b.tag));
    return { months, topics: topics.slice(0, most) };
  },
  growth_words: (world, { from, to, most }) => {
    const counted = new Map<string, number>();
    for (const entry of chosen(world, from, to)) {
      const found = new Set(`${entry.title} ${entry.text}`.toLowerCase().match(/\p{L}{3,}/gu) ?? []);
      for (const word of found) if (!SMALL.has(word)) counted.set(word, (counted.get(word) ?? 0) + 1);
    }
    const words = [...counted].filter(([, entries]) => entries > 1).map(([word, entries]) => ({ word, entries }));
    return words.sort((a, b) => b.entries - a.entries || a.word.localeCompare(b.word)).slice(0, most);
  },
  growth_save_picture: (world, request) => {
    const begins = { svg: '<svg ', png: 'iVBORw0KGgo' }[request.kind];
    if (!request.content.startsWith(begins)) throw apiError('invalid', 'This is not a picture of that kind. Nothing was written.', 'content');
    world.pictures.push(request);
    return null;
  },
};
