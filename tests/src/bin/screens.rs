//! Saves a picture of every screen, from the real window: light and dark, 760 and 1440 px wide; and of the rooms in German, and
//! in a language nobody speaks that is longer and runs from right to left.
//!
//! The folder is the first argument; a second one pictures only what it names: `english`, `german` or `mirrored`. The pictures in the documents are made by this program, so that they never lie.

#![allow(clippy::print_stdout, reason = "it says what it saved")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fantoccini::key::Key;
use serde_json::Value;
use vv_tests::{Desktop, Keyring, Window, desktop, processes::wait_until};

const SIZES: [(u32, u32); 2] = [(1440, 900), (760, 900)];
const SECTIONS: [&str; 14] = [
    "who",
    "recovery",
    "lock",
    "devices",
    "sync",
    "backup",
    "transfer",
    "templates",
    "appearance",
    "desktop",
    "reminders",
    "spelling",
    "updates",
    "about",
];
/// Entries of the sample notebook that show most.
const WITH_A_PICTURE: &str = "The hatched bit";
const WITH_SOUND: &str = "One thing for tomorrow";
const WITH_VERSIONS: &str = "Margin, in my own words";
const PASSPHRASE: &str = "harbour candle violet ladder";

#[tokio::main]
async fn main() {
    let folder =
        PathBuf::from(std::env::args_os().nth(1).expect("the first argument is the folder for the pictures"));
    fs::create_dir_all(&folder).expect("the folder can be made");
    let only = std::env::args().nth(2);
    let is_wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    for theme in ["light", "dark"].into_iter().filter(|_| is_wanted("english")) {
        let camera = Camera { folder: folder.clone(), theme, language: None };
        camera.beginning().await;
        camera.a_year().await;
        camera.capture().await;
        camera.two_computers().await;
    }
    for language in [
        Spoken { name: "german", variable: "LANG", value: "de_DE.UTF-8" },
        Spoken { name: "mirrored", variable: "VV_LANGUAGE", value: "ar-XB" },
    ] {
        if !is_wanted(language.name) {
            continue;
        }
        let camera = Camera { folder: folder.clone(), theme: "light", language: Some(language) };
        camera.rooms().await;
    }
}

/// Says how a desktop is told to speak a language.
#[derive(Clone, Copy)]
struct Spoken {
    name: &'static str,
    variable: &'static str,
    value: &'static str,
}

/// Saves pictures of one theme.
struct Camera {
    folder: PathBuf,
    theme: &'static str,
    language: Option<Spoken>,
}

impl Camera {
    fn desktop(&self) -> Desktop {
        let mut desktop = Desktop::new(Keyring::Open);
        desktop.set("VV_MICROPHONE", "tone");
        if self.theme == "dark" {
            desktop.make_dark();
        }
        if let Some(Spoken { variable, value, .. }) = self.language {
            desktop.set(variable, value);
        }
        desktop
    }

    /// The first run and the rooms, in another language.
    async fn rooms(&self) {
        let desktop = self.desktop();
        let window = desktop.open().await;
        window.wait_for("the page stands", "document.querySelector('main input') !== null").await;
        self.shoot(&window, "first-run").await;
        desktop.quit();
        drop(window);

        let (_desktop, window) = self.sample().await;
        for room in ["journal", "today", "loops", "guides", "spaces", "growth"] {
            self.place(&window, room).await;
        }
        for section in SECTIONS {
            self.place(&window, &format!("settings/{section}")).await;
        }
        window.press(&[Key::Control], "k").await;
        window
            .wait_for("the palette is there", "document.querySelector('dialog[open] input') !== null")
            .await;
        self.shoot(&window, "palette").await;
    }

