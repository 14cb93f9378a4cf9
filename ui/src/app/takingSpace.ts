// Taking a space out with its keys: the person is warned, says where to, and hears what was written.

import { asApiError, host } from '@/ipc';
import { format, t } from '@/text';
import { textOf } from '@/text/errors';
import { asking } from './asking.svelte';
import { toasts } from './toasts.svelte';

/** Warns, asks where to, and writes the space there. */
export async function takeOutSpace(space: string, name: string): Promise<void> {
  const words = t.takeOut.withKeys;
  if (!(await asking.ask({ title: words.ask(name), text: words.warning, verb: words.choose }))) return;
  const path = await host().pickSave({ title: words.title, name: words.name(name).replace(/[\\/:*?"<>|]/g, ' ') });
  if (path === null) return;
  try {
    const report = await host().call('portability_export_space', { space, path });
    const records = format.plural(report.records, words.records);
    toasts.show(report.missing_chunks > 0 ? words.missing(records, format.plural(report.missing_chunks, words.chunks), report.path) : words.done(records, report.path));
  } catch (failure) {
    const error = asApiError(failure);
    if (error.code !== 'cancelled') toasts.show(textOf(error).line);
  }
}
