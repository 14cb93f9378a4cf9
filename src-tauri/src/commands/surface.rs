//! The commands of `vv-api`, one handler each, under the same name.

use tauri::{
    AppHandle, Emitter as _, State, WebviewWindow, Wry,
    ipc::{Invoke, InvokeBody},
};
use vv_api::{
    error::ApiError,
    model::{
        devices::*, goals::*, growth::*, guides::*, intentions::*, journal::*, loops::*, meetings::*,
        notebook::*, pairing_asks::*, pairings::*, past::*, people::*, portability::*, search::*,
        settings::Settings, spaces::*, sync::*, templates::*, voice::*,
    },
};

use super::away;
use crate::{
    locking,
    notices::{self, Notice},
    preferences,
    shell::Shell,
    windows,
};

/// Writes the handlers that only hand on, and the list of all handlers of this file.
macro_rules! handlers {
    (
        $($name:ident($($request:ident: $asks:ty)?) -> $answers:ty;)*
        ; by hand: $($by_hand:ident),* $(,)?
    ) => {
        $(
            #[tauri::command]
            async fn $name(shell: State<'_, Shell>, $($request: $asks)?) -> Result<$answers, ApiError> {
                let notebook = shell.notebook();
                away(move || vv_api::$name(&notebook $(, $request)?)).await
            }
        )*

        /// Gives a call of the surface to its handler.
        pub(super) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name,)* $($by_hand,)*]
        }

        /// Names every handler of this file.
        #[cfg(test)]
        pub(super) const HANDLED: &[&str] = &[$(stringify!($name),)* $(stringify!($by_hand),)*];
    };
}

