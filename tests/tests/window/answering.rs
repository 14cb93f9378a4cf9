//! What a person does in a guide, by keys: begin it, write, choose, mark, go on, keep it.

use fantoccini::key::Key;
use vv_tests::{Desktop, Window};

use crate::acts;

/// Is a guide that runs in a window.
pub struct Run<'w>(pub &'w Window);

/// Tells the name of what has the cursor and, after a line break, the name of the group it stands in.
const HERE: &str = "(() => { \
    const plain = (one) => (one?.innerText ?? '').replace(/\\s+/g, ' ').trim(); \
    const by = (one) => (one?.getAttribute('aria-labelledby') ?? '').split(/\\s+/).map((id) => plain(document.getElementById(id))).join(' ').trim(); \
    const name = (one) => one?.getAttribute('aria-label') || by(one) || [...(one?.labels ?? [])].map(plain).join(' ') || plain(one); \
    const at = document.activeElement; \
    return `${name(at)}\\n${by(at?.closest('[role=group]'))}`; })()";

/// More presses than any step has fields.
const PRESSES: usize = 60;

fn key(key: Key) -> String {
    char::from(key).to_string()
}

impl<'w> Run<'w> {
    /// Begins a guide from anywhere, by its command.
    pub async fn begin(window: &'w Window, title: &str) -> Self {
        acts::command_by_keys(window, &format!("Reflect: {title}")).await;
        Self(window)
    }

    /// Waits until this is asked, and the cursor stands where one answers.
    pub async fn asks(&self, question: &str) {
        self.0.find("heading", question).await;
        self.0
            .wait_for(
                "the cursor is in the first field",
                "document.activeElement?.dataset.answer !== undefined",
            )
            .await;
    }

    /// Waits until the guide says something about an answer.
    pub async fn says(&self, words: &str) {
        self.0.wait_for_text(words).await;
    }

    /// Writes where the cursor is.
    pub async fn write(&self, words: &str) {
        self.0.type_text(words).await;
    }

    /// Writes in the place of what stands where the cursor is.
    pub async fn write_anew(&self, words: &str) {
        self.0.press(&[Key::Control], "a").await;
        self.write(words).await;
    }

    /// Goes on to a field by its name, or to the first part of a group of that name.
    pub async fn to(&self, field: &str) {
        let mut passed = Vec::new();
        for _ in 0..PRESSES {
            let here = self.here().await;
            if here.lines().any(|name| name.starts_with(field)) {
                return;
            }
            passed.push(here);
            self.0.press(&[], key(Key::Tab)).await;
        }
        panic!("Tab leads nowhere that is called “{field}”, only to {passed:?}");
    }

    /// Writes into a field.
    pub async fn fill(&self, field: &str, words: &str) {
        self.to(field).await;
        self.write(words).await;
    }

    /// Chooses one of several marks or words of a group.
    pub async fn choose(&self, group: &str, wanted: &str) {
        self.to(group).await;
        self.0.press(&[], " ").await;
        for _ in 0..PRESSES {
            if self.here().await.starts_with(wanted) {
                return;
            }
            self.0.press(&[], key(Key::Right)).await;
        }
        panic!("“{group}” has no “{wanted}”");
    }

    /// Writes lines, each by itself.
    pub async fn lines(&self, lines: &[&str]) {
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                self.0.press(&[], key(Key::Enter)).await;
                let next =
                    format!("document.activeElement.getAttribute('aria-label') === 'Line {}'", number + 1);
                self.0.wait_for("the cursor is on the next line", &next).await;
            }
            self.write(line).await;
        }
    }

    /// Takes what a list beneath the field offers under this name.
    pub async fn take(&self, name: &str) {
        let first = "document.querySelector('[role=listbox]:not([hidden]) [aria-selected=true]')?.innerText";
        let wanted = serde_json::Value::from(name);
        self.0.wait_for(&format!("“{name}” is offered"), &format!("{first}?.includes({wanted})")).await;
        self.0.press(&[], key(Key::Enter)).await;
    }

    /// Waits until the thread says that this is the step.
    pub async fn is_at(&self, number: usize) {
        let here = "document.querySelector('[aria-current=step]')?.getAttribute('aria-label')";
        self.0
            .wait_for(&format!("it is step {number}"), &format!("{here}?.startsWith('Step {number} of')"))
            .await;
    }

    /// Presses the button, or ticks the box, of this name.
    pub async fn tick(&self, name: &str) {
        self.to(name).await;
        self.0.press(&[], " ").await;
    }

    /// Goes on, by the keys that do so.
    pub async fn go_on(&self) {
        self.0.press(&[Key::Control], key(Key::Enter)).await;
    }

    /// Answers a question of one field and goes on.
    pub async fn answer(&self, question: &str, words: &str) {
        self.asks(question).await;
        self.write(words).await;
        self.go_on().await;
    }

    /// Goes back a step, by the button's key.
    pub async fn back(&self) {
        self.tick("Back").await;
    }

    /// Waits for the end, and that it looks as it will be kept; nothing on it keeps anybody out.
    pub async fn ends(&self, title: &str) {
        self.0.find("heading", "That was it").await;
        self.0.find("heading", title).await;
        assert_eq!(self.0.barriers().await, Vec::<String>::new());
    }

    /// Keeps what came of it.
    pub async fn keep(&self) {
        self.go_on().await;
        self.0.find("heading", "It is kept").await;
    }

    async fn here(&self) -> String {
        self.0.run(&format!("return {HERE}"), vec![]).await.as_str().unwrap_or_default().to_owned()
    }
}

/// Gives what comes back on exactly this day, by what `vv` says then, in the order of the alphabet.
pub fn due(desktop: &Desktop, day: i64) -> Vec<String> {
    desktop.make_it_day(day);
    let today = acts::ask_vv(desktop, &["today"]).remove(0);
    let all = today["intentions"].as_array().cloned().unwrap_or_default();
    let of_this_day = all.iter().filter(|one| one["due_on"] == today["on"]);
    let mut texts: Vec<String> =
        of_this_day.map(|one| one["text"].as_str().unwrap_or_default().to_owned()).collect();
    texts.sort();
    texts
}

/// Gives the text of the newest entry that bears a tag; there must be one.
pub fn there_is_an_entry(desktop: &Desktop, tag: &str) -> String {
    let list = acts::ask_vv(desktop, &["entry", "list", "--tag", tag]);
    let id = list.first().and_then(|row| row["id"].as_str().map(str::to_owned));
    let id = id.unwrap_or_else(|| panic!("no entry bears the tag “{tag}”"));
    acts::ask_vv(desktop, &["entry", "show", &id])[0]["text"].as_str().unwrap_or_default().to_owned()
}
