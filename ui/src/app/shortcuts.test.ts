import { readFileSync } from 'node:fs';
import { EditorState } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { describe, expect, it } from 'vitest';
import { editorExtensions } from '@/components/editor/mount';
import { asEditorKey, TEXT_KEYS } from '@/components/editor/textKeys';
import { t } from '@/text';
import { all, show, withHost } from '@/testing/page';
import { commands } from './commands.svelte';
import { everywhere } from './everywhere';
import { EDITOR_KEYS, shown, WINDOW_KEYS } from './keys';
import { notebook } from './notebook.svelte';
import Shortcuts from './Shortcuts.svelte';

/** The keys of the native menu by what they do, in the way this page writes keys. */
function menuKeys(): Map<string, string> {
  const source = readFileSync('../src-tauri/src/menu.rs', 'utf8');
  return new Map([...source.matchAll(/keyed\("(\w+)", "([^"]+)"\)/g)].map(([, id = '', keys = '']) => [id, keys.replace('CmdOrCtrl', 'Mod').replace('+,', '+Comma')]));
}

/** The keys that rooms offer, as they stand in their sources. */
function roomKeys(): Map<string, string> {
  const sources = ['features/journal/Journal.svelte', 'features/journal/EntryPage.svelte', 'app/everywhere.ts'].map((path) => readFileSync(`src/${path}`, 'utf8'));
  return new Map(sources.flatMap((source) => [...source.matchAll(/\{ id: '(\w+)', label: [^,]+, keys: '([^']+)'/g)].map(([, id = '', keys = '']) => [id, keys] as const)));
}

describe('the list of keys', () => {
  it('shows every key of the native menu, and the same one', () => {
    const own = new Map<string, string>(WINDOW_KEYS.map(({ act, keys }) => [act, keys]));
    const rooms = roomKeys();
    expect(menuKeys().size).toBeGreaterThan(12);
    for (const [id, keys] of menuKeys()) expect(own.get(id) ?? rooms.get(id), id).toBe(keys);
  });

  it('shows what the page offers, the keys of the text, of the window and of lists', async () => {
    withHost();
    const end = commands.offer(everywhere({ openPalette: () => undefined, openShortcuts: () => undefined }));
    const unfollow = notebook.follow();
    await show(Shortcuts, { onclose: () => undefined });
    const rows = all('li').map((row) => [row.querySelector('span')?.textContent, row.querySelector('kbd')?.textContent]);
    for (const command of everywhere({ openPalette: () => undefined, openShortcuts: () => undefined })) {
      if (command.keys) expect(rows).toContainEqual([command.label, shown(command.keys)]);
    }
    for (const { keys, act } of [...TEXT_KEYS, ...EDITOR_KEYS]) expect(rows).toContainEqual([t.app.shortcuts.text[act], shown(keys)]);
    for (const { keys, act } of WINDOW_KEYS) expect(rows).toContainEqual([t.app.shortcuts.size[act], shown(keys)]);
    for (const { keys, does } of t.app.shortcuts.moves) expect(rows).toContainEqual([does, keys]);
    end();
    unfollow();
  });

  it('names no key of the text that the editor does not answer', () => {
    const state = EditorState.create({ extensions: [editorExtensions()] });
    const bound = new Set(state.facet(keymap).flat().flatMap(({ key, linux, mac }) => [key, linux, mac]).map((key) => key?.toLowerCase()));
    for (const { keys } of [...TEXT_KEYS, ...EDITOR_KEYS]) {
      const key = asEditorKey(keys).toLowerCase();
      // The library takes a capital letter as one with Shift.
      expect(bound.has(key) || (key === 'mod-shift-z' && (bound.has('ctrl-shift-z') || bound.has('mod-shift-z'))), keys).toBe(true);
    }
  });
});
