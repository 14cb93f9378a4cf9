// The commands that are there in every room.

import { asApiError, host } from '@/ipc';
import { t } from '@/text';
import { textOf } from '@/text/errors';
import Archive from '@lucide/svelte/icons/archive';
import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import Download from '@lucide/svelte/icons/download';
import Feather from '@lucide/svelte/icons/feather';
import FolderSync from '@lucide/svelte/icons/folder-sync';
import HeartHandshake from '@lucide/svelte/icons/heart-handshake';
import Info from '@lucide/svelte/icons/info';
import Keyboard from '@lucide/svelte/icons/keyboard';
import Laptop from '@lucide/svelte/icons/laptop';
import LifeBuoy from '@lucide/svelte/icons/life-buoy';
import Signpost from '@lucide/svelte/icons/signpost';
import Lock from '@lucide/svelte/icons/lock';
import Moon from '@lucide/svelte/icons/moon';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Search from '@lucide/svelte/icons/search';
import Settings2 from '@lucide/svelte/icons/settings-2';
import Sprout from '@lucide/svelte/icons/sprout';
import Sun from '@lucide/svelte/icons/sun';
import SunMoon from '@lucide/svelte/icons/sun-moon';
import Upload from '@lucide/svelte/icons/upload';
import Users from '@lucide/svelte/icons/users';
import UsersRound from '@lucide/svelte/icons/users-round';
import type { Command } from './commands.svelte';
import { notebook } from './notebook.svelte';
import { helping } from './helping.svelte';
import { HELPED, NEW, route } from './route.svelte';
import { saveAll } from './saving';
import { standing } from './standing';
import { toasts } from './toasts.svelte';

/** Locks, once everything is saved; says what is missing when it cannot. */
export async function lock(): Promise<void> {
  if (notebook.open?.key_place === 'keyring') {
    toasts.show(t.app.needsPassphrase, { label: t.app.setPassphrase, run: () => route.toSettings('lock') });
    return;
  }
  await saveAll();
  try {
    notebook.take(await host().call('notebook_lock'));
  } catch (failure) {
    toasts.show(textOf(asApiError(failure)).line);
  }
}

/** Looks at every place of sync, and says how it stands then; where there is none, leads to where one is set up. */
async function syncNow(): Promise<void> {
  try {
    const { state } = await host().call('sync_now');
    if (state.state === 'off') route.toSettings('sync');
    else toasts.show(standing(state));
  } catch (failure) {
    toasts.show(textOf(asApiError(failure)).line);
  }
}

/** What the frame shows above the page. */
export interface Overlays {
  openPalette: () => void;
  openShortcuts: () => void;
}

/** Gives the commands of every room. */
export function everywhere({ openPalette, openShortcuts }: Overlays): Command[] {
  const words = t.app.commands;
  const writable = (): boolean => !notebook.readOnly;
  const theme = (to: 'light' | 'dark' | 'system') => (): void => {
    notebook.change({ theme: to }).catch((failure: unknown) => toasts.show(textOf(asApiError(failure)).line));
  };
  return [
    { id: 'search', label: words.search, keys: 'Mod+K', icon: Search, run: openPalette, hidden: true },
    { id: 'new_entry', label: words.newEntry, keys: 'Mod+N', icon: Feather, can: writable, run: () => route.openEntry(NEW) },
    { id: 'today', label: words.today, keys: 'Mod+1', icon: Sun, run: () => route.toToday() },
    { id: 'journal', label: words.journal, keys: 'Mod+2', icon: NotebookPen, run: () => route.toJournal() },
    { id: 'loops', label: words.loops, keys: 'Mod+3', icon: CircleDashed, run: () => route.toLoops() },
    { id: 'pairings', label: t.pairings.commands.open, keys: 'Mod+4', icon: ArrowLeftRight, run: () => route.toPairings() },
    { id: 'guides', label: t.guides.commands.open, keys: 'Mod+G', icon: Signpost, run: () => route.toGuides() },
    { id: 'growth', label: words.growth, icon: Sprout, run: () => route.go({ room: 'growth' }) },
    { id: 'people', label: t.people.commands.open, icon: Users, run: () => route.toPeople() },
    { id: 'helped', label: t.people.commands.helped, icon: HeartHandshake, run: () => route.toPeople(HELPED) },
    { id: 'note_helped', label: t.people.commands.note, keys: 'Mod+Shift+M', icon: HeartHandshake, can: writable, run: () => helping.begin() },
    { id: 'settings', label: words.settings, keys: 'Mod+Comma', icon: Settings2, run: () => route.toSettings() },
    { id: 'sync', label: t.sync.commands.open, icon: FolderSync, run: () => route.toSettings('sync') },
    { id: 'sync_now', label: t.sync.commands.now, icon: RefreshCw, run: () => void syncNow() },
    { id: 'devices', label: t.devices.commands.open, icon: Laptop, run: () => route.toSettings('devices') },
    { id: 'spaces', label: t.spaces.commands.open, icon: UsersRound, run: () => route.toSpaces() },
    { id: 'lock', label: words.lock, keys: 'Mod+L', icon: Lock, run: () => void lock() },
    { id: 'backup', label: words.backup, icon: Archive, run: () => route.toSettings('backup') },
    { id: 'recovery', label: words.recovery, icon: LifeBuoy, run: () => route.toSettings('recovery') },
    { id: 'import', label: words.import, icon: Download, run: () => route.toSettings('transfer') },
    { id: 'export', label: words.export, icon: Upload, run: () => route.toSettings('transfer') },
    { id: 'theme_light', label: words.theme.light, icon: Sun, run: theme('light') },
    { id: 'theme_dark', label: words.theme.dark, icon: Moon, run: theme('dark') },
    { id: 'theme_system', label: words.theme.system, icon: SunMoon, run: theme('system') },
    { id: 'shortcuts', label: words.shortcuts, keys: '?', icon: Keyboard, run: openShortcuts },
    { id: 'about', label: words.about, icon: Info, run: () => route.toSettings('about') },
  ];
}
