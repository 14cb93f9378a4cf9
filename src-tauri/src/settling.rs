//! What a start leaves for later: everything that the first key does not need and that would take the thread of the windows
//! from the page while it comes up.

use std::time::Duration;

use tauri::{AppHandle, Emitter as _};
use vv_api::model::events::{Changed, Topic};

use crate::{preferences, windows::capture};

/// So long after the page stands, one has begun to type or to look.
const LATER: Duration = Duration::from_millis(800);

/// Asks for the keys that work anywhere, hands on the dictionaries and makes the capture window, a moment after the page stands.
pub fn begin(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(LATER).await;
        let inner = app.clone();
        let posted = app.run_on_main_thread(move || {
            preferences::apply_first(&inner);
            capture::prepare(&inner);
            // What the page was told of keys and tray before is no longer true.
            if inner.emit("changed", Changed { topics: vec![Topic::Settings] }).is_err() {
                tracing::warn!("the pages could not be told of an event");
            }
        });
        if posted.is_err() {
            tracing::debug!("the program ended before it had settled");
        }
    });
}