handlers! {
    notebook_status() -> NotebookStatus;
    notebook_create(request: CreateNotebook) -> NotebookStatus;
    notebook_unlock(request: UnlockNotebook) -> NotebookStatus;
    notebook_move_key(request: MoveKey) -> NotebookStatus;
    notebook_verify() -> VerifyReport;
    notebook_doctor() -> Vec<DoctorLine>;
    notebook_salvage() -> NotebookStatus;
    recovery_show_kit() -> KitView;
    recovery_save_kit(request: SaveKit) -> ();
    recovery_check_kit(request: CheckKit) -> NotebookStatus;
    recovery_print_kit(request: PrintKit) -> ();
    recovery_ask_words() -> RehearsalView;
    recovery_rehearse(request: RehearseKit) -> NotebookStatus;
    backup_make(request: MakeBackup) -> BackupView;
    backup_list() -> Vec<BackupView>;
    backup_state() -> BackupState;
    backup_drill() -> DrillView;
    backup_join(request: String) -> JoinedView;
    backup_restore(request: RestoreBackup) -> NotebookStatus;
    backup_remove(request: String) -> ();
    journal_list_entries(request: ListEntries) -> EntryPage;
    journal_locate_entry(request: LocateEntry) -> Option<u32>;
    journal_get_entry(request: String) -> EntryView;
    journal_create_entry(request: CreateEntry) -> EntryView;
    journal_change_entry(request: ChangeEntry) -> EntryView;
    journal_open_editor(request: String) -> EditorView;
    journal_keep_draft(request: KeepDraft) -> ();
    journal_save_text(request: SaveText) -> SavedText;
    journal_trash_entry(request: String) -> ();
    journal_restore_entry(request: String) -> ();
    journal_delete_entry(request: String) -> DeletedView;
    journal_empty_trash() -> DeletedView;
    journal_list_versions(request: String) -> Vec<VersionRow>;
    journal_read_version(request: ReadVersion) -> VersionView;
    journal_restore_version(request: RestoreVersion) -> EntryView;
    journal_list_tags() -> Vec<TagView>;
    journal_read_calendar(request: ReadCalendar) -> Vec<CalendarDay>;
    journal_attach_path(request: AttachPath) -> AttachmentView;
    journal_save_attachment(request: SaveAttachment) -> ();
    journal_find_link(request: FindLink) -> Vec<LinkTarget>;
    templates_list(request: String) -> TemplateList;
    voice_state() -> VoiceState;
    voice_start(request: StartVoice) -> VoiceState;
    voice_mark() -> VoiceState;
    voice_pause() -> VoiceState;
    voice_resume() -> VoiceState;
    voice_stop() -> VoiceState;
    voice_discard() -> VoiceState;
    voice_change_mark(request: ChangeMark) -> AttachmentView;
    voice_recovered() -> Vec<RecoveredVoice>;
    templates_save(request: SaveTemplate) -> TemplateView;
    templates_delete(request: String) -> ();
    templates_fill(request: FillTemplate) -> FilledTemplate;
    guides_list(request: InLanguage) -> Vec<GuideRow>;
    guides_get(request: NameGuide) -> GuideView;
    guides_runs(request: InLanguage) -> Vec<RunRow>;
    guides_start(request: StartGuide) -> RunView;
    guides_open(request: OpenRun) -> RunView;
    guides_keep(request: GiveAnswers) -> ();
    guides_answer(request: GiveAnswers) -> RunView;
    guides_move(request: MoveRun) -> RunView;
    guides_finish(request: FinishRun) -> FinishedView;
    guides_delete_run(request: String) -> ();
    guides_save(request: SaveGuide) -> GuideView;
    guides_copy(request: CopyGuide) -> GuideView;
    guides_import(request: String) -> ImportedGuide;
    guides_export(request: ExportGuide) -> ();
    guides_trash(request: TrashGuide) -> ();
    guides_delete(request: String) -> ();
    growth_topics(request: ReadGrowth) -> TopicsView;
    growth_words(request: ReadGrowth) -> Vec<YearWord>;
    growth_save_picture(request: SavePicture) -> ();
    loops_list(request: LoopFilter) -> Vec<LoopRow>;
    loops_get(request: String) -> LoopView;
    loops_make(request: MakeLoop) -> LoopView;
    loops_change(request: ChangeLoop) -> LoopView;
    loops_park(request: ParkLoop) -> LoopView;
    loops_fill(request: FillLoop) -> LoopView;
    loops_change_filling(request: ChangeFilling) -> LoopView;
    loops_empty(request: NamedFilling) -> LoopView;
    loops_close(request: CloseLoop) -> LoopView;
    loops_reopen(request: String) -> LoopView;
    loops_trash(request: String) -> ();
    loops_restore(request: String) -> ();
    loops_erase(request: String) -> ();
    loops_note_surfaced(request: String) -> ();
    loops_of_entry(request: String) -> EntryLoops;
    goals_list(request: GoalFilter) -> Vec<GoalView>;
    goals_get(request: String) -> GoalView;
    goals_make(request: GoalPlan) -> GoalView;
    goals_change(request: ChangeGoal) -> GoalView;
    goals_add_point(request: AddPoint) -> GoalView;
    goals_remove_point(request: NamedPoint) -> GoalView;
    goals_end(request: EndGoal) -> GoalView;
    goals_reopen(request: String) -> GoalView;
    goals_trash(request: String) -> ();
    goals_restore(request: String) -> ();
    goals_erase(request: String) -> ();
    goals_list_objectives(request: String) -> Vec<Objective>;
    intentions_list(request: ListIntentions) -> Vec<IntentionView>;
    intentions_make(request: MakeIntention) -> IntentionView;
    intentions_change(request: ChangeIntention) -> IntentionView;
    intentions_answer(request: AnswerIntention) -> IntentionAnswered;
    intentions_take_back(request: String) -> IntentionView;
    intentions_trash(request: String) -> ();
    intentions_restore(request: String) -> ();
    intentions_erase(request: String) -> ();
    people_list() -> Vec<PersonRow>;
    people_names() -> Vec<NamedPerson>;
    people_get(request: String) -> PersonView;
    people_save(request: SavePerson) -> PersonView;
    people_merge(request: MergePeople) -> PersonView;
    people_part(request: String) -> PersonView;
    people_delete(request: DeletePerson) -> ();
    people_of_entry(request: String) -> EntryPeople;
    helped_list(request: ListHelped) -> Vec<HelpedView>;
    helped_subjects() -> Vec<String>;
    helped_note(request: NoteHelped) -> HelpedView;
    helped_change(request: ChangeHelped) -> HelpedView;
    helped_remove(request: String) -> ();
    past_today() -> TodayView;
    past_keep(request: KeepEntry) -> ();
    past_answer_keepsake(request: AnswerKeepsake) -> KeepsakeAnswered;
    past_answer_learned(request: AnswerLearned) -> ();
    past_look_back(request: ReadLookBack) -> LookBackView;
    search_others(request: SearchOthers) -> Vec<OtherHit>;
    search_entries(request: SearchEntries) -> SearchResult;
    portability_import(request: ImportJournal) -> ImportReport;
    portability_export(request: ExportJournal) -> ExportReport;
    portability_export_space(request: ExportSpace) -> SpaceExportReport;
    portability_save_report(request: SaveReport) -> ();
    portability_stop() -> ();
    capture_helped(request: CaptureHelped) -> CaptureKept;
    capture_undo(request: String) -> ();
    meetings_begin(request: BeginMeeting) -> MeetingView;
    meetings_open(request: String) -> Option<String>;
    meetings_get(request: NameMeeting) -> MeetingView;
    meetings_answer(request: AnswerMeeting) -> MeetingView;
    meetings_move(request: MoveMeeting) -> MeetingView;
    pairings_list() -> Vec<PairingRow>;
    pairings_get(request: String) -> PairingView;
    pairings_make(request: MakePairing) -> PairingView;
    pairings_change(request: ChangePairing) -> PairingView;
    pairings_pause(request: PausePairing) -> PairingView;
    pairings_end(request: EndPairing) -> PairingView;
    pairings_plan(request: PlanSession) -> PairingView;
    pairings_answer_session(request: AnswerSession) -> PairingView;
    pairings_note_met(request: NoteMet) -> PairingView;
    pairings_note_primer(request: String) -> PairingView;
    pairings_promise(request: MakePromise) -> PairingView;
    pairings_answer_promise(request: AnswerPromise) -> PairingView;
    pairings_promises() -> Vec<PromiseView>;
    pairings_goal(request: SavePairingGoal) -> PairingView;
    pairings_end_goal(request: EndPairingGoal) -> PairingView;
    pairings_draft(request: DraftAgreement) -> PairingView;
    pairings_sign(request: SignAgreement) -> PairingView;
    pairings_prepare(request: String) -> PreparationView;
    pairings_keep_preparation(request: KeepPreparation) -> PreparationView;
    pairings_open_text(request: OpenPairingText) -> OpenedPairingText;
    pairings_save_text(request: SavePairingText) -> Vec<Splice>;
    pairings_preview_sharing(request: PreviewSharing) -> Vec<GoingOverView>;
    pairings_share(request: SharePairing) -> InviteView;
    growth_braid() -> Vec<BraidWeek>;
    settings_read() -> Settings;
    sync_state() -> SyncState;
    sync_read() -> SyncView;
    sync_details() -> Vec<SpaceSync>;
    sync_refused() -> Vec<RefusedRecord>;
    sync_test_folder(request: TestFolder) -> FolderFinding;
    sync_test_server(request: TestServer) -> ServerFinding;
    sync_add_folder(request: AddFolder) -> SyncView;
    sync_add_server(request: AddServer) -> SyncView;
    sync_remove_place(request: String) -> SyncView;
    sync_now() -> SyncView;
    sync_pause() -> SyncView;
    sync_resume() -> SyncView;
    sync_answer_alarm(request: AnswerAlarm) -> SyncView;
    devices_list() -> Vec<DeviceRow>;
    devices_rename(request: RenameDevice) -> Vec<DeviceRow>;
    devices_plan_revoke(request: String) -> RevokePlan;
    devices_revoke(request: String) -> Vec<DeviceRow>;
    devices_link_state() -> LinkView;
    devices_link_begin(request: BeginLink) -> LinkView;
    devices_link_answer(request: AnswerLink) -> LinkView;
    devices_link_confirm(request: ConfirmLink) -> LinkView;
    devices_link_cancel() -> LinkView;
    devices_read_kit(request: GivenKit) -> KitPlaces;
    devices_come_back(request: ComeBack) -> NotebookStatus;
    spaces_list() -> Vec<SpaceRow>;
    spaces_get(request: String) -> SpaceView;
    spaces_create(request: CreateSpace) -> SpaceView;
    spaces_rename(request: RenameSpace) -> SpaceView;
    spaces_invite(request: MakeInvite) -> InviteView;
    spaces_save_invite(request: SaveInvite) -> ();
    spaces_withdraw_invite(request: NamedInvite) -> SpaceView;
    spaces_approve(request: NamedRequest) -> SpaceView;
    spaces_decline(request: NamedRequest) -> SpaceView;
    spaces_look(request: GivenInvite) -> InvitationView;
    spaces_join(request: JoinSpace) -> SpaceView;
    spaces_save_letter(request: SaveLetter) -> ();
    spaces_take_letter(request: String) -> TakenLetter;
    spaces_leave(request: String) -> Vec<SpaceRow>;
    spaces_remove_member(request: NamedMember) -> SpaceView;
    spaces_change_role(request: ChangeRole) -> SpaceView;
    spaces_compare_words(request: CompareWords) -> SpaceView;
    spaces_consent(request: GiveConsent) -> SpaceView;
    ; by hand: notebook_lock, journal_attach_bytes, capture_keep, settings_change,
}

