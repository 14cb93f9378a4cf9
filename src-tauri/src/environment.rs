//! The variables that the window's engine reads, put right before anything else runs.
//!
//! They are read by libraries at their first use, and changing them inside a running process is unsound; so where one has to
//! change, the program starts itself again with the right ones, once: what it changes is no longer wrong the second time.

#[cfg(target_os = "linux")]
mod linux {
    use std::{env, ffi::OsStr, io, os::unix::process::CommandExt as _, path::Path, process::Command};

    /// Lets WebKitGTK be driven from outside. Only a build for tests may listen to it.
    const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";
    /// Keeps WebKitGTK from painting through a graphics card; where there is none, that saves memory and time.
    const NO_DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    /// Says what has to change.
    #[derive(Debug, PartialEq, Eq)]
    pub(super) struct Wrong {
        pub(super) automation: bool,
        pub(super) dmabuf: bool,
    }

    /// Compares the variables with what they must be.
    pub(super) fn find_wrong(read: impl Fn(&str) -> bool, for_tests: bool, has_gpu: bool) -> Option<Wrong> {
        let wrong =
            Wrong { automation: !for_tests && read(AUTOMATION), dmabuf: !has_gpu && !read(NO_DMABUF) };
        (wrong.automation || wrong.dmabuf).then_some(wrong)
    }

    fn has_gpu() -> bool {
        let Ok(entries) = Path::new("/dev/dri").read_dir() else { return false };
        entries.flatten().any(|entry| entry.file_name().as_encoded_bytes().starts_with(b"renderD"))
    }

    pub(super) fn put_right() -> io::Result<()> {
        let is_set = |name: &str| env::var_os(name).is_some_and(|value| value != OsStr::new(""));
        let Some(wrong) = find_wrong(is_set, cfg!(feature = "automation"), has_gpu()) else { return Ok(()) };

        let mut words = env::args_os();
        let mut again = Command::new(env::current_exe()?);
        if let Some(name) = words.next() {
            again.arg0(name);
        }
        again.args(words);
        if wrong.automation {
            again.env_remove(AUTOMATION);
        }
        if wrong.dmabuf {
            again.env(NO_DMABUF, "1");
        }
        let failure = again.exec();
        // Without the paint setting the window still works; with the door for tests open it must not start.
        if wrong.automation { Err(failure) } else { Ok(()) }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn find(set: &[&str], for_tests: bool, has_gpu: bool) -> Option<Wrong> {
            find_wrong(|name| set.contains(&name), for_tests, has_gpu)
        }

        #[test]
        fn a_build_for_people_does_not_listen_to_automation() {
            assert_eq!(
                find(&[AUTOMATION, NO_DMABUF], false, false),
                Some(Wrong { automation: true, dmabuf: false })
            );
            assert_eq!(find(&[AUTOMATION, NO_DMABUF], true, false), None);
        }

        #[test]
        fn starting_again_leaves_nothing_to_put_right() {
            assert_eq!(find(&[], false, false), Some(Wrong { automation: false, dmabuf: true }));
            assert_eq!(find(&[NO_DMABUF], false, false), None);
            assert_eq!(find(&[], false, true), None);
        }
    }
}

/// Puts the variables right, by starting the program again where one of them is wrong.
#[cfg(target_os = "linux")]
pub fn put_right() -> std::io::Result<()> {
    linux::put_right()
}

/// Does nothing: the engines of the other systems read no such variables.
#[cfg(not(target_os = "linux"))]
pub fn put_right() -> std::io::Result<()> {
    Ok(())
}

/// Says whether tests drive this window. Never true in a build for people.
pub fn is_driven_by_tests() -> bool {
    cfg!(feature = "automation") && std::env::var("TAURI_WEBVIEW_AUTOMATION").as_deref() == Ok("true")
}
