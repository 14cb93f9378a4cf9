// Made by `cargo xtask types` from crates/vv-api. Do not change it here: a test compares.

import type {
  AddFolder,
  AddPoint,
  AddServer,
  AnswerAlarm,
  AnswerIntention,
  AnswerKeepsake,
  AnswerLearned,
  AnswerLink,
  AnswerMeeting,
  AnswerPromise,
  AnswerSession,
  AttachBytes,
  AttachPath,
  AttachmentView,
  BackupState,
  BackupView,
  BeginLink,
  BeginMeeting,
  BraidWeek,
  CalendarDay,
  CaptureHelped,
  CaptureKept,
  ChangeEntry,
  ChangeFilling,
  ChangeGoal,
  ChangeHelped,
  ChangeIntention,
  ChangeLoop,
  ChangeMark,
  ChangePairing,
  ChangeRole,
  Changed,
  CheckKit,
  CloseLoop,
  ComeBack,
  CompareWords,
  ConfirmLink,
  CopyGuide,
  CreateEntry,
  CreateNotebook,
  CreateSpace,
  DeletePerson,
  DeletedView,
  DeviceRow,
  DoctorLine,
  DraftAgreement,
  DrillView,
  EditorView,
  EndGoal,
  EndPairing,
  EndPairingGoal,
  EntryLoops,
  EntryPage,
  EntryPeople,
  EntryView,
  ExportGuide,
  ExportJournal,
  ExportReport,
  ExportSpace,
  FillLoop,
  FillTemplate,
  FilledTemplate,
  FindLink,
  FinishRun,
  FinishedView,
  FolderFinding,
  GiveAnswers,
  GiveConsent,
  GivenInvite,
  GivenKit,
  GoalFilter,
  GoalPlan,
  GoalView,
  GoingOverView,
  GuideRow,
  GuideView,
  HelpedView,
  ImportJournal,
  ImportReport,
  ImportedGuide,
  InLanguage,
  IntentionAnswered,
  IntentionView,
  InvitationView,
  InviteView,
  JoinSpace,
  JoinedView,
  KeepDraft,
  KeepEntry,
  KeepPreparation,
  KeepsakeAnswered,
  KitPlaces,
  KitView,
  LinkTarget,
  LinkView,
  ListEntries,
  ListHelped,
  ListIntentions,
  LocateEntry,
  LookBackView,
  LoopFilter,
  LoopRow,
  LoopView,
  MakeBackup,
  MakeIntention,
  MakeInvite,
  MakeLoop,
  MakePairing,
  MakePromise,
  MeetingView,
  MergePeople,
  MoveKey,
  MoveMeeting,
  MoveRun,
  NameGuide,
  NameMeeting,
  NamedFilling,
  NamedInvite,
  NamedMember,
  NamedPerson,
  NamedPoint,
  NamedRequest,
  NoteHelped,
  NoteMet,
  NotebookStatus,
  Objective,
  OpenPairingText,
  OpenRun,
  OpenedPairingText,
  OtherHit,
  PairingRow,
  PairingView,
  ParkLoop,
  PausePairing,
  PersonRow,
  PersonView,
  PlanSession,
  PreparationView,
  PreviewSharing,
  PrintKit,
  Progress,
  PromiseView,
  ReadCalendar,
  ReadGrowth,
  ReadLookBack,
  ReadVersion,
  RecoveredVoice,
  RefusedRecord,
  RehearsalView,
  RehearseKit,
  RenameDevice,
  RenameSpace,
  RestoreBackup,
  RestoreVersion,
  RevokePlan,
  RunRow,
  RunView,
  SaveAttachment,
  SaveGuide,
  SaveInvite,
  SaveKit,
  SaveLetter,
  SavePairingGoal,
  SavePairingText,
  SavePerson,
  SavePicture,
  SaveReport,
  SaveTemplate,
  SaveText,
  SavedText,
  SearchEntries,
  SearchOthers,
  SearchResult,
  ServerFinding,
  Settings,
  SharePairing,
  SignAgreement,
  SpaceExportReport,
  SpaceRow,
  SpaceSync,
  SpaceView,
  Splice,
  StartGuide,
  StartVoice,
  SyncState,
  SyncView,
  TagView,
  TakenLetter,
  TemplateList,
  TemplateView,
  TestFolder,
  TestServer,
  TodayView,
  TopicsView,
  TrashGuide,
  UnlockNotebook,
  VerifyReport,
  VersionRow,
  VersionView,
  VoiceState,
  YearWord,
} from "./types";

