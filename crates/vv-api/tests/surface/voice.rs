//! Voice notes, as the window records them: with a microphone that is fed, and without one.

use std::{sync::mpsc::Receiver, time::Duration};

use chrono::TimeDelta;
use vv_api::{
    Event,
    error::ErrorCode,
    model::{
        journal::EntryView,
        notebook::NotebookStatus,
        voice::{ChangeMark, StartVoice, VoicePhase, VoiceState},
    },
};
use vv_core::ports::MicrophoneError;

use crate::computer::{Computer, PASSPHRASE, code};

const SECOND: usize = 48_000;

fn start(computer: &Computer, entry: &EntryView) {
    let request = StartVoice { entry: Some(entry.id), name: "Thinking aloud".to_owned() };
    let state = vv_api::voice_start(&computer.app, request).unwrap();
    assert_eq!((state.phase, state.entry), (VoicePhase::Recording, Some(entry.id)));
}

fn feed(computer: &Computer, seconds: usize) {
    let sound: Vec<f32> = (0..seconds * SECOND).map(|at| (at as f32 * 0.02).sin() * 0.5).collect();
    computer.ports.microphone.feed(&sound);
}

/// Waits until what was asked for is so, as a screen hears of it.
fn wait(events: &Receiver<Event>, is_so: impl Fn(&VoiceState) -> bool) -> VoiceState {
    loop {
        match events.recv_timeout(Duration::from_secs(60)).expect("the recording tells how it goes") {
            Event::Voice(state) if is_so(&state) => return *state,
            _ => {}
        }
    }
}

fn lengths(computer: &Computer, entry: &EntryView) -> Vec<u64> {
    let files = vv_api::journal_get_entry(&computer.app, entry.id.to_string()).unwrap().attachments;
    files.into_iter().map(|file| file.voice.unwrap().duration_ms).collect()
}

#[test]
fn what_was_said_is_a_file_of_the_entry_once_it_is_stopped() {
    let computer = Computer::with_keyring();
    let entry = computer.write("On the train");
    let events = computer.app.subscribe();
    start(&computer, &entry);
    feed(&computer, 2);
    let heard = wait(&events, |state| state.ms == 2_000);
    assert!(heard.level > 150, "{}", heard.level);
    assert_eq!(vv_api::voice_mark(&computer.app).unwrap().marks, [2_000]);
    feed(&computer, 1);
    wait(&events, |state| state.ms == 3_000);
    let ended = vv_api::voice_stop(&computer.app).unwrap();
    assert_eq!(ended.phase, VoicePhase::Idle);
    let file = ended.ended.unwrap().attachment.unwrap();
    assert_eq!((file.name.as_str(), file.mime.as_str()), ("Thinking aloud.ogg", "audio/ogg"));
    let voice = file.voice.unwrap();
    assert_eq!((voice.duration_ms, voice.peaks.len(), voice.cut_short), (3_000, 30, false));
    assert_eq!(voice.marks[0].at_ms, 2_000);
    assert!(!computer.ports.microphone.is_heard());

    let change = ChangeMark { id: file.id, at_ms: 2_000, name: Some("the point".to_owned()) };
    let named = vv_api::voice_change_mark(&computer.app, change).unwrap();
    assert_eq!(named.voice.unwrap().marks[0].name, "the point");
    assert_eq!(code(vv_api::voice_stop(&computer.app)), ErrorCode::Conflict);
}

#[test]
fn without_a_microphone_nothing_is_made_and_it_is_said_why() {
    let computer = Computer::with_keyring();
    let request = || StartVoice { entry: None, name: "Thinking aloud".to_owned() };
    for (error, expected) in [
        (MicrophoneError::Absent, ErrorCode::NoMicrophone),
        (MicrophoneError::Busy, ErrorCode::NoMicrophone),
        (MicrophoneError::Refused, ErrorCode::MicrophoneRefused),
    ] {
        computer.ports.microphone.fail(Some(error));
        let refused = vv_api::voice_start(&computer.app, request()).unwrap_err();
        assert_eq!(refused.code, expected);
        assert!(refused.message.contains("nothing was recorded"), "{}", refused.message);
    }
    assert_eq!(computer.texts(), Vec::<String>::new());
    computer.ports.microphone.fail(None);
    let state = vv_api::voice_start(&computer.app, request()).unwrap();
    assert!(state.entry.is_some(), "without an entry a new one is made");
}

