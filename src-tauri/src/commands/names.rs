//! The calls that only a desktop can answer, by name: the list the build and the tests read.

/// Lists the calls of the window that the shell answers by itself.
pub const SHELL_CALLS: &[&str] = &[
    "shell_state",
    "shell_touch",
    "shell_flushed",
    "shell_take_place",
    "shell_pick_file",
    "shell_pick_folder",
    "shell_pick_save",
    "shell_read_file",
    "shell_open_link",
    "shell_print",
    "shell_spell",
    "shell_capture_close",
    "shell_capture_resize",
];