/** Says for each command what goes in and what comes out. A command that takes nothing has the request `null`. */
export interface CommandMap {
  /** Says whether there is a notebook and whether it is open; opens it when the keyring can. */
  notebook_status: { request: null; answer: NotebookStatus };
  /** Makes a new notebook where none is. */
  notebook_create: { request: CreateNotebook; answer: NotebookStatus };
  /** Opens the notebook by one of its slots. */
  notebook_unlock: { request: UnlockNotebook; answer: NotebookStatus };
  /** Closes the notebook and forgets its key. */
  notebook_lock: { request: null; answer: NotebookStatus };
  /** Moves the key between keyring and passphrase, or changes the passphrase. */
  notebook_move_key: { request: MoveKey; answer: NotebookStatus };
  /** Checks chain, signatures, every projection and every file. */
  notebook_verify: { request: null; answer: VerifyReport };
  /** Says what is where, what works and what to do; never any content. */
  notebook_doctor: { request: null; answer: DoctorLine[] };
  /** Moves a damaged notebook aside and reads what can be read into a new one with the same key. */
  notebook_salvage: { request: null; answer: NotebookStatus };
  /** Shows the 24 words of the recovery kit. */
  recovery_show_kit: { request: null; answer: KitView };
  /** Writes the recovery kit to a file. */
  recovery_save_kit: { request: SaveKit; answer: null };
  /** Tells whether words or a file would open this notebook. */
  recovery_check_kit: { request: CheckKit; answer: NotebookStatus };
  /** Writes the recovery kit as a PDF: the words, the QR code, and what to do with them. */
  recovery_print_kit: { request: PrintKit; answer: null };
  /** Says which words of the kit a rehearsal asks for, and whether it is time for one. */
  recovery_ask_words: { request: null; answer: RehearsalView };
  /** Tells whether the words that were asked for are those of the kit. */
  recovery_rehearse: { request: RehearseKit; answer: NotebookStatus };
  /** Makes a backup and proves that it opens. */
  backup_make: { request: MakeBackup; answer: BackupView };
  /** Lists the backups in the notebook's own folder. */
  backup_list: { request: null; answer: BackupView[] };
  /** Says how the backups stand: the newest, the folder elsewhere, and whether the newest opens. */
  backup_state: { request: null; answer: BackupState };
  /** Opens the newest backup as somebody would who has nothing else, and says what came of it. */
  backup_drill: { request: null; answer: DrillView };
  /** Brings in what a backup of this notebook has and the notebook has not; nothing that is here goes. */
  backup_join: { request: string; answer: JoinedView };
  /** Puts a backup in the place of the notebook, which is moved aside. */
  backup_restore: { request: RestoreBackup; answer: NotebookStatus };
  /** Removes one backup of the notebook's own folder by its path. */
  backup_remove: { request: string; answer: null };
  /** Gives a window of the timeline. */
  journal_list_entries: { request: ListEntries; answer: EntryPage };
  /** Says at which row of the timeline an entry or day stands. */
  journal_locate_entry: { request: LocateEntry; answer: number | null };
  /** Gives one entry whole. */
  journal_get_entry: { request: string; answer: EntryView };
  /** Makes an entry. */
  journal_create_entry: { request: CreateEntry; answer: EntryView };
  /** Changes title, tags, star, date or time zone of an entry. */
  journal_change_entry: { request: ChangeEntry; answer: EntryView };
  /** Opens an entry in an editor. */
  journal_open_editor: { request: string; answer: EditorView };
  /** Keeps what was typed since the last save, on this computer only. */
  journal_keep_draft: { request: KeepDraft; answer: null };
  /** Saves the text of an editor as records. */
  journal_save_text: { request: SaveText; answer: SavedText };
  /** Moves an entry to the trash. */
  journal_trash_entry: { request: string; answer: null };
  /** Takes an entry out of the trash. */
  journal_restore_entry: { request: string; answer: null };
  /** Deletes an entry of the trash for good. */
  journal_delete_entry: { request: string; answer: DeletedView };
  /** Deletes every entry of the trash for good. */
  journal_empty_trash: { request: null; answer: DeletedView };
  /** Lists the versions of an entry, newest first. */
  journal_list_versions: { request: string; answer: VersionRow[] };
  /** Gives one version and how it differs from another. */
  journal_read_version: { request: ReadVersion; answer: VersionView };
  /** Writes an older version as the newest one. */
  journal_restore_version: { request: RestoreVersion; answer: EntryView };
  /** Lists the tags in use, most used first. */
  journal_list_tags: { request: null; answer: TagView[] };
  /** Gives the days on which something was written. */
  journal_read_calendar: { request: ReadCalendar; answer: CalendarDay[] };
  /** Attaches a file of the disk to an entry. */
  journal_attach_path: { request: AttachPath; answer: AttachmentView };
  /** Attaches pasted or dropped bytes to an entry. */
  journal_attach_bytes: { request: AttachBytes; answer: AttachmentView };
  /** Writes a copy of a file out of the notebook. */
  journal_save_attachment: { request: SaveAttachment; answer: null };
  /** Finds entries that a link could mean. */
  journal_find_link: { request: FindLink; answer: LinkTarget[] };
  /** Lists the person's templates, and suggestions for them in a language. */
  templates_list: { request: string; answer: TemplateList };
  /** Says what the recorder is doing. */
  voice_state: { request: null; answer: VoiceState };
  /** Begins to record into an entry. */
  voice_start: { request: StartVoice; answer: VoiceState };
  /** Marks this moment of the recording. */
  voice_mark: { request: null; answer: VoiceState };
  /** Stops listening for a while; what was heard is kept. */
  voice_pause: { request: null; answer: VoiceState };
  /** Listens again. */
  voice_resume: { request: null; answer: VoiceState };
  /** Ends the recording: it becomes a file of its entry. */
  voice_stop: { request: null; answer: VoiceState };
  /** Ends the recording and keeps nothing of it. */
  voice_discard: { request: null; answer: VoiceState };
  /** Names a mark of a voice note, adds one, or takes one away. */
  voice_change_mark: { request: ChangeMark; answer: AttachmentView };
  /** Tells of the recordings that a crash left and that were brought back, once. */
  voice_recovered: { request: null; answer: RecoveredVoice[] };
  /** Keeps a template. */
  templates_save: { request: SaveTemplate; answer: TemplateView };
  /** Deletes a template for good; entries that began from it stay. */
  templates_delete: { request: string; answer: null };
  /** Fills a template: the beginning of an entry, which is not made yet. */
  templates_fill: { request: FillTemplate; answer: FilledTemplate };
  /** Lists the guides: those that come with the app, then the person's own. */
  guides_list: { request: InLanguage; answer: GuideRow[] };
  /** Gives one guide to look at, with its file. */
  guides_get: { request: NameGuide; answer: GuideView };
  /** Lists the open runs, and after them those that were put away. */
  guides_runs: { request: InLanguage; answer: RunRow[] };
  /** Begins a run of a guide. */
  guides_start: { request: StartGuide; answer: RunView };
  /** Opens a run: what a crash left is saved, and its clock goes on; its words come in the language that is asked for. */
  guides_open: { request: OpenRun; answer: RunView };
  /** Keeps answers as they were typed, on this computer only. */
  guides_keep: { request: GiveAnswers; answer: null };
  /** Saves answers as records. */
  guides_answer: { request: GiveAnswers; answer: RunView };
  /** Moves in a run, stops its clock, puts it away or takes it up again. */
  guides_move: { request: MoveRun; answer: RunView };
  /** Finishes a run: writes its entry, and makes what was chosen beside it. */
  guides_finish: { request: FinishRun; answer: FinishedView };
  /** Deletes a run that was put away for good, with every answer in it. */
  guides_delete_run: { request: string; answer: null };
  /** Keeps a guide of the person's own. */
  guides_save: { request: SaveGuide; answer: GuideView };
  /** Makes a copy of a guide that the person can change. */
  guides_copy: { request: CopyGuide; answer: GuideView };
  /** Brings a guide in from a file. */
  guides_import: { request: string; answer: ImportedGuide };
  /** Writes a guide into a file. */
  guides_export: { request: ExportGuide; answer: null };
  /** Puts a guide of the person's own away, or takes it back. */
  guides_trash: { request: TrashGuide; answer: null };
  /** Deletes a guide of the person's own that was put away, for good. */
  guides_delete: { request: string; answer: null };
  /** Counts the tags of a stretch of days, month by month. */
  growth_topics: { request: ReadGrowth; answer: TopicsView };
  /** Counts the words that stand in most entries of a stretch of days. */
  growth_words: { request: ReadGrowth; answer: YearWord[] };
  /** Writes a picture that the page has drawn to a file. */
  growth_save_picture: { request: SavePicture; answer: null };
  /** Lists loops. */
  loops_list: { request: LoopFilter; answer: LoopRow[] };
  /** Gives one loop whole. */
  loops_get: { request: string; answer: LoopView };
  /** Makes a loop. */
  loops_make: { request: MakeLoop; answer: LoopView };
  /** Changes title or purpose of a loop. */
  loops_change: { request: ChangeLoop; answer: LoopView };
  /** Parks a loop until a day, or takes it up again. */
  loops_park: { request: ParkLoop; answer: LoopView };
  /** Fills a part of a loop with an entry or with words. */
  loops_fill: { request: FillLoop; answer: LoopView };
  /** Changes what fills a part of a loop. */
  loops_change_filling: { request: ChangeFilling; answer: LoopView };
  /** Takes out what fills a part of a loop; an entry stays in the journal. */
  loops_empty: { request: NamedFilling; answer: LoopView };
  /** Closes a loop, which takes a reflection, and keeps then and now. */
  loops_close: { request: CloseLoop; answer: LoopView };
  /** Opens a closed loop again. */
  loops_reopen: { request: string; answer: LoopView };
  /** Moves a loop to the trash. */
  loops_trash: { request: string; answer: null };
  /** Takes a loop out of the trash. */
  loops_restore: { request: string; answer: null };
  /** Deletes a loop of the trash for good; entries that filled it stay. */
  loops_erase: { request: string; answer: null };
  /** Notes that a loop surfaced today by itself; it never does so again. */
  loops_note_surfaced: { request: string; answer: null };
  /** Says which loops an entry fills, which intentions came from it, and whether it returns. */
  loops_of_entry: { request: string; answer: EntryLoops };
  /** Lists goals. */
  goals_list: { request: GoalFilter; answer: GoalView[] };
  /** Gives one goal whole. */
  goals_get: { request: string; answer: GoalView };
  /** Makes a goal. */
  goals_make: { request: GoalPlan; answer: GoalView };
  /** Changes what a goal says. */
  goals_change: { request: ChangeGoal; answer: GoalView };
  /** Notes a point of progress with its evidence, or an honest skip. */
  goals_add_point: { request: AddPoint; answer: GoalView };
  /** Takes a point out of a goal. */
  goals_remove_point: { request: NamedPoint; answer: GoalView };
  /** Ends a goal today: reached, or let go. */
  goals_end: { request: EndGoal; answer: GoalView };
  /** Takes an ended goal up again. */
  goals_reopen: { request: string; answer: GoalView };
  /** Moves a goal to the trash. */
  goals_trash: { request: string; answer: null };
  /** Takes a goal out of the trash. */
  goals_restore: { request: string; answer: null };
  /** Deletes a goal of the trash for good. */
  goals_erase: { request: string; answer: null };
  /** Lists the templates that a goal can begin from, in a language. */
  goals_list_objectives: { request: string; answer: Objective[] };
  /** Lists intentions. */
  intentions_list: { request: ListIntentions; answer: IntentionView[] };
  /** Makes an intention. */
  intentions_make: { request: MakeIntention; answer: IntentionView };
  /** Changes an intention that waits. */
  intentions_change: { request: ChangeIntention; answer: IntentionView };
  /** Answers an intention: done, not yet, or let go. */
  intentions_answer: { request: AnswerIntention; answer: IntentionAnswered };
  /** Takes an answer back, so that the intention waits again. */
  intentions_take_back: { request: string; answer: IntentionView };
  /** Moves an intention to the trash. */
  intentions_trash: { request: string; answer: null };
  /** Takes an intention out of the trash. */
  intentions_restore: { request: string; answer: null };
  /** Deletes an intention of the trash for good. */
  intentions_erase: { request: string; answer: null };
  /** Lists the people that were written down, by name. */
  people_list: { request: null; answer: PersonRow[] };
  /** Names everybody by every id that may stand in a text. */
  people_names: { request: null; answer: NamedPerson[] };
  /** Gives one person whole. */
  people_get: { request: string; answer: PersonView };
  /** Keeps a person. */
  people_save: { request: SavePerson; answer: PersonView };
  /** Says that one person is another. */
  people_merge: { request: MergePeople; answer: PersonView };
  /** Takes back that a person is another. */
  people_part: { request: string; answer: PersonView };
  /** Deletes a person for good; entries keep the name as words. */
  people_delete: { request: DeletePerson; answer: null };
  /** Says whom an entry names, and whose help was noted with it. */
  people_of_entry: { request: string; answer: EntryPeople };
  /** Lists notes of who helped, newest first. */
  helped_list: { request: ListHelped; answer: HelpedView[] };
  /** Lists what people helped with, each subject once. */
  helped_subjects: { request: null; answer: string[] };
  /** Notes that somebody helped. Somebody who is known by name only is looked up, or met. */
  helped_note: { request: NoteHelped; answer: HelpedView };
  /** Changes with what somebody helped, and on which day. */
  helped_change: { request: ChangeHelped; answer: HelpedView };
  /** Removes a note of help for good. */
  helped_remove: { request: string; answer: null };
  /** Gives the page of today. */
  past_today: { request: null; answer: TodayView };
  /** Marks an entry to return, or takes the mark away. */
  past_keep: { request: KeepEntry; answer: null };
  /** Answers an entry that returned: still true, changed, or stop. */
  past_answer_keepsake: { request: AnswerKeepsake; answer: KeepsakeAnswered };
  /** Answers whether something that was learned was used; it is not asked again. */
  past_answer_learned: { request: AnswerLearned; answer: null };
  /** Gathers what there is to look back at between two days. */
  past_look_back: { request: ReadLookBack; answer: LookBackView };
  /** Searches titles, text and tags. */
  search_entries: { request: SearchEntries; answer: SearchResult };
  /** Searches what is no entry: loops, goals, intentions, open runs, people, notes of who helped. */
  search_others: { request: SearchOthers; answer: OtherHit[] };
  /** Imports a journal, or says what an import would do. */
  portability_import: { request: ImportJournal; answer: ImportReport };
  /** Writes entries into a new folder or one file. */
  portability_export: { request: ExportJournal; answer: ExportReport };
  /** Writes a space with its keys into a new folder, sealed and signed as it is. */
  portability_export_space: { request: ExportSpace; answer: SpaceExportReport };
  /** Writes the report of an import into a file that the person chose. */
  portability_save_report: { request: SaveReport; answer: null };
  /** Stops the import or export that runs, leaving things whole. */
  portability_stop: { request: null; answer: null };
  /** Keeps one captured line: as an entry, or sealed until the unlock. */
  capture_keep: { request: string; answer: CaptureKept };
  /** Captures that somebody helped: as a note, or sealed as a line until the unlock. */
  capture_helped: { request: CaptureHelped; answer: CaptureKept };
  /** Takes back a line that was captured a moment ago, by the id its keeping gave. */
  capture_undo: { request: string; answer: null };
  /** Says in one quiet state how sync stands. */
  sync_state: { request: null; answer: SyncState };
  /** Gives sync whole: state, places, alarms, question. */
  sync_read: { request: null; answer: SyncView };
  /** Says for each space what was sent, received, verified and waits. */
  sync_details: { request: null; answer: SpaceSync[] };
  /** Lists what was put aside, newest first. */
  sync_refused: { request: null; answer: RefusedRecord[] };
  /** Says what a folder is like before it is used. */
  sync_test_folder: { request: TestFolder; answer: FolderFinding };
  /** Says how an address answers before it is used. */
  sync_test_server: { request: TestServer; answer: ServerFinding };
  /** Syncs through a folder from now on. */
  sync_add_folder: { request: AddFolder; answer: SyncView };
  /** Syncs through a server from now on. */
  sync_add_server: { request: AddServer; answer: SyncView };
  /** Syncs through a place no longer; nothing here goes. */
  sync_remove_place: { request: string; answer: SyncView };
  /** Looks at every place now. */
  sync_now: { request: null; answer: SyncView };
  /** Lets sync rest until it is resumed. */
  sync_pause: { request: null; answer: SyncView };
  /** Takes sync up again. */
  sync_resume: { request: null; answer: SyncView };
  /** Does something about an alarm. */
  sync_answer_alarm: { request: AnswerAlarm; answer: SyncView };
  /** Lists the person's devices: this one, the others, and those that were removed. */
  devices_list: { request: null; answer: DeviceRow[] };
  /** Gives a device another name. */
  devices_rename: { request: RenameDevice; answer: DeviceRow[] };
  /** Says what removing a device does, before it is done. */
  devices_plan_revoke: { request: string; answer: RevokePlan };
  /** Removes a device: it reads nothing that comes after, and every space gets new keys. */
  devices_revoke: { request: string; answer: DeviceRow[] };
  /** Says where the linking of a device stands, on either side. */
  devices_link_state: { request: null; answer: LinkView };
  /** Begins on the new computer: shows a code. */
  devices_link_begin: { request: BeginLink; answer: LinkView };
  /** Answers on the old computer: looks for the one that shows the code. */
  devices_link_answer: { request: AnswerLink; answer: LinkView };
  /** Says on the old computer whether both show the same signs. */
  devices_link_confirm: { request: ConfirmLink; answer: LinkView };
  /** Ends a linking on either side, or puts its outcome away. */
  devices_link_cancel: { request: null; answer: LinkView };
  /** Says where a recovery kit knows the journal to be. */
  devices_read_kit: { request: GivenKit; answer: KitPlaces };
  /** Comes back to one's journal with the recovery kit; sync fetches the rest. */
  devices_come_back: { request: ComeBack; answer: NotebookStatus };
  /** Lists the spaces one belongs to, the journal first. */
  spaces_list: { request: null; answer: SpaceRow[] };
  /** Gives one space whole. */
  spaces_get: { request: string; answer: SpaceView };
  /** Makes a pairing or a circle. */
  spaces_create: { request: CreateSpace; answer: SpaceView };
  /** Gives a space another name. */
  spaces_rename: { request: RenameSpace; answer: SpaceView };
  /** Makes an invitation: a link and its QR code. */
  spaces_invite: { request: MakeInvite; answer: InviteView };
  /** Writes an invitation into a file. */
  spaces_save_invite: { request: SaveInvite; answer: null };
  /** Takes an invitation back. */
  spaces_withdraw_invite: { request: NamedInvite; answer: SpaceView };
  /** Lets somebody in who asked. */
  spaces_approve: { request: NamedRequest; answer: SpaceView };
  /** Does not let somebody in who asked. */
  spaces_decline: { request: NamedRequest; answer: SpaceView };
  /** Shows an invitation before it is followed. */
  spaces_look: { request: GivenInvite; answer: InvitationView };
  /** Asks to join; somebody there has to approve. */
  spaces_join: { request: JoinSpace; answer: SpaceView };
  /** Writes a request or an approval into a file, where neither server nor folder carries it. */
  spaces_save_letter: { request: SaveLetter; answer: null };
  /** Takes in a file that somebody sent: an invitation, a request or an approval. */
  spaces_take_letter: { request: string; answer: TakenLetter };
  /** Leaves a space; what came until then stays readable here. */
  spaces_leave: { request: string; answer: SpaceRow[] };
  /** Removes a member: they read nothing that comes after. */
  spaces_remove_member: { request: NamedMember; answer: SpaceView };
  /** Gives a member another role. */
  spaces_change_role: { request: ChangeRole; answer: SpaceView };
  /** Notes whether the safety words of a member are the same on both screens. */
  spaces_compare_words: { request: CompareWords; answer: SpaceView };
  /** Agrees to what takes effect only so, or does not. */
  spaces_consent: { request: GiveConsent; answer: SpaceView };
  /** Begins a meeting of a pairing: a guide that two people run together. */
  meetings_begin: { request: BeginMeeting; answer: MeetingView };
  /** Names the meeting of a pairing that goes on; none when none does. */
  meetings_open: { request: string; answer: string | null };
  /** Shows a meeting as it stands. */
  meetings_get: { request: NameMeeting; answer: MeetingView };
  /** Saves answers in a meeting. */
  meetings_answer: { request: AnswerMeeting; answer: MeetingView };
  /** Goes on or back in a meeting, stops its clock, seals, calls “rule”, or brings it to its end. */
  meetings_move: { request: MoveMeeting; answer: MeetingView };
  /** Lists the pairings: whoever waits first, and those that ended last. */
  pairings_list: { request: null; answer: PairingRow[] };
  /** Gives one pairing whole. */
  pairings_get: { request: string; answer: PairingView };
  /** Begins a pairing that this person keeps alone. */
  pairings_make: { request: MakePairing; answer: PairingView };
  /** Changes what a pairing says of itself. */
  pairings_change: { request: ChangePairing; answer: PairingView };
  /** Pauses a pairing, or takes one's own pause back. */
  pairings_pause: { request: PausePairing; answer: PairingView };
  /** Ends a pairing, begins to close it, or lets it go on; a reason is asked of nobody. */
  pairings_end: { request: EndPairing; answer: PairingView };
  /** Proposes a session, or moves one. */
  pairings_plan: { request: PlanSession; answer: PairingView };
  /** Says what became of a session: yes to its time, held, called off. */
  pairings_answer_session: { request: AnswerSession; answer: PairingView };
  /** Notes that both met without having planned it. */
  pairings_note_met: { request: NoteMet; answer: PairingView };
  /** Notes that this person has done the primer of a reverse or reciprocal mentoring. */
  pairings_note_primer: { request: string; answer: PairingView };
  /** Makes a promise, or changes one. */
  pairings_promise: { request: MakePromise; answer: PairingView };
  /** Says something about a promise: done, its small version, not this time. */
  pairings_answer_promise: { request: AnswerPromise; answer: PairingView };
  /** Lists the open promises of all pairings, those due first. */
  pairings_promises: { request: null; answer: PromiseView[] };
  /** Makes a goal of a pairing, or changes it. */
  pairings_goal: { request: SavePairingGoal; answer: PairingView };
  /** Ends a goal of a pairing, or takes it up again. */
  pairings_end_goal: { request: EndPairingGoal; answer: PairingView };
  /** Changes the draft of the agreement, or puts it forward and signs it. */
  pairings_draft: { request: DraftAgreement; answer: PairingView };
  /** Signs an agreement, exactly as it was shown. */
  pairings_sign: { request: SignAgreement; answer: PairingView };
  /** Gives the page for the evening before a session. */
  pairings_prepare: { request: string; answer: PreparationView };
  /** Keeps what a person thinks of an hour before it. */
  pairings_keep_preparation: { request: KeepPreparation; answer: PreparationView };
  /** Opens the notes of a session, or one's own notes, in an editor. */
  pairings_open_text: { request: OpenPairingText; answer: OpenedPairingText };
  /** Saves the text of such an editor, and says what others changed. */
  pairings_save_text: { request: SavePairingText; answer: Splice[] };
  /** Shows exactly what would go over when a pairing is shared. */
  pairings_preview_sharing: { request: PreviewSharing; answer: GoingOverView[] };
  /** Makes the space of both, copies the chosen parts into it, and invites the other. */
  pairings_share: { request: SharePairing; answer: InviteView };
  /** Counts the minutes learned and taught in each week of a year. */
  growth_braid: { request: null; answer: BraidWeek[] };
  /** Gives the settings of this computer. */
  settings_read: { request: null; answer: Settings };
  /** Changes the settings of this computer. */
  settings_change: { request: Settings; answer: Settings };
}

