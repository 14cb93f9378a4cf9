//! Two computers, each a desktop of its own: one journal through a folder, and a second window that joins it.

use std::{fs, path::PathBuf};

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring, Window};

use crate::acts;

/// Makes a folder that both computers see, as one that a cloud drive carries.
fn shared(desktop: &Desktop) -> PathBuf {
    let folder = desktop.scratch().join("carried by something else");
    fs::create_dir_all(&folder).unwrap();
    folder
}

async fn settings(window: &Window, section: &str) {
    window.run(&format!("location.hash = '#/settings/{section}'"), Vec::new()).await;
}

/// Follows the window through the three steps.
async fn set_up_folder(desktop: &Desktop, window: &Window, folder: &std::path::Path) {
    settings(window, "sync").await;
    window.click("button", "Set up sync").await;
    desktop.will_pick(&[folder]);
    window.click("button", "Choose the folder").await;
    window.wait_for_text("Nothing of Vice Versa is in it yet.").await;
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
    new.fill("textbox", "This computer is called", "The tall desk").await;
    assert_eq!(new.barriers().await, Vec::<String>::new());
    new.click("button", "Show the code").await;
    new.wait_for_text("Type this code on your other computer").await;
    assert_eq!(new.barriers().await, Vec::<String>::new());
    let code = new.run("return document.querySelector('.code').textContent", Vec::new()).await;
    let code = code.as_str().unwrap().to_owned();

    settings(&old, "devices").await;
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

    // The journal is there, and what is written on one is read on the other.
    new.find("button", "New entry").await;
    new.run("location.hash = '#/journal'", Vec::new()).await;
    new.wait_for_text("What I learned this morning").await;
    acts::write(&new, "From the desk", "Written on the other computer").await;
    old.run("location.hash = '#/journal'", Vec::new()).await;
    old.wait_for_text("From the desk").await;
    home.quit();
    away.quit();
}