/// Locks, and tells every page.
#[tauri::command]
async fn notebook_lock(app: AppHandle, shell: State<'_, Shell>) -> Result<NotebookStatus, ApiError> {
    let notebook = shell.notebook();
    let status = away(move || vv_api::notebook_lock(&notebook)).await?;
    locking::tell(&app);
    Ok(status)
}

/// Attaches bytes. They come as the raw body of the call, with the entry and the name in its headers, or as a plain request.
#[tauri::command]
async fn journal_attach_bytes(
    call: tauri::ipc::Request<'_>,
    shell: State<'_, Shell>,
) -> Result<AttachmentView, ApiError> {
    let notebook = shell.notebook();
    match call.body() {
        InvokeBody::Raw(bytes) => {
            let header = |name: &str| call.headers().get(name).and_then(|value| value.to_str().ok());
            let entry = header("vv-entry").ok_or_else(|| {
                ApiError::about("id", "The call does not say to which entry the file belongs.")
            })?;
            let name = header("vv-name").map(percent::decode).unwrap_or_default();
            let (entry, bytes) = (entry.to_owned(), bytes.clone());
            away(move || vv_api::attach_bytes(&notebook, &entry, &name, &bytes)).await
        }
        InvokeBody::Json(arguments) => {
            let request = arguments.get("request").cloned().unwrap_or_default();
            let request: AttachBytes = serde_json::from_value(request).map_err(|_| {
                ApiError::about("request", "The call does not carry a file. Nothing was attached.")
            })?;
            away(move || vv_api::journal_attach_bytes(&notebook, request)).await
        }
    }
}

