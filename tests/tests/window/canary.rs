//! Nothing a person writes can be read in any file: of the profile, of the desktop's folders, of logs or temporary ones.
//!
//! 200 words that occur nowhere else are planted as titles, texts, tags, names of files and what is in them, drafts, searches
//! and captured lines. Every file is searched for each of them as UTF-8 and as UTF-16, while the program is open, while it is
//! locked, and after it has ended.

use std::fs;
use std::path::{Path, PathBuf};

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring, Window, desktop};

use crate::acts;

/// Gives planted word number `n`: letters only, unlike any word of any language or program.
fn word(n: usize) -> String {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    format!("zqx{}{}{}wvkj{}", letter(n / 26), letter(n), letter(n * 7 + 3), letter(n * 11 + 5))
}

fn words(from: usize, to: usize) -> String {
    (from..to).map(word).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn no_word_that_was_written_can_be_read_in_any_file() {
    let desktop = Desktop::new(Keyring::Open);
    let old_journal = plant_an_old_journal();
    let window = desktop.open().await;
    acts::begin_with_passphrase(&window, &words(0, 10)).await;
    acts::write(&window, &words(10, 20), &words(20, 60)).await;
    attach(&desktop, &window).await;
    search(&window, &word(21)).await;

    let passphrase = desktop.scratch().join("passphrase");
    fs::write(&passphrase, acts::PASSPHRASE).unwrap();
    let imported = desktop
        .command(desktop::vv())
        .args(["--passphrase-file"])
        .arg(&passphrase)
        .arg("import")
        .arg(old_journal.path())
        .output()
        .unwrap();
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    window.wait_for_text(&word(150)).await;
    look(&desktop, "while the program is open");

    window.find("textbox", "Text of the entry").await.click().await.unwrap();
    window.insert(&words(60, 70)).await;
    window.press(&[Key::Control], "l").await;
    window.wait_for_text("Your journal is locked").await;
    look(&desktop, "while the notebook is locked");

    desktop.quit();
    drop(window);
    look(&desktop, "after the program has ended");
}

/// Writes Markdown outside of the desktop's folders, with 100 planted words, for an import.
fn plant_an_old_journal() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in 0..10 {
        let first = 100 + file * 10;
        let text = format!(
            "---\ntitle: {}\ntags: [{}]\ndate: 2026-11-{:02}\nmood: {}\n---\n{}\n",
            word(first),
            word(first + 1),
            file + 1,
            word(first + 2),
            words(first + 3, first + 10)
        );
        fs::write(folder.path().join(format!("note {file}.md")), text).unwrap();
    }
    fs::write(folder.path().join("newest.md"), format!("---\ntitle: {}\ndate: 2026-11-21\n---\n", word(150)))
        .unwrap();
    folder
}

async fn attach(desktop: &Desktop, window: &Window) {
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join(format!("{}.txt", word(80)));
    fs::write(&file, words(81, 95)).unwrap();
    desktop.will_pick(&[&file]);
    window.click("button", "Photo or file").await;
    window.wait_for_text(&word(80)).await;
    // What answers the dialog of the tests is a file of theirs, not of the program.
    desktop.will_pick(&[]);
}

async fn search(window: &Window, planted: &str) {
    window.press(&[Key::Control], "k").await;
    window.find("textbox", "Search and commands").await;
    window.type_text(planted).await;
    window.wait_for("the entry is found", "document.querySelector('mark') !== null").await;
    window.press(&[], char::from(Key::Escape).to_string()).await;
}

fn look(desktop: &Desktop, when: &str) {
    let mut found = Vec::new();
    let mut files = 0;
    walk(desktop.everything(), &mut |path| {
        let Ok(bytes) = fs::read(path) else { return };
        files += 1;
        for n in 0..200 {
            let utf8 = word(n).into_bytes();
            let utf16: Vec<u8> = word(n).encode_utf16().flat_map(u16::to_le_bytes).collect();
            if holds(&bytes, &utf8) || holds(&bytes, &utf16) {
                found.push(format!("{} holds word {n}", path.display()));
            }
        }
    });
    assert!(files > 5, "there was nothing to look at {when}");
    assert!(found.is_empty(), "{when}:\n{}", found.join("\n"));
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    // The first three letters are rare, so most places are passed over at once.
    bytes.windows(word.len()).any(|window| window[0] == word[0] && window == word)
}

fn walk(folder: &Path, see: &mut dyn FnMut(&PathBuf)) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, see),
            Ok(kind) if kind.is_file() => see(&path),
            _ => {}
        }
    }
}