    /// Goes to a place and pictures it.
    async fn place(&self, window: &Window, place: &str) {
        window.run("location.hash = arguments[0]", vec![Value::from(format!("#/{place}"))]).await;
        window
            .wait_for(
                "the place is there",
                "document.querySelector('main h1, main h2, main [role=textbox]') !== null",
            )
            .await;
        window.settle().await;
        self.shoot(window, &place.replace('/', "-")).await;
    }

    /// The first run, an empty journal, the lock.
    async fn beginning(&self) {
        let desktop = self.desktop();
        let window = desktop.open().await;
        window.find("textbox", "This journal belongs to").await;
        self.shoot(&window, "first-run").await;
        window.fill("textbox", "This journal belongs to", "Mara Lindqvist").await;
        window.click("radio", "behind a passphrase I type").await;
        window.fill("textbox", "Passphrase", PASSPHRASE).await;
        window.fill("textbox", "The same again", PASSPHRASE).await;
        self.shoot(&window, "first-run-passphrase").await;
        window.click("button", "Leave it blank").await;
        window.find("textbox", "Text of the entry").await;
        self.shoot(&window, "empty-journal").await;
        for (room, there) in [("people", "Nobody has been named yet"), ("people/helped", "Nobody noted yet")]
        {
            window.run("location.hash = arguments[0]", vec![Value::from(format!("#/{room}"))]).await;
            window.wait_for_text(there).await;
            self.shoot(&window, &format!("empty-{}", room.replace('/', "-"))).await;
        }
        window.press(&[Key::Control], "l").await;
        window.wait_for_text("Your journal is locked").await;
        self.shoot(&window, "locked").await;
    }

    /// Opens the sample notebook on a desktop of its own, and waits for its timeline.
    async fn sample(&self) -> (Desktop, Window) {
        let desktop = self.desktop();
        let made = desktop.command(desktop::vv()).arg("demo").status().expect("vv starts");
        assert!(made.success(), "the sample notebook could not be made");
        let window = desktop.open().await;
        window
            .wait_for("the timeline is there", "document.querySelectorAll('[role=option]').length > 5")
            .await;
        (desktop, window)
    }

    /// Every screen of a notebook with a year in it.
    async fn a_year(&self) {
        let (_desktop, window) = self.sample().await;
        self.shoot(&window, "journal").await;
        self.open(&window, WITH_A_PICTURE).await;
        window
            .wait_for("the picture is drawn", "document.querySelector('.cm-content img')?.complete === true")
            .await;
        self.shoot(&window, "entry").await;
        self.sound(&window).await;
        self.open(&window, WITH_VERSIONS).await;
        for (words, name) in
            [("Versions", "versions"), ("Calendar", "calendar"), ("Trash", "trash"), ("Filter", "filter")]
        {
            self.command(&window, words).await;
            self.shoot(&window, name).await;
            window.press(&[], char::from(Key::Escape).to_string()).await;
            self.command(&window, "Go to the journal").await;
        }
        window.press(&[Key::Control], "k").await;
        window.find("textbox", "Search and commands").await;
        self.shoot(&window, "palette").await;
        window.type_text("question").await;
        window.wait_for("something is found", "document.querySelector('mark') !== null").await;
        self.shoot(&window, "search").await;
        window.press(&[], char::from(Key::Escape).to_string()).await;
        self.command(&window, "Keyboard shortcuts").await;
        self.shoot(&window, "shortcuts").await;
        window.press(&[], char::from(Key::Escape).to_string()).await;
        self.guides(&window).await;
        for (room, there) in [
            ("today", "Loops waiting"),
            ("loops", "Only you can read this loop"),
            ("people/helped", "reading the P&L"),
            ("growth", "A year, both ways"),
            ("pairings", "Two people, both ways"),
        ] {
            window.run("location.hash = arguments[0]", vec![Value::from(format!("#/{room}"))]).await;
            window.wait_for_text(there).await;
            self.shoot(&window, &room.replace('/', "-")).await;
        }
        self.people(&window).await;
        for section in SECTIONS {
            window
                .run("location.hash = arguments[0]", vec![Value::from(format!("#/settings/{section}"))])
                .await;
            window
                .wait_for("the section is there", "document.querySelector('main h1, main h2') !== null")
                .await;
            self.shoot(&window, &format!("settings-{section}")).await;
        }
    }

