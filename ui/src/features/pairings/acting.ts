// One act in the room of the pairings: done, said, and undone if wanted. What went wrong is said in its place.

import { toasts } from '@/app/toasts.svelte';
import { asApiError } from '@/ipc';
import { textOf } from '@/text/errors';

/** Does something and says so. Gives what came of it; nothing when it could not be done. */
export async function act<T>(doing: Promise<T>, said?: string, then?: { label: string; run: () => void }): Promise<T | undefined> {
  try {
    const done = await doing;
    if (said) toasts.show(said, then);
    return done;
  } catch (failure) {
    toasts.show(textOf(asApiError(failure)).line);
    return undefined;
  }
}
