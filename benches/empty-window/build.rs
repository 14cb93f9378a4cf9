//! The build of the control window.

fn main() {
    tauri_build::build();
}
