// The report of an import: grouped for the eye, and as plain text, to be kept.

import type { ImportReport } from '@/ipc';
import { format, t } from '@/text';
import { byName } from '@/text/format';
import { reportedByHost } from '@/text/host';

const words = t.settings.transfer;

/** Is a list of a report under one heading. */
export interface Group {
  title: string;
  /** Says what it means, where that is not plain. */
  more?: string;
  lines: { item: string; count?: number }[];
}

/** Groups what a report lists, so that ten thousand lines of one kind are one thing to read. */
export function grouped(report: ImportReport): Group[] {
  const reasons = new Map<string, { item: string }[]>();
  for (const { item, why } of report.skipped) {
    const lines = reasons.get(why) ?? [];
    lines.push({ item });
    reasons.set(why, lines);
  }
  const groups: Group[] = [
    { title: words.both, more: words.bothText, lines: report.kept_both.map((item) => ({ item })) },
    ...[...reasons].map(([why, lines]) => ({ title: words.skipped, more: reportedByHost(why), lines: lines.map(({ item }) => ({ item: reportedByHost(item) })) })),
    { title: words.missing, lines: report.attachments.missing.map((item) => ({ item: reportedByHost(item) })) },
    {
      title: words.fields,
      more: words.fieldsText,
      lines: Object.entries(report.fields)
        .map(([item, count]) => ({ item: reportedByHost(item), count: count ?? 0 }))
        .sort((a, b) => b.count - a.count || byName(a.item, b.item)),
    },
  ];
  return groups.filter((group) => group.lines.length);
}

/** Says what was found, and from when: “A journal of Day One, from 1 May 2019 to 3 June 2024”. */
export function found(report: ImportReport): string {
  const what = report.format ? words.formats[report.format] : '';
  const span = report.first_on && report.last_on ? words.span(format.day(report.first_on), format.day(report.last_on)) : '';
  return [what, span].filter(Boolean).join(', ');
}

/** Writes the whole report, every line of it. */
export function asText(report: ImportReport, path: string): string {
  const count = (label: string, number: number): string => `${label}: ${format.count(number)}`;
  const list = (label: string, lines: string[]): string[] => (lines.length ? ['', `${label}:`, ...lines.map((line) => `- ${line}`)] : []);
  return [
    words.from(path),
    ...(found(report) ? [found(report)] : []),
    ...(report.stopped ? [words.reportStopped] : []),
    count(words.found, report.found),
    count(words.added, report.added),
    count(words.updated, report.updated),
    count(words.unchanged, report.unchanged),
    `${words.files}: ${words.filesOf(format.count(report.attachments.added), format.count(report.attachments.found))}`,
    ...list(words.both, report.kept_both),
    ...list(words.skipped, report.skipped.map(({ item, why }) => `${reportedByHost(item)}: ${reportedByHost(why)}`)),
    ...list(words.missing, report.attachments.missing.map(reportedByHost)),
    ...list(words.fields, report.kept_as_fields.map(({ item, field }) => `${reportedByHost(item)}: ${reportedByHost(field)}`)),
    ...(report.not_listed ? [words.notListed(format.count(report.not_listed))] : []),
    '',
  ].join('\n');
}
