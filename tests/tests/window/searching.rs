//! Searching: one box over everything, by keys alone.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring};

use crate::acts;

#[tokio::test]
async fn a_word_finds_its_entry_as_it_is_typed() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "Estuary", "We walked along the brackish shore.").await;
    acts::write(&window, "Mountain", "The path was steep; the café was closed.").await;

    acts::open_palette(&window).await;
    window.type_text("brack").await;
    let found = "document.querySelector('dialog[open]')?.innerText";
    window.wait_for("the entry is found", &format!("{found}?.includes('brackish shore')")).await;
    window.wait_for("the other is not", &format!("!{found}.includes('Mountain')")).await;
    window.press(&[], char::from(Key::Enter).to_string()).await;
    window.wait_for("the entry is in front", &format!("{}?.includes('brackish')", acts::FRONT_TEXT)).await;
}

#[tokio::test]
async fn accents_and_parts_of_words_and_cjk_are_found() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "Coffee", "The café was closed.").await;
    acts::write(&window, "Trees", "今天学习了很多东西").await;

    for (typed, title) in [("cafe", "Coffee"), ("学习", "Trees"), ("\"was closed\"", "Coffee")] {
        acts::open_palette(&window).await;
        window.insert(typed).await;
        window.find("option", title).await;
        window.press(&[], char::from(Key::Escape).to_string()).await;
        window.wait_for("the palette is gone", "!document.querySelector('dialog[open]')").await;
    }
}