    /// Sync through a folder from its setting up to a second computer that joins.
    async fn two_computers(&self) {
        let (home, away) = (self.desktop(), self.desktop());
        let folder = home.scratch().join("OneDrive");
        fs::create_dir_all(&folder).expect("the folder can be made");
        let made = home.command(desktop::vv()).arg("demo").status().expect("vv starts");
        assert!(made.success(), "the sample notebook could not be made");
        let old = home.open().await;
        self.place(&old, "settings/sync").await;
        old.click("button", "Set up sync").await;
        self.shoot(&old, "sync-where").await;
        home.will_pick(&[&folder]);
        old.click("button", "Choose the folder").await;
        old.find("button", "Use this folder").await;
        self.shoot(&old, "sync-check").await;
        old.click("button", "Use this folder").await;
        old.wait_for_text("It is set up").await;
        self.shoot(&old, "sync-done").await;

        let new = away.open_where_it_begins().await;
        new.click("button", "I already use Vice Versa").await;
        self.shoot(&new, "arriving").await;
        new.click("button", "Go on").await;
        away.will_pick(&[&folder]);
        new.click("button", "Choose the folder").await;
        self.shoot(&new, "arriving-where").await;
        new.click("button", "Show the code").await;
        new.wait_for_text("Type this code on your other computer").await;
        self.shoot(&new, "arriving-code").await;
        let code = new.run("return document.querySelector('.code').textContent", vec![]).await;
        self.place(&old, "settings/devices").await;
        old.click("button", "Add a device").await;
        old.fill("textbox", "The code it shows", code.as_str().unwrap_or_default()).await;
        self.shoot(&old, "device-code").await;
        old.press(&[], char::from(Key::Enter).to_string()).await;
        old.wait_for_text("Do both show the same?").await;
        self.shoot(&old, "device-compare").await;
        new.wait_for_text("Do both show the same?").await;
        self.shoot(&new, "arriving-compare").await;
        old.click("button", "They are the same").await;
        old.wait_for_text("is one of your devices now.").await;
        self.place(&old, "settings/devices").await;
        self.shoot(&old, "devices-two").await;
        self.place(&old, "settings/sync").await;
        old.find("heading", "Everything is in step").await;
        self.shoot(&old, "sync-in-step").await;
    }

    /// A voice note in its player, and one that is being recorded.
    async fn sound(&self, window: &Window) {
        self.open(window, WITH_SOUND).await;
        window.find("slider", "Position").await;
        window.run("document.querySelector('.player').scrollIntoView({ block: 'center' })", vec![]).await;
        self.shoot(window, "voice-note").await;
        window.click("button", "Record a voice note").await;
        let heard = "document.querySelector('[role=timer]')?.textContent === '0:05'";
        window.wait_for("five seconds were heard", heard).await;
        window.click("button", "Mark this moment").await;
        self.shoot(window, "voice-recording").await;
        window.click("button", "Discard the recording").await;
        window.click("button", "Discard it").await;
        window.wait_for("nothing is recorded", "document.querySelector('[role=timer]') === null").await;
    }

    /// Somebody's page, a note that is written, and the names that are offered while one writes.
    async fn people(&self, window: &Window) {
        window.run("location.hash = arguments[0]", vec![Value::from("#/people")]).await;
        window.click("link", "P Priya").await;
        window.find("heading", "Priya").await;
        self.shoot(window, "person").await;
        window.click("button", "Helped me with…").await;
        window.find("textbox", "With what").await;
        self.shoot(window, "helped-note").await;
        window.press(&[], char::from(Key::Escape).to_string()).await;
        self.command(window, "New entry").await;
        window.find("textbox", "Text of the entry").await;
        window.type_text("Asked @").await;
        window.find("option", "Priya").await;
        self.shoot(window, "names-offered").await;
    }

