//! Backups that are opened again, a page and a picture that leave: through the real window.

use std::fs;

use vv_tests::{Desktop, Keyring, desktop::root};

use crate::acts;

#[tokio::test]
async fn a_backup_opens_again_and_the_journal_leaves_as_one_page() {
    let desktop = Desktop::new(Keyring::Open);
    let photo = desktop.scratch().join("whiteboard.png");
    fs::copy(root().join("icons/512x512.png"), &photo).unwrap();
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "The whiteboard", "Look: ").await;
    desktop.will_pick(&[&photo]);
    window.click("button", "Photo or file").await;
    window.wait_for("the photo is in", "document.querySelectorAll('.cm-content img').length > 0").await;
    window.wait_until_kept().await;

    window.run("location.hash = '#/settings/backup'", vec![]).await;
    window.wait_for_text("Copies that open").await;
    window.click("button", "Make a backup now").await;
    window.wait_for_text("The backup is made.").await;
    window.click("button", "Open the newest now").await;
    window.wait_for_text("opens, 1 entry.").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());

    window.run("location.hash = '#/settings/transfer'", vec![]).await;
    window.wait_for_text("Take entries out").await;
    let page = desktop.scratch().join("journal.html");
    desktop.will_pick(&[&page]);
    window.click("button", "Choose where").await;
    window.wait_for_text("1 entry and 1 file are written.").await;
    let written = fs::read_to_string(&page).unwrap();
    assert!(written.contains("The whiteboard") && written.contains("data:image/png;base64,"));

    window.run("location.hash = '#/growth'", vec![]).await;
    window.wait_for_text("Days you wrote").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    let picture = desktop.scratch().join("days.png");
    desktop.will_pick(&[&picture]);
    window.click("button", "Save the picture “Days you wrote”").await;
    window.click("menuitem", "Save as PNG").await;
    window.wait_for_text("The picture is saved.").await;
    assert!(fs::read(&picture).unwrap().starts_with(b"\x89PNG"));
    window.wait_for_no_text("The picture is saved.").await;
    let picture = desktop.scratch().join("days.svg");
    desktop.will_pick(&[&picture]);
    window.click("button", "Save the picture “Days you wrote”").await;
    window.click("menuitem", "Save as SVG").await;
    window.wait_for_text("The picture is saved.").await;
    let drawn = fs::read_to_string(&picture).unwrap();
    assert!(drawn.starts_with("<svg") && drawn.contains("<title>Days with entries in"), "{drawn}");
    window.click("button", "As a table").await;
    let shown = "document.querySelector('figure table')?.getBoundingClientRect().height > 30";
    window.wait_for("the table is shown in the place of the picture", shown).await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
}

#[tokio::test]
async fn only_what_was_chosen_leaves_by_tag_by_loop_and_by_day() {
    let desktop = Desktop::new(Keyring::Open);
    desktop.make_it_day(0);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::ask_vv(&desktop, &["loop", "add", "Saying no"]);
    let entries = [
        vec!["--on", "2026-05-04", "--tag", "walks", "The estuary was brackish."],
        vec![
            "--on",
            "2026-06-01",
            "--tag",
            "work",
            "--loop",
            "Saying no",
            "--stage",
            "gain",
            "No is a date.",
        ],
        vec!["--on", "2026-06-30", "--tag", "work", "The release."],
    ];
    for words in entries {
        acts::ask_vv(&desktop, &[vec!["entry", "add"], words].concat());
    }
    window.run("location.hash = '#/settings/transfer'", vec![]).await;
    window.click("radio", "Some of it").await;
    window.click("button", "work 2").await;
    window.wait_for_text("2 entries").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    let book = desktop.scratch().join("work.pdf");
    window.click("radio", "A book to print").await;
    desktop.will_pick(&[&book]);
    window.click("button", "Choose where").await;
    window.wait_for_text("2 entries and 0 files are written.").await;
    assert!(fs::read(&book).unwrap().starts_with(b"%PDF"));

    let choose = "const [wanted] = arguments; const all = document.querySelector('main select'); \
        all.value = [...all.options].find((one) => one.text === wanted).value; all.dispatchEvent(new Event('change', { bubbles: true }))";
    window.run(choose, vec!["Saying no".into()]).await;
    let page = desktop.scratch().join("loop.html");
    window.click("radio", "A page for any browser").await;
    desktop.will_pick(&[&page]);
    window.click("button", "Choose where").await;
    window.wait_for_text("1 entry and 0 files are written.").await;
    let written = fs::read_to_string(&page).unwrap();
    assert!(written.contains("No is a date.") && !written.contains("The release."));

    window.click("button", "work 2").await;
    window.run(choose, vec!["Any, or none".into()]).await;
    let until = "const to = document.querySelectorAll('main input[type=date]')[1]; to.value = '2026-05-31'; \
        to.dispatchEvent(new Event('input', { bubbles: true }))";
    window.run(until, vec![]).await;
    window.find("status", "1 entry").await;
    let page = desktop.scratch().join("spring.html");
    desktop.will_pick(&[&page]);
    window.click("button", "Choose where").await;
    window.wait_for_text("spring.html").await;
    let written = fs::read_to_string(&page).unwrap();
    assert!(written.contains("brackish") && !written.contains("No is a date."));
}
