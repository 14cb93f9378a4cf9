// Made by `cargo xtask types` from crates/vv-api. Do not change it here: a test compares.

/** Asks to sync through a folder from now on. */
export type AddFolder = {
  /** Where it is. */
  path: string,
};

/** Asks to note how a goal goes. */
export type AddPoint = {
  /** Which goal. */
  id: string,
  /** What it is. */
  kind: PointKind,
  /** What happened, or the reason of the skip. */
  words: string,
  /** On which day; none means the day of the entry, or today. */
  on?: string,
  /** The entry that is evidence of it. */
  entry?: string,
  /** The behaviour it shows. */
  behaviour?: string,
};

/** Asks to sync through a server from now on. */
export type AddServer = {
  /** Its address. */
  address: string,
  /** The voucher, when the server asks for one. */
  voucher?: string,
};

/** Shows a section of an agreement. */
export type AgreementSection = {
  /** Its number, from 1. */
  number: number,
  /** What it says. */
  text: string,
};

/** Says how far an agreement is. */
export type AgreementStage = "drafting" | "proposed" | "signed";

/** Shows an agreement that was put forward. */
export type AgreementView = {
  /** Its id. */
  id: string,
  /** Its place among all that were put forward, from 1. */
  number: number,
  /** Who put it forward. */
  by: PairWho,
  /** When. */
  at: string,
  /** The hash of exactly this text; whoever signs names it. */
  hash: string,
  /** Its sections. */
  sections: Array<AgreementSection>,
  /** The day on which both look at it again. */
  review_on: string | null,
  /** Who signed. */
  signatures: Array<SignatureView>,
  /** Whether it is the one that holds. */
  holds: boolean,
};

/** Shows the agreement of a pairing. */
export type AgreementsView = {
  /** How far it is. */
  stage: AgreementStage,
  /** The numbers of the sections that this kind of pairing has. */
  numbers: Array<number>,
  /** What stands in the draft. */
  draft: Array<AgreementSection>,
  /** The day that this kind of pairing proposes for looking at it again. */
  review_proposed: string | null,
  /** What was put forward, the latest first. */
  versions: Array<AgreementView>,
};

/** Says what can be done about an alarm. */
export type AlarmAct = "try_again" | "send_again" | "go_on" | "choose_other" | "take_away" | "show_refused" | "understood";

/** Says what happened. Each is something this program can prove or has met itself; none is a guess. */
export type AlarmKind = { "kind": "rolled_back",
  /** How many changes it no longer has. */
  missing: number,
} | { "kind": "restored",
  /** How many changes were sent again. */
  sent_again: number,
} | { "kind": "withheld",
  /** The device that wrote it, when its name is known. */
  device: string | null,
  /** Since when it is missing. */
  since: string,
} | { "kind": "forked",
  /** The device that saw another history, when its name is known. */
  device: string | null,
} | { "kind": "device_forked",
  /** The device, when its name is known. */
  device: string | null,
} | { "kind": "member_forked" } | { "kind": "shut_out" } | { "kind": "swapped" } | { "kind": "emptied",
  /** How many changes were there. */
  had: number,
} | { "kind": "incomplete",
  /** How many. */
  files: number,
  /** Since when. */
  since: string,
} | { "kind": "refused",
  /** How many. */
  records: number,
} | { "kind": "crashed" } | { "kind": "not_included",
  /** How many. */
  records: number,
} | { "kind": "disk_full" } | { "kind": "place_full" } | { "kind": "quota_full",
  /** Bytes that lie there. */
  used: number,
  /** Bytes that may lie there. */
  quota: number,
} | { "kind": "clock_off",
  /** Seconds by which it is ahead; below zero it is behind. */
  ahead: number,
} | { "kind": "update_needed" } | { "kind": "access_refused" } | { "kind": "untrusted" } | { "kind": "device_revoked",
  /** When. */
  at: string | null,
};

/** Answers an alarm. */
export type AnswerAlarm = {
  /** Which. */
  id: string,
  /** What is done. `ChooseOther` and `ShowRefused` are the screen's own and are refused here. */
  act: AlarmAct,
};

/** Asks to answer an intention. */
export type AnswerIntention = {
  /** Which intention. */
  id: string,
  /** The answer. */
  answer: IntentionAnswer,
};

/** Says where the words of an answer go. */
export type AnswerInto = { "kind": "nothing" } | { "kind": "loop",
  /** The loop. */
  id: string,
  /** The part. */
  part: LoopPart | null,
} | { "kind": "new_loop",
  /** What is being learned. */
  title: string,
};

/** Asks to answer an entry that returned. */
export type AnswerKeepsake = {
  /** Which entry. */
  id: string,
  /** The answer. */
  answer: StillTrue,
  /** What changed, when it did. */
  words: string,
};

/** Asks to answer whether something that was learned was used. */
export type AnswerLearned = {
  /** The loop. */
  loop_id: string,
  /** What was gained. */
  gain: string,
  /** Whether it was used. */
  used: boolean,
  /** Where and how; fills the practise part. */
  words: string,
};

/** Asks on the old computer to look for the new one that shows a code. */
export type AnswerLink = {
  /** The nine characters as typed; spaces, hyphens and case do not matter. */
  code: string,
};

/** Answers in a meeting. */
export type AnswerMeeting = {
  /** The meeting. */
  of: NameMeeting,
  /** The answers. */
  answers: Array<MeetingAnswer>,
};

/** Asks to say something about a promise. */
export type AnswerPromise = {
  /** Which pairing. */
  pairing: string,
  /** Which promise. */
  promise: string,
  /** What. */
  answer: PromiseAnswer,
  /** In which words. */
  words: string,
};

/** Asks to say what became of a session. */
export type AnswerSession = {
  /** Which pairing. */
  pairing: string,
  /** Which session. */
  session: string,
  /** What became of it. */
  answer: SessionAnswer,
};

/** Holds an answer. */
export type AnswerView = { "kind": "words",
  /** The words, exactly as typed. */
  text: string,
} | { "kind": "lines",
  /** The lines. */
  lines: Array<LineView>,
} | { "kind": "choice",
  /** The id of the option, or own words. */
  chosen: string,
} | { "kind": "rating",
  /** The mark. */
  mark: number,
} | { "kind": "day",
  /** The day. */
  on: string,
} | { "kind": "moment",
  /** The day. */
  on: string,
  /** `HH:MM` on the clock of the place. */
  time: string | null,
} | { "kind": "tick",
  /** Whether it is done. */
  done: boolean,
} | { "kind": "entry",
  /** The entry. */
  id: string,
  /** What it is called. */
  title: string,
} | { "kind": "rubric",
  /** The levels, from 1. */
  levels: { [key in string]: number },
};

/** Shows an answer that was given. */
export type AnsweredView = {
  /** Whether it was done, and not let go. */
  done: boolean,
  /** On which day. */
  on: string,
  /** What was said about it. */
  words: string,
};

/** Says to a screen or terminal what happened, what is safe and, through its code, what to do. */
export type ApiError = {
  /** What went wrong, for programs. */
  code: ErrorCode,
  /** What happened and what is safe, for the person. */
  message: string,
  /** The field of the request it is about, where there is one. */
  field?: string,
};

/** Asks to attach bytes that were pasted or dropped. The bytes travel as the raw body of the call in the window. */
export type AttachBytes = {
  /** To which entry. */
  id: string,
  /** The name to keep. */
  name: string,
  /** The bytes in base 64. */
  base64: string,
};

/** Asks to attach a file that lies on the disk. */
export type AttachPath = {
  /** To which entry. */
  id: string,
  /** Where the file lies. */
  path: string,
};

/** Shows a file of an entry. In the text it stands as `![name](attachment:ID)` or `[name](attachment:ID)`. */
export type AttachmentView = {
  /** Its id. */
  id: string,
  /** Its file name. */
  name: string,
  /** Its media type, found from its bytes where they tell. */
  mime: string,
  /** Its size in bytes. */
  size: number,
  /** BLAKE3 of its bytes, 64 hexadecimal digits. */
  blake3: string,
  /** Width in pixels, when it is a picture that could be opened. */
  width: number | null,
  /** Height in pixels, when it is a picture that could be opened. */
  height: number | null,
  /** What is known of it beside its bytes, when it is a voice note. */
  voice?: VoiceView,
  /** True in the answer to attaching it when it claims to be a picture and could not be opened as one; it is kept as a file. */
  not_a_picture?: boolean,
};

/** Shows a folder outside the notebook that gets a copy of each backup. */
export type BackupFolder = {
  /** Where it is. */
  path: string,
  /** Whether it is there now; a stick may be in a drawer. */
  is_there: boolean,
  /** The newest backup in it, as far as it is known. */
  newest_at: string | null,
};

/** Shows how the backups stand: whether they are made, where else they go, and whether the newest opens. */
export type BackupState = {
  /** The newest backup. */
  newest: BackupView | null,
  /** The folder of the person's choice, when one was chosen. */
  elsewhere: BackupFolder | null,
  /** What came of opening a backup again; none when it was not done yet. */
  drill: DrillView | null,
  /** Why the last backup by itself could not be made, as a sentence; none when it could. */
  trouble: string | null,
};

/** Shows one backup. */
export type BackupView = {
  /** Where it lies. */
  path: string,
  /** When it was made. */
  made_at: string,
  /** Its size in bytes. */
  size: number,
  /** How many entries were counted when it was opened for proof. */
  proven_entries: number | null,
};

/** Asks on the new computer to become a device of somebody who has a journal elsewhere. There must be no notebook here. */
export type BeginLink = {
  /** Where the two computers meet. */
  at: MeetingPlace,
  /** What this computer is called among the person's devices. */
  device_name: string,
  /** Where the key of the notebook is kept here. */
  key_place: KeyPlace,
  /** The passphrase, when the key is kept behind one. */
  passphrase?: string,
};

/** Asks to begin a meeting. */
export type BeginMeeting = {
  /** The pairing. */
  pairing: string,
  /** The guide. */
  guide: string,
  /** In which language. */
  language: string,
  /** The session it belongs to. */
  session?: string,
  /** Its short form. */
  short: boolean,
  /** Whether both are in one room before this screen. */
  room: boolean,
};

/** Shows a week of the braid. */
export type BraidWeek = {
  /** Its Monday. */
  from: string,
  /** Minutes in which this person learned. */
  learn: number,
  /** Minutes in which this person taught. */
  teach: number,
};

/** Shows how much was written on a day. */
export type CalendarDay = {
  /** The day. */
  on: string,
  /** Entries of that day. */
  entries: number,
  /** Words of that day. */
  words: number,
};

/** Shows a rule that was called. */
export type CallView = {
  /** Who called. */
  by: PairWho,
  /** Which rule, in its words; may be empty. */
  rule: string,
};

/** Captures that somebody helped, from the window that can read nothing. */
export type CaptureHelped = {
  /** Who, by name. */
  who: string,
  /** With what. */
  subject: string,
  /** The same as one sentence, which is sealed as a line while the notebook is locked. */
  line: string,
};

/** Tells what became of a captured line. */
export type CaptureKept = {
  /** The id its entry has or will have. */
  id: string,
  /** True when it waits, sealed, for the unlock. */
  sealed: boolean,
};

/** Is something that both see and have to decide. */
export type CardView = { "card": "make_it_matter_or_end",
  /** How often. */
  times: number,
} | { "card": "two_in_a_row",
  /** Who. */
  by: PairWho,
} | { "card": "line_changed",
  /** The name that stands in the line. */
  name: string,
} | { "card": "two_for_one_seat" };

/** Asks to change facts of an entry; what is none stays. */
export type ChangeEntry = {
  /** Which entry. */
  id: string,
  /** A new title. */
  title?: string,
  /** All its tags. */
  tags?: Array<string>,
  /** Another day. */
  on?: string,
  /** Another wall-clock time with it, `YYYY-MM-DDTHH:MM`. */
  local_at?: string,
  /** Another time zone, an IANA name. */
  time_zone?: string,
  /** Star or no star. */
  starred?: boolean,
};

/** Asks to change what fills a part; what is none stays. */
export type ChangeFilling = {
  /** Which loop. */
  id: string,
  /** What fills it. */
  filling: string,
  /** Another part. */
  part?: LoopPart,
  /** Other words. */
  words?: string,
  /** Another day. */
  on?: string,
  /** Somebody else. */
  who?: string,
  /** Another source. */
  source?: string,
};

/** Asks to change what a goal says. */
export type ChangeGoal = {
  /** Which goal. */
  id: string,
  /** All that it says. */
  plan: GoalPlan,
};

/** Changes a note of help. */
export type ChangeHelped = {
  /** Which one. */
  id: string,
  /** With what. */
  subject: string,
  /** On which day. */
  on: string,
};

/** Asks to change an intention that waits; what is none stays. */
export type ChangeIntention = {
  /** Which intention. */
  id: string,
  /** Other words. */
  text?: string,
  /** Another day. */
  due_on?: string,
};

/** Asks to change what a loop says of itself; what is none stays. */
export type ChangeLoop = {
  /** Which loop. */
  id: string,
  /** Another title. */
  title?: string,
  /** Another purpose. */
  why?: string,
};

