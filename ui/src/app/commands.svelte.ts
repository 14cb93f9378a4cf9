// Everything that can be done by a key, from the palette or from the native menu: one list, offered by whoever can do it.
//
// The frame offers what is always there, a room what belongs to it while it is shown.

import type { Component } from 'svelte';
import { isTyping, pressed, shown } from './keys';

export interface Command {
  /** Its name; the native menu uses the same. */
  id: string;
  /** What it does, as a person reads it in the palette and the list of keys. */
  label: string;
  /** The key that does it, such as `Mod+N`. */
  keys?: string;
  icon?: Component;
  run: () => void;
  /** Whether it can be done now; without it, always. */
  can?: () => boolean;
  /** Leaves it out of the palette, for what only makes sense by its key. */
  hidden?: boolean;
  /** Shown in the palette only when its words are typed, for what there is much of. */
  asked?: boolean;
  /** Under which heading the list of keys shows it. */
  group?: 'everywhere' | 'here';
}

/** Where a wish comes from: a key pressed in the page, an entry of the native menu, or something shown in the page. */
type Source = 'key' | 'menu' | 'page';

/** How close together, in milliseconds, a key and the menu entry of that key are one wish: some systems send both. */
const ONE_WISH = 250;

/** Commands, or what makes them; made anew when something changes that they read, such as the language. */
type Offered = readonly Command[] | (() => readonly Command[]);

class Commands {
  #offered = $state.raw<readonly Offered[]>([]);
  #all = $derived(this.#offered.flatMap((offered) => (typeof offered === 'function' ? offered() : offered)));
  #last: { id: string; at: number; from: Source } = { id: '', at: -Infinity, from: 'page' };

  /** All that are offered, in the order in which they were. */
  get all(): readonly Command[] {
    return this.#all;
  }

  /** Offers commands until the returned function is called. Of two with one name the later one counts. */
  offer(commands: Offered): () => void {
    this.#offered = [...this.#offered, commands];
    return () => {
      this.#offered = this.#offered.filter((offered) => offered !== commands);
    };
  }

  /** Finds a command. */
  find(id: string): Command | undefined {
    return this.all.findLast((command) => command.id === id);
  }

  /** The key of a command as a person reads it. */
  keysOf(id: string): string | undefined {
    const keys = this.find(id)?.keys;
    return keys && shown(keys);
  }

  /** Does a command. Says whether there was one that could be done. Two presses of a key are two wishes, however fast. */
  run(id: string, from: Source = 'page'): boolean {
    const command = this.find(id);
    if (!command || command.can?.() === false) return false;
    const now = performance.now();
    const last = this.#last;
    const isSame = last.id === id && now - last.at < ONE_WISH && last.from !== from && last.from !== 'page' && from !== 'page';
    // The second of a pair is not the first of another.
    this.#last = { id, at: isSame ? -Infinity : now, from };
    if (isSame) return true;
    command.run();
    return true;
  }

  /** Answers a key press anywhere in the page. */
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const keys = pressed(event);
    if (!keys.includes('Mod') && !/^F\d/.test(event.key) && isTyping(event.target)) return;
    const command = this.all.findLast((one) => one.keys === keys && one.can?.() !== false);
    if (!command) return;
    event.preventDefault();
    this.run(command.id, 'key');
  }
}

/** The commands. */
export const commands = new Commands();
