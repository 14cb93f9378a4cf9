// What each error means for a person: how serious it is, and the words for it. The type makes a missing code an error.

import type { ApiError, ErrorCode } from '@/ipc/generated/types';
import { saidByHost } from './host';
import { t } from './index';

/** How serious: `loss` may concern what was written, `fault` did not work, `note` is no fault at all. */
export type Severity = 'loss' | 'fault' | 'note';

const SEVERITY: Record<ErrorCode, Severity> = {
  no_notebook: 'note',
  notebook_exists: 'note',
  locked: 'note',
  wrong_key: 'fault',
  keyring_no_entry: 'fault',
  keyring_unreachable: 'fault',
  keyring_locked: 'note',
  kit_invalid: 'fault',
  newer_version: 'note',
  damaged: 'loss',
  in_use: 'note',
  disk_full: 'loss',
  read_only: 'fault',
  not_found: 'note',
  invalid: 'fault',
  too_large: 'fault',
  unreadable_file: 'fault',
  file_exists: 'note',
  cancelled: 'note',
  conflict: 'note',
  no_microphone: 'fault',
  microphone_refused: 'fault',
  microphone_gone: 'note',
  offline: 'note',
  expired: 'note',
  not_allowed: 'note',
  internal: 'fault',
};

/** What to show for an error. */
export interface ErrorText {
  severity: Severity;
  /** What happened. */
  title: string;
  /** What is safe and what to do. */
  text: string;
  /** One sentence, for a toast or the line under a field. */
  line: string;
}

/** Gives the one sentence for an error. */
export const lineOf = (error: ApiError): string => textOf(error).line;

/** Gives what to show. The host's own sentence comes first where it says more than the table does. */
export function textOf(error: ApiError): ErrorText {
  const words = t.errors[error.code];
  const own = saidByHost(error.message.trim()) ?? '';
  return {
    severity: SEVERITY[error.code],
    title: words.title,
    text: own ? `${own} ${words.todo}` : `${words.safe} ${words.todo}`,
    line: own || `${words.title}. ${words.safe}`,
  };
}
