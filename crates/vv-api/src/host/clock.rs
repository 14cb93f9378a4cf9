//! The clock of this computer and the zone it stands in.

use chrono::{DateTime, Utc};
use vv_core::ports::Clock;

/// Tells the time of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + ahead()
    }

    fn time_zone(&self) -> Option<String> {
        // `TZ` wins over the system's setting for every other program too.
        let named = std::env::var("TZ").ok().and_then(|zone| zone_name(&zone));
        named.or_else(|| iana_time_zone::get_timezone().ok())
    }
}

/// Tells how far a test has set the clock ahead: by the seconds in the file that `VV_CLOCK` names, which may change while the
/// program runs. Not part of a build for people.
#[cfg(feature = "automation")]
pub fn ahead() -> chrono::TimeDelta {
    let seconds = std::env::var_os("VV_CLOCK").and_then(|file| std::fs::read_to_string(file).ok());
    let seconds = seconds.and_then(|seconds| seconds.trim().parse().ok());
    seconds.and_then(chrono::TimeDelta::try_seconds).unwrap_or_default()
}

#[cfg(not(feature = "automation"))]
fn ahead() -> chrono::TimeDelta {
    chrono::TimeDelta::zero()
}

/// Takes an IANA name out of the value of `TZ`; rules such as `CET-1CEST` and paths name no zone.
fn zone_name(value: &str) -> Option<String> {
    let name = value.trim_start_matches(':');
    let is_name =
        name == "UTC" || (name.contains('/') && !name.starts_with('/') && name.chars().all(is_name_letter));
    is_name.then(|| name.to_owned())
}

fn is_name_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '/' | '_' | '-' | '+')
}

#[cfg(test)]
mod tests {
    use super::zone_name;

    #[test]
    fn a_zone_is_taken_from_the_environment_only_when_it_is_a_name() {
        assert_eq!(zone_name("Europe/Zurich").as_deref(), Some("Europe/Zurich"));
        assert_eq!(zone_name(":Europe/Zurich").as_deref(), Some("Europe/Zurich"));
        assert_eq!(zone_name("UTC").as_deref(), Some("UTC"));
        assert_eq!(zone_name("CET-1CEST"), None);
        assert_eq!(zone_name("/usr/share/zoneinfo/Europe/Zurich"), None);
        assert_eq!(zone_name(""), None);
    }
}
