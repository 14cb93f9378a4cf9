//! One run of the program on a desktop, seen through its page.

use std::{path::Path, process::Command, time::Duration};

use fantoccini::{
    Client, ClientBuilder,
    actions::{InputSource as _, KeyAction, KeyActions},
    elements::Element,
    key::Key,
};
use serde_json::{Value, json};

use crate::{desktop, page, processes::Program};

/// How long the page may take for anything.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long the program may take to start.
const START: Duration = Duration::from_secs(30);

/// Holds a connection to the page of the main window.
pub struct Window {
    client: Client,
    display: String,
    _driver: Program,
}

impl Window {
    pub(crate) async fn connect(driver: Program, port: u16, display: &str, words: &[&str]) -> Self {
        let mut capabilities = serde_json::Map::new();
        capabilities.insert(
            "webkitgtk:browserOptions".to_owned(),
            json!({ "binary": desktop::app(), "args": words }),
        );
        let address = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::native();
        let connecting = builder.capabilities(capabilities).connect(&address);
        let client = tokio::time::timeout(START, connecting)
            .await
            .expect("the program starts in time")
            .expect("the window lets itself be driven");
        let window = Self { client, display: display.to_owned(), _driver: driver };
        window
            .wait_for(
                "the page stands",
                "document.readyState === 'complete' && document.querySelector('main') !== null",
            )
            .await;
        window.run(page::COUNT_KEEPS, vec![]).await;
        window
    }

