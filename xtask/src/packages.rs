//! The system packages: what each task needs on Debian and Ubuntu, and what to install by hand elsewhere.

/// Needed to build the app on Debian and Ubuntu.
pub const BUILD: &[&str] = &[
    "build-essential",
    "cmake",
    "libasound2-dev",
    "libayatana-appindicator3-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "pkg-config",
];

/// Needed to open the app without a display and look at it.
pub const HEADLESS: &[&str] = &[
    "at-spi2-core",
    "dbus",
    "dbus-x11",
    "fonts-dejavu-core",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
    "gnome-keyring",
    "gstreamer1.0-plugins-base",
    "gstreamer1.0-plugins-good",
    "imagemagick",
    "x11-utils",
    "xauth",
    "xdotool",
    "xvfb",
];

/// Needed beside the others to drive the window in tests.
pub const DRIVE: &[&str] =
    &["desktop-file-utils", "hunspell-en-us", "libsecret-tools", "webkit2gtk-driver", "xdg-utils"];

/// Needed to try the server with a database of its own; it needs no running service.
pub const DATABASE: &[&str] = &["postgresql"];

/// Needed to read an exported space with a program of another language.
pub const READER: &[&str] = &["python3", "python3-venv"];

/// Says what to install where this program installs nothing itself.
pub fn advice() -> &'static str {
    if cfg!(target_os = "macos") {
        "Install the command line tools with `xcode-select --install`, CMake, Node 20.19 or newer and, for the tests, Python 3.11."
    } else if cfg!(windows) {
        "Install the Visual Studio C++ build tools, CMake (for Opus), Strawberry Perl and NASM (for OpenSSL), the WebView2 runtime, Node 20.19 or newer and, for the tests, Python 3.11."
    } else {
        "Install the development packages of WebKitGTK 4.1, GTK 3, Ayatana AppIndicator 3, librsvg 2, libxdo, ALSA and OpenSSL, a C compiler, \
         CMake, pkg-config, and Node 20.19 or newer; to hear voice notes the base and good plugins of GStreamer; for the tests also WebKitWebDriver, Xvfb, D-Bus, GNOME Keyring, ImageMagick, PostgreSQL and Python 3.11."
    }
}
