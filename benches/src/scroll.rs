//! Whether the timeline of 100,000 entries scrolls without a frame that one would see as a halt.

use serde_json::{Value, json};

use crate::driven::{Stage, built};
use crate::figures::{Runs, Table};

/// Scrolls for some frames by some pixels each, beginning at a share of the whole height; gives the lengths of the frames, and in
/// how many of them a row in sight had not come yet.
const SCROLL: &str = "const [from, step, frames, done] = arguments;
    const list = document.querySelector('[role=listbox].scroller');
    const lengths = [];
    let coming = 0;
    list.scrollTop = list.scrollHeight * from;
    setTimeout(() => {
        let before = 0;
        const next = (now) => {
            if (before) lengths.push(now - before);
            before = now;
            if (list.querySelector('.coming')) coming += 1;
            if (lengths.length >= frames) return done({ lengths, coming, rows: list.querySelectorAll('[role=option]').length });
            list.scrollTop += step;
            requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
    }, 700);";

/// Measures scrolling.
pub async fn measure(stage: &Stage, count: usize, table: &mut Table) {
    let profile = stage.make_profile(count, 0);
    let window = stage.open(&built("vice-versa"), &profile).await;
    window.wait_until_ready().await;
    window.go_to_journal().await;
    for (name, from, step) in [
        ("slowly from the beginning", 0.0, 24),
        ("a wheel turned fast, in the middle", 0.5, 240),
        ("upwards from the end", 1.0, -240),
        ("a page a frame", 0.2, 800),
    ] {
        let seen = window.run(SCROLL, vec![json!(from), json!(step), json!(400)]).await;
        let mut frames = Runs::default();
        seen["lengths"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_f64)
            .for_each(|ms| frames.add_ms(ms));
        table.row(
            format!("timeline of {count} entries, {name} ({step} px a frame)"),
            format!(
                "frames: p50 {:.0} ms, p99 {:.0} ms, longest {:.0} ms; {} rows exist; a row was still coming in {} of {} frames",
                frames.median(),
                frames.at(0.99),
                frames.worst(),
                seen["rows"],
                seen["coming"],
                frames.count()
            ),
            "no frame over 50 ms",
            frames.worst() <= 50.0 && frames.count() > 0,
        );
    }
    window.close().await;
}
