//! Today and loops, through the window: writing at once, four parts filled, a loop closed.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring, Window, desktop};

use crate::{acts, answering::Run};

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
    acts::wait_for_editor(&window).await;
    go_to(&window, "loops").await;
    window.click("link", "Saying no with a date").await;
    for words in ["I said yes and was late.", "I name the day first.", "I could plan with that."] {
        window.wait_for_text(words).await;
    }
}

/// Looks at every room of learning, full, and at each kind of question a guide has.
async fn look_at_every_room(dark: bool) {
    let desktop = Desktop::new(Keyring::Open);
    if dark {
        desktop.make_dark();
    }
    let made = desktop.command(desktop::vv()).arg("demo").status().unwrap();
    assert!(made.success());
    let window = desktop.open().await;
    acts::wait_for_editor(&window).await;
    let mut found = Vec::new();
    for (room, there) in [
        ("today", "Loops waiting"),
        ("loops", "Waiting for you"),
        ("growth", "A year, both ways"),
        ("pairings", "Two people, both ways"),
        ("settings/reminders", "On these days"),
        ("settings/templates", "To begin with"),
        ("guides", "Reflections"),
        ("guides/about/j3", "What it asks"),
        ("guides/edit/new", "This is the guide as it is kept"),
    ] {
        go_to(&window, room).await;
        window.wait_for_text(there).await;
        look(&window, room, &mut found).await;
    }
    // Some moment and a choice; lines; a choice with words of one's own; marks and an entry.
    for (guide, steps) in
        [("After-action review", 1), ("Explain it", 2), ("Value in action", 1), ("Monthly growth page", 1)]
    {
        let run = Run::begin(&window, guide).await;
        for step in 1..=steps {
            run.is_at(step).await;
            look(&window, guide, &mut found).await;
            run.write("Something").await;
            run.go_on().await;
        }
        run.is_at(steps + 1).await;
        window.press(&[], char::from(Key::Escape).to_string()).await;
        window.wait_for_text("Waiting for you").await;
    }
    look(&window, "guides that wait", &mut found).await;
    let run = Run::begin(&window, "A gift for a colleague").await;
    run.answer("What do you know", "To wait").await;
    run.answer("Who nearby", "Ines").await;
    run.answer("What is the ten-minute", "She tries it.").await;
    window.find("heading", "That was it").await;
    look(&window, "the end of a guide", &mut found).await;
    run.keep().await;
    look(&window, "what came of a guide", &mut found).await;
    assert_eq!(found, Vec::<String>::new());
}

async fn look(window: &Window, room: &str, found: &mut Vec<String>) {
    found.extend(window.barriers().await.into_iter().map(|line| format!("{room}: {line}")));
}

#[tokio::test]
async fn no_room_of_learning_has_a_barrier_in_light() {
    look_at_every_room(false).await;
}

#[tokio::test]
async fn no_room_of_learning_has_a_barrier_in_dark() {
    look_at_every_room(true).await;
}

/// Goes to a room by its address. The room that stands must be whole: one that is being made says in the address what it opens.
async fn go_to(window: &Window, room: &str) {
    window.run("location.hash = arguments[0]", vec![format!("#/{room}").into()]).await;
}
