//! Two computers, each a desktop of its own: one journal through a folder or a server, and a second window that joins it.

use std::{fs, path::Path, path::PathBuf};

use fantoccini::key::Key;
use vv_server::testing::Process;
use vv_tests::{Desktop, Keyring, Window, desktop};

use crate::acts;

/// Makes a folder that both computers see, as one that a cloud drive carries.
pub fn shared(desktop: &Desktop) -> PathBuf {
    let folder = desktop.scratch().join("carried by something else");
    fs::create_dir_all(&folder).unwrap();
    folder
}

async fn settings(window: &Window, section: &str) {
    window.run(&format!("location.hash = '#/settings/{section}'"), Vec::new()).await;
}

/// Follows the window through the three steps.
pub async fn set_up_folder(desktop: &Desktop, window: &Window, folder: &Path) {
    settings(window, "sync").await;
    window.click("button", "Set up sync").await;
    desktop.will_pick(&[folder]);
    window.click("button", "Choose the folder").await;
    window.click("button", "Use this folder").await;
    window.wait_for_text("It is set up").await;
}

#[tokio::test]
async fn a_folder_is_set_up_in_three_steps_and_the_rail_says_that_all_is_in_step() {
    let desktop = Desktop::new(Keyring::Open);
    let folder = shared(&desktop);
    let window = desktop.open().await;
    acts::begin(&window, "A sentence for nobody else").await;
    set_up_folder(&desktop, &window, &folder).await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    window.click("button", "Done").await;
    window.find("heading", "Everything is in step").await;
    window
        .wait_for(
            "the rail says it",
            "[...document.querySelectorAll('nav .state')].some((one) => one.textContent.includes('In step'))",
        )
        .await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    assert_eq!(acts::files_with(&folder, b"A sentence for nobody else"), Vec::<String>::new());
    assert!(folder.join(".vv1").is_dir());
    desktop.quit();
}

/// Shows the code on the new computer, enters it on the old one and compares the signs.
async fn join(old: &Window, new: &Window) {
    new.fill("textbox", "This computer is called", "The tall desk").await;
    assert_eq!(new.barriers().await, Vec::<String>::new());
    new.click("button", "Show the code").await;
    new.wait_for_text("Type this code on your other computer").await;
    assert_eq!(new.barriers().await, Vec::<String>::new());
    let code = new.run("return document.querySelector('.code').textContent", Vec::new()).await;
    let code = code.as_str().unwrap().to_owned();

    settings(old, "devices").await;
    old.click("button", "Add a device").await;
    old.fill("textbox", "The code it shows", &code).await;
    old.press(&[], char::from(Key::Enter).to_string()).await;
    old.wait_for_text("Do both show the same?").await;
    new.wait_for_text("Do both show the same?").await;
    let signs = "return [...document.querySelectorAll('ol .word')].map((one) => one.textContent).join(' ')";
    let on_old = old.run(signs, Vec::new()).await;
    assert_eq!(on_old, new.run(signs, Vec::new()).await);
    assert_eq!(old.barriers().await, Vec::<String>::new());
    assert_eq!(new.barriers().await, Vec::<String>::new());
    old.click("button", "They are the same").await;
    old.wait_for_text("“The tall desk” is one of your devices now.").await;
    new.find("button", "New entry").await;
}

async fn go_to_journal(window: &Window) {
    window.run("location.hash = '#/journal'", Vec::new()).await;
}

#[tokio::test]
async fn a_second_window_joins_by_comparing_seven_signs_and_edits_cross() {
    let home = Desktop::new(Keyring::Open);
    let folder = shared(&home);
    let old = home.open().await;
    acts::begin(&old, "What I learned this morning").await;
    set_up_folder(&home, &old, &folder).await;

    let away = Desktop::new(Keyring::Open);
    let new = away.open_where_it_begins().await;
    new.click("button", "I already use Vice Versa").await;
    new.click("button", "Go on").await;
    away.will_pick(&[&folder]);
    new.click("button", "Choose the folder").await;
    join(&old, &new).await;

    // The journal is there, and what is written on one is read on the other.
    go_to_journal(&new).await;
    new.wait_for_text("What I learned this morning").await;
    acts::write(&new, "From the desk", "Written on the other computer").await;
    go_to_journal(&old).await;
    old.wait_for_text("From the desk").await;
    home.quit();
    away.quit();
}

