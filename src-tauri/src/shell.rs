//! What the shell holds while it runs: the notebook's surface, the profile, and a few facts about this desktop.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, atomic::AtomicBool},
};

use vv_api::{App, model::settings::Settings};

use crate::{flushing::Flushing, hotkey::Hotkey, remembered::Memory};

/// Holds what the shell knows while it runs.
pub struct Shell {
    notebook: Arc<App>,
    /// The folder of the profile.
    pub profile: PathBuf,
    /// What is remembered between starts.
    pub memory: Memory,
    /// Asking the page to save.
    pub flushing: Flushing,
    /// Whether the capture keys work.
    pub hotkey: Mutex<Hotkey>,
    /// Whether the windows are dark now.
    pub is_dark: AtomicBool,
    /// Whether the desktop was dark at the start, before the person's choice counted.
    pub is_desktop_dark: AtomicBool,
    /// Whether there is a tray to stay in.
    pub has_tray: AtomicBool,
    /// Whether the program is on its way out.
    pub is_leaving: AtomicBool,
    /// The place in the window that was asked for from elsewhere and not shown yet.
    pub place: Mutex<Option<String>>,
    /// Whether the program was started for the capture window alone.
    pub is_for_capture: AtomicBool,
}

impl Shell {
    /// Holds a surface and its profile.
    pub fn new(notebook: Arc<App>, profile: PathBuf, for_capture: bool, place: Option<String>) -> Self {
        Self {
            notebook,
            memory: Memory::read(&profile),
            profile,
            flushing: Flushing::default(),
            hotkey: Mutex::default(),
            is_dark: AtomicBool::new(false),
            is_desktop_dark: AtomicBool::new(false),
            has_tray: AtomicBool::new(false),
            is_leaving: AtomicBool::new(false),
            place: Mutex::new(place),
            is_for_capture: AtomicBool::new(for_capture),
        }
    }

    /// Gives the surface.
    pub fn notebook(&self) -> Arc<App> {
        Arc::clone(&self.notebook)
    }

    /// Gives the settings; those of a new person where they cannot be read.
    pub fn settings(&self) -> Settings {
        vv_api::settings_read(&self.notebook).unwrap_or_default()
    }

    /// Notes that somebody is at the keyboard.
    pub fn touch(&self) {
        self.notebook.touch();
    }

    /// Closes the notebook at the end of the program, so that nothing is left to be tidied at the next start.
    pub fn close_notebook(&self) {
        self.notebook.close();
    }
}
