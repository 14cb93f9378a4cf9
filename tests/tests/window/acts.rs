//! What a person does again and again: begin a journal, write, look up.

use std::{fs, path::Path};

use fantoccini::key::Key;
use vv_tests::{Desktop, Window};

/// The passphrase of every journal here.
pub const PASSPHRASE: &str = "harbour candle violet ladder";

/// Begins a journal whose key is kept in the keyring.
pub async fn begin(window: &Window, sentence: &str) {
    window.fill("textbox", "This journal belongs to", "Aylin").await;
    if sentence.is_empty() {
        window.click("button", "Leave it blank").await;
    } else {
        window.fill("textbox", "First sentence", sentence).await;
        window.click("button", "Open my journal").await;
    }
    wait_for_editor(window).await;
}

/// Begins a journal whose key is kept behind the passphrase.
pub async fn begin_with_passphrase(window: &Window, sentence: &str) {
    window.fill("textbox", "This journal belongs to", "Aylin").await;
    window.click("radio", "behind a passphrase I type").await;
    window.fill("textbox", "Passphrase", PASSPHRASE).await;
    window.fill("textbox", "The same again", PASSPHRASE).await;
    if sentence.is_empty() {
        window.click("button", "Leave it blank").await;
    } else {
        window.fill("textbox", "First sentence", sentence).await;
        window.click("button", "Open my journal").await;
    }
    wait_for_editor(window).await;
}

/// Unlocks with the passphrase.
pub async fn unlock(window: &Window) {
    window.fill("textbox", "Passphrase", PASSPHRASE).await;
    window.click("button", "Unlock").await;
    window.find("button", "New entry").await;
}

/// Waits until a text can be written.
pub async fn wait_for_editor(window: &Window) {
    window.find("textbox", "Text of the entry").await;
}

/// Begins a new entry and writes it, until it is kept.
pub async fn write(window: &Window, title: &str, text: &str) {
    window.press(&[Key::Control], "n").await;
    window.wait_for("an empty page is in front", &format!("{FRONT_TEXT} === ''")).await;
    if !title.is_empty() {
        window.fill("textbox", "Title", title).await;
    }
    write_on(window, text).await;
}

/// Writes at the end of the entry in front, until it is kept.
pub async fn write_on(window: &Window, text: &str) {
    window.find("textbox", "Text of the entry").await.click().await.expect("the text can be clicked");
    window.press(&[Key::Control], char::from(Key::End).to_string()).await;
    window.insert(text).await;
    // Marks fade where the cursor is not, so only the first plain words of the last line are looked for.
    let last = text.lines().last().unwrap_or_default();
    let plain = last
        .split(|c: char| !(c.is_alphanumeric() || " .,;".contains(c)))
        .map(str::trim)
        .find(|words| words.chars().count() > 1)
        .unwrap_or_default();
    let plain = serde_json::Value::from(plain);
    window
        .wait_for(&format!("{plain} stands in the editor"), &format!("{FRONT_TEXT}?.includes({plain})"))
        .await;
    window.wait_until_kept().await;
}

/// The text of the entry in front, as a script says it: its lines without what stands there while there is nothing.
pub const FRONT_TEXT: &str = "(() => { \
    const front = [...document.querySelectorAll('.cm-content')].find((one) => one.offsetParent); \
    if (!front) return undefined; \
    return [...front.querySelectorAll('.cm-line')].map((line) => { \
        const copy = line.cloneNode(true); \
        copy.querySelectorAll('.cm-placeholder').forEach((one) => one.remove()); \
        return copy.textContent; \
    }).join('\\n').trim(); })()";

/// Opens the palette. Two presses within a quarter of a second are one wish, so the second of two waits that long.
pub async fn open_palette(window: &Window) {
    let is_over =
        "document.querySelector('.app') !== null && performance.now() > (window.lastWish ?? 0) + 300";
    window.wait_for("the rooms stand and the last wish is over", is_over).await;
    window.press(&[Key::Control], "k").await;
    window.run("window.lastWish = performance.now()", vec![]).await;
    let in_box = "document.activeElement?.getAttribute('aria-label') === 'Search and commands'";
    window.wait_for("the cursor is in the palette", in_box).await;
}

/// Chooses a command by its words in the palette.
pub async fn command(window: &Window, words: &str) {
    open_palette(window).await;
    window.type_text(words).await;
    window.click("option", words).await;
}

/// Chooses a command by its words in the palette, without the mouse.
pub async fn command_by_keys(window: &Window, words: &str) {
    open_palette(window).await;
    window.type_text(words).await;
    let chosen = "document.querySelector('dialog[open] [role=option][aria-selected=true]')?.innerText";
    let wanted = serde_json::Value::from(words);
    window.wait_for(&format!("“{words}” is chosen"), &format!("{chosen}?.includes({wanted})")).await;
    window.press(&[], char::from(Key::Enter).to_string()).await;
}

/// Asks `vv` for something, and gives what it says: a list, or one thing.
pub fn ask_vv(desktop: &Desktop, words: &[&str]) -> Vec<serde_json::Value> {
    let said =
        desktop.command(vv_tests::desktop::vv()).arg("--json").args(words).output().expect("vv starts");
    assert!(said.status.success(), "vv {words:?}: {}", String::from_utf8_lossy(&said.stderr));
    let lines = String::from_utf8(said.stdout).expect("it speaks UTF-8");
    lines.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

/// Goes to the capture window, once it is there.
pub async fn to_capture(window: &Window) {
    let client = window.client();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(15);
    loop {
        for handle in client.windows().await.unwrap() {
            client.switch_to_window(handle).await.unwrap();
            if client.current_url().await.unwrap().path().ends_with("capture.html") {
                return;
            }
        }
        assert!(std::time::Instant::now() < deadline, "there is no capture window");
    }
}

/// Opens an entry of the timeline by the beginning of what its row says.
pub async fn open_entry(window: &Window, title: &str) {
    window.click("option", title).await;
    wait_for_editor(window).await;
}

/// Says which files below a folder hold these bytes.
pub fn files_with(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() => {
                    let holds =
                        fs::read(&path).is_ok_and(|all| all.windows(bytes.len()).any(|some| some == bytes));
                    if holds {
                        found.push(path.display().to_string());
                    }
                }
                _ => {}
            }
        }
    }
    found
}
