//! What tests across crates stand on: the real window driven as a person would, and stand-ins for what a story is not about.
//!
//! Start at [`Desktop`]: each test gets one of its own, with display, bus, keyring and profile; [`Window`] is one run of the
//! program on it. They know the program by what is written on it and what can be read of the disk.

pub mod desktop;
pub mod file_vault;
pub mod notices;
pub mod page;
pub mod processes;
pub mod stand_ins;
pub mod window;

pub use desktop::{Desktop, Keyring};
pub use window::Window;
