//! Sleep: hears from the system that the computer is about to sleep, and has the notebook locked before it does.
//!
//! On Linux it asks logind and holds sleep up for the moment that saving takes. The other systems do not let a program hold
//! sleep up; there the notebook locks at the first tick after waking, when the idle time has passed.

use tauri::AppHandle;

/// Begins to listen, on a thread of its own. Without logind nothing happens.
#[cfg(target_os = "linux")]
pub fn listen(app: &AppHandle) {
    let app = app.clone();
    let started = std::thread::Builder::new().name("suspend".to_owned()).spawn(move || {
        if let Err(failure) = linux::listen(&app) {
            tracing::debug!(%failure, "sleep cannot be heard of");
        }
    });
    if started.is_err() {
        tracing::warn!("no thread to hear of sleep");
    }
}

/// Does nothing on systems that do not say beforehand.
#[cfg(not(target_os = "linux"))]
pub fn listen(_app: &AppHandle) {}

#[cfg(target_os = "linux")]
mod linux {
    use tauri::AppHandle;
    use zbus::{
        blocking::{Connection, Proxy},
        zvariant::OwnedFd,
    };

    use crate::locking;

    pub(super) fn listen(app: &AppHandle) -> zbus::Result<()> {
        let bus = Connection::system()?;
        let logind = Proxy::new(
            &bus,
            "org.freedesktop.login1",
            "/org/freedesktop/login1",
            "org.freedesktop.login1.Manager",
        )?;
        let mut delay = hold_up(&logind);
        for signal in logind.receive_signal("PrepareForSleep")? {
            let going_to_sleep: bool = signal.body().deserialize()?;
            if going_to_sleep {
                locking::lock_for_sleep(app);
                // Letting go of the file says that sleep may begin.
                delay = None;
            } else if delay.is_none() {
                delay = hold_up(&logind);
            }
        }
        drop(delay);
        Ok(())
    }

    /// Asks for a moment before each sleep. Held until the answer is dropped.
    fn hold_up(logind: &Proxy<'_>) -> Option<OwnedFd> {
        logind
            .call("Inhibit", &("sleep", "Vice Versa", "The journal is saved and locked first", "delay"))
            .ok()
    }
}