    /// The guides: the list, one to look at, one that runs, and its end.
    async fn guides(&self, window: &Window) {
        self.command(window, "Go to the guides").await;
        window.find("button", "Begin: After-action review").await;
        self.shoot(window, "guides").await;
        window.click("button", "What it asks: After-action review").await;
        window.find("heading", "What it asks").await;
        self.shoot(window, "guide").await;
        window.click("button", "Begin").await;
        let said = [
            ("What are you looking back at?", "The release of the pricing page"),
            ("What was meant to happen?", "No failed checkouts in the first hour."),
            ("What did happen?", "9:04 flag on. 9:11 Spain goes quiet, nobody speaks. 9:31 flag off."),
            ("Why was there a gap?", "The board shows errors, not absence."),
        ];
        for (number, (question, words)) in said.into_iter().enumerate() {
            window.find("heading", question).await;
            window
                .wait_for("the cursor is in a field", "document.activeElement?.dataset.answer !== undefined")
                .await;
            window.type_text(words).await;
            if number + 1 < said.len() {
                window.press(&[Key::Control], char::from(Key::Enter).to_string()).await;
            }
        }
        self.shoot(window, "guide-run").await;
        window.click("button", "Skip").await;
        window.find("heading", "What do you keep").await;
        window.click("button", "Skip").await;
        window.find("heading", "That was it").await;
        self.shoot(window, "guide-end").await;
        window.press(&[], char::from(Key::Escape).to_string()).await;
        self.command(window, "Go to the journal").await;
    }

    /// The capture window, which stands beside the main one.
    async fn capture(&self) {
        let (desktop, window) = self.sample().await;
        desktop.start_again(&["--capture"]);
        wait_until("the capture window is shown", || {
            let mut look = desktop.command("xdotool");
            look.args(["search", "--onlyvisible", "--name", "^Quick capture$"]);
            look.output().is_ok_and(|found| !found.stdout.is_empty())
        });
        window.settle().await;
        let path = self.folder.join(format!("capture-{}.png", self.theme));
        let shot = Command::new("import")
            .args(["-display", desktop.display(), "-window", "root"])
            .arg(&path)
            .status();
        assert!(shot.is_ok_and(|status| status.success()), "the display could not be pictured");
        println!("{}", path.display());
    }

    /// Opens the entry of a title.
    async fn open(&self, window: &Window, title: &str) {
        window.press(&[Key::Control], "k").await;
        window.find("textbox", "Search and commands").await;
        window.type_text(title).await;
        let first = "document.querySelector('dialog[open] [role=option][aria-selected=true]')?.innerText";
        window.wait_for("it is found", &format!("{first}?.includes('{title}')")).await;
        window.press(&[], char::from(Key::Enter).to_string()).await;
        window
            .wait_for(
                "the entry is open",
                &format!("[...document.querySelectorAll('textarea, input')].some((field) => field.value === '{title}')"),
            )
            .await;
    }

    async fn command(&self, window: &Window, words: &str) {
        window.press(&[Key::Control], "k").await;
        window.find("textbox", "Search and commands").await;
        window.type_text(words).await;
        window.click("option", words).await;
    }

    async fn shoot(&self, window: &Window, name: &str) {
        for (width, height) in SIZES {
            window.resize(width, height).await;
            let path = self.path(name, width);
            window.screenshot(&path).await;
            println!("{}", path.display());
        }
        window.resize(SIZES[0].0, SIZES[0].1).await;
    }

    fn path(&self, name: &str, width: u32) -> PathBuf {
        let look = self.language.map_or(self.theme, |language| language.name);
        Path::new(&self.folder).join(format!("{name}-{look}-{width}.png"))
    }
}
