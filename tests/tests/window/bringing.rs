//! Bringing a journal in: chosen, looked at, brought in, found.

use std::fs::{self, File};
use std::io::Write as _;

use serde_json::json;
use vv_tests::{Desktop, Keyring, Window, desktop::root};
use zip::write::SimpleFileOptions;

use crate::acts;

#[tokio::test]
async fn import_of_a_day_one_zip_is_looked_at_brought_in_and_found_with_its_photo() {
    let desktop = Desktop::new(Keyring::Open);
    let archive = desktop.scratch().join("Export.zip");
    let photo = fs::read(root().join("icons/512x512.png")).unwrap();
    let entries = json!([{
        "uuid": "A".repeat(32), "creationDate": "2019-05-01T18:30:00Z", "timeZone": "Europe/Lisbon", "tags": ["walks"],
        "text": "# The estuary\n\nWe walked along the brackish shore.\n\n![](dayone-moment://B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0)",
        "photos": [{ "identifier": "B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0", "md5": "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "type": "png" }],
    }]);
    let mut zip = zip::ZipWriter::new(File::create(&archive).unwrap());
    zip.start_file("Walks.json", SimpleFileOptions::default()).unwrap();
    zip.write_all(json!({ "metadata": { "version": "1.0" }, "entries": entries }).to_string().as_bytes())
        .unwrap();
    zip.start_file("photos/0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b.png", SimpleFileOptions::default()).unwrap();
    zip.write_all(&photo).unwrap();
    zip.finish().unwrap();

    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::command(&window, "Settings").await;
    window.click("link", "Import, export").await;
    desktop.will_pick(&[&archive]);
    window.click("button", "Choose a file").await;
    let page = "document.querySelector('main')?.innerText";
    window
        .wait_for(
            "it says what it found",
            &format!("{page}?.includes('A journal of Day One') && {page}?.includes('2019')"),
        )
        .await;
    window.click("button", "Bring in 1 entry").await;
    window.wait_for("the report is there", &format!("{page}?.includes('What was brought in')")).await;
    // The name of this photo is no hash of it, and the report says so.
    window
        .wait_for("it names what is odd", &format!("{page}?.includes('not those that its journal names')"))
        .await;

    acts::open_palette(&window).await;
    window.type_text("brack").await;
    window.find("option", "The estuary").await;
    window.press(&[], char::from(fantoccini::key::Key::Enter).to_string()).await;
    window
        .wait_for(
            "the entry is in front with its photo",
            "[...document.querySelectorAll('.cm-content img')].some((one) => one.complete && one.naturalWidth > 100)",
        )
        .await;
    assert_eq!(acts::files_with(&desktop.profile(), &photo[200..264]), Vec::<String>::new());
}

/// What the page of import and export says.
const PAGE: &str = "document.querySelector('main')?.innerText";

async fn says(window: &Window, words: &str) {
    let wanted = serde_json::Value::from(words);
    window.wait_for(&format!("the page says “{words}”"), &format!("{PAGE}?.includes({wanted})")).await;
}

async fn to_import(window: &Window) {
    acts::command_by_keys(window, "Import").await;
    window.find("button", "Choose a file").await;
}

#[tokio::test]
async fn a_vault_is_looked_at_left_and_brought_in_and_its_report_is_saved() {
    let desktop = Desktop::new(Keyring::Open);
    let vault = root().join("crates/vv-core/fixtures/import/obsidian/Vault");
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    to_import(&window).await;
    desktop.will_pick(&[&vault]);
    window.click("button", "Choose a folder").await;
    says(&window, "A vault of Obsidian").await;
    says(&window, "Would be new").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    window.click("button", "Not now").await;
    window.find("button", "Choose a folder").await;
    assert_eq!(acts::ask_vv(&desktop, &["entry", "list"]).len(), 0, "a look brings nothing in");

    desktop.will_pick(&[&vault]);
    window.click("button", "Choose a folder").await;
    window.click("button", "Bring in 3 entries").await;
    says(&window, "What was brought in").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    let report = desktop.scratch().join("report.txt");
    desktop.will_pick(&[&report]);
    window.click("button", "Save the report").await;
    window.wait_for_text("The report is saved.").await;
    let written = fs::read_to_string(&report).unwrap();
    assert!(written.contains("A vault of Obsidian") && written.contains("conflict"), "{written}");
    window.click("button", "Done").await;

    // The same vault once more would change nothing, and nothing is offered to be done.
    desktop.will_pick(&[&vault]);
    window.click("button", "Choose a folder").await;
    says(&window, "Everything in it is in your journal already.").await;
    assert!(!window.has("button", "Bring in").await);
    assert_eq!(acts::ask_vv(&desktop, &["entry", "list"]).len(), 3);
}

#[tokio::test]
async fn an_encrypted_journal_asks_for_its_passphrase_and_keeps_it_nowhere() {
    let desktop = Desktop::new(Keyring::Open);
    let journal = root().join("crates/vv-core/fixtures/import/jrnl/locked-2.txt");
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    to_import(&window).await;
    desktop.will_pick(&[&journal]);
    window.click("button", "Choose a file").await;
    says(&window, "This journal is encrypted").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    window.fill("textbox", "Passphrase of the journal", "lanterns").await;
    window.click("button", "Look inside").await;
    says(&window, "This passphrase does not open it.").await;
    window.fill("textbox", "Passphrase of the journal", "lantern").await;
    window.click("button", "Look inside").await;
    says(&window, "A journal of jrnl").await;
    window.click("button", "Bring in 1 entry").await;
    says(&window, "What was brought in").await;
    let entry = acts::ask_vv(&desktop, &["entry", "list"]).remove(0);
    let entry = acts::ask_vv(&desktop, &["entry", "show", entry["id"].as_str().unwrap()]).remove(0);
    assert_eq!(entry["text"], "Words nobody sees");
    for words in ["Words nobody sees", "lantern"] {
        assert_eq!(acts::files_with(&desktop.profile(), words.as_bytes()), Vec::<String>::new());
    }
}

#[tokio::test]
async fn an_import_that_is_stopped_says_so_and_goes_on_where_it_was_the_next_time() {
    let desktop = Desktop::new(Keyring::Open);
    let journal = desktop.scratch().join("journal.txt");
    let day = chrono::NaiveDate::from_ymd_opt(1990, 1, 1).unwrap();
    let text: String = (0..12_000)
        .map(|number| {
            format!("[{} 09:00] Day {number}.\nWords of this day.\n\n", day + chrono::TimeDelta::days(number))
        })
        .collect();
    fs::write(&journal, text).unwrap();
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    to_import(&window).await;
    desktop.will_pick(&[&journal]);
    window.click("button", "Choose a file").await;
    window.click("button", "Bring in").await;
    window.click("button", "Stop, keep what is in").await;
    says(&window, "Stopped. What was brought in is whole.").await;
    let kept = acts::ask_vv(&desktop, &["entry", "list", "--limit", "1"]).len();
    assert!(kept <= 1);
    let check = desktop.command(vv_tests::desktop::vv()).arg("verify").output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    window.click("button", "Done").await;
    desktop.will_pick(&[&journal]);
    window.click("button", "Choose a file").await;
    says(&window, "Here already, the same").await;
    window.find("button", "Bring in").await;
}