/** Lists every command once. */
export const COMMAND_NAMES = [
  "notebook_status",
  "notebook_create",
  "notebook_unlock",
  "notebook_lock",
  "notebook_move_key",
  "notebook_verify",
  "notebook_doctor",
  "notebook_salvage",
  "recovery_show_kit",
  "recovery_save_kit",
  "recovery_check_kit",
  "recovery_print_kit",
  "recovery_ask_words",
  "recovery_rehearse",
  "backup_make",
  "backup_list",
  "backup_state",
  "backup_drill",
  "backup_join",
  "backup_restore",
  "backup_remove",
  "journal_list_entries",
  "journal_locate_entry",
  "journal_get_entry",
  "journal_create_entry",
  "journal_change_entry",
  "journal_open_editor",
  "journal_keep_draft",
  "journal_save_text",
  "journal_trash_entry",
  "journal_restore_entry",
  "journal_delete_entry",
  "journal_empty_trash",
  "journal_list_versions",
  "journal_read_version",
  "journal_restore_version",
  "journal_list_tags",
  "journal_read_calendar",
  "journal_attach_path",
  "journal_attach_bytes",
  "journal_save_attachment",
  "journal_find_link",
  "templates_list",
  "voice_state",
  "voice_start",
  "voice_mark",
  "voice_pause",
  "voice_resume",
  "voice_stop",
  "voice_discard",
  "voice_change_mark",
  "voice_recovered",
  "templates_save",
  "templates_delete",
  "templates_fill",
  "guides_list",
  "guides_get",
  "guides_runs",
  "guides_start",
  "guides_open",
  "guides_keep",
  "guides_answer",
  "guides_move",
  "guides_finish",
  "guides_delete_run",
  "guides_save",
  "guides_copy",
  "guides_import",
  "guides_export",
  "guides_trash",
  "guides_delete",
  "growth_topics",
  "growth_words",
  "growth_save_picture",
  "loops_list",
  "loops_get",
  "loops_make",
  "loops_change",
  "loops_park",
  "loops_fill",
  "loops_change_filling",
  "loops_empty",
  "loops_close",
  "loops_reopen",
  "loops_trash",
  "loops_restore",
  "loops_erase",
  "loops_note_surfaced",
  "loops_of_entry",
  "goals_list",
  "goals_get",
  "goals_make",
  "goals_change",
  "goals_add_point",
  "goals_remove_point",
  "goals_end",
  "goals_reopen",
  "goals_trash",
  "goals_restore",
  "goals_erase",
  "goals_list_objectives",
  "intentions_list",
  "intentions_make",
  "intentions_change",
  "intentions_answer",
  "intentions_take_back",
  "intentions_trash",
  "intentions_restore",
  "intentions_erase",
  "people_list",
  "people_names",
  "people_get",
  "people_save",
  "people_merge",
  "people_part",
  "people_delete",
  "people_of_entry",
  "helped_list",
  "helped_subjects",
  "helped_note",
  "helped_change",
  "helped_remove",
  "past_today",
  "past_keep",
  "past_answer_keepsake",
  "past_answer_learned",
  "past_look_back",
  "search_entries",
  "search_others",
  "portability_import",
  "portability_export",
  "portability_export_space",
  "portability_save_report",
  "portability_stop",
  "capture_keep",
  "capture_helped",
  "capture_undo",
  "sync_state",
  "sync_read",
  "sync_details",
  "sync_refused",
  "sync_test_folder",
  "sync_test_server",
  "sync_add_folder",
  "sync_add_server",
  "sync_remove_place",
  "sync_now",
  "sync_pause",
  "sync_resume",
  "sync_answer_alarm",
  "devices_list",
  "devices_rename",
  "devices_plan_revoke",
  "devices_revoke",
  "devices_link_state",
  "devices_link_begin",
  "devices_link_answer",
  "devices_link_confirm",
  "devices_link_cancel",
  "devices_read_kit",
  "devices_come_back",
  "spaces_list",
  "spaces_get",
  "spaces_create",
  "spaces_rename",
  "spaces_invite",
  "spaces_save_invite",
  "spaces_withdraw_invite",
  "spaces_approve",
  "spaces_decline",
  "spaces_look",
  "spaces_join",
  "spaces_save_letter",
  "spaces_take_letter",
  "spaces_leave",
  "spaces_remove_member",
  "spaces_change_role",
  "spaces_compare_words",
  "spaces_consent",
  "meetings_begin",
  "meetings_open",
  "meetings_get",
  "meetings_answer",
  "meetings_move",
  "pairings_list",
  "pairings_get",
  "pairings_make",
  "pairings_change",
  "pairings_pause",
  "pairings_end",
  "pairings_plan",
  "pairings_answer_session",
  "pairings_note_met",
  "pairings_note_primer",
  "pairings_promise",
  "pairings_answer_promise",
  "pairings_promises",
  "pairings_goal",
  "pairings_end_goal",
  "pairings_draft",
  "pairings_sign",
  "pairings_prepare",
  "pairings_keep_preparation",
  "pairings_open_text",
  "pairings_save_text",
  "pairings_preview_sharing",
  "pairings_share",
  "growth_braid",
  "settings_read",
  "settings_change",
] as const satisfies readonly (keyof CommandMap)[];

/** Says for each event of the host what it carries. */
export interface EventMap {
  changed: Changed;
  progress: Progress;
  voice: VoiceState;
  flush: null;
}
