import { describe, expect, it } from 'vitest';
import type { EntryFilter, EntryRow } from '@/ipc';
import { apiError } from '@/ipc';
import { groupOf, whenOf } from './groups';
import { HEIGHT, NO_FILTER, Timeline, WINDOW, type TimelineCalls } from './timeline.svelte';

const names = { today: 'Today', yesterday: 'Yesterday', lastWeek: 'Last week' };
const TODAY = '2026-11-19';

const row = (id: string, on = TODAY, title = 'A title'): EntryRow => ({
  id, title, excerpt: 'words', on, time: '18:42', tags: [], starred: false, trashed: false, has_attachments: false, origin: 'written',
});

class Journal implements TimelineCalls {
  asked: { offset: number; limit: number; filter: EntryFilter }[] = [];
  failing = false;
  constructor(public rows: EntryRow[]) {}
  list = async (request: { filter: EntryFilter; offset: number; limit: number }) => {
    this.asked.push(request);
    if (this.failing) throw apiError('internal', 'It did not work.');
    return { total: this.rows.length, rows: this.rows.slice(request.offset, request.offset + request.limit) };
  };
  locate = async ({ id }: { id?: string }) => {
    const at = this.rows.findIndex((one) => one.id === id);
    return at < 0 ? null : at;
  };
}

const settle = () => new Promise((done) => setTimeout(done));
async function shown(rows: EntryRow[]): Promise<{ journal: Journal; timeline: Timeline }> {
  const journal = new Journal(rows);
  const timeline = new Timeline(journal, names, () => TODAY, 16);
  timeline.choose(NO_FILTER);
  await settle();
  return { journal, timeline };
}
const many = (count: number) => Array.from({ length: count }, (_, at) => row(`e${at}`));

describe('the timeline', () => {
  it('fetches_only_what_is_in_sight', async () => {
    const { journal, timeline } = await shown(many(100_000));
    expect(timeline.total).toBe(100_000);
    expect(journal.asked).toHaveLength(1);
    timeline.want(50_010, 50_030);
    await settle();
    expect(journal.asked).toHaveLength(2);
    expect(timeline.row(50_020)?.id).toBe('e50020');
    expect(timeline.row(49_000)).toBeUndefined();
  });

  it('asks_for_no_window_twice', async () => {
    const { journal, timeline } = await shown(many(1_000));
    for (let turn = 0; turn < 5; turn += 1) {
      timeline.want(90, 110);
      await settle();
    }
    expect(journal.asked).toHaveLength(2);
  });

  it('knows_the_place_of_a_row_from_its_form_without_measuring', async () => {
    const { timeline } = await shown([row('a'), row('b', TODAY, ''), row('c', '2026-11-18')]);
    const heading = HEIGHT.heading * 16;
    expect(timeline.topOf(1)).toBe(heading + HEIGHT.full * 16);
    expect(timeline.topOf(2)).toBe(heading + (HEIGHT.full + HEIGHT.text) * 16);
    expect(timeline.height).toBe(2 * heading + (2 * HEIGHT.full + HEIGHT.text) * 16);
  });

  it('gives_a_heading_once_also_across_windows', async () => {
    const { timeline } = await shown(many(WINDOW + 5));
    timeline.want(WINDOW, WINDOW + 1);
    await settle();
    expect(timeline.headingOf(0)).toMatchObject({ label: 'Today', first: true });
    expect(timeline.headingOf(WINDOW)).toMatchObject({ label: 'Today', first: false });
  });

  it('shows_what_it_has_until_the_new_comes_and_tells_that_rows_move', async () => {
    const { journal, timeline } = await shown(many(10));
    let moves = 0;
    timeline.onmove = { before: () => () => (moves += 1) };
    journal.rows = [row('new'), ...journal.rows];
    timeline.refresh();
    expect(timeline.row(0)?.id).toBe('e0');
    await settle();
    expect(timeline.row(0)?.id).toBe('new');
    expect(timeline.indexOf('e0')).toBe(1);
    expect(moves).toBe(1);
  });

  it('finds_an_entry_that_has_not_been_fetched', async () => {
    const { timeline } = await shown(many(5_000));
    expect(await timeline.locate({ id: 'e4321' })).toBe(4321);
  });

  it('keeps_what_it_shows_when_a_reload_fails_and_recovers', async () => {
    const { journal, timeline } = await shown(many(10));
    journal.failing = true;
    timeline.refresh();
    await settle();
    expect(timeline.error?.code).toBe('internal');
    expect(timeline.row(3)?.id).toBe('e3');
    journal.failing = false;
    timeline.refresh();
    await settle();
    expect(timeline.error).toBeNull();
  });

  it('forgets_an_answer_to_a_filter_that_is_no_more', async () => {
    const { journal, timeline } = await shown(many(10));
    timeline.choose({ ...NO_FILTER, starred: true });
    timeline.choose({ ...NO_FILTER, tags: ['x'] });
    journal.rows = [row('only')];
    await settle();
    expect(timeline.filter.tags).toEqual(['x']);
    expect(journal.asked.at(-1)?.filter.tags).toEqual(['x']);
  });
});

describe('a heading', () => {
  const label = (on: string) => groupOf(on, TODAY, names).label;
  // 19 November 2026 is a Thursday.
  it('is_today_yesterday_a_day_of_this_week_last_week_or_a_month', () => {
    expect(label('2026-11-19')).toBe('Today');
    expect(label('2026-11-18')).toBe('Yesterday');
    expect(label('2026-11-17')).toMatch(/Tuesday/);
    expect(label('2026-11-12')).toBe('Last week');
    expect(label('2026-10-30')).toBe('October');
    expect(label('2025-10-30')).toBe('October 2025');
    expect(label('2027-01-02')).toMatch(/2027/);
  });
  it('of_one_day_asks_its_rows_for_the_time_and_others_for_the_day', () => {
    expect(whenOf({ on: TODAY, time: '18:42' }, groupOf(TODAY, TODAY, names))).toMatch(/42/);
    expect(whenOf({ on: '2026-11-11', time: '18:42' }, groupOf('2026-11-11', TODAY, names))).toMatch(/11/);
  });
});
