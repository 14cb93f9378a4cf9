//! Voice notes through the real window: recorded, marked, played, and what becomes of one when the window is killed.

use serde_json::json;
use vv_tests::{Desktop, Keyring, Window, desktop};

use crate::acts;

/// The seconds that the recording shows, as a script says it.
const SHOWN: &str = "(() => { const [m, s] = (document.querySelector('[role=timer]')?.textContent ?? '0:0').split(':').map(Number); \
                     return m * 60 + s; })()";

fn with_microphone(what: &str) -> Desktop {
    let mut desktop = Desktop::new(Keyring::Open);
    desktop.set("VV_MICROPHONE", what);
    desktop
}

async fn record(window: &Window, seconds: u32) {
    window.click("button", "Record a voice note").await;
    window.wait_for(&format!("{seconds} seconds were heard"), &format!("{SHOWN} >= {seconds}")).await;
}

#[tokio::test]
async fn a_note_is_recorded_marked_and_played_in_the_entry_it_belongs_to() {
    let desktop = with_microphone("tone");
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "On the train", "What I said aloud.").await;
    record(&window, 1).await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    window.click("button", "Mark this moment").await;
    window.wait_for_text("1 mark").await;
    window.click("button", "Stop and keep it").await;
    window.find("slider", "Position").await;
    window.find("textbox", "Name of the mark at 0:0").await;
    window.fill("textbox", "Name of the mark at 0:0", "the idea").await;
    window.run("document.activeElement.blur()", vec![]).await;
    window
        .wait_for(
            "the outline is drawn",
            "document.querySelector('.player [role=slider] path')?.getAttribute('d').length > 100",
        )
        .await;
    assert_eq!(window.barriers().await, Vec::<String>::new());

    window.click("button", "Play").await;
    window
        .wait_for(
            "it goes on by itself",
            "Number(document.querySelector('[role=slider]').getAttribute('aria-valuenow')) >= 1",
        )
        .await;
    assert!(!window.text().await.contains("could not be played"));
    assert_eq!(acts::files_with(&desktop.profile(), b"OggS"), Vec::<String>::new());
    assert_eq!(acts::files_with(desktop.everything(), b"OpusHead"), Vec::<String>::new());
    let check = desktop.command(desktop::vv()).arg("verify").output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}

#[tokio::test]
async fn a_recording_that_a_kill_cut_short_is_back_in_its_entry() {
    let desktop = with_microphone("tone");
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "Cut short", "Before the storm.").await;
    record(&window, 4).await;
    desktop.kill();
    drop(window);

    let window = desktop.open().await;
    window.wait_for_text("A voice note that was cut short is back in its entry").await;
    acts::open_entry(&window, "Cut short").await;
    let slider = window.find("slider", "Position").await;
    let length = slider.attr("aria-valuemax").await.unwrap().unwrap_or_default();
    assert!(length.parse::<u32>().unwrap() >= 3, "{length} of more than 4 seconds");
    window.wait_for_text("It ended unexpectedly").await;
    let check = desktop.command(desktop::vv()).arg("verify").output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}

#[tokio::test]
async fn a_microphone_that_is_missing_or_goes_away_is_said_in_a_sentence() {
    let desktop = with_microphone("absent");
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "No microphone", "Typed instead.").await;
    window.click("button", "Record a voice note").await;
    window.wait_for_text("No microphone was found; nothing was recorded.").await;
    assert_eq!(window.run("return document.querySelectorAll('[role=timer]').length", vec![]).await, json!(0));
    desktop.quit();
    drop(window);

    let desktop = with_microphone("tone:2");
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "Unplugged", "While I spoke.").await;
    window.click("button", "Record a voice note").await;
    window.wait_for_text("The microphone went away; what was recorded before is kept.").await;
    window.find("slider", "Position").await;
}

#[tokio::test]
async fn nobody_is_heard_by_a_window_that_was_put_away() {
    let desktop = with_microphone("tone");
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "Put away", "And then I left.").await;
    record(&window, 2).await;
    desktop.quit();
    drop(window);
    let window = desktop.open().await;
    acts::open_entry(&window, "Put away").await;
    window.find("slider", "Position").await;
    window.wait_for_no_text("It ended unexpectedly").await;
}
