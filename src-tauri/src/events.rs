//! Events: what the surface tells goes on to the pages under the same names.

use tauri::{AppHandle, Emitter as _, Manager as _};
use vv_api::Event;

use crate::{locking, notices, shell::Shell, windows};

/// Passes on what the surface tells, on a thread of its own, for as long as the program runs.
pub fn pass_on(app: &AppHandle) -> std::io::Result<()> {
    let events = app.state::<Shell>().notebook().subscribe();
    let app = app.clone();
    std::thread::Builder::new().name("events".to_owned()).spawn(move || {
        for event in events {
            let told = match event {
                Event::Changed(changed) => app.emit("changed", changed),
                Event::Progress(progress) => app.emit("progress", progress),
                // The capture window needs not know that somebody talks.
                Event::Voice(state) => app.emit_to(windows::main::LABEL, "voice", state),
                Event::Reminder(reminder) => {
                    notices::show(&app, notices::of_reminder(reminder));
                    Ok(())
                }
                Event::Locked => {
                    locking::tell(&app);
                    Ok(())
                }
            };
            if told.is_err() {
                tracing::warn!("the pages could not be told of an event");
            }
        }
    })?;
    Ok(())
}
