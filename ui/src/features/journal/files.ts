// Files on their way into an entry: from a dialog, a paste or a drop, into the notebook and into the text.

import { asApiError, host, type AttachmentView } from '@/ipc';
import { toasts } from '@/app/toasts.svelte';
import { t } from '@/text';
import { lineOf } from '@/text/errors';

// Names that programs give to what has no name.
const NAMELESS = /^(?:image|img|screenshot|clipboard|unnamed|blob)?[\s_-]*\d*\.\w+$/i;

/** Writes how a file stands in the text. */
export function markdownOf(file: AttachmentView): string {
  const name = file.name.replace(/[[\]\\\n\r]/g, ' ').trim();
  if (!file.mime.startsWith('image/')) return `[${name}](attachment:${file.id})`;
  const caption = NAMELESS.test(name) ? '' : name.replace(/\.\w{2,5}$/, '').replace(/_/g, ' ');
  return `![${caption}](attachment:${file.id})`;
}

async function taken<T>(all: readonly T[], nameOf: (one: T) => string, take: (one: T) => Promise<AttachmentView>, each: (file: AttachmentView) => void): Promise<string> {
  const lines: string[] = [];
  for (const one of all) {
    try {
      const file = await take(one);
      each(file);
      lines.push(markdownOf(file));
    } catch (failure) {
      toasts.show(`${t.journal.files.failed(nameOf(one))}. ${lineOf(asApiError(failure))}`);
    }
  }
  return lines.join('\n\n');
}

/** Takes files of the page in and gives the Markdown that shows them. */
export function takeFiles(entry: string, files: readonly File[], each: (file: AttachmentView) => void): Promise<string> {
  return taken(files, (file) => file.name, async (file) => host().attachBytes(entry, file.name || 'file', new Uint8Array(await file.arrayBuffer())), each);
}

/** Takes files of the disk in and gives the Markdown that shows them. */
export function takePaths(entry: string, paths: readonly string[], each: (file: AttachmentView) => void): Promise<string> {
  return taken(paths, (path) => path.split(/[\\/]/).at(-1) ?? path, (path) => host().call('journal_attach_path', { id: entry, path }), each);
}

/** Asks where to write a copy of a file, and writes it. */
export async function saveCopy(file: Pick<AttachmentView, 'id' | 'name'>): Promise<void> {
  const path = await host().pickSave({ title: t.journal.files.saveTitle, name: file.name });
  if (path === null) return;
  try {
    await host().call('journal_save_attachment', { id: file.id, path });
    toasts.show(t.journal.facts.copySaved);
  } catch (failure) {
    toasts.show(lineOf(asApiError(failure)));
  }
}
