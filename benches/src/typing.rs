//! How long the page's script works on one key in an entry of 100,000 characters.
//!
//! Counted is every moment in which script runs between one key and the next: handlers of events, watchers of changes, frames,
//! timers and promises, with the layout they ask for. They are wrapped before the entry is opened, so that the editor's own are
//! among them. Beside it stands the time from the key to the painted frame, and both again for a short entry: where those are
//! alike, the length of the entry costs nothing, and the rest is the engine's painting.

use serde_json::Value;

use crate::driven::{Stage, built};
use crate::figures::{Runs, Table};

const ENTRIES: usize = 1_000;
const LONG: usize = 100_000;
const SHORT: usize = 3_000;
const KEYS: usize = 500;
/// What is typed again and again; `\u{e007}` is Enter, `\u{e003}` Backspace.
const TYPED: &str =
    "what I learnt today is **simple** and hard\u{e007}\u{e007}- it stays\u{e003}\u{e003}ys with me, ";

/// Wraps whatever script hands to the engine to be called back, and adds up how long it ran.
const WRAP: &str = "const done = arguments[arguments.length - 1];
    const now = () => performance.now();
    let depth = 0, begun = 0;
    globalThis.scriptRan = 0;
    const timed = (call) => typeof call !== 'function' ? call : function (...given) {
        if (depth++ === 0) begun = now();
        try { return call.apply(this, given); } finally { if (--depth === 0) globalThis.scriptRan += now() - begun; }
    };
    const wrapped = new WeakMap();
    const wrap = (call) => {
        if (typeof call !== 'function') return call;
        if (!wrapped.has(call)) wrapped.set(call, timed(call));
        return wrapped.get(call);
    };
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, call, options) { return add.call(this, type, wrap(call), options); };
    EventTarget.prototype.removeEventListener = function (type, call, options) { return remove.call(this, type, wrapped.get(call) ?? call, options); };
    for (const name of ['MutationObserver', 'ResizeObserver', 'IntersectionObserver']) {
        const Real = globalThis[name];
        globalThis[name] = class extends Real { constructor(call, options) { super(timed(call), options); } };
    }
    for (const name of ['requestAnimationFrame', 'requestIdleCallback', 'setTimeout', 'queueMicrotask']) {
        const real = globalThis[name];
        if (real) globalThis[name] = (call, ...rest) => real.call(globalThis, timed(call), ...rest);
    }
    const then = Promise.prototype.then;
    Promise.prototype.then = function (kept, broken) { return then.call(this, timed(kept), timed(broken)); };
    globalThis.measuredKeys = [];
    const frame = requestAnimationFrame;
    add.call(globalThis, 'keydown', () => {
        const key = { at: now(), ran: globalThis.scriptRan };
        globalThis.measuredKeys.push(key);
        const channel = new MessageChannel();
        channel.port1.onmessage = () => (key.painted = now());
        frame(() => channel.port2.postMessage(0));
    }, true);
    done(true);";

/// Measures typing.
pub async fn measure(stage: &Stage, table: &mut Table) {
    let long = type_into(stage, LONG).await;
    let short = type_into(stage, SHORT).await;
    table.row(
        format!("a key in an entry of {LONG} characters: script, {} keys", long.script.count()),
        format!(
            "p50 {:.0} ms, p99 {:.0} ms, worst {:.0} ms (in one of {SHORT}: p50 {:.0} ms, p99 {:.0} ms)",
            long.script.median(),
            long.script.at(0.99),
            long.script.worst(),
            short.script.median(),
            short.script.at(0.99)
        ),
        "p99 ≤ 16 ms",
        long.script.at(0.99) <= 16.0,
    );
    table.note(
        "the same, from key to paint, with the wait for the frame",
        format!(
            "p50 {:.0} ms, p99 {:.0} ms (in the short one: p50 {:.0} ms, p99 {:.0} ms)",
            long.painted.median(),
            long.painted.at(0.99),
            short.painted.median(),
            short.painted.at(0.99)
        ),
    );
}

/// What was seen of keys.
struct Seen {
    script: Runs,
    painted: Runs,
}

async fn type_into(stage: &Stage, characters: usize) -> Seen {
    let profile = stage.make_profile(ENTRIES, characters);
    let window = stage.open(&built("vice-versa"), &profile).await;
    window.wait_until_ready().await;
    window.go_to_journal().await;
    window.run(WRAP, vec![]).await;
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
    window.run("globalThis.measuredKeys.length = 0; arguments[arguments.length - 1](true);", vec![]).await;
    for key in TYPED.chars().cycle().take(KEYS) {
        window.press(key).await;
    }
    let last = "const done = arguments[arguments.length - 1];
        setTimeout(() => done([...globalThis.measuredKeys, { ran: globalThis.scriptRan }]), 500);";
    let seen = window.run(last, vec![]).await;
    window.close().await;

    let seen = seen.as_array().cloned().unwrap_or_default();
    let number = |key: &Value, name: &str| key[name].as_f64().unwrap_or_default();
    let (mut script, mut painted) = (Runs::default(), Runs::default());
    for pair in seen.windows(2) {
        script.add_ms(number(&pair[1], "ran") - number(&pair[0], "ran"));
        painted.add_ms(number(&pair[0], "painted") - number(&pair[0], "at"));
    }
    assert!(
        script.count() * 10 >= KEYS * 9,
        "nearly every key was seen by the page, not {} of {KEYS}",
        script.count()
    );
    Seen { script, painted }
}
