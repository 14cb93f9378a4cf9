import { beforeEach, describe, expect, it } from 'vitest';
import { asDate, asDay, count, day, hoursAgo, inWords, longDay, nearDay, plural, setLocale, size, span } from './format';

beforeEach(() => setLocale('en-GB'));

describe('dates', () => {
  it('are read on the local calendar, whatever the time zone', () => {
    expect(asDate('2026-11-19').getDate()).toBe(19);
    expect(asDay(asDate('0045-03-01'))).toBe('0045-03-01');
    expect(asDay(asDate('9999-12-31'))).toBe('9999-12-31');
  });

  it('show the year only when it is another one', () => {
    const year = new Date().getFullYear();
    expect(day(`${year}-03-02`)).toBe('2 March');
    expect(day('2019-03-02')).toBe('2 March 2019');
    expect(longDay('2019-03-02')).toContain('2019');
  });

  it('are near by name', () => {
    const today = new Date();
    expect(nearDay(asDay(today))).toBe('today');
    expect(nearDay(asDay(new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)))).toBe('yesterday');
  });

  it('are said in words where they are kept in figures, and other words stay', () => {
    expect(inWords('2019-03-02')).toBe('2 March 2019');
    expect(inWords('2019-03-02 14:05')).toBe('2 March 2019, 14:05');
    expect(inWords('on 2019-03-02')).toBe('on 2019-03-02');
  });

  it('lie hours ago, and after three days, days', () => {
    expect(hoursAgo(31)).toBe('31 hours ago');
    expect(hoursAgo(1)).toBe('1 hour ago');
    expect(hoursAgo(100)).toBe('4 days ago');
  });

  it('follow the language that is set', () => {
    setLocale('de-DE');
    expect(day('2019-03-02')).toBe('2. März 2019');
    expect(count(1284)).toBe('1.284');
  });
});

describe('numbers', () => {
  it('carry their word', () => {
    const entries = { one: 'entry', other: 'entries' };
    expect(plural(1, entries)).toBe('1 entry');
    expect(plural(1284, entries)).toBe('1,284 entries');
    expect(plural(0, entries)).toBe('0 entries');
  });

  it('say sizes and spans roughly', () => {
    expect(size(18_734_080)).toBe('19 MB');
    expect(size(1_500)).toBe('1.5 kB');
    expect(span(40)).toBe('40 seconds');
    expect(span(200)).toBe('3 minutes');
  });
});
