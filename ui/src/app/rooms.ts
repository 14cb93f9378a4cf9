// The rooms that exist, and the palette, fetched when they are first wanted. The start page stays small by it.

import type { Component } from 'svelte';

type Fetched<P extends Record<string, unknown> = Record<string, never>> = Promise<{ default: Component<P> }>;

export const rooms = {
  today: (): Fetched => import('@/features/today/Today.svelte') as Fetched,
  loops: (): Fetched => import('@/features/loops/Loops.svelte') as Fetched,
  journal: (): Fetched => import('@/features/journal/Journal.svelte') as Fetched,
  guides: (): Fetched => import('@/features/guides/Guides.svelte') as Fetched,
  people: (): Fetched => import('@/features/people/People.svelte') as Fetched,
  pairings: (): Fetched => import('@/features/pairings/Pairings.svelte') as Fetched,
  growth: (): Fetched => import('@/features/growth/Growth.svelte') as Fetched,
  spaces: (): Fetched => import('@/features/spaces/Spaces.svelte') as Fetched,
  settings: (): Fetched => import('@/features/settings/Settings.svelte') as Fetched,
  palette: (): Fetched<{ onclose: () => void }> => import('@/features/search/Palette.svelte') as Fetched<{ onclose: () => void }>,
};

/** Sections of Settings that belong to other parts of the app. */
export const sections = {
  sync: (): Fetched => import('@/features/sync/Sync.svelte') as Fetched,
  devices: (): Fetched => import('@/features/devices/Devices.svelte') as Fetched,
};
