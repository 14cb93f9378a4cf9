//! Locking: what was shown is gone from the window, and only the passphrase brings it back.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring, processes::wait_until, stand_ins::Logind};

use crate::acts;

#[tokio::test]
async fn a_locked_journal_shows_no_word_of_it_and_loses_none() {
    let desktop = Desktop::new(Keyring::Missing);
    let window = desktop.open().await;
    acts::begin_with_passphrase(&window, "A sentence for my eyes only").await;
    window.find("textbox", "Text of the entry").await.click().await.unwrap();
    window.press(&[Key::Control], char::from(Key::End).to_string()).await;
    window.insert(", with one more thought").await;
    window.press(&[Key::Control], "l").await;
    window.wait_for_text("Your journal is locked").await;
    let page = window.run("return document.documentElement.outerHTML", vec![]).await;
    assert!(!page.as_str().unwrap().contains("for my eyes only"));

    acts::unlock(&window).await;
    acts::open_entry(&window, "A sentence for my eyes only").await;
    window.wait_for_text("with one more thought").await;
}

#[tokio::test]
async fn locking_without_a_passphrase_says_what_it_needs() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "A first sentence").await;
    window.press(&[Key::Control], "l").await;
    window.wait_for_text("Locking needs a passphrase").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_journal_is_saved_and_locked_before_the_computer_sleeps() {
    let desktop = Desktop::new(Keyring::Missing);
    let logind = Logind::begin(desktop.bus()).await.unwrap();
    let window = desktop.open().await;
    acts::begin_with_passphrase(&window, "Before the lid closes").await;
    window.find("textbox", "Text of the entry").await.click().await.unwrap();
    window.press(&[Key::Control], char::from(Key::End).to_string()).await;
    window.insert(" there is always one more word").await;
    wait_until("the program holds sleep up", || logind.holders() == 1);
    logind.sleep().await.unwrap();
    window.wait_for_text("Your journal is locked").await;

    acts::unlock(&window).await;
    acts::open_entry(&window, "Before the lid closes").await;
    window.wait_for_text("there is always one more word").await;
}
