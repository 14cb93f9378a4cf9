//! No barriers: axe finds nothing on any screen, light or dark.

use std::fs;

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring, Window};

use crate::acts;

/// The sections of Settings.
const SECTIONS: [&str; 14] = [
    "Who can read",
    "Devices",
    "Recovery",
    "Sync",
    "Lock",
    "Backup",
    "Import, export",
    "Templates",
    "Appearance, language",
    "Capture and desktop",
    "Reminders",
    "Spelling",
    "Updates",
    "About",
];

async fn look(window: &Window, screen: &str, found: &mut Vec<String>) {
    found.extend(window.barriers().await.into_iter().map(|line| format!("{screen}: {line}")));
}

async fn look_at_every_screen(dark: bool) {
    let desktop = Desktop::new(Keyring::Open);
    if dark {
        desktop.make_dark();
    }
    let window = desktop.open().await;
    let mut found = Vec::new();
    window.find("textbox", "This journal belongs to").await;
    look(&window, "first run", &mut found).await;
    window.click("radio", "behind a passphrase I type").await;
    look(&window, "first run with a passphrase", &mut found).await;
    acts::begin_with_passphrase(&window, "").await;
    look(&window, "empty journal", &mut found).await;
    acts::write(
        &window,
        "A page with everything",
        "# Heading\n\n- [ ] a task\n\n> a quote\n\n**bold** and `code` and [a link](https://example.org)\n",
    )
    .await;
    look(&window, "entry", &mut found).await;

    for (command, screen) in
        [("Versions", "versions"), ("Calendar", "calendar"), ("Trash", "trash"), ("Filter", "filter")]
    {
        acts::command(&window, command).await;
        look(&window, screen, &mut found).await;
        window.press(&[], char::from(Key::Escape).to_string()).await;
        acts::command(&window, "Go to the journal").await;
    }
    acts::open_palette(&window).await;
    look(&window, "palette", &mut found).await;
    window.type_text("everything").await;
    window.find("option", "A page with everything").await;
    look(&window, "search", &mut found).await;
    window.press(&[], char::from(Key::Escape).to_string()).await;
    acts::command(&window, "Keyboard shortcuts").await;
    look(&window, "shortcuts", &mut found).await;
    window.press(&[], char::from(Key::Escape).to_string()).await;

    acts::command(&window, "Settings").await;
    for section in SECTIONS {
        window.click("link", section).await;
        window.wait_for_text(section).await;
        look(&window, section, &mut found).await;
    }

    window.press(&[Key::Control], "l").await;
    window.wait_for_text("Your journal is locked").await;
    look(&window, "lock", &mut found).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn no_screen_has_a_barrier_in_light() {
    look_at_every_screen(false).await;
}

#[tokio::test]
async fn no_screen_has_a_barrier_in_dark() {
    look_at_every_screen(true).await;
}

/// Looks at the screens that stand before a journal, and at the capture window.
async fn look_at_every_closed_screen(dark: bool) {
    let desktop = |keyring| {
        let desktop = Desktop::new(keyring);
        if dark {
            desktop.make_dark();
        }
        desktop
    };
    let mut found = Vec::new();
    let home = desktop(Keyring::Open);
    let window = home.open().await;
    acts::begin(&window, "The first sentence.").await;
    let main = window.client().window().await.unwrap();
    home.start_again(&["--capture"]);
    acts::to_capture(&window).await;
    window.find("textbox", "What to keep").await;
    look(&window, "capture", &mut found).await;
    window.client().switch_to_window(main).await.unwrap();
    home.quit();
    drop(window);

    // The same profile on a desktop that has no keyring, then with a file that was damaged.
    let mut elsewhere = desktop(Keyring::Missing);
    let window = elsewhere.open().await;
    window.wait_for_text("This computer has no keychain that answers").await;
    look(&window, "first run without a keyring", &mut found).await;
    elsewhere.quit();
    drop(window);
    elsewhere.set("VV_HOME", home.profile());
    let window = elsewhere.open().await;
    window.wait_for_text("Your journal is here and whole").await;
    look(&window, "a keyring that is gone", &mut found).await;
    elsewhere.quit();
    drop(window);
    let file = home.profile().join("notebook/notebook.db");
    let mut bytes = fs::read(&file).unwrap();
    bytes[8_000..12_000].fill(0);
    fs::write(&file, bytes).unwrap();
    let window = home.open().await;
    window.wait_for_text("The file of your journal is damaged").await;
    look(&window, "a damaged file", &mut found).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn no_screen_before_the_journal_has_a_barrier_in_light() {
    look_at_every_closed_screen(false).await;
}

#[tokio::test]
async fn no_screen_before_the_journal_has_a_barrier_in_dark() {
    look_at_every_closed_screen(true).await;
}
