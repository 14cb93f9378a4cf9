// Keys: how they are written in the list of commands, shown to a person, and recognised when pressed.
//
// A key is written as `Mod+Shift+L`; `Mod` is Command on a Mac and Control elsewhere.

import { t } from '@/text';

/** Whether this is a Mac, as far as the page can tell. */
export const isMac = (): boolean => /mac/i.test(navigator.platform);

const MAC: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵', Comma: ',' };
const ELSEWHERE: Record<string, string> = { Enter: '↵', Comma: ',' };

/** Writes keys as a person of this system knows them: “Ctrl K” or “⌘K”. */
export function shown(keys: string, mac: boolean = isMac()): string {
  const names: Record<string, string> = mac ? MAC : { ...ELSEWHERE, ...t.app.keys };
  return keys.split('+').map((part) => names[part] ?? part).join(mac ? '' : ' ');
}

/** Writes keys in the form the shell uses, `CmdOrCtrl+Shift+J`, as a person knows them. */
export const shownAccelerator = (keys: string, mac: boolean = isMac()): string => shown(keys.replace('CmdOrCtrl', 'Mod'), mac);

/** Keys of the editor that do no more than its own library's, so that they can be shown. */
export const EDITOR_KEYS = [
  { keys: 'Mod+Enter', act: 'act' },
  { keys: 'Mod+Z', act: 'undo' },
  { keys: 'Mod+Shift+Z', act: 'redo' },
] as const;

/** Keys that the shell answers by itself, from its menu. */
export const WINDOW_KEYS = [
  { keys: 'Mod+=', act: 'zoom_in' },
  { keys: 'Mod+-', act: 'zoom_out' },
  { keys: 'Mod+0', act: 'zoom_reset' },
  { keys: 'Mod+Q', act: 'quit' },
] as const;

/** Gives the written form of what was pressed. */
export function pressed(event: KeyboardEvent, mac: boolean = isMac()): string {
  const parts: string[] = [];
  if (mac ? event.metaKey : event.ctrlKey) parts.push('Mod');
  // A question mark is already shifted; a letter is not.
  const named = event.key.length > 1;
  const letter = event.key.length === 1 && event.key.toUpperCase() !== event.key.toLowerCase();
  if (event.shiftKey && (named || letter)) parts.push('Shift');
  if (event.altKey) parts.push('Alt');
  parts.push(event.key === ',' ? 'Comma' : event.key.length === 1 ? event.key.toUpperCase() : event.key);
  return parts.join('+');
}

/** The arrow that was pressed, as if the page ran from left to right: in one that runs the other way, left leads onwards. */
export function along(key: string): string {
  if (document.documentElement.dir !== 'rtl') return key;
  return { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }[key] ?? key;
}

/** Whether the focus is where letters are typed. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}
