//! Languages: German is chosen and stays, the system's language counts where nothing was chosen, and no screen in German, nor one
//! that is mirrored, has a barrier.

use std::fs;

use serde_json::Value;
use vv_tests::{Desktop, Keyring, Window, desktop};

use crate::acts;

/// A language nobody speaks: English, longer, from right to left. Only a build for tests can be told to speak it.
const MIRRORED: &str = "ar-XB";
/// The rooms, and the sections of Settings.
const PLACES: [&str; 17] = [
    "today",
    "journal",
    "loops",
    "guides",
    "growth",
    "settings/who",
    "settings/recovery",
    "settings/lock",
    "settings/backup",
    "settings/transfer",
    "settings/templates",
    "settings/appearance",
    "settings/desktop",
    "settings/reminders",
    "settings/spelling",
    "settings/updates",
    "settings/about",
];

/// Gives a desktop that notes what the native menu says.
fn with_menu() -> (Desktop, std::path::PathBuf) {
    let mut desktop = Desktop::new(Keyring::Open);
    let menu = desktop.scratch().join("menu");
    desktop.set("VV_MENU", &menu);
    (desktop, menu)
}

async fn go(window: &Window, place: &str) {
    window.run("location.hash = arguments[0]", vec![Value::from(format!("#/{place}"))]).await;
}

/// What the page says of its language and direction.
const SPOKEN: &str = "[document.documentElement.lang, document.documentElement.dir].join(' ')";

#[tokio::test]
async fn german_is_chosen_in_settings_counts_at_once_and_stays() {
    let (desktop, menu) = with_menu();
    let window = desktop.open().await;
    acts::begin(&window, "A sentence before").await;
    assert!(fs::read_to_string(&menu).unwrap().starts_with("File Edit View Help"));

    go(&window, "settings/appearance").await;
    window.click("radio", "Deutsch").await;
    window.wait_for_text("Wie es aussieht und klingt").await;
    window.find("button", "Neuer Eintrag").await;
    window.wait_for("the page says that it is German", &format!("{SPOKEN} === 'de ltr'")).await;
    vv_tests::processes::wait_until("the menu is German", || {
        fs::read_to_string(&menu).is_ok_and(|said| said.starts_with("Datei Bearbeiten Ansicht Hilfe"))
    });
    go(&window, "journal").await;
    window.wait_for_text("A sentence before").await;
    window.find("textbox", "Text des Eintrags").await;
    desktop.quit();
    drop(window);

    let window = desktop.open().await;
    window.find("button", "Neuer Eintrag").await;
    assert!(fs::read_to_string(&menu).unwrap().starts_with("Datei"));

    go(&window, "settings/appearance").await;
    window.click("radio", "English").await;
    window.find("button", "New entry").await;
}

#[tokio::test]
async fn the_keys_of_the_menu_work_on_in_another_language() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "A sentence").await;
    go(&window, "settings/appearance").await;
    window.click("radio", "Deutsch").await;
    window.find("button", "Neuer Eintrag").await;
    // Quitting is the menu's alone, and its keys come from the desktop and not from the page.
    let pressed = desktop
        .command("xdotool")
        .args(["search", "--onlyvisible", "--name", "^Vice Versa$", "windowfocus", "--sync", "key", "ctrl+q"])
        .status();
    assert!(pressed.is_ok_and(|status| status.success()), "the desktop has keys");
    desktop.wait_for_end();
}

#[tokio::test]
async fn a_language_is_chosen_before_anything_else_and_what_was_typed_stays() {
    let desktop = Desktop::new(Keyring::Missing);
    let window = desktop.open().await;
    window.fill("textbox", "This journal belongs to", "Aylin").await;
    window
        .run(
            "const list = [...document.querySelectorAll('select')].at(-1); list.value = 'de'; \
             list.dispatchEvent(new Event('change', { bubbles: true }))",
            vec![],
        )
        .await;
    window.wait_for_text("Sein Schlüssel liegt").await;
    let name = window.find("textbox", "Dieses Journal gehört").await;
    assert_eq!(name.prop("value").await.unwrap().as_deref(), Some("Aylin"));
    window.fill("textbox", "Passphrase", acts::PASSPHRASE).await;
    window.fill("textbox", "Dieselbe noch einmal", acts::PASSPHRASE).await;
    window.click("button", "Leer lassen").await;
    window.find("textbox", "Text des Eintrags").await;

    window.press(&[fantoccini::key::Key::Control], "l").await;
    window.wait_for_text("ist gesperrt").await;
    window.fill("textbox", "Passphrase", "not this one").await;
    window.click("button", "Entsperren").await;
    window.wait_for_text("Mit dieser Passphrase öffnet es sich nicht").await;
}