/// How many notes come in at once; more than one page of records of a server.
const NOTES: usize = 1_500;

/// How often a computer is asked what it has before a test gives up.
const LOOKS: usize = 200;

/// Counts the entries that `vv` finds on a computer.
fn count(desktop: &Desktop) -> usize {
    acts::ask_vv(desktop, &["entry", "list", "--limit", "5000"]).len()
}

#[tokio::test]
async fn two_windows_and_a_server_keep_one_journal_while_edits_cross_and_one_is_killed_in_the_middle() {
    let home = Desktop::new(Keyring::Open);
    let kept = home.scratch().join("what the server keeps");
    let program = desktop::vv().with_file_name("vv-server");
    let server = Process::start(&program, &["--data", kept.to_str().unwrap()]);
    let address = format!("http://{}", server.address());

    let old = home.open().await;
    acts::begin(&old, "What I learned this morning").await;
    settings(&old, "sync").await;
    old.click("button", "Set up sync").await;
    old.click("radio", "A server").await;
    old.fill("textbox", "Address of the server", &address).await;
    old.click("button", "Check").await;
    old.wait_for_text("It answers, and it is a server of Vice Versa").await;
    assert_eq!(old.barriers().await, Vec::<String>::new());
    old.click("button", "Use this server").await;
    old.wait_for_text("It is set up").await;

    let away = Desktop::new(Keyring::Open);
    let new = away.open_where_it_begins().await;
    new.click("button", "I already use Vice Versa").await;
    new.click("button", "Go on").await;
    new.click("radio", "On a server").await;
    new.fill("textbox", "Address of the server", &address).await;
    join(&old, &new).await;

    // Both write in one entry at once, at its two ends, and nobody's words are lost.
    let leave_text = "document.activeElement.blur()";
    go_to_journal(&old).await;
    acts::write(&old, "Both at once", "The middle stands.").await;
    old.run(leave_text, Vec::new()).await;
    go_to_journal(&new).await;
    acts::open_entry(&new, "Both at once").await;
    new.wait_for_text("The middle stands.").await;
    acts::write_on(&new, " One from there.").await;
    new.run(leave_text, Vec::new()).await;
    old.wait_for_text("One from there.").await;
    old.find("textbox", "Text of the entry").await.click().await.unwrap();
    old.press(&[Key::Control], char::from(Key::Home).to_string()).await;
    for turn in ["Two", "Three", "Four"] {
        old.insert(&format!("{turn} from here. ")).await;
        acts::write_on(&new, &format!(" {turn} from there.")).await;
    }
    // Neither leaves the text: what one writes reaches the other while both go on.
    for turn in ["Two", "Three", "Four"] {
        for words in [format!("{turn} from here."), format!("{turn} from there.")] {
            old.wait_for_text(&words).await;
            new.wait_for_text(&words).await;
        }
    }
    old.wait_for_text("The middle stands. One from there.").await;

    // A whole folder of notes comes in on one while the other is killed with the first of them.
    let notes = home.scratch().join("notes");
    fs::create_dir_all(&notes).unwrap();
    for note in 0..NOTES {
        fs::write(notes.join(format!("note {note:04}.md")), format!("Note number {note:04} of many.\n"))
            .unwrap();
    }
    go_to_journal(&new).await;
    acts::ask_vv(&home, &["import", "--as", "markdown", notes.to_str().unwrap()]);
    new.wait_for_text("Note number").await;
    away.kill();
    let new = away.open().await;
    let everything = NOTES + 2;
    assert_eq!(count(&home), everything);
    assert!((0..LOOKS).any(|_| count(&away) == everything), "{} of {everything} came", count(&away));
    go_to_journal(&new).await;
    new.wait_for_text("Note number").await;
    for computer in [&home, &away] {
        let check = computer.command(desktop::vv()).arg("verify").output().unwrap();
        assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    }
    assert_eq!(acts::files_with(&kept, b"Note number"), Vec::<String>::new());
    assert_eq!(acts::files_with(&kept, b"The tall desk"), Vec::<String>::new());
    home.quit();
    away.quit();
}
