//! The guides of a week and of a month, run to their end by keys beside what the journal holds.

use vv_tests::{Desktop, Keyring};

use crate::{
    acts,
    answering::{Run, due, there_is_an_entry},
};

#[tokio::test]
async fn a_week_and_a_month_are_looked_back_on_beside_what_was_written() {
    let desktop = Desktop::new(Keyring::Open);
    desktop.make_it_day(0);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "A talk by Selin", "No is a date.").await;
    acts::ask_vv(&desktop, &["loop", "add", "Saying no with a date"]);

    let run = Run::begin(&window, "Weekly look-back").await;
    run.asks("What is the biggest thing you can do now").await;
    window.find("button", "A talk by Selin").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    run.write("Read a contract from its last page").await;
    run.go_on().await;
    run.answer("Where were you wrong?", "I took the quiet for a yes.").await;
    run.asks("Who taught you something").await;
    run.write("Tom, how he waits").await;
    run.go_on().await;
    run.answer("Which question do you still carry?", "Who says no here?").await;
    run.asks("Which loop will you close next week?").await;
    run.tick("Saying no with a date").await;
    run.fill("The moment that sets it off", "the release is out").await;
    run.fill("What I do then", "ask two people").await;
    run.go_on().await;
    run.ends("Weekly look-back").await;
    run.tick("The next weekly look-back").await;
    run.keep().await;

    let run = Run::begin(&window, "Monthly growth page").await;
    for (number, what) in [(1, "ask before I answer"), (2, "write the day on it")] {
        run.asks("Which behaviour are you working on?").await;
        run.is_at(number).await;
        run.write(what).await;
        run.choose("Then", "2 of 5").await;
        run.choose("Now", "4 of 5").await;
        run.to("What shows it").await;
        run.write("A talk").await;
        run.take("A talk by Selin").await;
        if number == 1 {
            assert_eq!(window.barriers().await, Vec::<String>::new());
        }
        run.go_on().await;
    }
    run.answer("What did you teach somebody?", "Ines: the keys for the table.").await;
    run.answer("Whom have you lost touch with?", "Jonas").await;
    run.answer("What is your one bet", "one question before each answer").await;
    run.ends("Monthly growth page").await;
    run.keep().await;
    desktop.quit();
    drop(window);

    there_is_an_entry(&desktop, "weekly look-back");
    let words = there_is_an_entry(&desktop, "monthly growth page");
    assert!(words.contains("write the day on it") && words.contains("A talk by Selin"), "{words}");
    assert_eq!(due(&desktop, 3), ["Say thank you: Tom, how he waits"]);
    let set_out = "Saying no with a date: when the release is out, I ask two people";
    assert_eq!(due(&desktop, 7), [set_out, "The next weekly look-back", "Write to Jonas"]);
    assert_eq!(due(&desktop, 30), ["My bet: one question before each answer"]);
    desktop.make_it_day(7);
    let window = desktop.open_where_it_begins().await;
    for words in ["Say thank you: Tom", set_out, "Write to Jonas"] {
        window.wait_for_text(words).await;
    }
}
