// The window's page: sets the host, then shows the app.
//
// The real host when the shell is there; the one in memory in a plain browser, for those who build the screens. A build for
// people holds the real one alone.

import './styles/base.css';
import { mount } from 'svelte';
import App from './app/App.svelte';
import { rooms } from './app/rooms';
import { route } from './app/route.svelte';
import { setHost } from './ipc';
import { inShell, tauriHost } from './ipc/tauri';

const target = document.getElementById('app');
if (!target) throw new Error('The page has a place for the app.');

if (__FAKE_HOST__ && !inShell()) {
  const { fakeHost, switchesFrom } = await import('./ipc/fake');
  setHost(fakeHost(switchesFrom(location.search)));
} else {
  setHost(tauriHost());
}

// Fetched while the host opens the notebook, so that neither waits for the other.
void rooms[route.now.room]();

mount(App, { target });
