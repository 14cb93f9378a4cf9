// The real host: the desktop shell. The only file that knows of it.

import { invoke, convertFileSrc } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { AttachmentView } from './generated/types';
import { asApiError, type Answer, type CommandName, type EventName, type Host, type HostEvents, type ShellState } from './host';

const SCHEME = 'vv';

async function ask<T>(name: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(name, args);
  } catch (failure) {
    throw asApiError(failure);
  }
}

/** Says whether the page stands in the desktop shell and not in a plain browser. */
export const inShell = (): boolean => '__TAURI_INTERNALS__' in window;

/** Makes the host of the desktop shell. */
export function tauriHost(): Host {
  return {
    call<K extends CommandName>(name: K, ...[request]: unknown[]): Promise<Answer<K>> {
      return request === undefined ? ask(name) : ask(name, { request });
    },
    on<E extends EventName>(event: E, handler: (carries: HostEvents[E]) => void): () => void {
      // The listening begins a moment later; whoever leaves before that leaves for good.
      let left = false;
      const begun = listen<HostEvents[E]>(event, ({ payload }) => {
        if (!left) handler(payload);
      });
      return () => {
        left = true;
        void begun.then((end) => end());
      };
    },

    async attachBytes(entry, name, bytes) {
      try {
        // Header values are plain ASCII, so the name travels in percent-encoding.
        const headers = { 'vv-entry': entry, 'vv-name': encodeURIComponent(name) };
        return await invoke<AttachmentView>('journal_attach_bytes', bytes, { headers });
      } catch (failure) {
        throw asApiError(failure);
      }
    },
    attachmentBytes: (id) => ask<ArrayBuffer>('shell_read_file', { request: id }),
    // Windows has no custom schemes and gets `http://vv.localhost/…`; the shell's own function knows.
    attachmentUrl: (id) => addressOf('attachment', id),
    thumbnailUrl: (id) => addressOf('thumbnail', id),

    pickFile: (request) => ask('shell_pick_file', { request }),
    pickFolder: (request) => ask('shell_pick_folder', { request }),
    pickSave: (request) => ask('shell_pick_save', { request }),
    takePlace: () => ask('shell_take_place'),
    openLink: (url) => ask('shell_open_link', { request: url }),
    print: () => ask('shell_print'),
    closeCapture: () => ask('shell_capture_close'),
    resizeCapture: (height) => ask('shell_capture_resize', { request: height }),
    shellState: () => ask<ShellState>('shell_state'),
    flushed: () => ask('shell_flushed'),
    touch: () => ask('shell_touch'),
  };
}

function addressOf(kind: 'attachment' | 'thumbnail', id: string): string {
  return `${convertFileSrc('', SCHEME)}${kind}/${encodeURIComponent(id)}`;
}
