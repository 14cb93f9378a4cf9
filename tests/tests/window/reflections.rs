//! Guides for something that happened, each run to its end by keys: an incident, a cycle, three boxes, a lesson that was
//! given, feedback, a hard day.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring};

use crate::{
    acts,
    answering::{Run, due, there_is_an_entry},
};

const NONE: Vec<String> = Vec::new();

#[tokio::test]
async fn an_incident_leaves_a_rule_of_thumb_and_a_cycle_is_asked_for_facts_and_for_a_trigger() {
    let desktop = Desktop::new(Keyring::Open);
    desktop.make_it_day(0);
    let window = desktop.open().await;
    acts::begin(&window, "").await;

    let run = Run::begin(&window, "Critical incident").await;
    run.asks("Which event has stuck with you?").await;
    run.write("The supplier fell silent on the phone.").await;
    run.fill("My job in it", "To get the date").await;
    run.go_on().await;
    run.answer("When did it turn?", "When I said “fine” and hung up.").await;
    run.asks("What did you see or hear").await;
    run.lines(&["No typing on the other side", "He breathed in, and said nothing"]).await;
    assert_eq!(window.barriers().await, NONE);
    run.go_on().await;
    run.asks("What else could you have done").await;
    run.back().await;
    run.asks("What did you see or hear").await;
    let kept = "[...document.querySelectorAll('textarea')].map((one) => one.value).join('|') === \
        'No typing on the other side|He breathed in, and said nothing'";
    window.wait_for("both lines are still there", kept).await;
    run.go_on().await;
    run.answer("What else could you have done", "Count to five. I was in a hurry.").await;
    run.answer("How did it end?", "The parts came nine days late.").await;
    run.answer("What would a newcomer have done?", "Asked: is that a yes?").await;
    run.asks("Which rule of thumb").await;
    run.write("Silence is a no that is polite").await;
    run.fill("Where this rule fails", "With Jonas, who thinks that way.").await;
    run.go_on().await;
    run.ends("Critical incident: Silence is a no that is polite").await;
    run.tick("Does it still hold? Silence is a no").await;
    run.keep().await;

    let run = Run::begin(&window, "Reflective cycle").await;
    run.asks("What happened?").await;
    run.write("Tom was lazy, and of course late.").await;
    run.go_on().await;
    run.says("These words may judge rather than describe: lazy, of course").await;
    run.write_anew("Tom came at 9:20 and had not read the page.").await;
    run.go_on().await;
    run.asks("What did you feel?").await;
    run.write("Heat in the face").await;
    run.fill("Now", "A little ashamed").await;
    run.go_on().await;
    run.asks("What helped, and what hindered?").await;
    run.write("The agenda on the wall").await;
    run.fill("What hindered", "I spoke first").await;
    run.go_on().await;
    run.answer("What explains it?", "His train, and my mail at midnight.").await;
    run.answer("What else could you have done?", "Begun with a question.").await;
    run.asks("What will you do when it comes again?").await;
    run.write("listen more").await;
    run.fill("The trigger", "somebody comes late").await;
    run.fill("My first move", "ask what held them up").await;
    run.go_on().await;
    run.says("The plan has no trigger yet").await;
    run.asks("What will you do when it comes again?").await;
    run.to("The trigger").await;
    run.write_anew("When the door opens late").await;
    run.tick("In two weeks").await;
    run.go_on().await;
    run.ends("Reflective cycle").await;
    run.keep().await;

    let words = there_is_an_entry(&desktop, "critical incident");
    assert!(words.contains("He breathed in, and said nothing") && words.contains("With Jonas"), "{words}");
    let words = there_is_an_entry(&desktop, "reflective cycle");
    assert!(words.contains("9:20") && !words.contains("lazy"), "{words}");
    let plan = "When the door opens late: ask what held them up";
    assert_eq!(due(&desktop, 14), [plan]);
    assert_eq!(due(&desktop, 42), ["Does it still hold? Silence is a no that is polite"]);

    desktop.quit();
    drop(window);
    desktop.make_it_day(14);
    let window = desktop.open_where_it_begins().await;
    window.wait_for_text(plan).await;
    window.wait_for_text("“Begun with a question.”").await;
}

