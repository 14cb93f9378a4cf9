//! Backups that are opened again, a page and a picture that leave: through the real window.

use std::fs;

use vv_tests::{Desktop, Keyring, desktop::root};

use crate::acts;

#[tokio::test]
async fn a_backup_opens_again_and_the_journal_leaves_as_one_page() {
    let desktop = Desktop::new(Keyring::Open);
    let photo = desktop.scratch().join("whiteboard.png");
    fs::copy(root().join("icons/512x512.png"), &photo).unwrap();
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "The whiteboard", "Look: ").await;
    desktop.will_pick(&[&photo]);
    window.click("button", "Photo or file").await;
    window.wait_for("the photo is in", "document.querySelectorAll('.cm-content img').length > 0").await;
    window.wait_until_kept().await;

    window.run("location.hash = '#/settings/backup'", vec![]).await;
    window.wait_for_text("Copies that open").await;
    window.click("button", "Make a backup now").await;
    window.wait_for_text("The backup is made.").await;
    window.click("button", "Open the newest now").await;
    window.wait_for_text("opens, 1 entry.").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());

    window.run("location.hash = '#/settings/transfer'", vec![]).await;
    window.wait_for_text("Take entries out").await;
    let page = desktop.scratch().join("journal.html");
    desktop.will_pick(&[&page]);
    window.click("button", "Choose where").await;
    window.wait_for_text("1 entry and 1 file are written.").await;
    let written = fs::read_to_string(&page).unwrap();
    assert!(written.contains("The whiteboard") && written.contains("data:image/png;base64,"));

    window.run("location.hash = '#/growth'", vec![]).await;
    window.wait_for_text("Days you wrote").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    let picture = desktop.scratch().join("days.png");
    desktop.will_pick(&[&picture]);
    window.click("button", "Save the picture “Days you wrote”").await;
    window.click("menuitem", "Save as PNG").await;
    window.wait_for_text("The picture is saved.").await;
    assert!(fs::read(&picture).unwrap().starts_with(b"\x89PNG"));
}