/** Asks to change a mark of a voice note. */
export type ChangeMark = {
  /** The file. */
  id: string,
  /** The moment, in milliseconds from the beginning. */
  at_ms: number,
  /** Its name; none takes the mark away. */
  name: string | null,
};

/** Asks to change what a pairing says of itself; what is none stays. */
export type ChangePairing = {
  /** Which pairing. */
  id: string,
  /** Another name for the other. */
  name?: string,
  /** Another hope. */
  hope?: string,
  /** Why this person said yes, for themselves. */
  why?: string,
  /** What this person learns. */
  learn?: string,
  /** What this person teaches. */
  teach?: string,
  /** The days between two sessions. */
  every_days?: number,
  /** The minutes of a session. */
  minutes?: number,
  /** How many sessions; 0 when it is open. */
  planned?: number,
  /** The day on which it ends or is renewed. */
  ends_on?: string,
};

/** Asks for another role for a member. */
export type ChangeRole = {
  /** The space. */
  space: string,
  /** The account. */
  account: string,
  /** The new role. */
  role: Role,
};

/** Says that facts changed, here or by another program. Published as the event `changed`. */
export type Changed = {
  /** Which ones. */
  topics: Array<Topic>,
};

/** Asks whether words or a file would open this notebook; changes nothing but the date of the check. */
export type CheckKit = { "by": "words",
  /** As typed. */
  words: string,
} | { "by": "file",
  /** Where it lies. */
  path: string,
  /** Its passphrase, when it has one. */
  passphrase?: string,
};

/** Chooses an intention of the outcome. */
export type ChosenIntention = {
  /** Its id in the outcome. */
  id: string,
  /** Its day. */
  due_on: string,
};

/** Says what of a pairing that was kept alone goes over to the space of both. Nothing that is not named does. */
export type ChosenParts = {
  /** What each learns, in the words this person wrote for it. */
  lanes: boolean,
  /** The draft of the agreement. */
  draft: boolean,
  /** Goals. */
  goals: Array<string>,
  /** Promises that are open. */
  promises: Array<string>,
  /** Sessions: their days, and of those to come what they are for. */
  sessions: Array<string>,
};

/** Shows how time stands. It forces nothing. */
export type ClockView = {
  /** Seconds planned for the present step. */
  planned_seconds: number,
  /** Seconds it has taken. */
  spent_seconds: number,
  /** Minutes planned for all that is left. */
  minutes_left: number,
  /** Whether it counts. */
  is_running: boolean,
};

/** Asks to close a loop. */
export type CloseLoop = {
  /** Which loop. */
  id: string,
  /** How it was then. */
  then: string,
  /** How it is now; a loop closes only with this. */
  now: string,
};

/** Shows then and now, as they were written when a loop was closed. */
export type ClosingView = {
  /** When it was closed. */
  at: string,
  /** On which day. */
  on: string,
  /** How it was then. */
  then: string,
  /** How it is now. */
  now: string,
};

/** Asks to come back to one's journal with the recovery kit, on a computer that has no notebook. */
export type ComeBack = {
  /** The kit. */
  kit: GivenKit,
  /** Where the journal is. */
  at: MeetingPlace,
  /** What this computer is called among the person's devices. */
  device_name: string,
  /** Where the key of the notebook is kept here. */
  key_place: KeyPlace,
  /** The passphrase, when the key is kept behind one. */
  passphrase?: string,
};

/** Notes whether the safety words of a member were the same on both screens. */
export type CompareWords = {
  /** The space. */
  space: string,
  /** The account. */
  account: string,
  /** Whether they were the same. */
  same: boolean,
};

/** Shows a stretch of a comparison. */
export type ComparedStretch = {
  /** What became of it. */
  change: StretchChange,
  /** Its words. */
  text: string,
};

/** Says what the person saw when comparing. */
export type ConfirmLink = {
  /** Whether both computers show the same. */
  same: boolean,
};

/** Shows an operation that takes effect through a consent: a facilitator of a pairing. */
export type ConsentView = {
  /** The operation. */
  id: string,
  /** Who was proposed. */
  name: string,
  /** As what. */
  role: Role,
  /** Who proposed it. */
  by: string,
  /** When. */
  at: string,
  /** Whether it is this person who is waited for. */
  mine: boolean,
};

/** Makes a copy of a guide that can be changed. */
export type CopyGuide = {
  /** What it is called by. */
  id: string,
  /** The language of the interface. */
  language: string,
  /** What the copy is called. */
  title: string,
};

/** Asks for a new entry. */
export type CreateEntry = {
  /** Its title. */
  title: string,
  /** Its Markdown. */
  text: string,
  /** Its tags. */
  tags: Array<string>,
  /** The day it belongs to; none means today on this computer's clock. */
  on: string | null,
  /** How it comes to be. */
  origin: EntryOrigin | null,
};

/** Asks for a new notebook. Refused when one is there. */
export type CreateNotebook = {
  /** To whom it belongs. */
  name: string,
  /** Where its key shall be kept. */
  key_place: KeyPlace,
  /** The passphrase, when the key is kept behind one. */
  passphrase?: string,
  /** The first sentence; becomes the first entry. */
  first_sentence?: string,
};

/** Asks for a new space. */
export type CreateSpace = {
  /** Pairing or circle. */
  kind: SpaceKind,
  /** Its name; a pairing may go without one. */
  name: string,
  /** The name this person goes by there. */
  my_name: string,
  /** Whether newcomers read what was written before they came. */
  history: History,
};

/** Shows one criterion of a rubric. */
export type CriterionView = {
  /** What it is called by. */
  id: string,
  /** Its words. */
  text: string,
  /** What is seen at each level, from the lowest. */
  levels: Array<string>,
};

/** Deletes a person for good. */
export type DeletePerson = {
  /** Who. */
  id: string,
  /** Whether the notes of their help go too. */
  with_notes: boolean,
};

/** Tells what deleting for good could not reach. */
export type DeletedView = {
  /** Backups that still hold the text. */
  backups: Array<string>,
};

/** Shows one device of this person. */
export type DeviceRow = {
  /** Its id. */
  id: string,
  /** The name this person gave it. */
  name: string,
  /** The system it runs, such as `Linux`; empty when it did not say. */
  system: string,
  /** Whether it is this computer. */
  is_this: boolean,
  /** When it was added. */
  added_at: string,
  /** The device that added it; none for the first, and for one that came back with the recovery kit. */
  added_by: string | null,
  /** When something of it was last seen; none when never. */
  last_seen_at: string | null,
  /** When it was removed; none while it belongs. */
  revoked_at: string | null,
};

/** Says how serious a line of the doctor is. */
export type DoctorLevel = "ok" | "note" | "problem";

/** Shows one line of the doctor's report. */
export type DoctorLine = {
  /** What was looked at. */
  what: string,
  /** `ok`, `note` or `problem`. */
  level: DoctorLevel,
  /** What was found. */
  found: string,
  /** What to do about it, where something is to be done. */
  advice?: string,
};

/** Asks to change the draft of the agreement. */
export type DraftAgreement = {
  /** Which pairing. */
  pairing: string,
  /** Its sections. */
  sections: Array<AgreementSection>,
  /** The day on which both look at it again. */
  review_on: string | null,
  /** Whether it is put forward and signed at once, exactly as it stands here. */
  put_forward: boolean,
};

/** Tells what came of opening a backup again, as somebody would who has nothing else. */
export type DrillView = {
  /** When it was opened. */
  at: string,
  /** The backup. */
  path: string,
  /** When the backup was made. */
  made_at: string,
  /** How many entries it holds; none when it does not open. */
  entries: number | null,
  /** Why it does not open, as a sentence; none when it does. */
  problem: string | null,
};

/** Opens an entry in an editor. The session holds exactly what that editor shows. */
export type EditorView = {
  /** The session, to be named in every keep and save. */
  session: string,
  /** The entry. */
  entry: EntryView,
  /** True when words typed before a crash were brought back into the text. */
  recovered: boolean,
};

/** Asks to end a goal today. */
export type EndGoal = {
  /** Which goal. */
  id: string,
  /** How. */
  ending: GoalEnding,
  /** What one would say about it. */
  words: string,
};

/** Asks to end a pairing, to begin to close it, or to let it go on. */
export type EndPairing = {
  /** Which pairing. */
  id: string,
  /** How. */
  ending: PairingEnding,
  /** A sentence, where there is one to be said. */
  words: string,
  /** Until when it goes on, when it is renewed. */
  until?: string,
  /** Whether this person would do it again. */
  again?: boolean,
};

/** Asks to end a goal, or to take it up again. */
export type EndPairingGoal = {
  /** Which pairing. */
  pairing: string,
  /** Which goal. */
  goal: string,
  /** Whether it was reached, or let go; none takes it up again. */
  reached: boolean | null,
};

/** Shows what somebody said about the end. */
export type EndingView = {
  /** Who. */
  by: PairWho,
  /** What. */
  ending: PairingEnding,
  /** On which day. */
  on: string,
  /** In their words; empty where they gave none. */
  words: string,
};

/** Chooses entries for the timeline. Empty means all that are not in the trash, newest first. */
export type EntryFilter = {
  /** Only those that bear all of these tags. */
  tags: Array<string>,
  /** Only from this day. */
  from: string | null,
  /** Only to this day, inclusive. */
  to: string | null,
  /** Only starred ones. */
  starred: boolean,
  /** Those in the trash instead of those outside. */
  trashed: boolean,
};

/** Shows a loop that an entry fills. */
export type EntryLoop = {
  /** The loop. */
  row: LoopRow,
  /** Which part the entry fills. */
  part: LoopPart,
  /** By which filling. */
  filling: string,
};

/** Shows what an entry is to loops and to the past. */
export type EntryLoops = {
  /** The loops it fills, and which part. */
  loops: Array<EntryLoop>,
  /** Intentions that came from it. */
  intentions: Array<IntentionView>,
  /** Whether it is marked to return. */
  kept: boolean,
};

/** Says how an entry came to be. */
export type EntryOrigin = "written" | "captured" | "imported" | "guided";

/** Shows a window of the timeline. */
export type EntryPage = {
  /** How many rows the filter has in all. */
  total: number,
  /** The rows asked for. */
  rows: Array<EntryRow>,
};

/** Shows whom an entry names, and whose help was noted with it. */
export type EntryPeople = {
  /** Whom it names, in the order in which they stand in it. */
  people: Array<NamedPerson>,
  /** The notes that belong to it. */
  helped: Array<HelpedView>,
};

/** Shows an entry as a row of the timeline. */
export type EntryRow = {
  /** Its id. */
  id: string,
  /** Its title; empty when it has none. */
  title: string,
  /** The first words of its text without marks, at most 160 characters. */
  excerpt: string,
  /** The day it belongs to. */
  on: string,
  /** `HH:MM` on its own wall clock. */
  time: string,
  /** Its tags. */
  tags: Array<string>,
  /** Whether it is starred. */
  starred: boolean,
  /** Whether it lies in the trash. */
  trashed: boolean,
  /** Whether it has files. */
  has_attachments: boolean,
  /** How it came to be. */
  origin: EntryOrigin,
};

/** Shows an entry whole. */
export type EntryView = {
  /** Its id. */
  id: string,
  /** Its title; empty when it has none. */
  title: string,
  /** Its Markdown, exactly as written. */
  text: string,
  /** Its tags, in order of spelling. */
  tags: Array<string>,
  /** The day it belongs to. */
  on: string,
  /** The instant of writing. */
  at: string,
  /** The same instant on the entry's own wall clock, `YYYY-MM-DDTHH:MM:SS`. */
  local_at: string,
  /** The time zone of the writing, an IANA name; none when it is not known. */
  time_zone: string | null,
  /** Whether it is starred. */
  starred: boolean,
  /** Whether it lies in the trash. */
  trashed: boolean,
  /** Where it was imported from, if it was. */
  source: SourceView | null,
  /** Its files. */
  attachments: Array<AttachmentView>,
  /** How it came to be: typed in the editor, captured in one line, or imported. */
  origin: EntryOrigin,
  /** Words of the text. */
  word_count: number,
  /** Versions in its history. */
  version_count: number,
  /** When it was last changed. */
  changed_at: string,
};

/** Names what went wrong, for programs. */
export type ErrorCode = "no_notebook" | "notebook_exists" | "locked" | "wrong_key" | "keyring_no_entry" | "keyring_unreachable" | "keyring_locked" | "kit_invalid" | "newer_version" | "damaged" | "in_use" | "disk_full" | "read_only" | "not_found" | "invalid" | "too_large" | "unreadable_file" | "file_exists" | "cancelled" | "conflict" | "no_microphone" | "microphone_refused" | "microphone_gone" | "offline" | "expired" | "not_allowed" | "internal";

/** Chooses the entries of an export. */
export type ExportChoice = {
  /** Only from this day. */
  from: string | null,
  /** Only to this day, inclusive. */
  to: string | null,
  /** Only those that bear all of these tags. */
  tags: Array<string>,
  /** Only those that fill a part of this loop, by its id. */
  in_loop: string | null,
  /** Only these, by their ids; empty means all that the rest chooses. */
  entries: Array<string>,
};

