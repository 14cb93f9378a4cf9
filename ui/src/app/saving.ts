// Before the window closes, the notebook locks or the computer sleeps: everyone who holds unsaved words saves them.

type Save = () => Promise<unknown>;

const savers = new Set<Save>();

/** Asks `save` to be called before anything leaves. Gives back what ends that. */
export function beforeLeaving(save: Save): () => void {
  savers.add(save);
  return () => void savers.delete(save);
}

/** Has everyone save. One that fails does not keep the others from it; its words stay in its draft. */
export async function saveAll(): Promise<void> {
  await Promise.allSettled([...savers].map((save) => save()));
}
