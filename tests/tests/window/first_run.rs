//! The first run: from nothing to a first sentence.

use vv_tests::{Desktop, Keyring};

use crate::acts;

const SENTENCE: &str = "Today I learned to ask before answering";

#[tokio::test]
async fn a_new_person_writes_a_first_sentence_and_finds_it_again_with_the_keyring() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, SENTENCE).await;
    window.wait_for_text(SENTENCE).await;
    assert_eq!(acts::files_with(&desktop.profile(), SENTENCE.as_bytes()), Vec::<String>::new());
    desktop.kill();
    drop(window);

    let window = desktop.open().await;
    window.find("option", SENTENCE).await;
}

#[tokio::test]
async fn a_journal_behind_a_passphrase_opens_with_that_passphrase_only() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin_with_passphrase(&window, SENTENCE).await;
    desktop.kill();
    drop(window);

    let window = desktop.open().await;
    window.wait_for_text("Your journal is locked").await;
    window.fill("textbox", "Passphrase", "not this one").await;
    window.click("button", "Unlock").await;
    window.wait_for_text("This passphrase does not open it").await;
    assert!(!window.text().await.contains(SENTENCE));

    acts::unlock(&window).await;
    window.find("option", SENTENCE).await;
}

#[tokio::test]
async fn a_computer_without_a_keyring_says_so_and_offers_the_passphrase() {
    let desktop = Desktop::new(Keyring::Missing);
    let window = desktop.open().await;
    window.wait_for_text("This computer has no keychain that answers").await;
    window.fill("textbox", "This journal belongs to", "Aylin").await;
    window.fill("textbox", "Passphrase", acts::PASSPHRASE).await;
    window.fill("textbox", "The same again", acts::PASSPHRASE).await;
    window.fill("textbox", "First sentence", SENTENCE).await;
    window.click("button", "Open my journal").await;
    acts::wait_for_editor(&window).await;
    window.wait_for_text(SENTENCE).await;
}

#[tokio::test]
async fn a_keyring_that_is_gone_never_looks_like_a_new_person() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, SENTENCE).await;
    desktop.kill();
    drop(window);

    // The same profile, on a desktop that has no keyring.
    let mut elsewhere = Desktop::new(Keyring::Missing);
    elsewhere.set("VV_HOME", desktop.profile());
    let window = elsewhere.open().await;
    window.wait_for_text("Your journal is here and whole").await;
    assert!(!window.has("button", "Open my journal").await);
}