#[tokio::test]
async fn where_nothing_was_chosen_the_language_of_the_system_counts() {
    let (mut desktop, menu) = with_menu();
    desktop.set("LANG", "de_DE.UTF-8");
    let window = desktop.open().await;
    window.find("textbox", "Dieses Journal gehört").await;
    window.wait_for("the page says that it is German", &format!("{SPOKEN} === 'de ltr'")).await;
    assert!(fs::read_to_string(&menu).unwrap().starts_with("Datei"));
    desktop.start_again(&["--capture"]);
    acts::to_capture(&window).await;
    window.find("textbox", "Was du behalten willst").await;
}

/// Looks at every screen of the sample notebook, and at those before one, and gives what is in somebody's way.
async fn barriers_in(variable: &str, language: &str, spoken: &str) -> Vec<String> {
    let mut desktop = Desktop::new(Keyring::Open);
    desktop.set(variable, language);
    let window = desktop.open().await;
    window.wait_for("the language is spoken", &format!("{SPOKEN} === '{spoken}'")).await;
    let mut found: Vec<String> =
        window.barriers().await.into_iter().map(|line| format!("first run: {line}")).collect();
    desktop.quit();
    drop(window);

    let made = desktop.command(desktop::vv()).arg("demo").status().expect("vv starts");
    assert!(made.success(), "the sample notebook could not be made");
    let window = desktop.open().await;
    window.wait_for("the timeline is there", "document.querySelectorAll('[role=option]').length > 5").await;
    for place in PLACES {
        go(&window, place).await;
        window
            .wait_for(
                "the place is there",
                "document.querySelector('main h1, main h2, main [role=textbox]') !== null",
            )
            .await;
        window.settle().await;
        found.extend(window.barriers().await.into_iter().map(|line| format!("{place}: {line}")));
    }
    found
}

#[tokio::test]
async fn no_german_screen_has_a_barrier() {
    let found = barriers_in("LANG", "de_DE.UTF-8", "de ltr").await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn no_mirrored_screen_has_a_barrier() {
    let found = barriers_in("VV_LANGUAGE", MIRRORED, "ar-XB rtl").await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn in_a_mirrored_window_the_rail_stands_at_the_right_and_arrows_follow() {
    let mut desktop = Desktop::new(Keyring::Open);
    desktop.set("VV_LANGUAGE", MIRRORED);
    let made = desktop.command(desktop::vv()).arg("demo").status().expect("vv starts");
    assert!(made.success(), "the sample notebook could not be made");
    let window = desktop.open().await;
    window.wait_for("the timeline is there", "document.querySelectorAll('[role=option]').length > 5").await;
    let left_of = "(name) => document.querySelector(name).getBoundingClientRect().left";
    window
        .wait_for(
            "the rail is right of the list, and the list right of the page",
            &format!("(({left_of})('nav') > ({left_of})('[role=listbox]')) && (({left_of})('[role=listbox]') > ({left_of})('.cm-content'))"),
        )
        .await;
    // The weeks of the heat map run from right to left: the arrow to the right leads to the week before.
    window.run("document.querySelector('[role=grid] [tabindex=\"0\"]').focus()", vec![]).await;
    let on = "return document.activeElement.dataset.on";
    let before = window.run(on, vec![]).await.as_str().unwrap().to_owned();
    window.press(&[], char::from(fantoccini::key::Key::Right).to_string()).await;
    let after = window.run(on, vec![]).await.as_str().unwrap().to_owned();
    assert!(after < before, "{after} comes before {before}");
}
