//! Guides for what one wants to learn or do, each run to its end by keys: a loop page, a goal, an explanation, a gift, a value.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring};

use crate::{
    acts,
    answering::{Run, due, there_is_an_entry},
};

#[tokio::test]
async fn a_loop_page_waits_for_weeks_and_closes_only_with_its_fourth_part() {
    let desktop = Desktop::new(Keyring::Open);
    desktop.make_it_day(0);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    let run = Run::begin(&window, "Loop page").await;
    run.asks("What are you learning?").await;
    run.write("Hearing a no").await;
    run.fill("Where it came from", "a talk by Selin").await;
    run.fill("The key idea", "Silence is an answer.").await;
    run.go_on().await;
    run.asks("Where did you try it?").await;
    window.press(&[], char::from(Key::Escape).to_string()).await;
    window.wait_for_text("Waiting for you").await;
    desktop.quit();
    drop(window);

    desktop.make_it_day(20);
    let window = desktop.open().await;
    acts::command_by_keys(&window, "Go on: Loop page").await;
    let run = Run(&window);
    run.asks("Where did you try it?").await;
    run.write("With the trade fair: I asked twice.").await;
    run.fill("How many tries", "two").await;
    run.go_on().await;
    run.asks("What did somebody say about it?").await;
    run.write("Jonas").await;
    run.fill("Their words", "You let me finish.").await;
    run.go_on().await;
    run.asks("What has changed in how you do it?").await;
    run.tick("Skip").await;
    window.find("heading", "That was it").await;
    run.says("A loop closes only with its fourth part").await;
    // The keys that keep it do nothing while it is held.
    run.go_on().await;
    run.back().await;
    run.asks("What has changed in how you do it?").await;
    run.write("I wait for the second breath.").await;
    run.go_on().await;
    run.ends("Loop: Hearing a no").await;
    run.keep().await;

    there_is_an_entry(&desktop, "loop page");
    assert_eq!(acts::ask_vv(&desktop, &["loop", "list"]), Vec::<serde_json::Value>::new());
    let closed = acts::ask_vv(&desktop, &["loop", "show", "Hearing a no"]);
    let closed = closed[0].to_string();
    for words in
        ["Silence is an answer.", "I asked twice.", "You let me finish.", "I wait for the second breath."]
    {
        assert!(closed.contains(words), "{closed}");
    }
}

#[tokio::test]
async fn a_goal_meets_its_obstacle_and_comes_back_in_four_weeks() {
    let desktop = Desktop::new(Keyring::Open);
    desktop.make_dark();
    desktop.make_it_day(0);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    let run = Run::begin(&window, "Goal with obstacle").await;
    run.answer("What do you wish for", "to give the talk without reading").await;
    run.answer("What is the best that could come", "Somebody asks a question I like.").await;
    run.answer("What in you stands in the way?", "I rush").await;
    run.asks("What will you do when it comes?").await;
    window.wait_for_text("If I rush, then I").await;
    run.write("stop and breathe").await;
    run.go_on().await;
    run.asks("What is a first step").await;
    run.write("three sentences").await;
    run.tick("Tomorrow").await;
    run.go_on().await;
    run.ends("Goal: to give the talk").await;
    run.keep().await;
    desktop.quit();
    drop(window);

    assert_eq!(due(&desktop, 1), ["First step: three sentences"]);
    desktop.make_it_day(27);
    assert_eq!(acts::ask_vv(&desktop, &["today"])[0]["goals"], serde_json::json!([]));
    desktop.make_it_day(28);
    let goal = &acts::ask_vv(&desktop, &["today"])[0]["goals"][0]["plan"];
    assert_eq!(goal["if_then"], "If I rush, then I stop and breathe");
    assert_eq!(goal["best_result"], "Somebody asks a question I like.");

    // The step that was set out for comes back beside the wish, and its answer begins a loop.
    let window = desktop.open_where_it_begins().await;
    window.wait_for_text("Look at it again").await;
    window.wait_for_text("“to give the talk without reading”").await;
    let run = Run(&window);
    run.tick("Done").await;
    run.fill("How did it go?", "The third was the best.").await;
    window.run("document.activeElement.closest('form').querySelector('select').focus()", vec![]).await;
    run.write("A new loop").await;
    run.fill("What are you learning with it?", "Talking freely").await;
    run.tick("Keep").await;
    window.wait_for_text("Done, and kept.").await;
    let made = acts::ask_vv(&desktop, &["loop", "show", "Talking freely"])[0].to_string();
    assert!(made.contains("The third was the best."), "{made}");
}

#[tokio::test]
async fn shaky_lines_become_questions_a_gift_gets_its_day_and_a_value_may_have_a_name_of_ones_own() {
    let desktop = Desktop::new(Keyring::Open);
    desktop.make_it_day(0);
    let window = desktop.open().await;
    acts::begin(&window, "").await;

    let run = Run::begin(&window, "Explain it").await;
    run.asks("What do you explain").await;
    run.write("why we close on day three").await;
    run.fill("To whom", "Ines").await;
    run.go_on().await;
    run.asks("Explain it in ten lines.").await;
    run.lines(&["Bills come late", "The bank is slow", "Nobody asked yet"]).await;
    window.press(&[Key::Shift], char::from(Key::Tab).to_string()).await;
    run.tick("Mark as shaky: Line 2").await;
    run.tick("Mark as shaky: Line 3").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    run.go_on().await;
    run.asks("Turn each shaky line into a question.").await;
    run.write("How long does a transfer take?").await;
    run.fill("“Nobody asked yet”", "Who would mind day two?").await;
    run.go_on().await;
    run.ends("Explained: why we close on day three").await;
    run.keep().await;

    let run = Run::begin(&window, "A gift for a colleague").await;
    run.answer("What do you know that took you long", "reading a contract backwards").await;
    run.answer("Who nearby lacks it?", "Tom").await;
    run.asks("What is the ten-minute version?").await;
    run.write("He finds the exit clause himself.").await;
    run.tick("In two weeks").await;
    run.go_on().await;
    run.ends("A gift: reading a contract backwards").await;
    run.keep().await;

    let run = Run::begin(&window, "Value in action").await;
    run.asks("Which value do you look at?").await;
    run.fill("Your own words", "patience").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    run.go_on().await;
    run.answer("When did you live patience at a cost?", "I waited for Meral, and missed the train.").await;
    run.answer("When did you not?", "With the intern on Monday.").await;
    run.asks("What is the next test?").await;
    run.write("the budget round").await;
    run.go_on().await;
    run.ends("Value in action: patience").await;
    run.keep().await;

    for tag in ["explained", "peer gift", "patience"] {
        there_is_an_entry(&desktop, tag);
    }
    let questions = ["Find out: How long does a transfer take?", "Find out: Who would mind day two?"];
    assert_eq!(due(&desktop, 7), questions);
    assert_eq!(
        due(&desktop, 14),
        ["Offer Tom ten minutes: reading a contract backwards", "patience: the budget round"]
    );
}
