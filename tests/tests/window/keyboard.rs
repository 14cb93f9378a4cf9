//! Everything without a mouse.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring};

use crate::{acts, answering::Run};

fn key(key: Key) -> String {
    char::from(key).to_string()
}

#[tokio::test]
async fn a_journal_is_begun_written_found_and_locked_by_keys_alone() {
    let desktop = Desktop::new(Keyring::Missing);
    let window = desktop.open().await;

    // The first field has the cursor; each Tab goes to the next part.
    window.find("textbox", "This journal belongs to").await;
    window.type_text("Aylin").await;
    window.press(&[], key(Key::Tab)).await;
    for _ in 0..2 {
        let at = window.run("return document.activeElement.type", vec![]).await;
        if at == "password" {
            break;
        }
        window.press(&[], key(Key::Tab)).await;
    }
    window.type_text(acts::PASSPHRASE).await;
    for _ in 0..3 {
        window.press(&[], key(Key::Tab)).await;
        if window.run("return document.activeElement.type", vec![]).await == "password" {
            break;
        }
    }
    window.type_text(acts::PASSPHRASE).await;
    for _ in 0..3 {
        window.press(&[], key(Key::Tab)).await;
        if window.run("return document.activeElement.tagName", vec![]).await == "TEXTAREA" {
            break;
        }
    }
    window.type_text("A sentence without a mouse").await;
    window.press(&[Key::Control], key(Key::Enter)).await;
    acts::wait_for_editor(&window).await;

    window.press(&[Key::Control], "n").await;
    window.wait_for("an empty page is in front", &format!("{} === ''", acts::FRONT_TEXT)).await;
    window.wait_for("the cursor is on the page", "document.activeElement?.closest('article') !== null").await;
    window.type_text("A title by keys").await;
    window.press(&[], key(Key::Enter)).await;
    window.type_text("Words by keys").await;

    acts::open_palette(&window).await;
    window.type_text("without a mouse").await;
    window.find("option", "A sentence without a mouse").await;
    window.press(&[], key(Key::Enter)).await;
    window
        .wait_for(
            "the found entry is in front",
            &format!("{}?.includes('without a mouse')", acts::FRONT_TEXT),
        )
        .await;

    window.press(&[Key::Control], "l").await;
    window.wait_for_text("Your journal is locked").await;
    window.type_text(acts::PASSPHRASE).await;
    window.press(&[], key(Key::Enter)).await;
    window.find("button", "New entry").await;
}

#[tokio::test]
async fn today_loops_guides_and_growth_are_worked_by_keys_alone() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    let keys = Run(&window);
    let cursor_is = |name: &str| format!("document.activeElement?.getAttribute('aria-label') === '{name}'");

    window.press(&[Key::Control], "1").await;
    window.wait_for("the cursor is in the field of the day", &cursor_is("Write")).await;
    window.run("window.keeps.before = window.keeps.asked", vec![]).await;
    window.type_text("Helen waited.").await;
    window.wait_until_kept().await;
    keys.tick("Look back at the last seven days").await;
    window.wait_for_text("1 entry, 2 words").await;

    window.press(&[Key::Control], "3").await;
    window.find("button", "Begin a loop").await;
    keys.tick("Begin a loop").await;
    window.find("dialog", "What are you learning?").await;
    window.type_text("To wait").await;
    window.press(&[], key(Key::Enter)).await;
    window.find("heading", "To wait").await;
    keys.tick("What did you take in").await;
    keys.fill("What did you take in", "Silence works for you.").await;
    keys.tick("Keep it").await;
    window.wait_for_text("1 source").await;

    window.press(&[Key::Control], "g").await;
    window.find("button", "What it asks: Loop page").await;
    keys.tick("What it asks: Loop page").await;
    window.find("heading", "Loop page").await;
    keys.tick("Begin").await;
    keys.asks("What are you learning?").await;
    window.press(&[], key(Key::Escape)).await;
    keys.tick("Put away: Loop page").await;
    window.wait_for_text("Put away. Nothing was deleted.").await;

    acts::command_by_keys(&window, "Go to growth").await;
    window.find("button", "From afar").await;
    keys.tick("From afar").await;
    window.wait_for_text("Days you wrote").await;
    keys.tick("As a table").await;
    let shown = "document.activeElement?.getAttribute('aria-pressed') === 'true'";
    window.wait_for("the picture is a table", shown).await;
    let picture = desktop.scratch().join("days.png");
    desktop.will_pick(&[&picture]);
    keys.tick("Save the picture “Days you wrote”").await;
    window.find("menuitem", "Save as PNG").await;
    window.press(&[], key(Key::Enter)).await;
    window.wait_for_text("The picture is saved.").await;
    assert!(picture.exists());
}

#[tokio::test]
async fn the_focus_is_always_to_be_seen() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "Focus").await;
    window.press(&[], key(Key::Escape)).await;
    window.run("document.activeElement.blur()", vec![]).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..40 {
        window.run("document.body.focus()", vec![]).await;
        window.type_text(&key(Key::Tab)).await;
        let at = window.run(FOCUS, vec![]).await;
        let at = at.as_str().unwrap().to_owned();
        assert!(!at.starts_with("unseen"), "{at}");
        seen.insert(at);
    }
    assert!(seen.len() > 8, "Tab goes through the window: {seen:?}");
}

/// Says where the focus is, and whether anything shows it: the thing itself, what stands around it, or the row of a list that
/// the keys move in.
const FOCUS: &str = "const at = document.activeElement; \
    const name = (at.getAttribute('aria-label') ?? at.innerText ?? at.tagName).slice(0, 40); \
    const row = document.getElementById(at.getAttribute('aria-activedescendant') ?? ''); \
    const places = [at, at.parentElement, row, ...(row?.querySelectorAll('*') ?? [])].filter(Boolean); \
    const drawn = places.some((one) => { const of = getComputedStyle(one); \
        return of.outlineStyle !== 'none' || of.boxShadow !== 'none'; }); \
    const shown = at === document.body || drawn || at.matches('textarea, input') || at.closest('.cm-editor') !== null; \
    return (shown ? '' : 'unseen: ') + at.tagName + ' ' + name";