#[test]
fn a_microphone_that_goes_away_ends_the_recording_and_what_was_said_is_kept() {
    let computer = Computer::with_keyring();
    let entry = computer.write("On the train");
    let events = computer.app.subscribe();
    start(&computer, &entry);
    feed(&computer, 4);
    computer.ports.microphone.fail(Some(MicrophoneError::Gone));
    let ended = wait(&events, |state| state.phase == VoicePhase::Idle).ended.unwrap();
    let trouble = ended.trouble.unwrap();
    assert_eq!(trouble.code, ErrorCode::MicrophoneGone);
    assert!(trouble.message.contains("kept"), "{}", trouble.message);
    let voice = ended.attachment.unwrap().voice.unwrap();
    assert_eq!((voice.duration_ms, voice.cut_short), (4_000, true));
    computer.ports.microphone.fail(None);
    start(&computer, &entry);
}

#[test]
fn locking_in_the_middle_ends_the_recording_and_keeps_it() {
    let computer = Computer::with_passphrase();
    let entry = computer.write("On the train");
    let events = computer.app.subscribe();
    start(&computer, &entry);
    feed(&computer, 3);
    wait(&events, |state| state.ms == 3_000);
    vv_api::notebook_lock(&computer.app).unwrap();
    assert!(!computer.ports.microphone.is_heard());
    assert_eq!(vv_api::voice_state(&computer.app).unwrap().phase, VoicePhase::Idle);
    computer.unlock(PASSPHRASE).unwrap();
    assert_eq!(lengths(&computer, &entry), [3_000]);
    assert_eq!(vv_api::voice_recovered(&computer.app).unwrap(), []);
}

#[test]
fn who_talks_is_there_although_no_key_is_touched() {
    let computer = Computer::with_passphrase();
    let entry = computer.write("On the train");
    start(&computer, &entry);
    computer.ports.clock.advance(TimeDelta::minutes(70));
    computer.app.tick();
    assert!(matches!(computer.status(), NotebookStatus::Open { .. }));
    vv_api::voice_pause(&computer.app).unwrap();
    computer.app.tick();
    assert!(matches!(computer.status(), NotebookStatus::Locked { .. }), "who paused and left is not");
}

#[test]
fn nothing_is_heard_while_it_is_paused() {
    let computer = Computer::with_keyring();
    let entry = computer.write("On the train");
    let events = computer.app.subscribe();
    start(&computer, &entry);
    feed(&computer, 1);
    wait(&events, |state| state.ms == 1_000);
    assert_eq!(vv_api::voice_pause(&computer.app).unwrap().phase, VoicePhase::Paused);
    assert!(!computer.ports.microphone.is_heard(), "the system shows that nobody listens");
    vv_api::voice_resume(&computer.app).unwrap();
    assert!(computer.ports.microphone.is_heard());
    feed(&computer, 1);
    wait(&events, |state| state.ms == 2_000);
    vv_api::voice_pause(&computer.app).unwrap();
    computer.ports.microphone.fail(Some(MicrophoneError::Absent));
    assert_eq!(code(vv_api::voice_resume(&computer.app)), ErrorCode::NoMicrophone);
    assert_eq!(vv_api::voice_state(&computer.app).unwrap().phase, VoicePhase::Paused);
    vv_api::voice_stop(&computer.app).unwrap();
    assert_eq!(lengths(&computer, &entry), [2_000]);
}

#[test]
fn there_is_one_recording_at_a_time_and_a_discarded_one_leaves_nothing() {
    let computer = Computer::with_keyring();
    let entry = computer.write("On the train");
    let events = computer.app.subscribe();
    start(&computer, &entry);
    feed(&computer, 1);
    wait(&events, |state| state.ms == 1_000);
    let second = StartVoice { entry: Some(entry.id), name: String::new() };
    assert_eq!(code(vv_api::voice_start(&computer.app, second)), ErrorCode::Conflict);
    let ended = vv_api::voice_discard(&computer.app).unwrap().ended.unwrap();
    assert_eq!((ended.attachment, ended.trouble), (None, None));
    assert_eq!(lengths(&computer, &entry), Vec::<u64>::new());
}