/** Names a format that can be exported. */
export type ExportFormat = "markdown" | "json" | "html" | "pdf";

/** Writes a guide into a file. */
export type ExportGuide = {
  /** What it is called by. */
  id: string,
  /** The language of the interface. */
  language: string,
  /** The file to write. */
  path: string,
};

/** Asks to export entries. What is not said chooses everything outside the trash. */
export type ExportJournal = {
  /** The folder or file to make. */
  path: string,
  /** In which format. */
  format: ExportFormat,
  /** Which entries. */
  choice: ExportChoice,
  /** True replaces a file that has the name already. A folder is never replaced. */
  replace: boolean,
  /** The language of what stands around the entries, such as `en`; empty is English. */
  language: string,
};

/** Reports an export. */
export type ExportReport = {
  /** Entries written. */
  entries: number,
  /** Files written. */
  attachments: number,
  /** Files that could not be written, or are too large for one file, as day and name. */
  left_out: Array<string>,
  /** The folder or file. */
  path: string,
};

/** Asks for a space to be written with its keys. */
export type ExportSpace = {
  /** The space. */
  space: string,
  /** The folder; it is made, or is there and empty. */
  path: string,
};

/** Says what an answer is. */
export type FieldKind = "text" | "line" | "lines" | "choice" | "rating" | "day" | "moment" | "tick" | "entry" | "rubric";

/** Shows one field of a step. */
export type FieldView = {
  /** Which answer it holds. */
  key: string,
  /** The words above it; empty where the question of the step says it all. */
  label: string,
  /** What stands in it while it is empty. */
  hint: string,
  /** Words before the answer. */
  lead: string,
  /** Whether it can stay empty without a remark. */
  is_optional: boolean,
  /** What an answer is. */
  kind: FieldKind,
  /** Lines at least, or the lowest mark. */
  least: number,
  /** Lines at most, or the highest mark. */
  most: number,
  /** What the lowest mark means; may be empty. */
  low: string,
  /** What the highest mark means; may be empty. */
  high: string,
  /** What marking a line means; none where lines cannot be marked. */
  mark: string | null,
  /** What can be chosen. */
  options: Array<OptionView>,
  /** Whether own words can be put in place of a choice. */
  own: boolean,
  /** What a rubric looks at. */
  criteria: Array<CriterionView>,
  /** What is offered to be taken over. */
  suggestions: Array<string>,
  /** The answer as it was kept last. */
  answer: AnswerView | null,
};

/** Asks to fill a part of a loop: with an entry or with words, one of the two. */
export type FillLoop = {
  /** Which loop. */
  id: string,
  /** Which part. */
  part: LoopPart,
  /** The entry. */
  entry?: string,
  /** The words. */
  words?: string,
  /** On which day; none means the day of the entry, or today. */
  on?: string,
  /** Who: whose exact words they are, or with whom it was tried. */
  who?: string,
  /** Where from: a course, a book, a talk. */
  source?: string,
};

/** Fills a template. Day, weekday and time come as the interface writes them. */
export type FillTemplate = {
  /** Which one. */
  id: string,
  /** An answer to each question, in their order. */
  answers: Array<string>,
  /** The day. */
  date: string,
  /** The name of the day of the week. */
  weekday: string,
  /** The time of day. */
  time: string,
};

/** Shows the beginning of an entry. */
export type FilledTemplate = {
  /** The title. */
  title: string,
  /** The text. */
  text: string,
  /** Where one begins to write, in UTF-16 units. */
  cursor: number,
  /** The tags. */
  tags: Array<string>,
};

/** Shows what fills a part. */
export type FillingView = {
  /** Its id. */
  id: string,
  /** Which part it fills. */
  part: LoopPart,
  /** On which day. */
  on: string,
  /** The entry that fills it, when one does. */
  entry: string | null,
  /** Its words; of an entry its title or first words, empty while the entry lies in the trash. */
  words: string,
  /** Whether the entry that fills it is there and outside the trash; true for words. */
  is_there: boolean,
  /** Who. */
  who: string,
  /** Where from. */
  source: string,
};

/** Asks which entries a `[[` link could mean. */
export type FindLink = {
  /** The beginning of a title. */
  beginning: string,
};

/** Finishes a run. */
export type FinishRun = {
  /** The run. */
  run: string,
  /** The intentions that are made. */
  make: Array<ChosenIntention>,
};

/** Tells what came of a run. */
export type FinishedView = {
  /** The entry. */
  entry: string,
  /** Its title. */
  title: string,
  /** The intentions that were made. */
  intentions: Array<IntentionPlan>,
  /** The wish of the goal that was made. */
  goal: string | null,
  /** The title of the loop that was made. */
  learning_loop: string | null,
};

/** Says what a folder is like. */
export type FolderFinding = { "is": "usable",
  /** What lies in it already. */
  holds: PlaceHolds,
  /** Bytes that are free there, where the system says so. */
  free: number | null,
} | { "is": "absent" } | { "is": "read_only" } | { "is": "inside_notebook" } | { "is": "known" };

/** Shows an entry that lies beside the questions. */
export type GatheredEntry = {
  /** The entry. */
  id: string,
  /** Its title, or its first words. */
  title: string,
  /** The day it belongs to. */
  on: string,
};

/** Keeps answers: as they are typed, or saved. */
export type GiveAnswers = {
  /** The run. */
  run: string,
  /** The answers. */
  answers: Array<GivenAnswer>,
};

/** Gives or refuses a consent. */
export type GiveConsent = {
  /** The space. */
  space: string,
  /** The operation. */
  id: string,
  /** Whether this person agrees. */
  agrees: boolean,
};

/** Holds one answer that is given. */
export type GivenAnswer = {
  /** Which one. */
  key: string,
  /** The answer; none takes it away. */
  answer: AnswerView | null,
};

/** Names an invitation that somebody sent. */
export type GivenInvite = { "by": "link",
  /** As pasted. */
  link: string,
} | { "by": "file",
  /** Where it lies. */
  path: string,
};

/** Names a recovery kit as it was typed or chosen. */
export type GivenKit = { "by": "words",
  /** As typed, separated by spaces. */
  words: string,
} | { "by": "file",
  /** Where it lies. */
  path: string,
  /** Its passphrase, when it has one. */
  passphrase?: string,
};

/** Shows how a goal ended. */
export type GoalEnd = {
  /** On which day. */
  on: string,
  /** How. */
  ending: GoalEnding,
  /** What was said about it. */
  words: string,
};

/** Says how a goal ended. */
export type GoalEnding = "reached" | "let_go";

/** Chooses goals. */
export type GoalFilter = "open" | "ended" | "trashed";

/** Holds what a goal says: the shape in which it is shown and changed. */
export type GoalPlan = {
  /** The wish. */
  wish: string,
  /** The best result, as one picture. */
  best_result: string,
  /** The obstacle in oneself. */
  obstacle: string,
  /** If the obstacle shows, then this move. */
  if_then: string,
  /** The smallest version that still counts, for a full week. */
  fallback: string,
  /** The first step, of a quarter of an hour at most. */
  first_step: string,
  /** Why it matters. */
  why: string,
  /** When to look at it again. */
  review_on: string | null,
  /** The key of the template it was made from; empty for one's own. */
  objective: string,
  /** What one would see: observable behaviours. */
  behaviours: Array<string>,
  /** The loop it belongs to. */
  loop_id: string | null,
};

/** Shows a goal whole. */
export type GoalView = {
  /** Its id. */
  id: string,
  /** What it says. */
  plan: GoalPlan,
  /** The day it was begun on. */
  begun_on: string,
  /** How it ended, when it did. */
  end: GoalEnd | null,
  /** Whether it lies in the trash. */
  trashed: boolean,
  /** Points of progress and honest skips, in order of their days. */
  points: Array<PointView>,
  /** Points that have an entry as evidence. */
  evidence: number,
  /** Whether the day to look at it again has come. */
  review_due: boolean,
};

/** Shows one thing that goes over when a pairing is shared, whole: what stands here is written, and nothing else. */
export type GoingOverView = { "what": "charter",
  /** What the two are to each other. */
  kind: PairingKind,
  /** What this person learns; empty when it does not go over. */
  learn: string,
  /** What this person teaches; empty when it does not go over. */
  teach: string,
  /** The days between two sessions. */
  every_days: number,
  /** The day it began. */
  begun_on: string,
} | { "what": "goal",
  /** What. */
  words: string,
  /** The sign by which both will see it. */
  sign: string,
} | { "what": "promise",
  /** Whether it is this person's; one of the other's is offered to them. */
  mine: boolean,
  /** What. */
  words: string,
  /** If something comes in between, then this. */
  if_then: string,
  /** The small version that still counts. */
  small: string,
  /** By when. */
  due_on: string | null,
} | { "what": "session",
  /** Its day. */
  on: string,
  /** Where. */
  place: string,
  /** The real case of one that is to come. */
  case: string,
  /** Whether it was held. */
  held: boolean,
} | { "what": "section",
  /** Its number. */
  number: number,
  /** What it says. */
  words: string,
} | { "what": "responsibility",
  /** What it is. */
  words: string,
};

/** Says what a guide is for in general. */
export type GuideKind = "reflection" | "agreement" | "meeting" | "programme" | "checklist";

/** Shows a phase of a guide. */
export type GuidePhase = {
  /** Its name. */
  name: string,
  /** Its question. */
  ask: string,
  /** Planned minutes. */
  minutes: number,
  /** How often it comes. */
  times: number,
  /** The words above its fields. */
  prompts: Array<string>,
};

/** Shows a guide as a row of the list. */
export type GuideRow = {
  /** What it is called by: `j3`, or the id of the person's own guide. */
  id: string,
  /** Its title. */
  title: string,
  /** What it is for; empty for one that this version cannot read. */
  summary: string,
  /** What it is for in general; none for one that this version cannot read. */
  kind: GuideKind | null,
  /** Planned minutes. */
  minutes: number,
  /** Planned minutes of its short form, when it has one. */
  short_minutes: number | null,
  /** Whether the whole of it is a short form. */
  is_short: boolean,
  /** Whether it is the person's own. */
  is_own: boolean,
  /** Whether one person can run it. */
  is_for_one: boolean,
  /** Whether it was put away. */
  is_trashed: boolean,
  /** Its language. */
  language: string,
};

/** Shows a guide to be looked at before it is run. */
export type GuideView = {
  /** Its row. */
  row: GuideRow,
  /** Its version. */
  version: number,
  /** Rules that hold throughout. */
  rules: Array<string>,
  /** Its phases. */
  phases: Array<GuidePhase>,
  /** What may come of it: `entry`, `intention`, `goal`, `loop`. */
  makes: Array<string>,
  /** Its file. */
  source: string,
};

/** Says from whom something came last. */
export type HeardFrom = {
  /** The name of the device, where it is one's own, or of the member. */
  who: string,
  /** When it was written. */
  at: string,
};

/** Shows a note that somebody helped. */
export type HelpedView = {
  /** Its id. */
  id: string,
  /** Who helped; none when they were deleted. */
  person: string | null,
  /** Their name. */
  who: string,
  /** With what. */
  subject: string,
  /** On which day. */
  on: string,
  /** The entry it belongs to, unless that is gone or lies in the trash. */
  entry: string | null,
  /** The title of that entry, or its first words. */
  entry_title: string,
};

/** Says whether newcomers read what was written before they came. */
export type History = "full" | "from_join";

/** Names a format that can be imported. */
export type ImportFormat = "dayone" | "joplin" | "jrnl" | "obsidian" | "rednotebook" | "markdown" | "vice-versa";

/** Asks to import. The same folder twice changes nothing the second time. */
export type ImportJournal = {
  /** The file or folder. */
  path: string,
  /** Its format; none means: find out. */
  format?: ImportFormat,
  /** True only tells what would happen. */
  dry_run: boolean,
  /** The passphrase of an encrypted journal. */
  passphrase?: string,
};

/** Reports an import. */
export type ImportReport = {
  /** What it was found to be. */
  format: ImportFormat | null,
  /** Entries found. */
  found: number,
  /** Entries added. */
  added: number,
  /** Entries that were here already, the same. */
  unchanged: number,
  /** Entries that were here and changed. */
  updated: number,
  /** The first day of what was found. */
  first_on: string | null,
  /** The last day of what was found. */
  last_on: string | null,
  /** Entries that changed both there and here: what is here stays, and what came was added beside it. */
  kept_both: Array<string>,
  /** What was left out, and why. */
  skipped: Array<SkippedItem>,
  /** Fields that have no place of their own and were kept under Facts. */
  kept_as_fields: Array<KeptField>,
  /** How many entries have each of these fields. */
  fields: { [key in string]: number },
  /** Lines that are not listed above because there are too many. */
  not_listed: number,
  /** What became of files. */
  attachments: ImportedAttachments,
  /** True when the person stopped it; what was added is whole. */
  stopped: boolean,
};

