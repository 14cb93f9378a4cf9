// Words for what can go wrong, one row per code: what happened, what is safe, what to do.

import type { ErrorCode } from '@/ipc/generated/types';

interface ErrorWords {
  /** What happened, as a heading. */
  title: string;
  /** What is safe. */
  safe: string;
  /** What to do. */
  todo: string;
}

export const errors: Record<ErrorCode, ErrorWords> = {
  no_notebook: { title: 'There is no notebook here yet', safe: 'Nothing was changed.', todo: 'Begin one, or choose another folder.' },
  notebook_exists: { title: 'A notebook is already here', safe: 'Nothing was made over it.', todo: 'Open it with its key, or with its recovery kit.' },
  locked: { title: 'The notebook is locked', safe: 'Everything in it is safe.', todo: 'Unlock it and try again.' },
  wrong_key: { title: 'This does not open the notebook', safe: 'Nothing was touched.', todo: 'Look for capital letters and try again, or use the recovery kit.' },
  keyring_no_entry: { title: 'The keychain holds no key for this notebook', safe: 'Your notebook is here and whole.', todo: 'Open it with the recovery kit; the key is then put back.' },
  keyring_unreachable: { title: 'The keychain does not answer', safe: 'Your notebook is here and whole.', todo: 'Try again in a moment, or open it with the recovery kit.' },
  keyring_locked: { title: 'The keychain of this computer is locked', safe: 'Your notebook is here and whole.', todo: 'Unlock the keychain and try again.' },
  kit_invalid: { title: 'This recovery kit cannot be read', safe: 'Nothing was touched.', todo: 'Compare with what you wrote down, word by word.' },
  newer_version: { title: 'A newer version wrote this notebook', safe: 'It was left untouched.', todo: 'Update the app and open it again.' },
  damaged: { title: 'The notebook’s file is damaged', safe: 'Nothing was moved.', todo: 'Read out what can be read, or restore a backup.' },
  in_use: { title: 'Another program is at work on this notebook', safe: 'Nothing was changed.', todo: 'Wait until it is done and try again.' },
  disk_full: { title: 'The disk is full', safe: 'What was saved before is safe, and what you just typed is still in the window.', todo: 'Make room and try again.' },
  read_only: { title: 'The folder cannot be written', safe: 'Everything in it can be read.', todo: 'Allow writing to the folder, then start again.' },
  not_found: { title: 'It is not here any more', safe: 'Nothing else was touched.', todo: 'It may have been deleted or moved meanwhile.' },
  invalid: { title: 'This cannot be taken as it is', safe: 'Nothing was changed.', todo: 'Change it and try again.' },
  too_large: { title: 'This is too large for an entry', safe: 'Your text is still in the window.', todo: 'Keep it as a file of the entry instead.' },
  unreadable_file: { title: 'This file cannot be read', safe: 'Nothing was touched.', todo: 'Look whether it is the right file and whole.' },
  file_exists: { title: 'There is a file with this name', safe: 'It was left as it was.', todo: 'Choose another name, or say that it may be replaced.' },
  cancelled: { title: 'Stopped', safe: 'What was done up to here is whole.', todo: 'Begin again whenever you like.' },
  conflict: { title: 'It changed meanwhile', safe: 'Nothing was overwritten.', todo: 'Look at it as it is now and try again.' },
  no_microphone: { title: 'No microphone was found', safe: 'Nothing was recorded and nothing was changed.', todo: 'Plug one in, or choose one in the settings of this computer, and record again.' },
  microphone_refused: { title: 'This computer does not let the app listen', safe: 'Nothing was recorded and nothing was changed.', todo: 'Allow the microphone in the settings of the system and record again.' },
  microphone_gone: { title: 'The microphone went away', safe: 'What was recorded before is kept.', todo: 'Plug it in again to record on.' },
  offline: { title: 'Nothing answers there', safe: 'What you wrote is kept here and goes out later.', todo: 'Look whether this computer is online, or whether the folder is there, and try again.' },
  expired: { title: 'Its time is over', safe: 'Nothing was changed.', todo: 'Ask for a new one.' },
  not_allowed: { title: 'The rules here do not allow this', safe: 'Nothing was changed.', todo: 'Ask somebody who may do it.' },
  internal: { title: 'Something happened that this program did not foresee', safe: 'What was saved before is safe.', todo: 'Try again. If it comes back, look at Settings, About.' },
};
