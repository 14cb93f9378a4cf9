//! `cargo xtask screens`: a picture of every screen, from the real window.

use crate::process::{cargo, step, target};
use crate::{interface, setup};

/// Saves every screen, light and dark, 760 and 1440 px wide, to `target/screens`; and the rooms in German and mirrored.
pub fn screens() -> Result<(), String> {
    setup::for_tests()?;
    interface::build()?;
    step("programs", cargo().args(["build", "--workspace", "--all-features", "--all-targets"]))?;
    let mut pictures = cargo();
    pictures
        .args(["run", "--quiet", "-p", "vv-tests", "--all-features", "--bin", "screens", "--"])
        .arg(target().join("screens"));
    step("screens", &mut pictures)
}
