// One act in the room of the loops: done, said, and undone if wanted. What went wrong is said in its place.

import { toasts } from '@/app/toasts.svelte';
import { asApiError, type LoopPart, type LoopRow } from '@/ipc';
import { textOf } from '@/text/errors';

/** The parts of a loop in the order of the ring. */
export const PARTS: readonly LoopPart[] = ['gain', 'practise', 'feedback', 'reflect'];

/** How many things fill each part, in the order of the ring. */
export const counts = (row: LoopRow): number[] => PARTS.map((part) => row[part]);

/** Which quarters of the ring are filled. */
export const filled = (row: LoopRow): boolean[] => counts(row).map((count) => count > 0);

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
