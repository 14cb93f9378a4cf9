// The host as the screens see it: commands that go in, events that come out, and what only a desktop can do.
//
// It is an interface and nothing else. `tauri.ts` is the real one, `fake/` one in memory for tests and for a plain browser.
// Screens get theirs from `index.ts` and know neither.

import type { CommandMap, EventMap } from './generated/commands';
import type { ApiError, AttachmentView, ErrorCode } from './generated/types';

export type CommandName = keyof CommandMap;
export type Request<K extends CommandName> = CommandMap[K]['request'];
export type Answer<K extends CommandName> = CommandMap[K]['answer'];

/** A command without a request is called by its name alone. */
export type RequestArgs<K extends CommandName> = Request<K> extends null ? [] : [request: Request<K>];

/** Events that only a window raises; the core's own are generated. */
export interface ShellEvents {
  /** The notebook has been locked. */
  locked: null;
  /** An entry of the native menu was chosen; carries the id of a command. */
  menu: string;
  /** A place was asked for from elsewhere; `takePlace` gives it. */
  place: null;
  /** The capture window kept a line. */
  capture_kept: null;
  /** The capture window was brought to the front. */
  capture_opened: null;
  /** Files were dropped on the window, at a place in CSS pixels. */
  file_drop: { paths: string[]; x: number; y: number };
  /** Files hover over the window at a place, or have left it. */
  file_hover: { over: boolean; x: number; y: number };
  /** The system changed between light and dark. */
  theme: 'light' | 'dark';
}

export type HostEvents = EventMap & ShellEvents;
export type EventName = keyof HostEvents;

export interface FileFilter {
  name: string;
  extensions: string[];
}

export interface PickFile {
  title: string;
  filters?: FileFilter[];
  multiple?: boolean;
}

export interface PickSave {
  title: string;
  /** The name that is proposed. */
  name: string;
  filters?: FileFilter[];
}

/** Says what this desktop can do. */
export interface ShellState {
  version: string;
  /** Whether there is a tray to stay in. */
  tray: boolean;
  /** Whether the capture shortcut works from anywhere; if not, what the person can do instead. */
  hotkey: { ok: boolean; hint: string | null };
  platform: 'linux' | 'macos' | 'windows';
  /** The colours of the windows now. */
  theme: 'light' | 'dark';
  /** The dictionaries for spelling that are installed, such as `en_GB`. */
  dictionaries: string[];
  /** The language of the words as the system asks for it, among those that are spoken here. */
  language: string;
  /** The locale in which the system writes dates and numbers, such as `de-DE`; empty when it does not say. */
  formats: string;
  /** Whether sleep is heard of beforehand, so that the notebook can lock on it. */
  suspend_lock: boolean;
}

export interface Host {
  /** Calls a command. Rejects with an `ApiError` and nothing else. */
  call<K extends CommandName>(name: K, ...request: RequestArgs<K>): Promise<Answer<K>>;
  /** Listens to an event; gives back what ends the listening. */
  on<E extends EventName>(event: E, handler: (carries: HostEvents[E]) => void): () => void;

  /** Attaches bytes to an entry without turning them into text on the way. */
  attachBytes(entry: string, name: string, bytes: Uint8Array): Promise<AttachmentView>;
  /** Reads a file of an entry into memory, as it is. */
  attachmentBytes(id: string): Promise<ArrayBuffer>;
  /** Where the window can load a file of an entry from. */
  attachmentUrl(id: string): string;
  /** Where the window can load a small picture of it from. */
  thumbnailUrl(id: string): string;

  /** Asks for files that exist. Empty when the person thought better of it. */
  pickFile(ask: PickFile): Promise<string[]>;
  /** Asks for a folder that exists. */
  pickFolder(ask: { title: string }): Promise<string | null>;
  /** Asks where to write a file. */
  pickSave(ask: PickSave): Promise<string | null>;
  /** Opens a web or mail address outside of the window. */
  openLink(url: string): Promise<void>;
  /** Opens the system's print dialog. */
  print(): Promise<void>;
  /** Closes the capture window; what is in it stays. */
  closeCapture(): Promise<void>;
  /** Gives the capture window the height its page needs, in CSS pixels. */
  resizeCapture(height: number): Promise<void>;
  /** Says what this desktop can do. From then on the host asks by `flush` before it locks, closes or sleeps. */
  shellState(): Promise<ShellState>;
  /** Says that everything unsaved is saved: the answer to `flush`. */
  flushed(): Promise<void>;
  /** Gives the place that was asked for from elsewhere, once, as the part of an address after `#`. */
  takePlace(): Promise<string | null>;
  /** Says that somebody is at the keyboard, so that the notebook does not lock. */
  touch(): Promise<void>;
}

const isError = (what: unknown): what is ApiError =>
  typeof what === 'object' && what !== null && 'code' in what && 'message' in what;

/** Makes an `ApiError` of whatever was thrown; what nobody foresaw becomes `internal`, without its content. */
export function asApiError(what: unknown): ApiError {
  if (isError(what)) return what;
  return apiError('internal', 'Something happened that this program did not foresee. What was saved before is safe.');
}

/** Makes an error as the host would. */
export function apiError(code: ErrorCode, message: string, field?: string): ApiError {
  return field === undefined ? { code, message } : { code, message, field };
}
