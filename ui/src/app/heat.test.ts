import { describe, expect, it } from 'vitest';
import { addDays, dayOf, daysBetween, noonOf, weekStart } from './days';
import { levelOf, monthMarks, weeksOf } from './heat';

describe('days', () => {
  it('are_counted_over_months_leap_years_and_changes_of_the_clock', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
    expect(addDays('0001-01-01', 365)).toBe('0002-01-01');
  });
  it('of_the_first_century_are_themselves', () => {
    expect(dayOf(noonOf('0047-05-06'))).toBe('0047-05-06');
  });
  it('know_the_first_day_of_their_week', () => {
    expect(weekStart('2026-11-19', 1)).toBe('2026-11-16');
    expect(weekStart('2026-11-19', 7)).toBe('2026-11-15');
    expect(weekStart('2026-11-16', 1)).toBe('2026-11-16');
  });
});

describe('the heat map', () => {
  it('lays_days_out_in_whole_weeks_and_marks_those_outside', () => {
    const weeks = weeksOf('2026-11-18', '2026-11-25', [{ on: '2026-11-19', entries: 2, words: 300 }], 1);
    expect(weeks).toHaveLength(2);
    expect(weeks[0]).toHaveLength(7);
    expect(weeks[0]![0]).toMatchObject({ on: '2026-11-16', inside: false });
    expect(weeks[0]![3]).toMatchObject({ on: '2026-11-19', entries: 2, level: 3, inside: true });
    expect(weeks[1]![6]).toMatchObject({ inside: false });
  });
  it('shows_any_writing_at_all_and_more_for_more', () => {
    expect([levelOf(0, 0), levelOf(1, 0), levelOf(1, 100), levelOf(1, 1000)]).toEqual([0, 1, 2, 3]);
  });
  it('names_each_month_once', () => {
    const marks = monthMarks(weeksOf('2026-01-01', '2026-12-31', [], 1));
    expect(marks).toHaveLength(12);
    expect(new Set(marks.map(({ label }) => label)).size).toBe(12);
  });
});