/** Tells what became of the files of an import. */
export type ImportedAttachments = {
  /** Files found. */
  found: number,
  /** Files added. */
  added: number,
  /** Files that are named and not there. */
  missing: Array<string>,
};

/** Tells what became of a guide file that was brought in. */
export type ImportedGuide = {
  /** What the guide is called by. */
  id: string,
  /** Its title. */
  title: string,
  /** Whether it is new here. */
  added: boolean,
  /** Whether it comes with the app. */
  built_in: boolean,
};

/** Says in which language what comes with the app is wanted; what is lacking in it comes in English. */
export type InLanguage = {
  /** The language of the interface, such as `en` or `de-AT`. */
  language: string,
};

/** Answers an intention. */
export type IntentionAnswer = { "how": "done",
  /** How it went. */
  words: string,
  /** Where the words go. */
  into: AnswerInto,
} | { "how": "not_yet",
  /** The day. */
  due_on: string,
} | { "how": "let_go",
  /** The reason, when there is one to be told. */
  words: string,
};

/** Tells where an answer went. */
export type IntentionAnswered = {
  /** The intention as it now stands. */
  intention: IntentionView,
  /** The loop that took the words, when one did. */
  loop_id: string | null,
};

/** Shows an intention that will be made. */
export type IntentionPlan = {
  /** Names it within the outcome. */
  id: string,
  /** Its words. */
  text: string,
  /** Its day. */
  due_on: string,
  /** Whether it is only offered. */
  is_offered: boolean,
};

/** Shows an intention. */
export type IntentionView = {
  /** Its id. */
  id: string,
  /** What is to be done. */
  text: string,
  /** The day it comes back on. */
  due_on: string,
  /** The day it was made on. */
  made_on: string,
  /** The entry it came from. */
  entry: string | null,
  /** Whether that entry is there and outside the trash; true without one. */
  is_there: boolean,
  /** The words it came from. */
  from_words: string,
  /** The loop it belongs to. */
  loop_id: string | null,
  /** How it was answered; none while it waits. */
  answered: AnsweredView | null,
  /** How often it was moved to another day. */
  moved: number,
  /** Whether it lies in the trash. */
  trashed: boolean,
};

/** Shows an invitation before it is followed. */
export type InvitationView = {
  /** The space. */
  space: string,
  /** What it is. */
  kind: SpaceKind,
  /** Who invites; empty when the invitation does not say. */
  by: string,
  /** The role it gives. */
  role: Role,
  /** Until when it can be used. */
  expires_at: string,
  /** Where the space travels: addresses of servers; empty when by folder or files. */
  servers: Array<string>,
  /** Whether the request can go by itself; else it has to travel as a file. */
  can_send: boolean,
  /** Whether this person belongs to it, or has asked, already. */
  known: boolean,
};

/** Shows an invitation of this person or another member. */
export type InviteView = {
  /** Its id. */
  id: string,
  /** The link; empty when it was made on another device, for its secret is known there alone. */
  link: string,
  /** The link as a QR code: an SVG picture in black on white; empty with it. */
  qr_svg: string,
  /** The role it gives. */
  role: Role,
  /** Who made it. */
  by: string,
  /** When it was made. */
  made_at: string,
  /** Until when it can be used. */
  expires_at: string,
  /** How many may still use it. */
  uses_left: number,
  /** Whether whoever comes by it is let in without a question while this device runs. */
  auto_approve: boolean,
};

/** Asks to join. */
export type JoinSpace = {
  /** By which invitation. */
  invite: GivenInvite,
  /** The name this person goes by there. */
  my_name: string,
};

/** Tells what came out of a backup into the notebook. */
export type JoinedView = {
  /** Entries that are here now and were not before. */
  entries: number,
  /** Changes that were not here. */
  changes: number,
};

/** Keeps what was typed since the last save, as a draft on this computer only. Sent every second while there is something. */
export type KeepDraft = {
  /** The session. */
  session: string,
  /** The whole text as the editor shows it. */
  text: string,
  /** The title as the editor shows it. */
  title: string,
};

/** Asks that an entry returns, or returns no more. */
export type KeepEntry = {
  /** Which entry. */
  id: string,
  /** Whether it returns. */
  kept: boolean,
};

/** Asks to keep what one thinks of an hour before it. */
export type KeepPreparation = {
  /** Which pairing. */
  pairing: string,
  /** Which session. */
  session: string,
  /** What this person thinks of it, for themselves. */
  thoughts: string,
  /** What this person wants from this hour. */
  want: string,
  /** Whether the other can read that. */
  show: boolean,
};

/** Tells what became of an entry that returned. */
export type KeepsakeAnswered = {
  /** The entry that says what changed, when it did. */
  became: string | null,
};

/** Shows an entry that returns to be asked whether it still holds. */
export type KeepsakeView = {
  /** The entry. */
  entry: EntryRow,
  /** How often it was said to be still true. */
  times_true: number,
};

/** Tells which field of which item was kept under Facts. */
export type KeptField = {
  /** Which item. */
  item: string,
  /** Which field. */
  field: string,
};

/** Says where the key of the notebook is kept day to day. */
export type KeyPlace = "keyring" | "passphrase";

/** Says what the keyring answered. */
export type KeyringState = "ready" | "no_entry" | "locked" | "unreachable";

/** Shows what a recovery kit says of where the journal is. */
export type KitPlaces = {
  /** The day it was made, `YYYY-MM-DD`; words alone do not say. */
  made_on: string | null,
  /** Where the journal was when it was made; words alone do not say. */
  places: Array<MeetingPlace>,
};

/** Shows the words of the recovery kit, once, to be written down. */
export type KitView = {
  /** The 24 words in their order. */
  words: Array<string>,
};

/** Shows a lane. */
export type LaneView = {
  /** Which way it runs. */
  way: LaneWay,
  /** What it is about; empty while nobody said. */
  about: string,
  /** Whether it leads. */
  leads: boolean,
  /** Minutes of the sessions that were held for it. */
  minutes: number,
};

/** Says which way a lane runs for this person. */
export type LaneWay = "learn" | "teach";

/** Shows something that was learned a while ago. */
export type LearnedView = {
  /** The loop. */
  loop_id: string,
  /** What is being learned in it. */
  title: string,
  /** What was gained. */
  gain: FillingView,
};

/** Holds one of several lines. */
export type LineView = {
  /** Its words. */
  text: string,
  /** Whether it is marked. */
  marked: boolean,
};

/** Says why a linking ended without a new device. */
export type LinkFailure = "unknown_code" | "expired" | "not_the_same" | "tampered" | "cancelled" | "unreachable" | "other_version";

/** Shows one of the seven signs that are compared. Pictures and words are a table of the core that is fixed for good. */
export type LinkSign = {
  /** Its picture, one emoji. */
  symbol: string,
  /** Its word in English, which other languages than German show too. */
  en: string,
  /** Its word in German. */
  de: string,
};

/** Names an entry to link to. In the text it stands as `[[title]]`, or `[[title|ID]]` when the title is not the only one. */
export type LinkTarget = {
  /** Its id. */
  id: string,
  /** Its title, or its first words. */
  title: string,
  /** The day it belongs to. */
  on: string,
};

/** Shows where a linking stands, on either side. */
export type LinkView = { "step": "idle" } | { "step": "showing_code",
  /** Nine characters in groups of three, such as `K7M-2QX-9PD`. */
  code: string,
  /** The same as a QR code: an SVG picture in black on white. */
  qr_svg: string,
  /** When it ends. */
  expires_at: string,
  /** Where the two meet. */
  at: PlaceKind,
} | { "step": "looking",
  /** When it gives up. */
  expires_at: string,
} | { "step": "comparing",
  /** The signs in their order. */
  signs: Array<LinkSign>,
  /** The name the other computer goes by. */
  other: string,
  /** Whether this side is the one that confirms: the old computer. */
  confirms: boolean,
  /** When it ends. */
  expires_at: string,
} | { "step": "joining" } | { "step": "done",
  /** The name of the new device. */
  device_name: string,
} | { "step": "failed",
  /** Why. */
  why: LinkFailure,
};

/** Asks for a window of the timeline. */
export type ListEntries = {
  /** Which entries. */
  filter: EntryFilter,
  /** How many rows to pass over. */
  offset: number,
  /** How many rows to give, at most 500. */
  limit: number,
};

/** Asks for notes of help; what is not given does not narrow. */
export type ListHelped = {
  /** Of this person. */
  person?: string,
  /** About this subject, however it is capitalised. */
  subject?: string,
};

/** Chooses intentions. */
export type ListIntentions = { "which": "waiting" } | { "which": "answered" } | { "which": "of_loop",
  /** The loop. */
  id: string,
} | { "which": "of_entry",
  /** The entry. */
  id: string,
} | { "which": "trashed" };

/** Asks at which row of the timeline an entry or a day stands. */
export type LocateEntry = {
  /** In which timeline. */
  filter: EntryFilter,
  /** The entry looked for. */
  id?: string,
  /** Or the day: the first row on it or before it. */
  on?: string,
};

/** Shows the material of a look back. */
export type LookBackView = {
  /** The first day. */
  from: string,
  /** The last day. */
  to: string,
  /** How many entries were written. */
  entry_count: number,
  /** How many words. */
  word_count: number,
  /** The entries, newest first; at most 100. */
  entries: Array<EntryRow>,
  /** Loops that something filled, or that were closed. */
  loops: Array<LoopRow>,
  /** Intentions that were made or answered. */
  intentions: Array<IntentionView>,
  /** Who taught or told one something, by name. */
  people: Array<string>,
};

/** Chooses loops. */
export type LoopFilter = "open" | "closed" | "trashed";

/** Names one of the four parts of a loop, in the order of the ring. */
export type LoopPart = "gain" | "practise" | "feedback" | "reflect";

/** Shows a loop as a row of a list. */
export type LoopRow = {
  /** Its id. */
  id: string,
  /** What is being learned. */
  title: string,
  /** What for; empty when nobody said. */
  why: string,
  /** The day it was begun on. */
  begun_on: string,
  /** The day it was closed on; none while it is open. */
  closed_on: string | null,
  /** The day until which it is parked, as long as that lies ahead. */
  parked_until: string | null,
  /** The latest day on which something filled it, or the day it was begun on. */
  touched_on: string,
  /** Whether it lies in the trash. */
  trashed: boolean,
  /** How many things were gained. */
  gain: number,
  /** How many tries there were. */
  practise: number,
  /** How often somebody said something to it. */
  feedback: number,
  /** How often it was reflected on. */
  reflect: number,
  /** Who gave the latest feedback; empty when nobody is named. */
  feedback_from: string,
  /** The parts that nothing fills. */
  missing: Array<LoopPart>,
  /** Whether it waits for the person. */
  waiting: boolean,
  /** Days since something filled it. */
  quiet_days: number,
};

/** Shows a loop whole. */
export type LoopView = {
  /** What the list says of it. */
  row: LoopRow,
  /** What fills its parts, in order of their days. */
  fillings: Array<FillingView>,
  /** Each time it was closed, the latest first. */
  closings: Array<ClosingView>,
  /** The goals that belong to it. */
  goals: Array<GoalView>,
  /** The intentions that belong to it, the latest first. */
  intentions: Array<IntentionView>,
};

/** Asks for a backup into one file. */
export type MakeBackup = {
  /** Where to write it; none puts it into the notebook's own `backups` folder. */
  path?: string,
};

/** Asks for a new intention. */
export type MakeIntention = {
  /** What is to be done. */
  text: string,
  /** The day it comes back on. */
  due_on: string,
  /** The entry it came from. */
  entry?: string,
  /** The words it came from. */
  from_words?: string,
  /** The loop it belongs to. */
  loop_id?: string,
};

/** Asks for an invitation. */
export type MakeInvite = {
  /** The space. */
  space: string,
  /** The role it gives. */
  role: Role,
  /** How many may use it. */
  uses: number,
  /** For how many days it can be used. */
  days: number,
  /** Whether whoever comes by it is let in without a question while this device runs. */
  auto_approve: boolean,
};

/** Asks for a new loop. */
export type MakeLoop = {
  /** What is being learned. */
  title: string,
  /** What for. */
  why: string,
};

/** Asks for a new pairing, of which only the name has to be known. */
export type MakePairing = {
  /** The other's name. */
  name: string,
  /** What this person hopes for. */
  hope: string,
  /** What they are to each other. */
  kind: PairingKind,
  /** What this person wants to learn; empty when not yet known. */
  learn: string,
  /** What this person can teach; empty when not yet known. */
  teach: string,
  /** Which lane leads, where the kind has one that does. */
  leads: LaneWay | null,
};

/** Asks for a promise, or to change one. */
export type MakePromise = {
  /** Which pairing. */
  pairing: string,
  /** The promise that is changed; none makes one. */
  promise?: string,
  /** Whether this person is to keep it. What is for the other is offered, and they take it on. */
  mine: boolean,
  /** What. */
  what: string,
  /** Where. */
  place: string,
  /** If something comes in between, then this. */
  if_then: string,
  /** The small version that still counts. */
  small: string,
  /** By when. */
  due_on: string | null,
};

