//! The surface: one function per command, request and view types, and the real ports.
//!
//! Both programs (the window and `vv`) call what stands here and nothing deeper. It is not the product: the product is in
//! `vv-core`. Start at `commands`, which lists all there is; every command is a function of its name here at the root, takes the
//! [`App`] and at most one request, blocks, and answers with a view or an [`error::ApiError`].

mod app;
mod backup;
mod backup_round;
mod capture;
pub mod commands;
#[cfg(feature = "demo")]
mod demo;
mod devices;
mod doctor;
pub mod error;
mod growth;
mod guides;
pub mod host;
mod job;
mod journal;
mod language;
mod listeners;
mod loops;
pub mod model;
mod notebook;
mod pairings;
mod past;
mod people;
mod portability;
mod recovery;
mod refusals;
mod reminding;
mod search;
mod settings;
mod spaces;
mod sync;
mod templates;
mod tick;
pub mod typescript;
mod unlocking;
mod voice;

pub use vv_core::{ids, language::Language};

pub use app::{App, Event, Reminder};
pub use backup::{
    backup_drill, backup_join, backup_list, backup_make, backup_remove, backup_restore, backup_state,
};
pub use capture::{capture_helped, capture_keep, capture_undo};
#[cfg(feature = "demo")]
pub use demo::{SAMPLE_PASSPHRASE, make_sample};
pub use devices::{
    devices_come_back, devices_link_answer, devices_link_begin, devices_link_cancel, devices_link_confirm,
    devices_link_state, devices_list, devices_plan_revoke, devices_read_kit, devices_rename, devices_revoke,
    keep_linking,
};
pub use doctor::notebook_doctor;
pub use growth::{growth_braid, growth_save_picture, growth_topics, growth_words};
pub use guides::{
    guides_answer, guides_copy, guides_delete, guides_delete_run, guides_export, guides_finish, guides_get,
    guides_import, guides_keep, guides_list, guides_move, guides_open, guides_runs, guides_save,
    guides_start, guides_trash, meetings_answer, meetings_begin, meetings_get, meetings_move, meetings_open,
};
pub use journal::{
    OpenedFile, attach_bytes, journal_attach_bytes, journal_attach_path, journal_change_entry,
    journal_create_entry, journal_delete_entry, journal_empty_trash, journal_find_link, journal_get_entry,
    journal_keep_draft, journal_list_entries, journal_list_tags, journal_list_versions, journal_locate_entry,
    journal_open_editor, journal_read_calendar, journal_read_version, journal_restore_entry,
    journal_restore_version, journal_save_attachment, journal_save_text, journal_trash_entry,
    read_attachment, read_thumbnail,
};
pub use language::{language, system_formats, system_language};
pub use loops::{
    goals_add_point, goals_change, goals_end, goals_erase, goals_get, goals_list, goals_list_objectives,
    goals_make, goals_remove_point, goals_reopen, goals_restore, goals_trash, intentions_answer,
    intentions_change, intentions_erase, intentions_list, intentions_make, intentions_restore,
    intentions_take_back, intentions_trash, loops_change, loops_change_filling, loops_close, loops_empty,
    loops_erase, loops_fill, loops_get, loops_list, loops_make, loops_note_surfaced, loops_of_entry,
    loops_park, loops_reopen, loops_restore, loops_trash,
};
pub use notebook::{
    keyring_state, notebook_create, notebook_lock, notebook_move_key, notebook_salvage, notebook_status,
    notebook_unlock, notebook_verify,
};
pub use pairings::{
    pairings_answer_promise, pairings_answer_session, pairings_change, pairings_draft, pairings_end,
    pairings_end_goal, pairings_get, pairings_goal, pairings_keep_preparation, pairings_list, pairings_make,
    pairings_note_met, pairings_note_primer, pairings_open_text, pairings_pause, pairings_plan,
    pairings_prepare, pairings_preview_sharing, pairings_promise, pairings_promises, pairings_save_text,
    pairings_share, pairings_sign,
};
pub use past::{past_answer_keepsake, past_answer_learned, past_keep, past_look_back, past_today};
pub use people::{
    helped_change, helped_list, helped_note, helped_remove, helped_subjects, people_delete, people_get,
    people_list, people_merge, people_names, people_of_entry, people_part, people_save,
};
pub use portability::{
    portability_export, portability_export_space, portability_import, portability_save_report,
    portability_stop,
};
pub use recovery::{
    recovery_ask_words, recovery_check_kit, recovery_print_kit, recovery_rehearse, recovery_save_kit,
    recovery_show_kit,
};
pub use search::{Filled, fill_search, search_entries, search_others};
pub use settings::{settings_change, settings_read};
pub use spaces::{
    keep_passing_mail, spaces_approve, spaces_change_role, spaces_compare_words, spaces_consent,
    spaces_create, spaces_decline, spaces_get, spaces_invite, spaces_join, spaces_leave, spaces_list,
    spaces_look, spaces_remove_member, spaces_rename, spaces_save_invite, spaces_save_letter,
    spaces_take_letter, spaces_withdraw_invite,
};
pub use sync::{
    keep_syncing, sync_add_folder, sync_add_server, sync_answer_alarm, sync_details, sync_now, sync_pause,
    sync_read, sync_refused, sync_remove_place, sync_resume, sync_state, sync_test_folder, sync_test_server,
};
pub use templates::{templates_delete, templates_fill, templates_list, templates_save};
pub use tick::keep_ticking;
pub use voice::{
    voice_change_mark, voice_discard, voice_mark, voice_pause, voice_recovered, voice_resume, voice_start,
    voice_state, voice_stop,
};
