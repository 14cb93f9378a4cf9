//! How large everything is shown. The window's engine scales; the shell remembers.

use tauri::{AppHandle, Manager as _};

use crate::{shell::Shell, windows};

const SMALLEST: f64 = 0.6;
const LARGEST: f64 = 2.0;

/// Says which way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Larger.
    In,
    /// Smaller.
    Out,
    /// As designed.
    Reset,
}

/// Gives the next size in steps of a tenth, within bounds.
fn next(now: f64, step: Step) -> f64 {
    let wanted = match step {
        Step::In => now + 0.1,
        Step::Out => now - 0.1,
        Step::Reset => 1.0,
    };
    if wanted.is_finite() { ((wanted * 10.0).round() / 10.0).clamp(SMALLEST, LARGEST) } else { 1.0 }
}

/// Goes one step and remembers it.
pub fn change(app: &AppHandle, step: Step) {
    app.state::<Shell>().memory.change(|memory| memory.zoom = next(memory.zoom, step));
    apply(app);
}

/// Shows the main window as large as remembered.
pub fn apply(app: &AppHandle) {
    let remembered = app.state::<Shell>().memory.now().zoom;
    let zoom = if remembered.is_finite() { remembered.clamp(SMALLEST, LARGEST) } else { 1.0 };
    if let Some(window) = app.get_webview_window(windows::main::LABEL)
        && window.set_zoom(zoom).is_err()
    {
        tracing::warn!("the window could not be scaled");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_go_in_tenths_and_stay_within_bounds() {
        assert!((next(1.0, Step::In) - 1.1).abs() < 1e-9);
        assert!((next(1.1, Step::Out) - 1.0).abs() < 1e-9);
        assert!((next(LARGEST, Step::In) - LARGEST).abs() < 1e-9);
        assert!((next(SMALLEST, Step::Out) - SMALLEST).abs() < 1e-9);
        assert!((next(1.7, Step::Reset) - 1.0).abs() < 1e-9);
        assert!((next(f64::NAN, Step::In) - 1.0).abs() < 1e-9);
    }
}
