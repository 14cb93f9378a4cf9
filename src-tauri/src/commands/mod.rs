//! What the window may call: one thin handler per command of `vv-api`, and the few calls that only a desktop can answer.
//!
//! No handler decides anything; each hands on what it got, off the thread of the windows. The names are listed once in
//! `vv_api::commands` and once in `names`; tests compare them with the handlers here and with the capability files.

pub mod names;
mod own;
mod surface;
#[cfg(test)]
mod tests;

use tauri::{Wry, ipc::Invoke};
use vv_api::error::{ApiError, ErrorCode};

/// Runs what may wait for the disk, away from the thread of the windows.
async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    tauri::async_runtime::spawn_blocking(work).await.unwrap_or_else(|_| {
        Err(ApiError::new(
            ErrorCode::Internal,
            "Something happened that this program did not foresee. What was saved before is safe.",
        ))
    })
}

/// Gives every call to the handler that bears its name.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    let own = own::handler();
    let surface = surface::handler();
    move |invoke| {
        if names::SHELL_CALLS.contains(&invoke.message.command()) { own(invoke) } else { surface(invoke) }
    }
}
