// Words of guides: the list, a guide to look at, a run, its end, guides of one's own.

import { plural } from '../format';

const minutes = (number: number): string => plural(number, { one: 'minute', other: 'minutes' });

export const guides = {
  title: 'Guides',
  lead: 'A guide asks one thing at a time and keeps what you say. Leave whenever you like; it waits where you left it.',
  minutes,
  about: (number: number): string => (number <= 1 ? 'About a minute left' : `About ${minutes(number)} left`),
  short: 'Short',
  kinds: { reflection: 'Reflections', agreement: 'Agreements', meeting: 'Meetings', programme: 'Programmes', checklist: 'Checklists', own: 'Your own' },
  unreadable: 'Written for a newer version. It is kept as it is.',
  notAlone: 'For more than one person',

  goOn: 'Go on',
  waiting: 'Waiting for you',
  leftAt: (step: string | null): string => (step === null ? 'at the end, nothing left but to keep it' : `at “${step}”`),
  since: (day: string): string => `left ${day}`,
  putAway: 'Put away',
  putAwayDone: 'Put away. Nothing was deleted.',
  undo: 'Undo',
  away: 'Put away',
  takeUp: 'Take it up again',
  takeBack: 'Take it back',
  forGood: 'Delete for good',
  askForGood: {
    run: { title: 'Delete this run for good?', text: 'What was written in it is gone then, from here and from the log. Backups made before may still hold it.' },
    guide: { title: 'Delete this guide for good?', text: 'The file is gone then. Runs of it go on: each has its own copy.' },
  },

  begin: 'Begin',
  beginShort: (number: number): string => `Short form, ${minutes(number)}`,
  look: 'What it asks',
  steps: 'What it asks',
  rules: 'Rules',
  makes: {
    title: 'What comes of it',
    entry: 'an entry in your journal',
    intention: 'an intention with its day',
    goal: 'a goal with its plan',
    loop: 'a loop with its parts',
  } as Record<string, string>,
  times: (times: number): string => (times === 2 ? 'twice' : `${times} times`),
  all: 'All guides',

  own: {
    import: 'Bring one in',
    importTitle: 'Choose a guide file',
    write: 'Write one',
    copy: 'Make it my own',
    copyTitle: (title: string): string => `${title}, mine`,
    copied: 'A copy of your own. Change it as you like.',
    edit: 'Change it',
    export: 'Save as a file',
    exported: 'Saved. Pass it on if you like.',
    trash: 'Put away',
    trashed: 'Put away. Runs of it go on.',
    imported: (title: string): string => `“${title}” is among your guides.`,
    already: (title: string): string => `“${title}” is here already.`,
    builtIn: (title: string): string => `“${title}” comes with the app.`,
    file: 'The guide as a file',
    empty: 'A guide is a text file: questions in their order, minutes, what comes of it. Copy one and change it, write one, or bring in one that somebody gave you.',
    editLead: 'This is the guide as it is kept: a text file that other people can use too. What stands after a # is a remark.',
    save: 'Save',
    saving: 'Saving',
    saved: 'Saved',
    cancel: 'Leave it as it was',
    more: 'More about this guide',
    filters: 'Guides',
    fresh: `format = 1
id = "my-guide"
version = 1
language = "en"
kind = "reflection"
title = "My guide"
summary = "What it is for, in a sentence."

[[phases]]
id = "first"
name = "First"
ask = "What happened?"
help = "One sentence beneath the question."
minutes = 3
capture = { kind = "text" }

[[phases]]
id = "next"
name = "Next"
ask = "What follows from it?"
minutes = 2

[[phases.prompts]]
id = "step"
text = "My next step"
hint = "small enough to really happen"
capture = { kind = "line" }

[[phases.prompts]]
id = "on"
text = "On"
optional = true
capture = { kind = "day" }

[[outputs.intentions]]
text = "{step}"
due = "on"
in_days = 7
`,
  },

  run: {
    label: (title: string): string => `Guide: ${title}`,
    close: 'Leave, and keep it for later',
    thread: 'Steps',
    stepOf: (number: number, count: number, name: string): string => `Step ${number} of ${count}: ${name}`,
    gone: (number: number, planned: number): string => `${number} of ${minutes(planned)} gone`,
    pause: 'Stop the timer',
    resume: 'Let the timer go on',
    hideTime: 'Hide the time',
    showTime: 'Show the time',
    past: 'So far',
    beside: 'From your journal',
    before: 'What became of it since last time?',
    beforeDone: 'done',
    beforeLetGo: 'let go',
    back: 'Back',
    skip: 'Skip',
    next: 'Next',
    toEnd: 'See what comes of it',
    empty: 'still empty',
    optional: 'if you like',
    saved: 'Kept',
    saving: 'Keeping',
    typing: 'Not kept yet',
    failed: 'Could not be kept',
    gone_: 'This run is not here any more.',
    finished: 'This one came to its end.',
    openEntry: 'Open the entry',
    own: 'Your own words',
    line: (number: number): string => `Line ${number}`,
    addLine: 'Add a line',
    mark: (mark: string): string => `Mark as ${mark}`,
    linesLeft: (left: number): string => (left === 1 ? 'one line left' : `${left} lines left`),
    day: 'Day',
    time: 'Time',
    tomorrow: 'Tomorrow',
    inDays: (days: number): string => (days === 7 ? 'In a week' : days === 14 ? 'In two weeks' : days === 30 ? 'In a month' : `In ${days} days`),
    today: 'Today',
    yesterday: 'Yesterday',
    chosen: 'Chosen',
    suggestions: 'Take over',
    find: 'Begin to write a title',
    noEntries: 'No entry begins so.',
    takeAway: 'Take it away',
    of: (mark: number, most: number): string => `${mark} of ${most}`,
    lookOnce: 'Go on all the same',
  },

  end: {
    title: 'That was it',
    lead: 'Look it over. It becomes an entry in your journal, which only you can read.',
    empty: 'Nothing was written, so there is nothing to keep.',
    keep: 'Keep it',
    keeping: 'Keeping it',
    intentions: 'What you set out to do',
    intentionsLead: 'It comes back on its day, beside the words it came from.',
    offered: 'Perhaps later',
    due: (text: string): string => `The day for: ${text}`,
    goal: 'A goal with its plan',
    loop: 'A loop with its parts',
    done: 'It is kept',
    doneLead: 'What came of it:',
    entry: 'An entry',
    onDay: (day: string): string => `on ${day}`,
    close: 'Done',
    another: 'Back to the guides',
  },

  meeting: {
    label: (title: string) => `Meeting: ${title}`,
    with: (name: string) => `${name} and you`,
    leave: 'Leave the meeting; everything is kept',
    steps: 'Steps',
    beside: 'Beside it',
    soFar: 'So far',
    left: (minutes: number) => (minutes === 1 ? 'One minute left' : `${minutes} minutes left`),
    of: (minutes: number) => `left of ${minutes} min`,
    over: 'take the time it needs',
    rest: (minutes: number) => `${minutes} min in all`,
    youSpeak: 'You speak',
    speaks: (name: string) => `${name} speaks`,
    both: 'Both of you',
    silent: 'Silence, you write',
    yours: 'You write',
    theirs: (name: string) => `${name} says, written down here`,
    kept: 'both keep it',
    sealed: 'sealed until both have',
    seal: 'Seal it',
    sealAsk: 'Seal your answer?',
    sealText: 'It stays as it is. Both are shown together, once both have sealed.',
    hasSealed: (name: string) => `Sealed. It opens when ${name} has too.`,
    called: (name: string) => `“Rule”, called by ${name}`,
    pausePairing: 'Pause the pairing',
    pauseMore: (name: string) => `Yours alone to press. ${name} sees only “paused”.`,
    before: 'Back',
    stop: 'Stop the clock',
    go: 'Let it run',
    rule: 'Rule',
    ruleAsk: 'Call “rule”?',
    ruleText: 'Both see it. You need not say which one, or why.',
    ruleSaid: 'Called.',
    space: 'Space',
    toEnd: 'To the end',
    end: 'That was it',
    endMore: 'What was captured becomes notes, promises and the next date of your pairing.',
    finish: 'Keep it all',
    finished: 'The meeting is kept',
    finishedMore: 'Its notes and promises stand in the pairing.',
    back: 'To the pairing',
    beginTitle: 'Meet by a guide',
    guide: 'Which guide',
    sameRoom: 'In the same room',
    sameRoomMore: 'Both before this screen. What is for one of you alone is asked later, on their own device.',
    begin: 'Begin',
    beginning: 'Beginning',
    meet: 'Meet now',
    goOn: 'Go on with the meeting',
  },
  commands: {
    open: 'Go to the guides',
    next: 'Next step',
    back: 'Step back',
    leave: 'Leave, and keep it for later',
    run: (title: string): string => `Reflect: ${title}`,
    goOn: (title: string): string => `Go on: ${title}`,
  },
} as const;