/** Shows a moment of a voice note that was marked. */
export type MarkView = {
  /** Milliseconds from the beginning. */
  at_ms: number,
  /** Its name; empty when it has none. */
  name: string,
};

/** Shows a stretch of text that was or was not searched for. */
export type MarkedStretch = {
  /** The words. */
  text: string,
  /** Whether they were searched for. */
  marked: boolean,
};

/** Says what is done in a meeting. */
export type MeetingAct = { "kind": "next" } | { "kind": "back" } | { "kind": "to",
  /** Which. */
  step: string,
} | { "kind": "pause" } | { "kind": "resume" } | { "kind": "seal",
  /** Which. */
  step: string,
} | { "kind": "rule",
  /** Which one, in its words; may be empty. */
  rule: string,
} | { "kind": "finish" };

/** Is an answer of somebody. */
export type MeetingAnswer = {
  /** Whose: the name under which they take part. */
  person: string,
  /** To what. */
  key: string,
  /** The answer; none takes it away. */
  answer: AnswerView | null,
};

/** Shows a question with whom it asks. */
export type MeetingField = {
  /** Under which name they take part. */
  person: string,
  /** Who that is. */
  who: PairWho,
  /** The question, and what they answered. */
  field: FieldView,
};

/** Shows a step as a knot of the thread. */
export type MeetingMark = {
  /** Its key. */
  key: string,
  /** Its name. */
  name: string,
  /** Whose turn it is; none when it is nobody's alone. */
  turn: PairWho | null,
  /** How many minutes are planned. */
  minutes: number,
  /** Whether it lies before the present one. */
  is_past: boolean,
  /** Whether it is the present one. */
  is_here: boolean,
};

/** Names a place by what it is: where two devices meet. */
export type MeetingPlace = { "by": "folder",
  /** Where it is on this computer. */
  path: string,
} | { "by": "server",
  /** Its address. */
  address: string,
};

/** Shows the step a meeting stands at. */
export type MeetingStep = {
  /** Its key. */
  key: string,
  /** Its name. */
  name: string,
  /** The question, large. */
  ask: string,
  /** One sentence beneath it; may be empty. */
  help: string,
  /** Who speaks; none when everybody may. */
  speaks: PairWho | null,
  /** Whether nobody speaks and everyone writes. */
  is_silent: boolean,
  /** What is asked on this screen. */
  fields: Array<MeetingField>,
  /** Whether what is answered here is sealed until both have. */
  is_sealed: boolean,
  /** Whether this person has sealed their answers here. */
  has_sealed: boolean,
  /** The name of the step behind it; none at the last. */
  next: string | null,
};

/** Shows a meeting as it stands, as this person may see it. */
export type MeetingView = {
  /** Its id. */
  id: string,
  /** The pairing. */
  pairing: string,
  /** The title of its guide. */
  title: string,
  /** Whether both are in one room before this screen. */
  room: boolean,
  /** Whether it is open, finished or put away. */
  status: RunStatus,
  /** What holds throughout. */
  rules: Array<string>,
  /** Rules that were called, the latest last. */
  calls: Array<CallView>,
  /** All its steps, for the thread. */
  steps: Array<MeetingMark>,
  /** The step it stands at; none at the end. */
  here: MeetingStep | null,
  /** What was answered so far and this person may read, step by step. */
  past: Array<PastStep>,
  /** How time stands. */
  clock: ClockView,
};

/** Shows a member. */
export type MemberView = {
  /** The account. */
  account: string,
  /** The name they go by in this space. */
  name: string,
  /** What they may do. */
  role: Role,
  /** Whether it is this person. */
  is_me: boolean,
  /** Since when they belong. */
  since: string,
  /** Eight words that both screens show alike when nobody stands between; empty for oneself. */
  safety_words: Array<string>,
  /** When this person noted that the words are the same; none when never, or when they changed since. */
  compared_at: string | null,
  /** Whether this person may remove them. */
  can_remove: boolean,
  /** The roles this person may give them; empty when none. */
  can_become: Array<Role>,
};

/** Says that one person is another. */
export type MergePeople = {
  /** Who turned out to be the other. */
  from: string,
  /** The other. */
  into: string,
};

/** Asks to move the key, or to change the passphrase. The notebook must be open. */
export type MoveKey = { "to": "keyring" } | { "to": "passphrase",
  /** The new passphrase. */
  passphrase: string,
  /** The old one, when there was one: it is checked again. */
  current?: string,
};

/** Asks to do something in a meeting. */
export type MoveMeeting = {
  /** The meeting. */
  of: NameMeeting,
  /** What. */
  act: MeetingAct,
};

/** Moves in a run. */
export type MoveRun = {
  /** The run. */
  run: string,
  /** What is done. */
  act: RunAct,
};

/** Names a guide in a language. */
export type NameGuide = {
  /** What it is called by. */
  id: string,
  /** The language of the interface. */
  language: string,
};

/** Names a meeting. */
export type NameMeeting = {
  /** The pairing. */
  pairing: string,
  /** The meeting. */
  meeting: string,
  /** In which language it is shown. */
  language: string,
};

/** Names what fills a part of a loop. */
export type NamedFilling = {
  /** Which loop. */
  id: string,
  /** What fills it. */
  filling: string,
};

/** Names an invitation. */
export type NamedInvite = {
  /** The space. */
  space: string,
  /** The invitation. */
  invite: string,
};

/** Names a member. */
export type NamedMember = {
  /** The space. */
  space: string,
  /** The account. */
  account: string,
};

/** Names somebody by id and name. */
export type NamedPerson = {
  /** Who. */
  id: string,
  /** The name of today. */
  name: string,
};

/** Names a point of a goal. */
export type NamedPoint = {
  /** Which goal. */
  id: string,
  /** Which point. */
  point: string,
};

/** Names somebody who asks to join. */
export type NamedRequest = {
  /** The space. */
  space: string,
  /** The request. */
  request: string,
};

/** Shows an entry that names somebody. */
export type NamingEntry = {
  /** The entry. */
  id: string,
  /** Its title; may be empty. */
  title: string,
  /** Its first words. */
  excerpt: string,
  /** The day it belongs to. */
  on: string,
};

/** Shows the session that comes next. */
export type NextView = {
  /** Its id. */
  id: string,
  /** How it stands. */
  state: PairSessionState,
  /** Its day. */
  on: string,
  /** When it begins; none while it has only a day. */
  at: string | null,
};

/** Notes that somebody helped. */
export type NoteHelped = {
  /** Who; none when only the name is known. */
  person: string | null,
  /** The name of somebody who is looked up by it, or met; counts when `person` is none. */
  who: string,
  /** With what. */
  subject: string,
  /** On which day; none means the day of the entry, or today. */
  on: string | null,
  /** The entry it belongs to. */
  entry: string | null,
};

/** Asks to note that both met without having planned it. */
export type NoteMet = {
  /** Which pairing. */
  pairing: string,
  /** On which day. */
  on: string,
};

/** Shows what a check has to say. */
export type NoteView = {
  /** The check. */
  check: string,
  /** Whether it has stopped somebody at this step, or would. */
  weight: NoteWeight,
  /** Whether it has been said already when somebody went on. */
  is_said: boolean,
  /** The sentence of the guide. */
  text: string,
  /** The answers it is about. */
  about: Array<string>,
};

/** Says how much a check weighs. */
export type NoteWeight = "note" | "ask" | "hold";

/** Says in which state the notebook is. Exactly one screen belongs to each. */
export type NotebookStatus = { "state": "absent",
  /** Whether the keyring can be offered. */
  keyring: KeyringState,
} | { "state": "locked",
  /** Where its key is kept. */
  key_place: KeyPlace,
  /** What the keyring said, when the key is kept there. */
  keyring: KeyringState,
  /** How many captured lines wait for the unlock. */
  waiting_captures: number,
} | { "state": "open",
  /** The facts the frame shows. */
  notebook: NotebookView,
} | { "state": "newer_version" } | { "state": "damaged",
  /** How many entries a salvage read could recover, if it was tried. */
  salvageable_entries: number | null,
  /** The newest backup that could be restored. */
  newest_backup: BackupView | null,
} | { "state": "in_use" } | { "state": "unreachable",
  /** What the system said, as a sentence. */
  message: string,
};

/** Shows the open notebook. */
export type NotebookView = {
  /** To whom it belongs. */
  name: string,
  /** Where its key is kept. */
  key_place: KeyPlace,
  /** Entries that are not in the trash. */
  entry_count: number,
  /** When it was made. */
  created_at: string,
  /** When the recovery kit was last made; none when never. */
  kit_made_at: string | null,
  /** When the recovery kit was last checked; none when never. */
  kit_checked_at: string | null,
  /** True when the profile cannot be written: everything can be read, nothing changed. */
  read_only: boolean,
  /** The folder the notebook lies in. */
  folder: string,
  /** The name of this device. */
  device_name: string,
};

/** Shows a template that a goal can begin from. */
export type Objective = {
  /** Its key. */
  key: string,
  /** Its name. */
  title: string,
  /** What it is about, in one sentence. */
  about: string,
  /** What others would see. */
  behaviours: Array<string>,
};

/** Asks to open words of a pairing in an editor. */
export type OpenPairingText = {
  /** Which pairing. */
  pairing: string,
  /** Which words. */
  text: PairingText,
};

/** Opens a run. */
export type OpenRun = {
  /** The id of the run. */
  run: string,
  /** The language of the interface. */
  language: string,
};

/** Shows words of a pairing in an editor. */
export type OpenedPairingText = {
  /** Names the editing until it is closed. */
  editing: string,
  /** The words as they stand. */
  text: string,
};

/** Shows one of the options of a choice. */
export type OptionView = {
  /** What it is called by. */
  id: string,
  /** Its words. */
  text: string,
};

/** Shows one hit that is no entry. */
export type OtherHit = {
  /** What it is. */
  kind: OtherKind,
  /** Its id. */
  id: string,
  /** Its title, in stretches. */
  title: Array<MarkedStretch>,
  /** The words around the first hit, in stretches; empty when the title says it all. */
  snippet: Array<MarkedStretch>,
  /** The day it belongs to; none for a person. */
  on: string | null,
  /** The entry an intention came from. */
  entry: string | null,
  /** Who helped. */
  person: string | null,
};

/** Says what was found that is no entry. */
export type OtherKind = "loop" | "goal" | "intention" | "run" | "person" | "helped";

/** Shows what will come of a run. */
export type OutcomeView = {
  /** The title of the entry. */
  title: string,
  /** The text of the entry. */
  text: string,
  /** Its tags. */
  tags: Array<string>,
  /** Dated intentions. */
  intentions: Array<IntentionPlan>,
  /** The wish of a goal that is made. */
  goal: string | null,
  /** The title of a loop that is made. */
  learning_loop: string | null,
  /** What is missing without which the run cannot be finished; sentences of the guide. */
  held: Array<string>,
};

/** Says how a session stands. */
export type PairSessionState = "planned" | "proposed" | "agreed" | "held" | "cancelled";

/** Shows a session. */
export type PairSessionView = {
  /** Its id. */
  id: string,
  /** How it stands. */
  state: PairSessionState,
  /** Its day. */
  on: string,
  /** When it begins; none while it has only a day. */
  at: string | null,
  /** Who proposed that time. */
  by: PairWho,
  /** How long, in minutes. */
  minutes: number,
  /** Where. */
  place: string,
  /** The real case it is for. */
  case: string,
  /** Whose case that is. */
  whose: PairWho | null,
  /** For which lane; none for both. */
  lane: LaneWay | null,
  /** Its place in the programme, or among those that were held. */
  number: number | null,
  /** The step of the guide. */
  topic: string,
  /** How often it was moved. */
  moves: number,
  /** Who called it off. */
  cancelled_by: PairWho | null,
  /** Why, in their words; empty where they gave none. */
  reason: string,
  /** What stands in the notes of both. */
  notes: string,
};

/** Says who did something, as this person sees it. */
export type PairWho = "me" | "other" | "facilitator" | "unknown";

/** Says how somebody ends a pairing. */
export type PairingEnding = "closing" | "ended" | "renewed";

/** Shows a goal of a pairing. */
export type PairingGoalView = {
  /** Its id. */
  id: string,
  /** In which lane. */
  way: LaneWay,
  /** What it is. */
  what: string,
  /** The sign by which both will see it. */
  sign: string,
  /** The day it was reached or let go on. */
  ended_on: string | null,
  /** Whether it was reached. */
  reached: boolean,
};

/** Says how a pairing stands with its rhythm, computed from its sessions and the clock. */
export type PairingHealth = "new" | "on_rhythm" | "quiet" | "drifting" | "paused" | "closing" | "closed";

/** Says what two people are to each other in a pairing. */
export type PairingKind = "mentoring" | "reverse" | "reciprocal" | "peer_coaching" | "buddy" | "practice_partner" | "handover" | "taster";

/** Is a gentle word. */
export type PairingNudge = "plan_first" | "offer_help" | "may_let_go" | "say_hello" | "meet_pause_or_end" | "review_agreement" | "renew_or_close";

