//! How long the page works on one key in an entry of 100,000 characters.
//!
//! Counted are the task of the key itself (all handlers, the editor's work, layout it asks for) and the frame after it (all
//! callbacks, style, layout and painting in the page's process). That is more than script alone, so the limit is held by more.

use serde_json::Value;

use crate::driven::{Stage, built};
use crate::figures::{Runs, Table};

const ENTRIES: usize = 1_000;
const LONG: usize = 100_000;
const KEYS: usize = 500;
/// What is typed again and again; `\u{e007}` is Enter, `\u{e003}` Backspace.
const TYPED: &str =
    "what I learnt today is **simple** and hard\u{e007}\u{e007}- it stays\u{e003}\u{e003}ys with me, ";

/// Watches keys: the length of each key's task, of the frame after it, and of both with the wait between them.
const WATCH: &str = "const done = arguments[arguments.length - 1];
    const keys = (globalThis.measuredKeys = []);
    const after = (then) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = then;
        channel.port2.postMessage(0);
    };
    addEventListener('keydown', () => {
        const begun = performance.now();
        const key = {};
        after(() => (key.task = performance.now() - begun));
        requestAnimationFrame(() => {
            const frame = performance.now();
            after(() => {
                key.frame = performance.now() - frame;
                key.all = performance.now() - begun;
                keys.push(key);
            });
        });
    }, true);
    done(true);";

/// Measures typing.
pub async fn measure(stage: &Stage, table: &mut Table) {
    let profile = stage.make_profile(ENTRIES, LONG);
    let window = stage.open(&built("vice-versa"), &profile).await;
    window.wait_until_ready().await;
    window.go_to_journal().await;
    window.click("document.querySelector('[role=listbox] [role=option]')").await;
    window
        .wait_for("document.querySelector('article:not([hidden]) .cm-content')?.innerText.length > 1000")
        .await;
    // Into the middle, then on a line that is in sight.
    let scroll = "const done = arguments[arguments.length - 1];
        const sheet = document.querySelector('article:not([hidden]) .sheet');
        sheet.scrollTop = sheet.scrollHeight / 2;
        setTimeout(() => done(true), 800);";
    window.run(scroll, vec![]).await;
    window
        .click("[...document.querySelectorAll('article:not([hidden]) .cm-line')].find((line) => line.getBoundingClientRect().top > innerHeight / 3 && line.innerText.length > 100)")
        .await;
    window.run(WATCH, vec![]).await;
    for key in TYPED.chars().cycle().take(KEYS) {
        window.press(key).await;
    }
    let seen = window.run("const done = arguments[arguments.length - 1]; setTimeout(() => done(globalThis.measuredKeys), 500);", vec![]).await;
    window.close().await;

    let seen = seen.as_array().cloned().unwrap_or_default();
    let number = |key: &Value, name: &str| key[name].as_f64().unwrap_or_default();
    let (mut work, mut all) = (Runs::default(), Runs::default());
    for key in &seen {
        work.add_ms(number(key, "task") + number(key, "frame"));
        all.add_ms(number(key, "all"));
    }
    assert!(
        work.count() * 10 >= KEYS * 9,
        "nearly every key was seen by the page, not {} of {KEYS}",
        work.count()
    );
    table.row(
        format!("a key in an entry of {LONG} characters: work of the page, {} keys", work.count()),
        format!("p50 {:.0} ms, p99 {:.0} ms, worst {:.0} ms", work.median(), work.at(0.99), work.worst()),
        "p99 ≤ 16 ms",
        work.at(0.99) <= 16.0,
    );
    table.note(
        "the same, from key to paint, with the wait for the frame",
        format!("p50 {:.0} ms, p99 {:.0} ms, worst {:.0} ms", all.median(), all.at(0.99), all.worst()),
    );
}