    /// Gives the driver's client, for what is not said here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client
            .execute(&page::with_names(script), arguments)
            .await
            .unwrap_or_else(|failure| panic!("the page ran “{script}”: {failure}"))
    }

    /// Waits until an expression is true in the page. Says in a sentence what was waited for when it never comes.
    pub async fn wait_for(&self, what: &str, expression: &str) {
        let is_so = self.wait_quietly(expression, vec![]).await;
        if is_so.is_null() {
            let seen = self.text().await;
            panic!("waited too long until {what}; the page says:\n{seen}");
        }
    }

    async fn wait_quietly(&self, expression: &str, arguments: Vec<Value>) -> Value {
        let script = page::waiting(expression, PATIENCE);
        self.client
            .execute_async(&script, arguments)
            .await
            .unwrap_or_else(|failure| panic!("the page was asked “{expression}”: {failure}"))
    }

    /// Waits until what was put in last has reached the disk, as a draft or a save.
    pub async fn wait_until_kept(&self) {
        self.wait_for("it is kept", "window.keeps.done > window.keeps.before").await;
    }

    /// Waits until the page shows these words.
    pub async fn wait_for_text(&self, words: &str) {
        let words_in_quotes = Value::from(words);
        self.wait_for(
            &format!("it shows “{words}”"),
            &format!("document.body.innerText.includes({words_in_quotes})"),
        )
        .await;
    }

    /// Waits until the page no longer shows these words.
    pub async fn wait_for_no_text(&self, words: &str) {
        let words_in_quotes = Value::from(words);
        self.wait_for(
            &format!("it no longer shows “{words}”"),
            &format!("!document.body.innerText.includes({words_in_quotes})"),
        )
        .await;
    }

    /// Gives all the words that the page shows.
    pub async fn text(&self) -> String {
        self.run("return document.body.innerText", vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits for what has this role and this name, as a screen reader would say them.
    pub async fn find(&self, role: &str, name: &str) -> Element {
        let found = self
            .wait_quietly(
                &format!("{}(arguments[0], arguments[1])", page::FIND),
                vec![json!(role), json!(name)],
            )
            .await;
        if found.is_null() {
            let there = self.run(&format!("return {}(arguments[0])", page::NAMES), vec![json!(role)]).await;
            panic!("there is no {role} “{name}”; there are {there}; the page says:\n{}", self.text().await);
        }
        serde_json::from_value::<ElementPointer>(found.clone())
            .map(|pointer| Element::from_element_id(self.client.clone(), pointer.id.into()))
            .unwrap_or_else(|_| panic!("the page gave no element but {found}"))
    }

    /// Says whether there is something with this role and name now.
    pub async fn has(&self, role: &str, name: &str) -> bool {
        !self
            .run(
                &format!("return {}(arguments[0], arguments[1])", page::FIND),
                vec![json!(role), json!(name)],
            )
            .await
            .is_null()
    }

    /// Clicks on what has this role and name.
    pub async fn click(&self, role: &str, name: &str) {
        let element = self.find(role, name).await;
        element.click().await.unwrap_or_else(|failure| panic!("{role} “{name}” was clicked: {failure}"));
    }

    /// Types into what has this role and name, in the place of what stands there when it is a field.
    pub async fn fill(&self, role: &str, name: &str, text: &str) {
        let element = self.find(role, name).await;
        element.click().await.unwrap_or_else(|failure| panic!("{role} “{name}” was clicked: {failure}"));
        self.run("document.activeElement.select?.()", vec![]).await;
        element
            .send_keys(text)
            .await
            .unwrap_or_else(|failure| panic!("{role} “{name}” was typed into: {failure}"));
    }

    /// Types where the cursor is.
    pub async fn type_text(&self, text: &str) {
        let element = self.client.active_element().await.expect("something has the focus");
        element.send_keys(text).await.expect("it takes keys");
    }

    /// Presses keys together wherever the focus is, such as Control and K.
    pub async fn press(&self, modifiers: &[Key], key: impl Into<String>) {
        let down = |value| KeyAction::Down { value };
        let up = |value| KeyAction::Up { value };
        let held: Vec<char> = modifiers.iter().map(|key| char::from(*key)).collect();
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in &held {
            keys = keys.then(down(*value));
        }
        for value in key.into().chars() {
            keys = keys.then(down(value)).then(up(value));
        }
        for value in held.iter().rev() {
            keys = keys.then(up(*value));
        }
        self.client.perform_actions(keys).await.expect("keys can be pressed");
    }

    /// Puts text where the cursor is, as a paste or an input method would.
    pub async fn insert(&self, text: &str) {
        let script = "window.keeps.before = window.keeps.asked; document.execCommand('insertText', false, arguments[0])";
        self.run(script, vec![json!(text)]).await;
    }

    /// Saves what the window shows as a picture, once it is painted. Taken from the display: the driver's own pictures wait
    /// for a change that a page at rest never makes.
    pub async fn screenshot(&self, file: &Path) {
        self.settle().await;
        let window = self.find_on_display();
        let done =
            Command::new("import").args(["-display", &self.display, "-window", &window]).arg(file).status();
        assert!(done.is_ok_and(|status| status.success()), "the window can be pictured");
    }

    /// Drags a file from beside the window and lets it fall on what has this role and name, as from a file manager.
    pub async fn drop_file(&self, source: &mut Command, role: &str, name: &str) {
        let (_source, _) = Program::start_speaking(source).expect("the square to drag from is there");
        let at = self.find(role, name).await.rectangle().await.expect("it has a place");
        let of_window = self.act_on_display(&["getwindowgeometry", "--shell", &self.find_on_display()]);
        let edge = |name: &str| -> f64 {
            let line = of_window.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            line.and_then(|line| line.parse().ok()).expect("the window has a place")
        };
        // What stands above the page, such as the menu, belongs to the window.
        let above = self.run("return outerHeight - innerHeight", vec![]).await.as_f64().unwrap_or_default();
        let to = (edge("X") + at.0 + 20.0, edge("Y") + above + at.1 + 12.0);
        self.act_on_display(&["mousemove", "40", "40", "mousedown", "1"]);
        // A drag begins when the pointer has gone a little way, and is followed step by step.
        for step in 1..=8 {
            let between =
                |from: f64, to: f64| (from + (to - from) * f64::from(step) / 8.0).round().to_string();
            self.act_on_display(&["mousemove", "--sync", &between(40.0, to.0), &between(40.0, to.1)]);
            self.settle().await;
        }
        self.act_on_display(&["mouseup", "1"]);
        self.settle().await;
    }

    fn act_on_display(&self, words: &[&str]) -> String {
        let done = Command::new("xdotool").args(words).env("DISPLAY", &self.display).output();
        String::from_utf8_lossy(&done.expect("xdotool is installed").stdout).into_owned()
    }

    /// Gives the number of the main window on the display.
    fn find_on_display(&self) -> String {
        let found = Command::new("xdotool")
            .args(["search", "--onlyvisible", "--name", "^Vice Versa$"])
            .env("DISPLAY", &self.display)
            .output()
            .expect("xdotool is installed");
        let found = String::from_utf8_lossy(&found.stdout).lines().last().unwrap_or_default().to_owned();
        assert!(!found.is_empty(), "the window is on the display");
        found
    }

    /// Waits until fonts and pictures are there, what moves has come to rest, and two frames were painted.
    pub async fn settle(&self) {
        // What has just come begins to move with its first frame, so two go by before anybody looks for what moves.
        let script = "const done = arguments[arguments.length - 1];
            const frames = () => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
            const pictures = () => [...document.images].map((image) => image.decode().catch(() => undefined));
            const moving = () => document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime < 5000);
            const rest = () => Promise.all(moving().map((one) => one.finished.catch(() => undefined)));
            frames().then(() => Promise.all([document.fonts.ready, ...pictures(), rest()])).then(frames).then(() => done(true))";
        self.client.execute_async(script, vec![]).await.expect("the page paints");
    }

    /// Looks for what keeps people out, with axe, by the rules of WCAG 2.2 AA. Gives a line for each finding.
    pub async fn barriers(&self) -> Vec<String> {
        self.settle().await;
        if self.run("return typeof window.axe", vec![]).await == "undefined" {
            let axe = std::fs::read_to_string(desktop::root().join("ui/node_modules/axe-core/axe.min.js"))
                .expect("the packages of the interface are installed");
            self.run(&axe, vec![]).await;
        }
        let found = self.client.execute_async(page::AXE, vec![]).await.expect("axe looks at the page");
        found
            .as_array()
            .expect("axe gives a list")
            .iter()
            .map(|line| line.as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Gives the page this size, in CSS pixels, whatever stands around it.
    pub async fn resize(&self, width: u32, height: u32) {
        let around = self.run("return [outerWidth - innerWidth, outerHeight - innerHeight]", vec![]).await;
        let around = |at: usize| around[at].as_u64().unwrap_or_default();
        let size =
            [u64::from(width) + around(0), u64::from(height) + around(1)].map(|pixels| pixels.to_string());
        let done = Command::new("xdotool")
            .args(["windowsize", &self.find_on_display()])
            .args(size)
            .env("DISPLAY", &self.display)
            .status();
        assert!(done.is_ok_and(|status| status.success()), "the window can be resized");
        self.wait_for(
            "the page has its size",
            &format!("innerWidth === {width} && innerHeight === {height}"),
        )
        .await;
    }
}

#[derive(serde::Deserialize)]
struct ElementPointer {
    #[serde(rename = "element-6066-11e4-a52e-4f735466cecf")]
    id: String,
}
