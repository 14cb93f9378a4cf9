// One act on the page of the day: done, said, and undone if wanted. What went wrong is said in its place.

import { toasts } from '@/app/toasts.svelte';
import { asApiError } from '@/ipc';
import { textOf } from '@/text/errors';

/** Does something and says so. Answers whether it was done. */
export async function act(doing: Promise<unknown>, said?: string, then?: { label: string; run: () => void }): Promise<boolean> {
  try {
    await doing;
    if (said) toasts.show(said, then);
    return true;
  } catch (failure) {
    toasts.show(textOf(asApiError(failure)).line);
    return false;
  }
}
