// Changing a setting from a control: kept at once; when the host refuses, it says so and the control goes back.

import { notebook } from '@/app/notebook.svelte';
import { toasts } from '@/app/toasts.svelte';
import { asApiError, type Settings } from '@/ipc';
import { t } from '@/text';
import { textOf } from '@/text/errors';

/** Changes settings. Says whether they were taken. */
export async function change(some: Partial<Settings>): Promise<boolean> {
  try {
    await notebook.change(some);
    return true;
  } catch (failure) {
    toasts.show(`${t.settings.saveFailed} ${textOf(asApiError(failure)).line}`);
    return false;
  }
}
