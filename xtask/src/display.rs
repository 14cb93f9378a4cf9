//! A display where there is none: Xvfb, a private bus and an unlocked keyring of its own, for one program at a time.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Says whether this session has a display.
pub fn is_there() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Holds a virtual display; it ends when this is dropped.
pub struct VirtualDisplay {
    server: Child,
    name: String,
}

impl VirtualDisplay {
    /// Starts Xvfb on a number that is free and waits until it answers.
    pub fn start(width: u32, height: u32) -> Result<Self, String> {
        let number = (70..200)
            .find(|number| !Path::new(&format!("/tmp/.X{number}-lock")).exists())
            .ok_or("there is no free display number")?;
        let name = format!(":{number}");
        let server = Command::new("Xvfb")
            .args([&name, "-screen", "0", &format!("{width}x{height}x24"), "-nolisten", "tcp"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|problem| format!("Xvfb could not be started ({problem})"))?;
        let display = Self { server, name };
        display.wait_until(Duration::from_secs(10), |display| display.answers())?;
        Ok(display)
    }

    /// Gives its name, for `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Saves what the display shows, once two looks at it are the same and not empty.
    pub fn screenshot(&self, path: &Path, within: Duration) -> Result<(), String> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|problem| problem.to_string())?;
        }
        let earlier = path.with_extension("earlier.png");
        self.wait_until(within, |display| {
            display.shoot(&earlier)
                && display.shoot(path)
                && fs::metadata(path).is_ok_and(|file| file.len() > 8_000)
                && fs::read(&earlier).ok() == fs::read(path).ok()
        })?;
        fs::remove_file(&earlier).map_err(|problem| problem.to_string())
    }

    fn shoot(&self, path: &Path) -> bool {
        let mut import = Command::new("import");
        import
            .args([
                "-display",
                &self.name,
                "-window",
                "root",
                "-define",
                "png:exclude-chunks=date,time",
                "-strip",
            ])
            .arg(path);
        import.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }

    fn answers(&self) -> bool {
        let mut look = Command::new("xdpyinfo");
        look.args(["-display", &self.name]).stdout(Stdio::null()).stderr(Stdio::null());
        look.status().is_ok_and(|status| status.success())
    }

    fn wait_until(&self, within: Duration, is_so: impl Fn(&Self) -> bool) -> Result<(), String> {
        let begin = Instant::now();
        while !is_so(self) {
            if begin.elapsed() > within {
                return Err(format!(
                    "display {} did not show anything within {} s",
                    self.name,
                    within.as_secs()
                ));
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }
}

impl Drop for VirtualDisplay {
    fn drop(&mut self) {
        // Nothing can be done about a display that is gone already.
        let _gone = self.server.kill();
        let _reaped = self.server.wait();
    }
}

/// Starts a keyring that ends with the script, and waits until it answers.
const KEYRING: &str = "\
    printf 'sample\\n' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
    keyring=$!
    trap 'kill $keyring 2>/dev/null' EXIT TERM INT
    until dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
        string:org.freedesktop.secrets 2>/dev/null | grep -q true; do
        kill -0 $keyring 2>/dev/null || break
        sleep 0.1
    done
";

/// Gives a command that runs `script` under a private bus with an unlocked keyring, keeping its state in `folder`.
pub fn private_session(folder: &Path, display: &str, script: &str) -> Result<Command, String> {
    for name in ["data", "config", "state", "cache", "run"] {
        fs::create_dir_all(folder.join(name)).map_err(|problem| problem.to_string())?;
    }
    set_private(&folder.join("run"))?;
    let mut command = Command::new("dbus-run-session");
    command
        .args(["--", "sh", "-c"])
        .arg(format!("{KEYRING}{script}"))
        .env("DISPLAY", display)
        .env_remove("WAYLAND_DISPLAY")
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_STATE_HOME", folder.join("state"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env("XDG_RUNTIME_DIR", folder.join("run"));
    Ok(command)
}

#[cfg(unix)]
fn set_private(folder: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(|problem| problem.to_string())
}

#[cfg(not(unix))]
fn set_private(_folder: &Path) -> Result<(), String> {
    Ok(())
}
