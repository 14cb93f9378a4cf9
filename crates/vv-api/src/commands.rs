//! The list of commands: the one place that names them all.
//!
//! A command has one name in every layer: a function here in `vv-api`, a `#[tauri::command]` in the shell and a function in
//! `ui/src/ipc/generated/commands.ts`. Tests compare this list with the shell's handlers and its capability file, and the
//! TypeScript is generated from it.

/// Describes one command: its name and the TypeScript names of what goes in and what comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// Its name in every layer.
    pub name: &'static str,
    /// The TypeScript type of its request; empty when it takes none.
    pub request: &'static str,
    /// The TypeScript type of its answer.
    pub answer: &'static str,
    /// What it does, as a sentence in the third person; becomes the comment in TypeScript.
    pub about: &'static str,
}

macro_rules! commands {
    ($($name:ident ($request:literal) -> $answer:literal: $about:literal;)*) => {
        /// Lists every command of the surface.
        pub const COMMANDS: &[Command] = &[$(Command { name: stringify!($name), request: $request, answer: $answer, about: $about }),*];
    };
}

commands! {
    notebook_status("") -> "NotebookStatus": "Says whether there is a notebook and whether it is open; opens it when the keyring can.";
    notebook_create("CreateNotebook") -> "NotebookStatus": "Makes a new notebook where none is.";
    notebook_unlock("UnlockNotebook") -> "NotebookStatus": "Opens the notebook by one of its slots.";
    notebook_lock("") -> "NotebookStatus": "Closes the notebook and forgets its key.";
    notebook_move_key("MoveKey") -> "NotebookStatus": "Moves the key between keyring and passphrase, or changes the passphrase.";
    notebook_verify("") -> "VerifyReport": "Checks chain, signatures, every projection and every file.";
    notebook_doctor("") -> "DoctorLine[]": "Says what is where, what works and what to do; never any content.";
    notebook_salvage("") -> "NotebookStatus": "Moves a damaged notebook aside and reads what can be read into a new one with the same key.";
    recovery_show_kit("") -> "KitView": "Shows the 24 words of the recovery kit.";
    recovery_save_kit("SaveKit") -> "null": "Writes the recovery kit to a file.";
    recovery_check_kit("CheckKit") -> "NotebookStatus": "Tells whether words or a file would open this notebook.";
    recovery_print_kit("PrintKit") -> "null": "Writes the recovery kit as a PDF: the words, the QR code, and what to do with them.";
    recovery_ask_words("") -> "RehearsalView": "Says which words of the kit a rehearsal asks for, and whether it is time for one.";
    recovery_rehearse("RehearseKit") -> "NotebookStatus": "Tells whether the words that were asked for are those of the kit.";
    backup_make("MakeBackup") -> "BackupView": "Makes a backup and proves that it opens.";
    backup_list("") -> "BackupView[]": "Lists the backups in the notebook's own folder.";
    backup_state("") -> "BackupState": "Says how the backups stand: the newest, the folder elsewhere, and whether the newest opens.";
    backup_drill("") -> "DrillView": "Opens the newest backup as somebody would who has nothing else, and says what came of it.";
    backup_join("string") -> "JoinedView": "Brings in what a backup of this notebook has and the notebook has not; nothing that is here goes.";
    backup_restore("RestoreBackup") -> "NotebookStatus": "Puts a backup in the place of the notebook, which is moved aside.";
    backup_remove("string") -> "null": "Removes one backup of the notebook's own folder by its path.";
    journal_list_entries("ListEntries") -> "EntryPage": "Gives a window of the timeline.";
    journal_locate_entry("LocateEntry") -> "number | null": "Says at which row of the timeline an entry or day stands.";
    journal_get_entry("string") -> "EntryView": "Gives one entry whole.";
    journal_create_entry("CreateEntry") -> "EntryView": "Makes an entry.";
    journal_change_entry("ChangeEntry") -> "EntryView": "Changes title, tags, star, date or time zone of an entry.";
    journal_open_editor("string") -> "EditorView": "Opens an entry in an editor.";
    journal_keep_draft("KeepDraft") -> "null": "Keeps what was typed since the last save, on this computer only.";
    journal_save_text("SaveText") -> "SavedText": "Saves the text of an editor as records.";
    journal_trash_entry("string") -> "null": "Moves an entry to the trash.";
    journal_restore_entry("string") -> "null": "Takes an entry out of the trash.";
    journal_delete_entry("string") -> "DeletedView": "Deletes an entry of the trash for good.";
    journal_empty_trash("") -> "DeletedView": "Deletes every entry of the trash for good.";
    journal_list_versions("string") -> "VersionRow[]": "Lists the versions of an entry, newest first.";
    journal_read_version("ReadVersion") -> "VersionView": "Gives one version and how it differs from another.";
    journal_restore_version("RestoreVersion") -> "EntryView": "Writes an older version as the newest one.";
    journal_list_tags("") -> "TagView[]": "Lists the tags in use, most used first.";
    journal_read_calendar("ReadCalendar") -> "CalendarDay[]": "Gives the days on which something was written.";
    journal_attach_path("AttachPath") -> "AttachmentView": "Attaches a file of the disk to an entry.";
    journal_attach_bytes("AttachBytes") -> "AttachmentView": "Attaches pasted or dropped bytes to an entry.";
    journal_save_attachment("SaveAttachment") -> "null": "Writes a copy of a file out of the notebook.";
    journal_find_link("FindLink") -> "LinkTarget[]": "Finds entries that a link could mean.";
    templates_list("string") -> "TemplateList": "Lists the person's templates, and suggestions for them in a language.";
    voice_state("") -> "VoiceState": "Says what the recorder is doing.";
    voice_start("StartVoice") -> "VoiceState": "Begins to record into an entry.";
    voice_mark("") -> "VoiceState": "Marks this moment of the recording.";
    voice_pause("") -> "VoiceState": "Stops listening for a while; what was heard is kept.";
    voice_resume("") -> "VoiceState": "Listens again.";
    voice_stop("") -> "VoiceState": "Ends the recording: it becomes a file of its entry.";
    voice_discard("") -> "VoiceState": "Ends the recording and keeps nothing of it.";
    voice_change_mark("ChangeMark") -> "AttachmentView": "Names a mark of a voice note, adds one, or takes one away.";
    voice_recovered("") -> "RecoveredVoice[]": "Tells of the recordings that a crash left and that were brought back, once.";
    templates_save("SaveTemplate") -> "TemplateView": "Keeps a template.";
    templates_delete("string") -> "null": "Deletes a template for good; entries that began from it stay.";
    templates_fill("FillTemplate") -> "FilledTemplate": "Fills a template: the beginning of an entry, which is not made yet.";
    guides_list("InLanguage") -> "GuideRow[]": "Lists the guides: those that come with the app, then the person's own.";
    guides_get("NameGuide") -> "GuideView": "Gives one guide to look at, with its file.";
    guides_runs("InLanguage") -> "RunRow[]": "Lists the open runs, and after them those that were put away.";
    guides_start("StartGuide") -> "RunView": "Begins a run of a guide.";
    guides_open("OpenRun") -> "RunView": "Opens a run: what a crash left is saved, and its clock goes on; its words come in the language that is asked for.";
    guides_keep("GiveAnswers") -> "null": "Keeps answers as they were typed, on this computer only.";
    guides_answer("GiveAnswers") -> "RunView": "Saves answers as records.";
    guides_move("MoveRun") -> "RunView": "Moves in a run, stops its clock, puts it away or takes it up again.";
    guides_finish("FinishRun") -> "FinishedView": "Finishes a run: writes its entry, and makes what was chosen beside it.";
    guides_delete_run("string") -> "null": "Deletes a run that was put away for good, with every answer in it.";
    guides_save("SaveGuide") -> "GuideView": "Keeps a guide of the person's own.";
    guides_copy("CopyGuide") -> "GuideView": "Makes a copy of a guide that the person can change.";
    guides_import("string") -> "ImportedGuide": "Brings a guide in from a file.";
    guides_export("ExportGuide") -> "null": "Writes a guide into a file.";
    guides_trash("TrashGuide") -> "null": "Puts a guide of the person's own away, or takes it back.";
    guides_delete("string") -> "null": "Deletes a guide of the person's own that was put away, for good.";
    growth_topics("ReadGrowth") -> "TopicsView": "Counts the tags of a stretch of days, month by month.";
    growth_words("ReadGrowth") -> "YearWord[]": "Counts the words that stand in most entries of a stretch of days.";
    growth_save_picture("SavePicture") -> "null": "Writes a picture that the page has drawn to a file.";
    loops_list("LoopFilter") -> "LoopRow[]": "Lists loops.";
    loops_get("string") -> "LoopView": "Gives one loop whole.";
    loops_make("MakeLoop") -> "LoopView": "Makes a loop.";
    loops_change("ChangeLoop") -> "LoopView": "Changes title or purpose of a loop.";
    loops_park("ParkLoop") -> "LoopView": "Parks a loop until a day, or takes it up again.";
    loops_fill("FillLoop") -> "LoopView": "Fills a part of a loop with an entry or with words.";
    loops_change_filling("ChangeFilling") -> "LoopView": "Changes what fills a part of a loop.";
    loops_empty("NamedFilling") -> "LoopView": "Takes out what fills a part of a loop; an entry stays in the journal.";
    loops_close("CloseLoop") -> "LoopView": "Closes a loop, which takes a reflection, and keeps then and now.";
    loops_reopen("string") -> "LoopView": "Opens a closed loop again.";
    loops_trash("string") -> "null": "Moves a loop to the trash.";
    loops_restore("string") -> "null": "Takes a loop out of the trash.";
    loops_erase("string") -> "null": "Deletes a loop of the trash for good; entries that filled it stay.";
    loops_note_surfaced("string") -> "null": "Notes that a loop surfaced today by itself; it never does so again.";
    loops_of_entry("string") -> "EntryLoops": "Says which loops an entry fills, which intentions came from it, and whether it returns.";
    goals_list("GoalFilter") -> "GoalView[]": "Lists goals.";
    goals_get("string") -> "GoalView": "Gives one goal whole.";
    goals_make("GoalPlan") -> "GoalView": "Makes a goal.";
    goals_change("ChangeGoal") -> "GoalView": "Changes what a goal says.";
    goals_add_point("AddPoint") -> "GoalView": "Notes a point of progress with its evidence, or an honest skip.";
    goals_remove_point("NamedPoint") -> "GoalView": "Takes a point out of a goal.";
    goals_end("EndGoal") -> "GoalView": "Ends a goal today: reached, or let go.";
    goals_reopen("string") -> "GoalView": "Takes an ended goal up again.";
    goals_trash("string") -> "null": "Moves a goal to the trash.";
    goals_restore("string") -> "null": "Takes a goal out of the trash.";
    goals_erase("string") -> "null": "Deletes a goal of the trash for good.";
    goals_list_objectives("string") -> "Objective[]": "Lists the templates that a goal can begin from, in a language.";
    intentions_list("ListIntentions") -> "IntentionView[]": "Lists intentions.";
    intentions_make("MakeIntention") -> "IntentionView": "Makes an intention.";
    intentions_change("ChangeIntention") -> "IntentionView": "Changes an intention that waits.";
    intentions_answer("AnswerIntention") -> "IntentionAnswered": "Answers an intention: done, not yet, or let go.";
    intentions_take_back("string") -> "IntentionView": "Takes an answer back, so that the intention waits again.";
    intentions_trash("string") -> "null": "Moves an intention to the trash.";
    intentions_restore("string") -> "null": "Takes an intention out of the trash.";
    intentions_erase("string") -> "null": "Deletes an intention of the trash for good.";
    people_list("") -> "PersonRow[]": "Lists the people that were written down, by name.";
    people_names("") -> "NamedPerson[]": "Names everybody by every id that may stand in a text.";
    people_get("string") -> "PersonView": "Gives one person whole.";
    people_save("SavePerson") -> "PersonView": "Keeps a person.";
    people_merge("MergePeople") -> "PersonView": "Says that one person is another.";
    people_part("string") -> "PersonView": "Takes back that a person is another.";
    people_delete("DeletePerson") -> "null": "Deletes a person for good; entries keep the name as words.";
    people_of_entry("string") -> "EntryPeople": "Says whom an entry names, and whose help was noted with it.";
    helped_list("ListHelped") -> "HelpedView[]": "Lists notes of who helped, newest first.";
    helped_subjects("") -> "string[]": "Lists what people helped with, each subject once.";
    helped_note("NoteHelped") -> "HelpedView": "Notes that somebody helped. Somebody who is known by name only is looked up, or met.";
    helped_change("ChangeHelped") -> "HelpedView": "Changes with what somebody helped, and on which day.";
    helped_remove("string") -> "null": "Removes a note of help for good.";
    past_today("") -> "TodayView": "Gives the page of today.";
    past_keep("KeepEntry") -> "null": "Marks an entry to return, or takes the mark away.";
    past_answer_keepsake("AnswerKeepsake") -> "KeepsakeAnswered": "Answers an entry that returned: still true, changed, or stop.";
    past_answer_learned("AnswerLearned") -> "null": "Answers whether something that was learned was used; it is not asked again.";
    past_look_back("ReadLookBack") -> "LookBackView": "Gathers what there is to look back at between two days.";
    search_entries("SearchEntries") -> "SearchResult": "Searches titles, text and tags.";
    search_others("SearchOthers") -> "OtherHit[]": "Searches what is no entry: loops, goals, intentions, open runs, people, notes of who helped.";
    portability_import("ImportJournal") -> "ImportReport": "Imports a journal, or says what an import would do.";
    portability_export("ExportJournal") -> "ExportReport": "Writes entries into a new folder or one file.";
    portability_export_space("ExportSpace") -> "SpaceExportReport": "Writes a space with its keys into a new folder, sealed and signed as it is.";
    portability_save_report("SaveReport") -> "null": "Writes the report of an import into a file that the person chose.";
    portability_stop("") -> "null": "Stops the import or export that runs, leaving things whole.";
    capture_keep("string") -> "CaptureKept": "Keeps one captured line: as an entry, or sealed until the unlock.";
    capture_helped("CaptureHelped") -> "CaptureKept": "Captures that somebody helped: as a note, or sealed as a line until the unlock.";
    capture_undo("string") -> "null": "Takes back a line that was captured a moment ago, by the id its keeping gave.";
    sync_state("") -> "SyncState": "Says in one quiet state how sync stands.";
    sync_read("") -> "SyncView": "Gives sync whole: state, places, alarms, question.";
    sync_details("") -> "SpaceSync[]": "Says for each space what was sent, received, verified and waits.";
    sync_refused("") -> "RefusedRecord[]": "Lists what was put aside, newest first.";
    sync_test_folder("TestFolder") -> "FolderFinding": "Says what a folder is like before it is used.";
    sync_test_server("TestServer") -> "ServerFinding": "Says how an address answers before it is used.";
    sync_add_folder("AddFolder") -> "SyncView": "Syncs through a folder from now on.";
    sync_add_server("AddServer") -> "SyncView": "Syncs through a server from now on.";
    sync_remove_place("string") -> "SyncView": "Syncs through a place no longer; nothing here goes.";
    sync_now("") -> "SyncView": "Looks at every place now.";
    sync_pause("") -> "SyncView": "Lets sync rest until it is resumed.";
    sync_resume("") -> "SyncView": "Takes sync up again.";
    sync_answer_alarm("AnswerAlarm") -> "SyncView": "Does something about an alarm.";
    devices_list("") -> "DeviceRow[]": "Lists the person's devices: this one, the others, and those that were removed.";
    devices_rename("RenameDevice") -> "DeviceRow[]": "Gives a device another name.";
    devices_plan_revoke("string") -> "RevokePlan": "Says what removing a device does, before it is done.";
    devices_revoke("string") -> "DeviceRow[]": "Removes a device: it reads nothing that comes after, and every space gets new keys.";
    devices_link_state("") -> "LinkView": "Says where the linking of a device stands, on either side.";
    devices_link_begin("BeginLink") -> "LinkView": "Begins on the new computer: shows a code.";
    devices_link_answer("AnswerLink") -> "LinkView": "Answers on the old computer: looks for the one that shows the code.";
    devices_link_confirm("ConfirmLink") -> "LinkView": "Says on the old computer whether both show the same signs.";
    devices_link_cancel("") -> "LinkView": "Ends a linking on either side, or puts its outcome away.";
    devices_read_kit("GivenKit") -> "KitPlaces": "Says where a recovery kit knows the journal to be.";
    devices_come_back("ComeBack") -> "NotebookStatus": "Comes back to one's journal with the recovery kit; sync fetches the rest.";
    spaces_list("") -> "SpaceRow[]": "Lists the spaces one belongs to, the journal first.";
    spaces_get("string") -> "SpaceView": "Gives one space whole.";
    spaces_create("CreateSpace") -> "SpaceView": "Makes a pairing or a circle.";
    spaces_rename("RenameSpace") -> "SpaceView": "Gives a space another name.";
    spaces_invite("MakeInvite") -> "InviteView": "Makes an invitation: a link and its QR code.";
    spaces_save_invite("SaveInvite") -> "null": "Writes an invitation into a file.";
    spaces_withdraw_invite("NamedInvite") -> "SpaceView": "Takes an invitation back.";
    spaces_approve("NamedRequest") -> "SpaceView": "Lets somebody in who asked.";
    spaces_decline("NamedRequest") -> "SpaceView": "Does not let somebody in who asked.";
    spaces_look("GivenInvite") -> "InvitationView": "Shows an invitation before it is followed.";
    spaces_join("JoinSpace") -> "SpaceView": "Asks to join; somebody there has to approve.";
    spaces_save_letter("SaveLetter") -> "null": "Writes a request or an approval into a file, where neither server nor folder carries it.";
    spaces_take_letter("string") -> "TakenLetter": "Takes in a file that somebody sent: an invitation, a request or an approval.";
    spaces_leave("string") -> "SpaceRow[]": "Leaves a space; what came until then stays readable here.";
    spaces_remove_member("NamedMember") -> "SpaceView": "Removes a member: they read nothing that comes after.";
    spaces_change_role("ChangeRole") -> "SpaceView": "Gives a member another role.";
    spaces_compare_words("CompareWords") -> "SpaceView": "Notes whether the safety words of a member are the same on both screens.";
    spaces_consent("GiveConsent") -> "SpaceView": "Agrees to what takes effect only so, or does not.";
    meetings_begin("BeginMeeting") -> "MeetingView": "Begins a meeting of a pairing: a guide that two people run together.";
    meetings_open("string") -> "string | null": "Names the meeting of a pairing that goes on; none when none does.";
    meetings_get("NameMeeting") -> "MeetingView": "Shows a meeting as it stands.";
    meetings_answer("AnswerMeeting") -> "MeetingView": "Saves answers in a meeting.";
    meetings_move("MoveMeeting") -> "MeetingView": "Goes on or back in a meeting, stops its clock, seals, calls “rule”, or brings it to its end.";
    pairings_list("") -> "PairingRow[]": "Lists the pairings: whoever waits first, and those that ended last.";
    pairings_get("string") -> "PairingView": "Gives one pairing whole.";
    pairings_make("MakePairing") -> "PairingView": "Begins a pairing that this person keeps alone.";
    pairings_change("ChangePairing") -> "PairingView": "Changes what a pairing says of itself.";
    pairings_pause("PausePairing") -> "PairingView": "Pauses a pairing, or takes one's own pause back.";
    pairings_end("EndPairing") -> "PairingView": "Ends a pairing, begins to close it, or lets it go on; a reason is asked of nobody.";
    pairings_plan("PlanSession") -> "PairingView": "Proposes a session, or moves one.";
    pairings_answer_session("AnswerSession") -> "PairingView": "Says what became of a session: yes to its time, held, called off.";
    pairings_note_met("NoteMet") -> "PairingView": "Notes that both met without having planned it.";
    pairings_note_primer("string") -> "PairingView": "Notes that this person has done the primer of a reverse or reciprocal mentoring.";
    pairings_promise("MakePromise") -> "PairingView": "Makes a promise, or changes one.";
    pairings_answer_promise("AnswerPromise") -> "PairingView": "Says something about a promise: done, its small version, not this time.";
    pairings_promises("") -> "PromiseView[]": "Lists the open promises of all pairings, those due first.";
    pairings_goal("SavePairingGoal") -> "PairingView": "Makes a goal of a pairing, or changes it.";
    pairings_end_goal("EndPairingGoal") -> "PairingView": "Ends a goal of a pairing, or takes it up again.";
    pairings_draft("DraftAgreement") -> "PairingView": "Changes the draft of the agreement, or puts it forward and signs it.";
    pairings_sign("SignAgreement") -> "PairingView": "Signs an agreement, exactly as it was shown.";
    pairings_prepare("string") -> "PreparationView": "Gives the page for the evening before a session.";
    pairings_keep_preparation("KeepPreparation") -> "PreparationView": "Keeps what a person thinks of an hour before it.";
    pairings_open_text("OpenPairingText") -> "OpenedPairingText": "Opens the notes of a session, or one's own notes, in an editor.";
    pairings_save_text("SavePairingText") -> "Splice[]": "Saves the text of such an editor, and says what others changed.";
    pairings_preview_sharing("PreviewSharing") -> "GoingOverView[]": "Shows exactly what would go over when a pairing is shared.";
    pairings_share("SharePairing") -> "InviteView": "Makes the space of both, copies the chosen parts into it, and invites the other.";
    growth_braid("") -> "BraidWeek[]": "Counts the minutes learned and taught in each week of a year.";
    settings_read("") -> "Settings": "Gives the settings of this computer.";
    settings_change("Settings") -> "Settings": "Changes the settings of this computer.";
}
