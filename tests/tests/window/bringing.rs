//! Bringing a journal in: chosen, looked at, brought in, found.

use std::fs::{self, File};
use std::io::Write as _;

use serde_json::json;
use vv_tests::{Desktop, Keyring, desktop::root};
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
