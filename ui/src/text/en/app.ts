// Words of the frame: rail, commands, keyboard list, toasts, banners.

export const app = {
  name: 'Vice Versa',
  rooms: 'Rooms',
  journal: 'Journal',
  guides: 'Guides',
  search: 'Search',
  newEntry: 'New entry',
  settings: 'Settings',
  onlyHere: 'Kept on this computer only',
  noKit: 'No recovery kit yet',
  readOnlyState: 'Can be read, not changed',
  onlyYou: 'Only you can read this',

  commands: {
    newEntry: 'New entry',
    search: 'Search and commands',
    journal: 'Go to the journal',
    settings: 'Settings',
    lock: 'Lock',
    shortcuts: 'Keyboard shortcuts',
    about: 'About Vice Versa',
    import: 'Import a journal',
    export: 'Export the journal',
    backup: 'Make a backup',
    recovery: 'Recovery kit',
    theme: { light: 'Light colours', dark: 'Dark colours', system: 'Colours as the system' },
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    everywhere: 'Everywhere',
    here: 'In the journal',
    lists: 'In lists',
    moves: [
      { keys: '↑ ↓', does: 'Move' },
      { keys: '↵', does: 'Open' },
      { keys: 'Esc', does: 'Leave a dialog, a menu, or focus' },
      { keys: 'Tab', does: 'Go to the next part' },
    ],
    capture: 'Quick capture, from anywhere',
    close: 'Close',
  },

  close: 'Close',
  done: 'Done',
  notNow: 'Not now',
  tryAgain: 'Try again',
  needsPassphrase: 'Locking needs a passphrase. You can set one under Settings, Lock.',
  setPassphrase: 'Set one',
  captureKept: 'The captured line is in your journal.',
  readOnly: {
    title: 'This folder cannot be written, so nothing can be changed.',
    text: 'Everything in it can be read, searched and exported.',
  },
  loadFailed: 'This part of the app did not load.',
} as const;
