//! What comes by itself: the reminder of the day, and the proof that the backup opens.

use chrono::NaiveTime;
use vv_tests::{Desktop, Keyring, notices::Notices};

use crate::acts;

#[tokio::test]
async fn a_reminder_comes_at_its_time_once_and_holds_no_word_of_the_journal() {
    let desktop = Desktop::new(Keyring::Open);
    let notices = Notices::begin(desktop.bus()).await.unwrap();
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M:%S").unwrap();
    desktop.make_it(0, time("17:20:00"));
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    window.run("location.hash = '#/settings/reminders'", vec![]).await;
    window.wait_for_text("On these days").await;
    // The time comes before the day: the days decide whether there is a reminder at all.
    let set = "const at = [...document.querySelectorAll('input[type=time]')][0]; at.value = '17:30'; \
        at.dispatchEvent(new Event('change', { bubbles: true }))";
    window.run(set, vec![]).await;
    window.click("checkbox", "Monday").await;
    window.click("checkbox", "Tuesday").await;
    let settings = desktop.profile().join("settings.json");
    vv_tests::processes::wait_until("the plan is kept", || {
        std::fs::read_to_string(&settings)
            .is_ok_and(|text| text.replace([' ', '\n'], "").contains("\"reminder_days\":[0,1]"))
    });
    assert_eq!(notices.shown(), Vec::<String>::new());

    desktop.make_it(0, time("17:30:00"));
    notices.wait_for("A few minutes for your journal?");
    // It is Tuesday, something was set out for it, and it says so without saying what.
    acts::write(&window, "Meral", "The supplier fell silent.").await;
    desktop.make_it(1, time("17:29:00"));
    let run = crate::answering::Run::begin(&window, "What, so what, now what").await;
    run.answer("What?", "The brackish thing.").await;
    run.answer("So what?", "It matters.").await;
    run.asks("Now what?").await;
    run.write("It follows.").await;
    run.fill("The first thing I do", "call Ines").await;
    window
        .run(
            "const on = document.querySelector('input[type=date]'); on.value = '2027-01-12'; \
        on.dispatchEvent(new Event('change', { bubbles: true }))",
            vec![],
        )
        .await;
    run.go_on().await;
    run.ends("What, so what, now what").await;
    run.keep().await;
    assert_eq!(notices.shown().len(), 1, "nothing comes before its time");
    desktop.make_it(1, time("17:31:00"));
    notices.wait_for("comes back today");
    let all = notices.shown();
    assert_eq!(all.len(), 2, "{all:?}");
    for word in ["Meral", "supplier", "brackish", "Ines", "call"] {
        assert!(!all.concat().contains(word), "{all:?}");
    }
}

#[tokio::test]
async fn once_a_month_the_backup_is_opened_by_itself_and_the_rail_says_what_is_in_it() {
    let desktop = Desktop::new(Keyring::Open);
    desktop.make_it_day(0);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "One", "The first.").await;
    acts::write(&window, "Two", "The second.").await;
    window.run("location.hash = '#/settings/backup'", vec![]).await;
    window.click("button", "Make a backup now").await;
    window.wait_for_text("The backup is made.").await;
    assert!(!window.text().await.contains("opens, 2 entries."));
    desktop.make_it_day(31);
    window.wait_for_text("opens, 2 entries.").await;
    window.find("button", "Your backup of").await;
}
