// Colours and text size on the page. Without a choice of the person's the system decides, through the tokens' media queries.

import type { Settings } from '@/ipc';

const BASE = 19;
const MEASURE = 35;

/** Puts the chosen colours and text size on the page. `system` is what the shell says the system shows, where it says it. */
export function dress(settings: Settings | undefined, system: 'light' | 'dark' | undefined): void {
  const root = document.documentElement;
  const theme = settings && settings.theme !== 'system' ? settings.theme : system;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  const size = settings?.text_size ?? BASE;
  root.style.setProperty('--type-read', `${size / 16}rem`);
  root.style.setProperty('--measure', `${(MEASURE * size) / BASE}rem`);
}
