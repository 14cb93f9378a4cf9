// The capture window's page: one line and nothing else, so that it opens at once. It shares no code with the main window but
// the door to the host.

import './styles/base.css';
import { mount } from 'svelte';
import Capture from './features/capture/Capture.svelte';
import { setHost } from './ipc';
import { inShell, tauriHost } from './ipc/tauri';

const target = document.getElementById('app');
if (!target) throw new Error('The page has a place for the line.');

if (__FAKE_HOST__ && !inShell()) {
  const { fakeHost, switchesFrom } = await import('./ipc/fake');
  setHost(fakeHost(switchesFrom(location.search)));
} else {
  setHost(tauriHost());
}

mount(Capture, { target });
