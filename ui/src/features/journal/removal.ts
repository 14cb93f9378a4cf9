// Into the trash, back out of it, and away for good: the acts, their questions, and the way back where there is one.

import { asking } from '@/app/asking.svelte';
import { toasts } from '@/app/toasts.svelte';
import { asApiError, host } from '@/ipc';
import { t } from '@/text';
import { textOf } from '@/text/errors';
import { room } from './room.svelte';

const words = t.journal;

function failed(failure: unknown): void {
  toasts.show(textOf(asApiError(failure)).line);
}

/** Moves an entry to the trash, saved, and offers to undo it. */
export async function moveToTrash(id: string): Promise<void> {
  const tab = room.tabs.find((one) => one.session.id === id);
  const trash = (): Promise<unknown> => host().call('journal_trash_entry', id);
  if (tab) {
    // What cannot be saved is not moved: the page says why.
    if (!(await tab.session.closeFor(trash))) return;
  } else {
    try {
      await trash();
    } catch (failure) {
      return failed(failure);
    }
  }
  room.gone(id);
  toasts.show(words.menu.trashed, { label: words.menu.undo, run: () => void putBack(id) });
}

/** Takes an entry out of the trash and shows it. */
export async function putBack(id: string): Promise<void> {
  try {
    await host().call('journal_restore_entry', id);
  } catch (failure) {
    return failed(failure);
  }
  if (room.trashed === id) room.trashed = null;
  await room.openEntry(id);
  toasts.show(words.menu.restored);
}

function sayDeleted(backups: readonly string[]): void {
  toasts.show(backups.length > 0 ? `${words.trash.deleted} ${words.trash.stillIn(backups.length)}` : words.trash.deleted);
}

/** Deletes an entry of the trash for good, after a question that says what goes. */
export async function deleteForGood(id: string): Promise<void> {
  const { askOneTitle, askOne, deleteForGood: verb, cancel } = words.trash;
  if (!(await asking.ask({ title: askOneTitle, text: askOne, verb, danger: true, no: cancel }))) return;
  try {
    const { backups } = await host().call('journal_delete_entry', id);
    room.gone(id);
    sayDeleted(backups);
  } catch (failure) {
    failed(failure);
  }
}

/** Deletes everything in the trash for good, after the same question. */
export async function askToEmptyTrash(count: number): Promise<void> {
  const { askAllTitle, askAll, deleteForGood: verb, cancel } = words.trash;
  if (!(await asking.ask({ title: askAllTitle(count), text: askAll, verb, danger: true, no: cancel }))) return;
  try {
    const { backups } = await host().call('journal_empty_trash');
    room.trashed = null;
    sayDeleted(backups);
  } catch (failure) {
    failed(failure);
  }
}
