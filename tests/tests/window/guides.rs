//! Guides through the real window: one run to its end, one left in the middle and gone on with after the window was killed.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring, Window, desktop};

use crate::acts;

async fn go_on(window: &Window) {
    window.press(&[Key::Control], char::from(Key::Enter).to_string()).await;
}

/// Waits until a guide asks this.
async fn asks(window: &Window, question: &str) {
    window.find("heading", question).await;
    // The cursor is where one writes next.
    window
        .wait_for("the cursor is in the first field", "document.activeElement?.dataset.answer !== undefined")
        .await;
}

async fn begin(window: &Window, guide: &str) {
    acts::command(window, "Go to the guides").await;
    window.click("button", &format!("Begin: {guide}")).await;
}

#[tokio::test]
async fn a_guide_is_run_to_its_end_by_keys_and_becomes_an_entry_and_an_intention() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::command(&window, "Go to the guides").await;
    window.find("button", "Begin: Value in action").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());

    window.click("button", "Begin: Five-minute close").await;
    asks(&window, "Which moment of today").await;
    window.type_text("Helen asked what would change our mind.").await;
    go_on(&window).await;
    asks(&window, "What did you do that made it so?").await;
    window.type_text("I let the silence stand.").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    go_on(&window).await;
    asks(&window, "What will you do differently").await;
    window.type_text("ask it first").await;
    window.click("button", "In a week").await;
    go_on(&window).await;

    window.find("heading", "That was it").await;
    window.wait_for_text("Five-minute close: Helen asked what would change our mind.").await;
    window.find("checkbox", "ask it first").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    go_on(&window).await;
    window.find("heading", "It is kept").await;
    window.click("button", "Open the entry").await;
    window.find("textbox", "Text of the entry").await;
    window.wait_for_text("I let the silence stand.").await;

    let list = desktop.command(desktop::vv()).args(["--json", "entry", "list"]).output().unwrap();
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    assert!(list.contains("Five-minute close: Helen asked") && list.contains("daily close"), "{list}");
    let check = desktop.command(desktop::vv()).arg("verify").output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}

#[tokio::test]
async fn a_guide_that_was_left_in_the_middle_goes_on_there_after_the_window_was_killed() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    begin(&window, "After-action review").await;
    asks(&window, "What are you looking back at?").await;
    window.type_text("The pricing release").await;
    go_on(&window).await;
    asks(&window, "What was meant to happen?").await;
    window.type_text("No failed checkouts.").await;
    window.wait_for_text("Not kept yet").await;
    window.wait_for_no_text("Not kept yet").await;
    window.press(&[], char::from(Key::Escape).to_string()).await;
    window.wait_for_text("Waiting for you").await;
    window.click("button", "Go on").await;
    asks(&window, "What was meant to happen?").await;
    window.wait_for_text("The pricing release").await;
    desktop.kill();

    let window = desktop.open().await;
    acts::command(&window, "Go to the guides").await;
    window.wait_for_text("at “Intended”").await;
    window.click("button", "Go on").await;
    asks(&window, "What was meant to happen?").await;
    let kept = "document.querySelector('textarea')?.value === 'No failed checkouts.'";
    window.wait_for("what was written is still there", kept).await;
    go_on(&window).await;
    asks(&window, "What did happen?").await;
}