/// Keeps a captured line, and tells the main window; while the notebook is locked, a notice says that it is safe.
#[tauri::command]
async fn capture_keep(
    app: AppHandle,
    window: WebviewWindow,
    shell: State<'_, Shell>,
    request: String,
) -> Result<CaptureKept, ApiError> {
    let notebook = shell.notebook();
    let kept = away(move || vv_api::capture_keep(&notebook, request)).await?;
    if app.emit_to(windows::main::LABEL, "capture_kept", ()).is_err() {
        tracing::warn!("the page could not be told of a captured line");
    }
    if kept.sealed && window.label() == windows::capture::LABEL {
        notices::show(&app, Notice::KeptWhileLocked);
    }
    Ok(kept)
}

/// Changes the settings, and has the desktop follow them.
#[tauri::command]
async fn settings_change(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: Settings,
) -> Result<Settings, ApiError> {
    let notebook = shell.notebook();
    away(move || {
        let before = vv_api::settings_read(&notebook)?;
        let now = vv_api::settings_change(&notebook, request)?;
        preferences::apply(&app, &before, &now);
        Ok(now)
    })
    .await
}

mod percent {
    //! Percent-encoding, as the page uses it for names in headers.

    /// Turns `%C3%BC` back into letters. What is not encoded stays; what is broken becomes a mark.
    pub(super) fn decode(text: &str) -> String {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes();
        while let [first, tail @ ..] = rest {
            let pair = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
            match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *first == b'%') {
                Some(byte) => {
                    bytes.push(byte);
                    rest = &tail[2..];
                }
                None => {
                    bytes.push(*first);
                    rest = tail;
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[cfg(test)]
    mod tests {
        use super::decode;

        #[test]
        fn names_come_back_as_they_were() {
            assert_eq!(decode("Gr%C3%BC%C3%9Fe%20%F0%9F%8C%B1.png"), "Grüße 🌱.png");
            assert_eq!(decode("100%.txt%2"), "100%.txt%2");
            assert_eq!(decode("%ff"), "\u{fffd}");
        }
    }
}
