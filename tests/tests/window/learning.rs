//! Today and loops, through the window: writing at once, four parts filled, a loop closed.

use vv_tests::{Desktop, Keyring, Window, desktop};

use crate::acts;

#[tokio::test]
async fn the_app_opens_on_today_with_the_cursor_in_its_field_and_keeps_what_is_typed() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    desktop.quit();
    drop(window);

    let window = desktop.open_where_it_begins().await;
    window
        .wait_for(
            "the cursor is in the field of the day",
            "document.activeElement?.getAttribute('aria-label') === 'Write'",
        )
        .await;
    window.type_text("Helen waited, and asked it again.").await;
    window.wait_until_kept().await;
    desktop.quit();
    drop(window);

    let window = desktop.open().await;
    window.wait_for_text("Helen waited, and asked it again.").await;
}

#[tokio::test]
async fn the_four_parts_of_a_loop_are_filled_and_it_closes_with_then_and_now() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "A talk by Selin", "No is a date.").await;
    go_to(&window, "loops").await;
    window.click("button", "Begin a loop").await;
    window.fill("textbox", "What I am learning", "Saying no with a date").await;
    window.click("button", "Begin the loop").await;
    window.find("heading", "Saying no with a date").await;

    window.click("button", "What did you take in").await;
    window.click("button", "An entry instead").await;
    window.fill("textbox", "Find an entry", "A talk").await;
    window.click("button", "A talk by Selin").await;
    window.wait_for_text("1 source").await;
    for (ask, words, there) in [
        ("Where did you try it?", "Told the trade fair: in May", "1 try"),
        ("What did somebody say to it?", "I could plan with that.", "1 time"),
    ] {
        window.click("button", ask).await;
        window.fill("textbox", ask, words).await;
        window.click("button", "Keep it").await;
        window.wait_for_text(there).await;
    }
    window.click("button", "Write what changed").await;
    window.fill("textbox", "Then", "I said yes and was late.").await;
    window.fill("textbox", "Now", "I name the day first.").await;
    window.click("button", "Close the loop").await;
    window.find("button", "Open it again").await;
    desktop.quit();
    drop(window);

    let window = desktop.open().await;
    go_to(&window, "loops").await;
    window.click("link", "Saying no with a date").await;
    for words in ["I said yes and was late.", "I name the day first.", "I could plan with that."] {
        window.wait_for_text(words).await;
    }
}

#[tokio::test]
async fn today_loops_and_reminders_keep_nobody_out() {
    let desktop = Desktop::new(Keyring::Open);
    let made = desktop.command(desktop::vv()).arg("demo").status().unwrap();
    assert!(made.success());
    let window = desktop.open().await;
    let mut found = Vec::new();
    for (room, there) in
        [("today", "Loops waiting"), ("loops", "Waiting for you"), ("settings/reminders", "On these days")]
    {
        go_to(&window, room).await;
        window.wait_for_text(there).await;
        found.extend(window.barriers().await.into_iter().map(|line| format!("{room}: {line}")));
    }
    assert_eq!(found, Vec::<String>::new());
}

async fn go_to(window: &Window, room: &str) {
    window.run("location.hash = arguments[0]", vec![format!("#/{room}").into()]).await;
}
