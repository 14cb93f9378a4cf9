// Words of the capture window.

export const capture = {
  title: 'Quick capture',
  label: 'What to keep',
  placeholder: 'What just happened?',
  onlyYou: 'Only you',
  keep: 'keep',
  kept: (time: string) => `Kept, ${time}.`,
  sealed: 'Kept, sealed until you unlock.',
  undo: 'Undo',
  undoFailed: 'It could not be taken back; it is in your journal.',
  keeping: 'Keeping…',
  helped: {
    switch: 'who helped me',
    back: 'a line instead',
    who: 'Who helped?',
    subject: 'With what?',
    line: (who: string, subject: string): string => `${who} helped me with ${subject}.`,
    kept: (time: string): string => `Noted, ${time}.`,
    several: 'More than one person has this name. Open the app to say who is meant; your line is still here.',
  },
  tooLong: 'This is longer than a line. Open the app to write it as an entry; it is still here.',
  noNotebook: 'There is no notebook yet. Open the app once to begin one; your line is still here.',
  failed: 'It could not be kept. Your line is still here; try again.',
} as const;