/** Says what somebody is in a pairing. */
export type PairingPart = "mentor" | "mentee" | "junior" | "senior" | "peer" | "buddy" | "newcomer" | "leaver" | "successor" | "host" | "guest";

/** Shows a pairing as a row of the list and of the desk. */
export type PairingRow = {
  /** Its id: that of this person's side. */
  id: string,
  /** The other's name. */
  name: string,
  /** What they are to each other. */
  kind: PairingKind,
  /** What this person is in it. */
  part: PairingPart,
  /** The space of both; none while this person keeps it alone. */
  space: string | null,
  /** Whether the other is in it too. */
  is_two: boolean,
  /** How it stands. */
  health: PairingHealth,
  /** What is learned and what is taught. */
  lanes: Array<LaneView>,
  /** The next session that stands. */
  next: NextView | null,
  /** The days on which sessions were held, the first one first. */
  held: Array<string>,
  /** The agreed days between two sessions. */
  every_days: number,
  /** The day it began. */
  begun_on: string,
  /** The day on which it ends or is renewed. */
  ends_on: string | null,
  /** Until when it is paused, where a day was said. */
  paused_until: string | null,
  /** The day on which it ended. */
  ended_on: string | null,
  /** What waits for this person, the most pressing first; a gentle word last. */
  waits: Array<WaitView>,
  /** Promises of this person that are open. */
  mine: number,
  /** Promises of the other that are open. */
  theirs: number,
};

/** Says which words of a pairing are meant. */
export type PairingText = { "which": "shared",
  /** The session. */
  session: string,
} | { "which": "private" };

/** Shows a pairing whole. */
export type PairingView = {
  /** What the list says of it. */
  row: PairingRow,
  /** The other's part in it. */
  their_part: PairingPart,
  /** The space of both; none while this person keeps it alone. */
  space: string | null,
  /** What this person hopes for; nobody else can read it. */
  hope: string,
  /** Why it matters to this person; nobody else can read it. */
  why: string,
  /** What both want from it. */
  purpose: string,
  /** Why each said yes, for both to read. */
  whys: Array<SaidView>,
  /** The agreed minutes of a session. */
  minutes: number,
  /** How many sessions are planned; 0 when it is open. */
  planned: number,
  /** Who can read what both share: whom the key is sealed to. Empty while this person keeps it alone. */
  readers: Array<Reader>,
  /** The sessions, in order of their time. */
  sessions: Array<PairSessionView>,
  /** The promises, those that are open first. */
  promises: Array<PromiseView>,
  /** The goals. */
  goals: Array<PairingGoalView>,
  /** How far the agreement is, and the one that counts: the one put forward last. */
  agreement: AgreementsView,
  /** The pauses that hold. */
  pauses: Array<PauseView>,
  /** How it ended, or is about to. */
  endings: Array<EndingView>,
  /** What both see and have to decide. */
  cards: Array<CardView>,
  /** Whether this person would do it again; nobody else can read it. */
  again: boolean | null,
  /** Whether it can be written. */
  writable: boolean,
};

/** Asks to park a loop until a day, or to take it up again. */
export type ParkLoop = {
  /** Which loop. */
  id: string,
  /** Until which day; none takes it up again. */
  until: string | null,
};

/** Shows an answer as words. */
export type PastAnswer = {
  /** The words above its field; may be empty. */
  label: string,
  /** The answer. */
  text: string,
};

/** Shows what was answered in a step. */
export type PastStep = {
  /** The step. */
  key: string,
  /** Its name. */
  name: string,
  /** The answers. */
  answers: Array<PastAnswer>,
};

/** Asks to pause a pairing, or to take one's own pause back. */
export type PausePairing = {
  /** Which pairing. */
  id: string,
  /** Whether it is paused. */
  paused: boolean,
  /** Until when, where one knows. */
  until?: string,
};

/** Shows a pause that holds. */
export type PauseView = {
  /** Whose; only they take it back. */
  by: PairWho,
  /** Since when. */
  since: string,
  /** Until when; none for as long as they do not take it back. */
  until: string | null,
};

/** Shows a person as a row of the list. */
export type PersonRow = {
  /** Who. */
  id: string,
  /** The name. */
  name: string,
  /** Other names they go by. */
  other_names: Array<string>,
  /** What they know, where they sit: free words. */
  about: string,
  /** Whether somebody else has this name too. */
  shares_name: boolean,
};

/** Shows a person whole. */
export type PersonView = {
  /** Who; the one that stands for all who turned out to be the same. */
  id: string,
  /** The name. */
  name: string,
  /** Other names that were written down for them. */
  other_names: Array<string>,
  /** What they know, where they sit: free words. */
  about: string,
  /** People that turned out to be the same, each by the name it had. */
  same: Array<NamedPerson>,
  /** The newest entries that name them. */
  entries: Array<NamingEntry>,
  /** How many entries there are. */
  entry_count: number,
  /** What they helped with, newest first. */
  helped: Array<HelpedView>,
};

/** Names a kind of picture. */
export type PictureKind = "png" | "svg";

/** Says what lies in a place already. */
export type PlaceHolds = { "holds": "nothing",
  /** How many other files lie beside; they are left alone. */
  other_files: number,
} | { "holds": "own",
  /** How many devices have written into it. */
  devices: number,
} | { "holds": "others",
  /** How many. */
  spaces: number,
} | { "holds": "both",
  /** How many devices of this person have written into it. */
  devices: number,
  /** How many spaces of others lie there. */
  spaces: number,
};

/** Says what a place is. */
export type PlaceKind = { "kind": "folder",
  /** Where it is on this computer. */
  path: string,
} | { "kind": "server",
  /** Its address, such as `https://sync.example.org`. */
  address: string,
};

/** Shows one place that the journal travels through. */
export type PlaceView = {
  /** Its id. */
  id: string,
  /** What it is. */
  place: PlaceKind,
  /** When it was added. */
  added_at: string,
  /** When it was last in step; none when never. */
  last_at: string | null,
  /** Since when it does not answer; none while it does. */
  away_since: string | null,
  /** How many changes it does not have yet. */
  waiting: number,
  /** Bytes that lie there for this person, where it says so. */
  used: number | null,
  /** Bytes that may lie there, where it sets a limit. */
  quota: number | null,
  /** Bytes that are free where a folder lies, where the system says so. */
  free: number | null,
};

/** Asks to propose a session, or to move one. */
export type PlanSession = {
  /** Which pairing. */
  pairing: string,
  /** The session that is moved or changed; none proposes one. */
  session?: string,
  /** When it begins. */
  at: string,
  /** How long, in minutes. */
  minutes: number,
  /** Where. */
  place: string,
  /** The real case it is for. */
  case: string,
  /** Whose case that is. */
  whose: PairWho,
  /** For which lane; none for both. */
  lane: LaneWay | null,
};

/** Says what a point of a goal is. */
export type PointKind = "progress" | "skip";

/** Shows a point of a goal. */
export type PointView = {
  /** Its id. */
  id: string,
  /** What it is. */
  kind: PointKind,
  /** On which day. */
  on: string,
  /** What happened, or the reason of the skip. */
  words: string,
  /** The entry that is evidence of it. */
  entry: string | null,
  /** The title or first words of that entry; empty without one. */
  entry_title: string,
  /** Whether that entry is there and outside the trash; true without one. */
  is_there: boolean,
  /** The behaviour it shows; empty when none in particular. */
  behaviour: string,
};

/** Shows what a person thinks of an hour before it. */
export type PreparationView = {
  /** The pairing. */
  pairing: string,
  /** The other's name. */
  name: string,
  /** Whether the other is in it too. */
  is_two: boolean,
  /** The session that comes next; none while nothing is planned. */
  session: PairSessionView | null,
  /** The session that was held last. */
  last: PairSessionView | null,
  /** The beginning of its notes. */
  left_off: string,
  /** What this person promised and is open. */
  mine: Array<PromiseView>,
  /** What the other promised and is open. */
  theirs: Array<PromiseView>,
  /** What this person thinks of it, for themselves. */
  thoughts: string,
  /** What this person wants from this hour. */
  want: string,
  /** Whether the other can read that. */
  is_shown: boolean,
  /** What the other wants, as far as they show it. */
  their_want: string,
  /** The goals that are open. */
  goals: Array<PairingGoalView>,
};

/** Asks what would go over. */
export type PreviewSharing = {
  /** Which pairing. */
  id: string,
  /** What. */
  chosen: ChosenParts,
};

/** Asks for the recovery kit as a PDF: the words, the QR code, and what to do with them. */
export type PrintKit = {
  /** Where to write it. */
  path: string,
  /** The language of its sentences, such as `en`. */
  language: string,
};

/** Tells how far long work is. Published as the event `progress`. */
export type Progress = {
  /** What is done. */
  done: number,
  /** Of how many; none while counting. */
  total: number | null,
  /** Seconds left, as far as one can say. */
  seconds_left: number | null,
};

/** Says what somebody says about a promise. */
export type PromiseAnswer = "done" | "done_small" | "skipped" | "carried" | "reopened" | "taken_on" | "not_taken";

/** Says what became of a promise. */
export type PromiseState = "offered" | "not_taken" | "open" | "done" | "done_small" | "skipped";

/** Shows a promise. */
export type PromiseView = {
  /** Its id. */
  id: string,
  /** The pairing it belongs to. */
  pairing: string,
  /** The other's name. */
  with: string,
  /** Whether it is this person's. */
  mine: boolean,
  /** Whether this person wrote it. */
  by_me: boolean,
  /** What was promised. */
  what: string,
  /** Where. */
  place: string,
  /** If something comes in between, then this. */
  if_then: string,
  /** The small version that still counts. */
  small: string,
  /** The day it is due on. */
  due_on: string | null,
  /** The day it was made on. */
  made_on: string,
  /** What became of it. */
  state: PromiseState,
  /** On which day. */
  settled_on: string | null,
  /** What was said about it. */
  words: string,
};

/** Asks for the days on which something was written. */
export type ReadCalendar = {
  /** From this day. */
  from: string,
  /** To this day, inclusive. */
  to: string,
};

/** Asks for what is counted over a stretch of days. */
export type ReadGrowth = {
  /** From this day. */
  from: string,
  /** To this day, inclusive. */
  to: string,
  /** How many tags or words at most. */
  most: number,
};

/** Asks for the material of a look back. */
export type ReadLookBack = {
  /** From this day. */
  from: string,
  /** To this day, inclusive. */
  to: string,
};

/** Asks for one version, compared with another or with what stands now. */
export type ReadVersion = {
  /** Which entry. */
  id: string,
  /** Which version. */
  number: number,
  /** Compared with this one; none means with what stands now. */
  with?: number,
};

/** Names somebody who can read. */
export type Reader = {
  /** The account. */
  account: string,
  /** The name they go by in this space. */
  name: string,
  /** Whether it is this person. */
  is_me: boolean,
  /** Since when the keys are sealed to them; none when since the beginning. */
  since: string | null,
};

/** Tells of a recording that a crash left and that was brought back. */
export type RecoveredVoice = {
  /** The entry it belongs to. */
  entry: string,
  /** The file it became. */
  attachment: AttachmentView,
};

/** Says why a record was put aside. */
export type RefusalReason = "damaged" | "forged" | "not_allowed" | "doubled" | "too_new" | "crashed";

/** Shows a record that was put aside. */
export type RefusedRecord = {
  /** The name of its space; empty for the journal. */
  space_name: string,
  /** Why. */
  reason: RefusalReason,
  /** When it was put aside. */
  at: string,
  /** The device or member it claims to be from, when known. */
  from: string | null,
};

/** Shows which words of the kit a rehearsal asks for. */
export type RehearsalView = {
  /** The numbers of the words, from 1. */
  asks: Array<number>,
  /** Whether it is time: the kit was made and not tried for thirty days. */
  due: boolean,
};

/** Answers a rehearsal. */
export type RehearseKit = {
  /** The words that were asked for. */
  words: Array<RehearsedWord>,
};

/** Gives one word of the kit. */
export type RehearsedWord = {
  /** Its number, from 1. */
  number: number,
  /** The word as typed. */
  word: string,
};

/** Shows an entry of this day in an earlier year or month: one of the two numbers is there. */
export type RememberedView = {
  /** So many years ago. */
  years: number | null,
  /** So many months ago. */
  months: number | null,
  /** The entry. */
  entry: EntryRow,
};

/** Asks for another name for a device. */
export type RenameDevice = {
  /** Which. */
  id: string,
  /** The new name. */
  name: string,
};

/** Asks for another name of a space. */
export type RenameSpace = {
  /** The space. */
  space: string,
  /** Its new name. */
  name: string,
};

/** Shows somebody who asks to join. */
export type RequestView = {
  /** Its id. */
  id: string,
  /** The name they go by. */
  name: string,
  /** The role their invitation gives. */
  role: Role,
  /** Eight words that both screens show alike when nobody stands between. */
  safety_words: Array<string>,
  /** When they asked. */
  asked_at: string,
  /** Whether it came as a file, so that the approval has to travel as one too. */
  by_file: boolean,
};

