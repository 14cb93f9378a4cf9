// The report of an import as plain text, to be kept.

import type { ImportReport } from '@/ipc';
import { format, t } from '@/text';

const words = t.settings.transfer;

/** Writes the whole report, every line of it. */
export function asText(report: ImportReport, path: string): string {
  const count = (label: string, number: number): string => `${label}: ${format.count(number)}`;
  const list = (label: string, lines: string[]): string[] => (lines.length ? ['', `${label}:`, ...lines.map((line) => `- ${line}`)] : []);
  return [
    words.from(path),
    ...(report.stopped ? [words.reportStopped] : []),
    count(words.found, report.found),
    count(words.added, report.added),
    count(words.updated, report.updated),
    count(words.unchanged, report.unchanged),
    `${words.files}: ${words.filesOf(format.count(report.attachments.added), format.count(report.attachments.found))}`,
    ...list(words.skipped, report.skipped.map(({ item, why }) => `${item}: ${why}`)),
    ...list(words.missing, report.attachments.missing),
    ...list(words.fields, report.kept_as_fields.map(({ item, field }) => `${item}: ${field}`)),
    '',
  ].join('\n');
}
