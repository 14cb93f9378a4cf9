// Words of people, and of who helped.

import { day, plural } from '../format';

const often = (number: number): string => (number === 1 ? 'once' : number === 2 ? 'twice' : plural(number, { one: 'time', other: 'times' }));

export const people = {
  title: 'People',
  list: 'People',
  show: 'Show the people',
  onlyYou: 'Only you can read what stands here',
  find: 'Find somebody',
  none: 'Nobody goes by that name.',
  failed: 'This person could not be read',
  listFailed: 'The people could not be read',
  emptyTitle: 'Nobody has been named yet',
  emptyText: 'Type @ and a name while you write. Whoever you name gets a page here: the entries that name them, what they helped you with, and a line about what they know.',
  emptyAction: 'Write somebody down',
  chooseTitle: 'Choose somebody',
  chooseText: 'You see the entries that name them and what they helped you with.',
  also: (names: string): string => `also ${names}`,
  more: 'More',
  open: (name: string): string => `Open ${name}`,

  commands: {
    open: 'Go to people',
    helped: 'Who helped me',
    note: 'Note who helped me',
    make: 'Write somebody down',
  },

  editor: {
    tagUse: { one: 'entry', other: 'entries' },
    loop: 'loop',
  },

  form: {
    newTitle: 'Write somebody down',
    title: 'Name and more',
    name: 'Name',
    otherNames: 'Other names',
    otherNamesHint: 'One on each line: short forms, initials, an earlier name.',
    about: 'About them',
    aboutHint: 'What they know, where they sit. For your eyes only.',
    keep: 'Keep it',
    change: 'Change name and more',
  },

  page: {
    helped: 'Helped me with',
    helpedButton: 'Helped me with…',
    /** Such as: You noted Katie 4 times for data. */
    noted: (name: string, number: number, subject: string): string => `You noted ${name} ${often(number)} for ${subject}`,
    noHelp: 'Nothing noted yet.',
    entries: 'Entries that name them',
    noEntries: 'No entry names them yet. Type @ and their name while you write.',
    more: (number: number): string => `The newest ${number} are shown. Search for their name with @ to find all.`,
    same: 'Is the same person as',
    part: 'Not the same after all',
    parted: (name: string): string => `${name} stands by themselves again.`,
    merge: 'Is the same as somebody else…',
    mergeTitle: (name: string): string => `Who is ${name}?`,
    mergeText: 'Both become one person, with the name of the one you choose. Entries stay as they are, and you can take it back.',
    mergeWith: 'The same person as',
    mergeVerb: 'They are one person',
    merged: (name: string): string => `They are one person now: ${name}.`,
    nobodyElse: 'Choose somebody from the list.',
    delete: 'Delete for good',
    deleteTitle: (name: string): string => `Delete ${name} for good?`,
    deleteText: 'The page and the line about them go. Your entries keep the name as words.',
    deleteNotes: 'The notes of their help go too',
    deleted: 'The person is deleted. Your entries keep the name.',
  },

  entry: {
    label: 'People',
    note: (name: string): string => `${name} helped me with…`,
    helpedWith: (name: string, subject: string): string => `${name} helped with ${subject}`,
  },

  helped: {
    title: 'Who helped me',
    text: 'A line for each time: who, and with what. It is for you alone, and nobody is counted against anybody.',
    byPerson: 'By person',
    bySubject: 'By subject',
    how: 'In which order',
    emptyTitle: 'Nobody noted yet',
    emptyText: 'When somebody helps you, note it in one line. Later you know whom to ask, and whom to thank.',
    failed: 'The notes could not be read',
    dialog: 'Who helped you?',
    who: 'Who',
    whoHint: 'A new name is written down too.',
    subject: 'With what',
    subjectHint: 'A word or two, such as data.',
    on: 'On',
    keep: 'Note it',
    save: 'Save',
    changeTitle: 'Change the note',
    noted: (who: string, subject: string): string => `Noted: ${who} helped with ${subject}.`,
    undo: 'Undo',
    change: (subject: string): string => `Change “${subject}”`,
    remove: (subject: string): string => `Remove “${subject}”`,
    removed: 'The note is removed.',
    gone: 'no page any more',
    on_day: (on: string): string => day(on),
  },
} as const;