/** Asks to put a backup in the place of the notebook. What was there is moved aside, never deleted. */
export type RestoreBackup = {
  /** The backup. */
  path: string,
  /** How to open it. */
  unlock: UnlockNotebook,
};

/** Asks to write an older version as the newest one. */
export type RestoreVersion = {
  /** Which entry. */
  id: string,
  /** Which version. */
  number: number,
};

/** Says what removing a device does, before it is done. */
export type RevokePlan = {
  /** The device. */
  device: DeviceRow,
  /** How many spaces get new keys; the journal counts. */
  spaces: number,
  /** Whether nothing of it was fetched for a while, so that what it has written since may not be taken in. */
  may_have_unsent: boolean,
  /** Whether sync is off or no place answers, so that other devices hear of it later. */
  heard_later: boolean,
};

/** Says what somebody may do in a space. */
export type Role = "owner" | "peer" | "facilitator" | "member" | "observer";

/** Says what is done in a run. */
export type RunAct = { "kind": "next" } | { "kind": "back" } | { "kind": "skip" } | { "kind": "to",
  /** Its key. */
  step: string,
} | { "kind": "pause" } | { "kind": "resume" } | { "kind": "put_away" } | { "kind": "take_up" };

/** Shows an open run as a row. */
export type RunRow = {
  /** Its id. */
  id: string,
  /** The id of its guide. */
  guide: string,
  /** The title of its guide. */
  title: string,
  /** Whether it is open or was put away. */
  status: RunStatus,
  /** What it is about, in a few words; may be empty. */
  subject: string,
  /** The name of the step it stands at; none at the end. */
  step: string | null,
  /** Minutes that are planned for what is left. */
  minutes_left: number,
  /** When it began. */
  started_at: string,
  /** When it was last changed. */
  changed_at: string,
};

/** Says whether a run is open. */
export type RunStatus = "open" | "finished" | "put_away";

/** Shows a run as it stands. */
export type RunView = {
  /** Its id. */
  id: string,
  /** The id of its guide. */
  guide: string,
  /** The title of its guide. */
  title: string,
  /** What it is about, in a few words; may be empty. */
  subject: string,
  /** The rules of the guide. */
  rules: Array<string>,
  /** Whether it is open, finished or put away. */
  status: RunStatus,
  /** All its steps, for the thread. */
  steps: Array<StepMark>,
  /** The step it stands at; none at the end. */
  here: StepView | null,
  /** What was answered so far, step by step. */
  past: Array<PastStep>,
  /** What the checks of the guide have to say here. */
  notes: Array<NoteView>,
  /** How time stands. */
  clock: ClockView,
  /** Entries that the guide lays beside the questions. */
  gathered: Array<GatheredEntry>,
  /** What was set out to do at the end of the run of the same guide before; given at the first step. */
  set_out: Array<IntentionView>,
  /** What will come of it as it stands; given at the end. */
  outcome: OutcomeView | null,
  /** The entry that came of it, once it is finished. */
  entry: string | null,
};

/** Shows words of one of the two. */
export type SaidView = {
  /** Whose. */
  by: PairWho,
  /** What. */
  words: string,
};

/** Asks to write a copy of a file to the disk, out of the notebook. */
export type SaveAttachment = {
  /** Which file. */
  id: string,
  /** Where to. */
  path: string,
};

/** Keeps a guide of the person's own. */
export type SaveGuide = {
  /** Which one; none makes a new one. */
  id: string | null,
  /** Its file. */
  text: string,
};

/** Asks to write an invitation into a file. */
export type SaveInvite = {
  /** The space. */
  space: string,
  /** The invitation. */
  invite: string,
  /** Where to write it. */
  path: string,
};

/** Asks to write a `.kit` file. */
export type SaveKit = {
  /** Where to write it. */
  path: string,
  /** Seals it behind a passphrase of its own; none leaves the words readable in it. */
  passphrase?: string,
};

/** Asks to write something of a space into a file: this person's own request, or the approval for another's. */
export type SaveLetter = {
  /** The space. */
  space: string,
  /** The request that was approved; none for one's own request. */
  request?: string,
  /** Where to write it. */
  path: string,
};

/** Asks for a goal, or to change one. */
export type SavePairingGoal = {
  /** Which pairing. */
  pairing: string,
  /** The goal that is changed; none makes one. */
  goal?: string,
  /** In which lane. */
  way: LaneWay,
  /** What it is. */
  what: string,
  /** The sign by which both will see it. */
  sign: string,
};

/** Asks to save words of a pairing. */
export type SavePairingText = {
  /** The editing. */
  editing: string,
  /** The whole text as the editor shows it. */
  text: string,
  /** Whether the editor is left. */
  close: boolean,
};

/** Keeps a person. */
export type SavePerson = {
  /** Which one; none makes a new one. */
  id: string | null,
  /** The name. */
  name: string,
  /** Other names. */
  other_names: Array<string>,
  /** What they know, where they sit. */
  about: string,
};

/** Asks to write a picture that the page has drawn. */
export type SavePicture = {
  /** Where to write it; a file of that name is replaced, because the dialog asked. */
  path: string,
  /** As which kind. */
  kind: PictureKind,
  /** The drawing as text for SVG, and in Base64 for PNG. */
  content: string,
};

/** Asks to write a report, which the interface has put into words, into a file. */
export type SaveReport = {
  /** The file to write. */
  path: string,
  /** The report. */
  text: string,
};

/** Keeps a template. */
export type SaveTemplate = {
  /** Which one; none makes a new one. */
  id: string | null,
  /** What it is called. */
  name: string,
  /** The title an entry begins with. */
  title: string,
  /** The Markdown an entry begins with. */
  text: string,
  /** The tags an entry begins with. */
  tags: Array<string>,
};

/** Saves the text of a session as records. */
export type SaveText = {
  /** The session. */
  session: string,
  /** The whole text as the editor shows it. */
  text: string,
  /** The title as the editor shows it. */
  title: string,
  /** True when the editor closes and the session ends. */
  close: boolean,
};

/** Tells the editor what was saved, and what others changed meanwhile. */
export type SavedText = {
  /** The entry as it now stands. */
  entry: EntryRow,
  /** Changes made elsewhere, to be applied to the editor's text in this order. */
  splices: Array<Splice>,
  /** The title as it now stands. */
  title: string,
  /** When it was saved. */
  saved_at: string,
  /** Words of the text. */
  word_count: number,
  /** Versions in its history. */
  version_count: number,
};

/** Asks for entries by words. `query` knows words, prefixes as typed, `"phrases"`, `tag:x`, `person:x` or `@x`, `on:`, `from:`,
* `to:` and `-word`. */
export type SearchEntries = {
  /** What was typed. */
  query: string,
  /** In which order. */
  order: SearchOrder,
  /** How many hits, at most 200. */
  limit: number,
};

/** Shows one hit. */
export type SearchHit = {
  /** The entry. */
  id: string,
  /** Its title, in stretches. */
  title: Array<MarkedStretch>,
  /** The words around the first hit, in stretches. */
  snippet: Array<MarkedStretch>,
  /** The day it belongs to. */
  on: string,
  /** Its tags. */
  tags: Array<string>,
  /** How well it fits; larger is better. Zero when the order is newest first. */
  score: number,
};

/** Says in which order hits come. */
export type SearchOrder = "newest" | "best";

/** Asks for what is no entry: loops, goals, intentions, open runs, people, notes of who helped. */
export type SearchOthers = {
  /** What was typed; as for entries. */
  query: string,
  /** The language in which guides are named. */
  language: string,
  /** How many hits, at most 200. */
  limit: number,
};

/** Shows what a search found. */
export type SearchResult = {
  /** The hits. */
  hits: Array<SearchHit>,
  /** How many there are in all; none when there are more than were counted. */
  total: number | null,
  /** Entries the index has yet to take in; they are not searched unless they wait among the last changes. */
  not_indexed: number,
  /** Parts of the query that say nothing and were passed over, such as `on:yesterdayish`. */
  ignored: Array<string>,
};

/** Says how an address answered. */
export type ServerFinding = { "answer": "usable",
  /** The address as it will be kept. */
  address: string,
  /** The voucher that came with the address or was typed, as it will be used. */
  voucher: string | null,
  /** Whether a voucher is asked for, and what became of it. */
  vouchers: VoucherState,
  /** The version of the server. */
  version: string,
  /** Bytes a journal may take there, where it sets a limit. */
  quota: number | null,
  /** Seconds by which this computer's clock is ahead of the server's; below zero it is behind. */
  clock_ahead: number,
} | { "answer": "no_address" } | { "answer": "silent" } | { "answer": "something_else" } | { "answer": "untrusted" } | { "answer": "unencrypted" } | { "answer": "too_old",
  /** Its version. */
  version: string,
} | { "answer": "too_new",
  /** Its version. */
  version: string,
} | { "answer": "known" };

/** Says what became of a session. */
export type SessionAnswer = { "how": "agree" } | { "how": "held" } | { "how": "cancelled",
  /** Why; nobody asks. */
  reason: string,
};

/** Holds every setting. They are kept in the profile folder, outside the notebook, so that theme and language are known before
* it is unlocked; nothing private stands in them. */
export type Settings = {
  /** Light, dark, or as the system says. */
  theme: Theme,
  /** Size of the text one writes, 16 to 24 pixels. */
  text_size: number,
  /** Minutes without a key or click until it locks; none never locks. Needs a passphrase. */
  lock_after_minutes: number | null,
  /** Whether it locks when the computer sleeps. Needs a passphrase. */
  lock_on_suspend: boolean,
  /** Whether spelling is checked. */
  spell_check: boolean,
  /** The dictionary languages, such as `en_GB`; empty means the system's. */
  spell_languages: Array<string>,
  /** The keys that open the capture window from anywhere; empty means none. */
  capture_shortcut: string,
  /** Whether the app stays in the tray when its window closes. */
  keep_in_tray: boolean,
  /** Whether the app looks for updates. Off unless the person switches it on. */
  update_checks: boolean,
  /** Whether a backup is made every day the app is used. */
  daily_backup: boolean,
  /** A folder that gets a copy of each backup that is made by itself; empty means none. */
  backup_folder: string,
  /** The days on which a reminder may come, 0 for Monday to 6 for Sunday; none means no reminders. */
  reminder_days: Array<number>,
  /** From which time of those days on, `HH:MM`. */
  reminder_at: string,
  /** From when it is quiet, `HH:MM`; the same as its end means never. */
  quiet_from: string,
  /** Until when it is quiet, `HH:MM`. */
  quiet_to: string,
  /** Minutes that are planned for a week; none plans nothing. After weeks without a word less is asked. */
  weekly_minutes: number | null,
  /** The language of the interface, such as `en`; empty means the system's. */
  language: string,
};

/** Asks to share a pairing and to invite the other. */
export type SharePairing = {
  /** Which pairing. */
  id: string,
  /** What goes over; of a pairing that is shared already nothing more does. */
  chosen: ChosenParts,
  /** The name this person goes by there. */
  my_name: string,
};

/** Asks to sign an agreement, exactly as it was shown. */
export type SignAgreement = {
  /** Which pairing. */
  pairing: string,
  /** Which version. */
  agreement: string,
  /** The hash of the text as it was shown. */
  hash: string,
};

/** Shows a signature. */
export type SignatureView = {
  /** Whose. */
  by: PairWho,
  /** When. */
  at: string,
  /** Whether it is the text that stands there now. */
  fits: boolean,
};

/** Tells what was left out, and why. */
export type SkippedItem = {
  /** What. */
  item: string,
  /** Why. */
  why: string,
};

/** Shows where an imported entry came from, with each field that has no place of its own. */
export type SourceView = {
  /** The program or format. */
  app: string,
  /** Its id there. */
  id: string,
  /** What else it said, by name. */
  fields: { [key in string]: string },
};

/** Reports what was written of a space. */
export type SpaceExportReport = {
  /** Records written, with those of which only header and hash are left. */
  records: number,
  /** Sealed chunks of files written. */
  chunks: number,
  /** Chunks that are not on this computer. */
  missing_chunks: number,
  /** The folder. */
  path: string,
};

/** Says what a space is. */
export type SpaceKind = "journal" | "pairing" | "circle" | "account";

/** Says what this person may do in a space; what is false is not offered. */
export type SpaceRights = {
  /** Change its name. */
  rename: boolean,
  /** Invite and approve, into these roles. */
  invite: Array<Role>,
  /** Leave. */
  leave: boolean,
};

/** Shows a space as a row. */
export type SpaceRow = {
  /** Its id. */
  id: string,
  /** Its name; empty for the journal, and for a pairing that goes by the other's name. */
  name: string,
  /** What it is. */
  kind: SpaceKind,
  /** How it stands. */
  state: SpaceState,
  /** This person's role; none while waiting to be let in. */
  role: Role | null,
  /** Who can read what is written there: whom the content key is sealed to. */
  readers: Array<Reader>,
  /** Since when this person belongs to it. */
  since: string,
  /** How many ask to join, and consents that are waited for: what needs this person. */
  waiting: number,
};

/** Says how a space stands for this person. */
export type SpaceState = "asked" | "declined" | "open" | "frozen" | "left" | "update_needed";

