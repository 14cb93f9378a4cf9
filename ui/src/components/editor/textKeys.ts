// The keys that shape written text: one list for the editor, which does them, and for the list of keys, which shows them.
// It holds no part of the editor, so that showing it fetches none.

/** What a key does to the text. */
export type TextAct = 'bold' | 'italic' | 'code' | 'strike' | 'heading' | 'list' | 'numbers' | 'task' | 'quote' | 'link';

/** A key as this app writes it, `Mod+Shift+X`, and what it does. */
export const TEXT_KEYS: readonly { keys: string; act: TextAct }[] = [
  { keys: 'Mod+B', act: 'bold' },
  { keys: 'Mod+I', act: 'italic' },
  { keys: 'Mod+E', act: 'code' },
  { keys: 'Mod+Shift+X', act: 'strike' },
  { keys: 'Mod+Shift+H', act: 'heading' },
  { keys: 'Mod+Shift+8', act: 'list' },
  { keys: 'Mod+Shift+7', act: 'numbers' },
  { keys: 'Mod+Shift+9', act: 'task' },
  { keys: 'Mod+Shift+.', act: 'quote' },
  { keys: 'Mod+Shift+K', act: 'link' },
];

/** Writes a key as the editor's library does: `Mod-Shift-x`. */
export const asEditorKey = (keys: string): string => keys.split('+').map((part) => (part.length === 1 ? part.toLowerCase() : part)).join('-');
