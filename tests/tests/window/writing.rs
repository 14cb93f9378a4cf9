//! Writing: what is typed stays, whatever happens to the program.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring};

use crate::acts;

#[tokio::test]
async fn what_is_written_is_there_after_the_program_was_quit() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "A hard meeting", "I asked **why** three times.\n\n- listened\n- took a note").await;
    desktop.quit();
    drop(window);

    let window = desktop.open().await;
    acts::open_entry(&window, "A hard meeting").await;
    window.wait_for_text("I asked").await;
    window.wait_for_text("took a note").await;
}

#[tokio::test]
async fn the_last_word_before_quitting_is_saved() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "The beginning of it").await;
    window.find("textbox", "Text of the entry").await.click().await.unwrap();
    window.press(&[Key::Control], char::from(Key::End).to_string()).await;
    window.insert(" and its very last word").await;
    desktop.quit();
    drop(window);

    let window = desktop.open().await;
    acts::open_entry(&window, "The beginning of it").await;
    window.wait_for_text("and its very last word").await;
    assert!(!window.text().await.contains("Your words from before are back"), "it was saved, not recovered");
}

#[tokio::test]
async fn words_typed_before_a_crash_come_back() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "Written in a storm", "These words were kept.").await;
    window.type_text(" And these were being typ").await;
    desktop.kill();
    drop(window);

    let window = desktop.open().await;
    acts::open_entry(&window, "Written in a storm").await;
    window.wait_for_text("These words were kept.").await;
}

#[tokio::test]
async fn several_entries_are_open_at_once_and_each_keeps_its_own_words() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "The first page", "Words of the first.").await;
    acts::write(&window, "The second page", "Words of the second.").await;
    acts::open_entry(&window, "The first page").await;
    acts::write_on(&window, " More of the first.").await;
    let shown = window.run(&format!("return {}", acts::FRONT_TEXT), vec![]).await;
    assert_eq!(shown.as_str().unwrap(), "Words of the first. More of the first.");
}

#[tokio::test]
async fn text_of_every_script_stays_exactly_as_written() {
    let text = "שלום עולם · 中文日本語한국어 · 👩🏽‍💻🌱 · e\u{301} · \u{200f}\u{a0}";
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "Scripts", text).await;
    desktop.quit();
    drop(window);

    let window = desktop.open().await;
    acts::open_entry(&window, "Scripts").await;
    window.wait_for_text("👩🏽‍💻🌱 · e\u{301}").await;
}

#[tokio::test]
async fn rich_text_that_was_copied_is_pasted_as_markdown() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "Copied", "Before.\n\n").await;
    // Copied as from any page: what is selected goes to the clipboard with its form.
    let select = "const page = document.createElement('div'); page.id = 'page'; page.tabIndex = 0; page.innerHTML = arguments[0]; \
        document.body.append(page); page.focus(); getSelection().selectAllChildren(page)";
    let rich = "<h2>Minutes</h2><p>She said <b>no</b>, <a href='https://example.org/why'>and why</a>.</p>\
        <ul><li>one</li><li>two</li></ul>";
    window.run(select, vec![rich.into()]).await;
    window.run("window.copied = false; addEventListener('copy', () => (window.copied = true))", vec![]).await;
    window.press(&[Key::Control], "c").await;
    window.wait_for("it was copied", "window.copied").await;
    window.run("document.getElementById('page').remove()", vec![]).await;
    window.find("textbox", "Text of the entry").await.click().await.unwrap();
    window.press(&[Key::Control], char::from(Key::End).to_string()).await;
    window.run("window.keeps.before = window.keeps.asked", vec![]).await;
    window.press(&[Key::Control], "v").await;
    window.wait_for_text("Minutes").await;
    window.wait_until_kept().await;
    desktop.quit();
    let entry = acts::ask_vv(&desktop, &["entry", "list"]).remove(0);
    let entry = acts::ask_vv(&desktop, &["entry", "show", entry["id"].as_str().unwrap()]).remove(0);
    let pasted =
        "Before.\n\n## Minutes\n\nShe said **no**, [and why](https://example.org/why).\n\n- one\n- two";
    assert_eq!(entry["text"].as_str().unwrap().trim_end(), pasted);
}