/** Shows what went through one place for one space. */
export type SpaceSync = {
  /** The space. */
  space: string,
  /** Its name; empty for the journal. */
  name: string,
  /** What it is. */
  kind: SpaceKind,
  /** Changes of this device that a place has. */
  sent: number,
  /** Changes of others and of other devices that came in. */
  received: number,
  /** Changes whose chain and signature were checked; all that came in, or something is wrong. */
  verified: number,
  /** Changes of this device that no place has yet. */
  waiting: number,
  /** Changes that came in and wait for a key or for what comes before them. */
  parked: number,
  /** Changes that were put aside. */
  refused: number,
  /** From whom something came last; none when nothing ever did. */
  heard: HeardFrom | null,
  /** Words that are the same on two devices that have seen the same; empty when there is nothing to compare yet. */
  compare: Array<string>,
};

/** Shows a space whole. */
export type SpaceView = {
  /** Its id. */
  id: string,
  /** Its name; empty for the journal. */
  name: string,
  /** What it is. */
  kind: SpaceKind,
  /** How it stands. */
  state: SpaceState,
  /** This person's role; none while waiting to be let in. */
  role: Role | null,
  /** When it was founded. */
  founded_at: string,
  /** Whether newcomers read what was written before they came. */
  history: History,
  /** Who belongs, in order of joining. */
  members: Array<MemberView>,
  /** Who can read what is written there: whom the content key is sealed to. */
  content_readers: Array<Reader>,
  /** Who can read agenda, attendance and timers: whom the process key is sealed to. */
  process_readers: Array<Reader>,
  /** Whether the keys are sealed to exactly those who belong. While they are not, nobody writes: new keys are on their way. */
  keys_fit: boolean,
  /** Invitations that can still be used, newest first. */
  invites: Array<InviteView>,
  /** Who asks to join. */
  requests: Array<RequestView>,
  /** What waits for a consent. */
  consents: Array<ConsentView>,
  /** What this person may do here. */
  rights: SpaceRights,
  /** Where it travels: addresses of servers, and folders; empty when by files alone. */
  places: Array<string>,
};

/** Replaces a stretch of text. Positions count UTF-16 units, as the editor does. */
export type Splice = {
  /** Where it begins. */
  at: number,
  /** How much goes. */
  delete: number,
  /** What comes. */
  insert: string,
};

/** Begins a run. */
export type StartGuide = {
  /** What the guide is called by. */
  guide: string,
  /** The language of the interface. */
  language: string,
  /** Whether its short form is run, when it has one. */
  short: boolean,
  /** How much longer or shorter than planned, in per cent, from -25 to 25. */
  pace: number,
};

/** Asks to record. */
export type StartVoice = {
  /** The entry it shall belong to; none makes a new one. */
  entry: string | null,
  /** What it shall be called. */
  name: string,
};

/** Shows a step as a knot of the thread. */
export type StepMark = {
  /** Its key. */
  key: string,
  /** Its name. */
  name: string,
  /** Whether it lies before the present one. */
  is_past: boolean,
  /** Whether it is the present one. */
  is_here: boolean,
  /** Whether something was answered in it. */
  is_answered: boolean,
};

/** Shows the present step. */
export type StepView = {
  /** Its key. */
  key: string,
  /** Its name. */
  name: string,
  /** The question. */
  ask: string,
  /** One sentence beneath it; may be empty. */
  help: string,
  /** A remark for the margin; may be empty. */
  note: string,
  /** Which round of how many, where it repeats. */
  round: number,
  /** Rounds in all. */
  rounds: number,
  /** What is asked. */
  fields: Array<FieldView>,
  /** The name of the next step; none when the end comes next. */
  next: string | null,
};

/** Answers an entry that returned. */
export type StillTrue = "yes" | "changed" | "stop";

/** Says what became of a stretch of text. */
export type StretchChange = "same" | "added" | "removed";

/** Shows something the person has to know, and what they can do about it. */
export type SyncAlarm = {
  /** Its id, by which it is answered. */
  id: string,
  /** What happened. */
  what: AlarmKind,
  /** The place it is about, when it is about one. */
  place: string | null,
  /** What that place is. */
  at: PlaceKind | null,
  /** The name of the space it is about, when it is about one; the journal's is empty. */
  space_name: string | null,
  /** When it was noticed. */
  noticed_at: string,
  /** Whether sync with this place rests until it is answered. */
  stops: boolean,
  /** What can be done, the best first; empty when only time helps. */
  acts: Array<AlarmAct>,
};

/** Says in one quiet state how sync stands. */
export type SyncState = { "state": "off" } | { "state": "in_step",
  /** When that was last found. */
  at: string,
} | { "state": "sending",
  /** How many changes no place has yet. */
  waiting: number,
} | { "state": "receiving",
  /** Changes that are in. */
  done: number,
  /** Changes there are in all, as far as it is known; none when it is not. */
  of: number | null,
  /** Seconds that are left at this pace; none when nobody can say yet. */
  seconds_left: number | null,
} | { "state": "offline",
  /** When a place answered last; none when none ever did. */
  since: string | null,
  /** How many changes no place has yet. */
  waiting: number,
} | { "state": "paused",
  /** Since when. */
  since: string,
  /** How many changes no place has yet. */
  waiting: number,
} | { "state": "needs_you",
  /** How many alarms and questions wait. */
  count: number,
  /** How many changes no place has yet. */
  waiting: number,
};

/** Shows sync whole. */
export type SyncView = {
  /** How it stands. */
  state: SyncState,
  /** Where it goes through, in the order in which they were added. */
  places: Array<PlaceView>,
  /** What the person has to know, the most serious first. Notices that ask for nothing come last. */
  alarms: Array<SyncAlarm>,
};

/** Shows a tag and how often it is used. */
export type TagView = {
  /** The tag. */
  tag: string,
  /** Entries that bear it, trash apart. */
  count: number,
};

/** Says what a file of a space was, and what came of it. */
export type TakenLetter = { "was": "invitation",
  /** What it says. */
  invitation: InvitationView,
} | { "was": "request",
  /** The space. */
  space: string,
  /** Who asks. */
  name: string,
} | { "was": "approval",
  /** The space. */
  space: string,
};

/** Lists templates and suggestions. */
export type TemplateList = {
  /** The person's own, by name. */
  own: Array<TemplateView>,
  /** What one can begin from. */
  suggestions: Array<TemplateView>,
};

/** Shows a template, or a suggestion for one. */
export type TemplateView = {
  /** Its id; none for a suggestion that is not the person's own yet. */
  id: string | null,
  /** What it is called. */
  name: string,
  /** The title an entry begins with, with its places to fill. */
  title: string,
  /** The Markdown an entry begins with, with its places to fill. */
  text: string,
  /** The tags an entry begins with. */
  tags: Array<string>,
  /** The questions that are asked before an entry begins. */
  questions: Array<string>,
};

/** Asks what a folder is like before it is used. Writes nothing into it but a file that it removes again. */
export type TestFolder = {
  /** Where it is. */
  path: string,
};

/** Asks whether an address answers, and how. */
export type TestServer = {
  /** The address as typed: a name, an address, or an invitation of the administrator that holds address and voucher. */
  address: string,
  /** The voucher, when one was typed. */
  voucher?: string,
};

/** Says which colours are shown. */
export type Theme = "system" | "light" | "dark";

/** Shows the page of today. */
export type TodayView = {
  /** The day. */
  on: string,
  /** Whether something was written on it. */
  written: boolean,
  /** Loops that wait, those nearest to their end first. */
  loops: Array<LoopRow>,
  /** A loop that has been open for long and surfaces today, once. */
  surfaced: LoopRow | null,
  /** Intentions whose day has come, the oldest first. */
  intentions: Array<IntentionView>,
  /** Goals to look at again. */
  goals: Array<GoalView>,
  /** What was written on this day before. */
  on_this_day: Array<RememberedView>,
  /** An entry that returns. */
  keepsake: KeepsakeView | null,
  /** Something that was learned six weeks ago. */
  learned: LearnedView | null,
  /** The time given this week, when somebody planned any. */
  given: WeekGivenView | null,
};

/** Names a group of facts that change together. A screen reloads what it shows when its topics change. */
export type Topic = "journal" | "search" | "notebook" | "files" | "loops" | "past" | "guides" | "templates" | "people" | "settings" | "sync" | "devices" | "spaces" | "pairings";

/** Counts the entries with one tag. */
export type TopicView = {
  /** The tag. */
  tag: string,
  /** Entries in all. */
  entries: number,
  /** Entries of each month. */
  by_month: Array<number>,
};

/** Shows the tags of a stretch, month by month. */
export type TopicsView = {
  /** The first day of each month, in order. */
  months: Array<string>,
  /** The tags, most used first. */
  topics: Array<TopicView>,
};

/** Puts a guide of the person's own away, or takes it back. */
export type TrashGuide = {
  /** What it is called by. */
  id: string,
  /** Away, or back. */
  trashed: boolean,
};

/** Asks to open the notebook by one of its slots. */
export type UnlockNotebook = { "by": "keyring" } | { "by": "passphrase",
  /** As typed. */
  passphrase: string,
} | { "by": "words",
  /** As typed, separated by spaces. */
  words: string,
} | { "by": "kit_file",
  /** Where it lies. */
  path: string,
  /** Its passphrase, when it has one. */
  passphrase?: string,
};

/** Reports what a check of the whole notebook found. */
export type VerifyReport = {
  /** Records whose chain and signature were checked. */
  records: number,
  /** Entries rebuilt from the log and compared. */
  entries: number,
  /** Files opened and hashed. */
  files: number,
  /** What is wrong, as sentences without content; empty when all holds. */
  problems: Array<string>,
};

/** Shows one version in the history of an entry. */
export type VersionRow = {
  /** Which one: 1 is the first. */
  number: number,
  /** When it was saved. */
  saved_at: string,
  /** On which device. */
  device: string,
  /** Words then. */
  word_count: number,
  /** Words that came with it. */
  words_added: number,
  /** Words that went with it. */
  words_removed: number,
};

/** Shows the text of one version, and how it differs from another. */
export type VersionView = {
  /** Which one. */
  number: number,
  /** Its title then. */
  title: string,
  /** Its text then. */
  text: string,
  /** Stretches in order, from that version to the one it is compared with. */
  compared: Array<ComparedStretch>,
};

/** Tells what became of a recording. */
export type VoiceEnded = {
  /** The file it became; none when nothing was heard, or when it was discarded. */
  attachment: AttachmentView | null,
  /** Why it ended, when nobody stopped it. */
  trouble: ApiError | null,
};

/** Says what the recorder is doing. */
export type VoicePhase = "idle" | "recording" | "paused";

/** Shows the recording that runs. Published as the event `voice` several times a second while it does. */
export type VoiceState = {
  /** What it is doing. */
  phase: VoicePhase,
  /** The entry it belongs to; of the last one when nothing is recorded. */
  entry: string | null,
  /** How much was heard, in milliseconds. */
  ms: number,
  /** How loud it is, as the peaks of a note. */
  level: number,
  /** The moments that were marked. */
  marks: number[],
  /** What became of the last one, when nothing is recorded and there was one. */
  ended: VoiceEnded | null,
};

/** Shows what is known of a voice note beside its file. */
export type VoiceView = {
  /** Its length in milliseconds. */
  duration_ms: number,
  /** How loud it was, in steps of equal length from beginning to end: 0 for silence, 255 for the loudest there can be. */
  peaks: Array<number>,
  /** The moments that were marked, in order. */
  marks: Array<MarkView>,
  /** Whether it ended without being stopped: the program or the microphone went away. */
  cut_short: boolean,
};

/** Says what became of a voucher. */
export type VoucherState = "not_asked" | "wanted" | "given" | "refused";

/** Says what is waited for. */
export type WaitView = { "what": "to_join",
  /** Since which day. */
  since: string,
} | { "what": "signature",
  /** Since which day. */
  since: string,
} | { "what": "answer",
  /** The session. */
  session: string,
  /** Since which day. */
  since: string,
} | { "what": "taking_on",
  /** The promise. */
  promise: string,
  /** Since which day. */
  since: string,
} | { "what": "promise",
  /** The promise. */
  promise: string,
  /** What was promised. */
  words: string,
  /** Since which day. */
  since: string,
} | { "what": "facilitator",
  /** Since which day. */
  since: string,
} | { "what": "primer",
  /** Since which day. */
  since: string,
} | { "what": "held",
  /** The session. */
  session: string,
  /** The day it was to be on. */
  since: string,
} | { "what": "nudge",
  /** Which one. */
  nudge: PairingNudge,
};

/** Shows the time given in a week beside its plan. */
export type WeekGivenView = {
  /** Minutes since Monday in which something was written. */
  minutes: number,
  /** The minutes that were planned. */
  planned: number,
  /** The minutes that are enough this week: those planned, fewer after quiet weeks. */
  enough: number,
};

/** Counts the entries in which a word stands. */
export type YearWord = {
  /** The word. */
  word: string,
  /** Entries in which it stands. */
  entries: number,
};
