//! People, through the window: named while one writes, with a page of their own, help that is noted, found again.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring, Window, desktop};

use crate::acts;

#[tokio::test]
async fn somebody_is_named_while_one_writes_and_has_a_page_with_what_they_helped_with() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "After the review", "Asked @Katie").await;
    window.find("option", "New person: Katie").await;
    choose_next(&window, "New person: Katie").await;
    window.wait_for("she is named", "document.querySelector('.vv-person')?.textContent === '@Katie'").await;
    window.type_text(" about the margin.").await;
    window.wait_until_kept().await;

    // Two keys from the entry: the one that begins a note, and Enter.
    window.wait_for("she stands in the margin", &in_margin("Katie")).await;
    window.press(&[Key::Control, Key::Shift], "m").await;
    window.wait_for("the cursor waits for what", &focused("With what")).await;
    window.type_text("data").await;
    window.press(&[], char::from(Key::Enter).to_string()).await;
    window.wait_for_text("Noted: Katie helped with data.").await;

    go_to(&window, "people").await;
    window.click("link", "K Katie").await;
    window.find("heading", "Katie").await;
    window.wait_for_text("After the review").await;
    window.wait_for_text("data").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());

    // A new name shows in the entry, which stays as it is.
    window.click("button", "Change name and more").await;
    window.fill("textbox", "Name", "Katie Lindgren").await;
    window.click("button", "Keep it").await;
    window.find("heading", "Katie Lindgren").await;
    window.click("button", "After the review").await;
    window
        .wait_for(
            "the new name is shown",
            "document.querySelector('.vv-person')?.textContent === '@Katie Lindgren'",
        )
        .await;

    // Found as a person by name, and the entry by whom it names.
    search(&window, "lindgren").await;
    window.find("option", "Katie Lindgren").await;
    window.press(&[], char::from(Key::Escape).to_string()).await;
    window.wait_for("the palette is gone", "!document.querySelector('dialog[open]')").await;
    search(&window, "@lindgren margin").await;
    window.find("option", "After the review").await;
    window.press(&[], char::from(Key::Enter).to_string()).await;
    window.wait_for("the entry is in front", &format!("{}?.includes('margin')", acts::FRONT_TEXT)).await;
    desktop.quit();
    drop(window);
    let verified = desktop.command(desktop::vv()).arg("verify").status().unwrap();
    assert!(verified.success());
}

#[tokio::test]
async fn people_and_notes_of_help_keep_nobody_out() {
    let desktop = Desktop::new(Keyring::Open);
    let made = desktop.command(desktop::vv()).arg("demo").status().unwrap();
    assert!(made.success());
    let window = desktop.open().await;
    let mut found = Vec::new();
    for (room, there) in [("people", "Choose somebody"), ("people/helped", "reading the P&L")] {
        go_to(&window, room).await;
        window.wait_for_text(there).await;
        found.extend(window.barriers().await.into_iter().map(|line| format!("{room}: {line}")));
    }
    window.click("link", "P Priya").await;
    window.wait_for_text("You noted Priya 3 times for slow queries").await;
    found.extend(window.barriers().await.into_iter().map(|line| format!("a person: {line}")));
    window.click("button", "Helped me with…").await;
    window.find("textbox", "With what").await;
    found.extend(window.barriers().await.into_iter().map(|line| format!("a note: {line}")));
    assert_eq!(found, Vec::<String>::new());
}

/// Moves to an offer below the field and takes it, once the editor takes choices.
async fn choose_next(window: &Window, offer: &str) {
    let chosen = format!(
        "document.querySelector('.cm-tooltip-autocomplete [aria-selected=true]')?.textContent.includes('{offer}')"
    );
    window
        .wait_for(
            "the offer is chosen",
            &format!(
                "({chosen}) || (document.querySelector('.cm-content').dispatchEvent(new KeyboardEvent('keydown', {{ key: 'ArrowDown', bubbles: true, cancelable: true }})), false)"
            ),
        )
        .await;
    window.press(&[], char::from(Key::Enter).to_string()).await;
}

async fn search(window: &Window, words: &str) {
    window.press(&[Key::Control], "k").await;
    window.find("textbox", "Search and commands").await;
    window.type_text(words).await;
}

fn in_margin(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('.facts button')].some((one) => one.textContent.trim() === '{name}')"
    )
}

fn focused(label: &str) -> String {
    format!("document.activeElement?.labels?.[0]?.textContent.includes('{label}')")
}

async fn go_to(window: &Window, room: &str) {
    window.run("location.hash = arguments[0]", vec![format!("#/{room}").into()]).await;
}
