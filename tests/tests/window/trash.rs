//! The trash: nothing goes without a person's act, and what goes for good is gone.

use vv_tests::{Desktop, Keyring};

use crate::acts;

#[tokio::test]
async fn an_entry_goes_to_the_trash_and_comes_back() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "Kept after all", "Some words.").await;
    acts::command(&window, "Move to trash").await;
    window.wait_for_text("Moved to trash.").await;
    window.click("button", "Undo").await;
    window.find("option", "Kept after all").await;

    acts::command(&window, "Move to trash").await;
    acts::command(&window, "Trash").await;
    window.click("option", "Kept after all").await;
    window.click("button", "Put back").await;
    window.wait_for_text("Back in the journal.").await;
}

#[tokio::test]
async fn an_entry_deleted_for_good_is_gone_from_the_journal() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "To be forgotten", "A word that nobody shall read.").await;
    acts::command(&window, "Move to trash").await;
    acts::command(&window, "Trash").await;
    window.click("option", "To be forgotten").await;
    window.click("button", "Delete for good").await;
    window.find("dialog", "Delete this entry for good?").await;
    window
        .run("[...document.querySelectorAll('dialog[open] button')].find((one) => one.innerText.includes('Delete for good')).click()", vec![])
        .await;
    window.wait_for_text("Deleted for good.").await;
    window.wait_for_text("The trash is empty").await;
}