#[tokio::test]
async fn three_boxes_are_left_and_taken_up_again_and_a_lesson_and_feedback_make_something_to_try() {
    let desktop = Desktop::new(Keyring::Open);
    desktop.make_dark();
    desktop.make_it_day(0);
    let window = desktop.open().await;
    acts::begin(&window, "").await;

    let run = Run::begin(&window, "What, so what, now what").await;
    run.answer("What?", "Nobody read the report.").await;
    run.asks("So what?").await;
    run.write("I write for myself").await;
    window.press(&[], char::from(Key::Escape).to_string()).await;
    window.wait_for_text("Waiting for you").await;
    acts::command_by_keys(&window, "Go on: What, so what").await;
    run.asks("So what?").await;
    let kept = "document.activeElement.value === 'I write for myself'";
    window.wait_for("what was written is still there", kept).await;
    run.go_on().await;
    run.asks("Now what?").await;
    run.write("Ask what they need.").await;
    run.fill("The first thing I do", "call Ines").await;
    run.tick("Tomorrow").await;
    run.go_on().await;
    run.ends("What, so what, now what").await;
    run.keep().await;

    let run = Run::begin(&window, "After teaching").await;
    run.answer("What did the learners do?", "Two of six typed along.").await;
    run.answer("When did it click, or die?", "At the third slide it died.").await;
    run.answer("Which question could you not answer?", "Why not the other way round?").await;
    run.asks("What do you cut, keep and add?").await;
    run.write("the history").await;
    run.fill("Keep", "the exercise").await;
    run.fill("Add", "a question at the start").await;
    run.tick("In a month").await;
    run.go_on().await;
    run.ends("After teaching").await;
    run.keep().await;

    let run = Run::begin(&window, "Taking in feedback").await;
    run.asks("What did they say?").await;
    run.write("Meral").await;
    run.fill("Their words", "You answer before I am done.").await;
    run.go_on().await;
    run.answer("What was your first reaction?", "She talks without end!").await;
    run.answer("If it were ten per cent true", "I did it twice on Monday.").await;
    run.asks("What will you test").await;
    run.write("to count to three").await;
    run.tick("In a week").await;
    assert_eq!(window.barriers().await, NONE);
    run.go_on().await;
    run.asks("Have you thanked them?").await;
    window.wait_for_text("January 18").await;
    run.tick("I have thanked them").await;
    run.tick("I have thanked them").await;
    run.go_on().await;
    run.ends("Taking in feedback").await;
    run.keep().await;

    for (tag, words) in [
        ("what, so what, now what", "I write for myself"),
        ("teaching", "At the third slide it died."),
        ("feedback", "You answer before I am done."),
    ] {
        let text = there_is_an_entry(&desktop, tag);
        assert!(text.contains(words) && !text.contains("I have thanked them"), "{text}");
    }
    assert_eq!(due(&desktop, 1), ["call Ines"]);
    assert_eq!(due(&desktop, 2), ["Say thank you to Meral"]);
    assert_eq!(
        due(&desktop, 7),
        ["Find the answer: Why not the other way round?", "Test: to count to three"]
    );
    assert_eq!(due(&desktop, 30), ["Teach it again: cut the history, add a question at the start"]);
}

#[tokio::test]
async fn a_hard_day_that_comes_a_third_time_asks_for_more_than_writing() {
    let desktop = Desktop::new(Keyring::Open);
    desktop.make_it_day(0);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    for time in 1..=3 {
        let run = Run::begin(&window, "Hard day, step back").await;
        run.asks("What happened to you").await;
        if time == 1 {
            run.write("not being asked").await;
        } else {
            run.tick("not being asked").await;
        }
        run.fill("The story", "Aylin heard it in the kitchen.").await;
        run.go_on().await;
        run.answer("What would a fair colleague say?", "They forgot, and it was not about you.").await;
        run.asks("What is in your hands").await;
        if time == 1 {
            run.write("write to Jonas").await;
        }
        run.go_on().await;
        if time == 3 {
            run.asks("This is at least the third time").await;
            assert_eq!(window.barriers().await, NONE);
            run.choose("I will", "bring it to a person").await;
            run.fill("To whom", "Helen").await;
            run.tick("In a week").await;
            run.go_on().await;
        }
        run.ends("A hard day: not being asked").await;
        run.keep().await;
    }
    there_is_an_entry(&desktop, "hard day");
    assert_eq!(due(&desktop, 1), ["write to Jonas"]);
    assert_eq!(due(&desktop, 7), ["Talk to Helen about it: not being asked"]);
}
