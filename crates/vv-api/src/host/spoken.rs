//! What this computer says of languages: those its owner prefers, and how it writes dates.
//!
//! The two are apart: somebody may read English and write dates as in Germany.

/// Gives the languages the system prefers, best first, such as `de-DE`.
pub(crate) fn languages() -> Vec<String> {
    sys_locale::get_locales().collect()
}

/// Gives the locale in which the system writes dates and numbers, such as `de-DE`; none when it does not say.
pub(crate) fn formats() -> Option<String> {
    #[cfg(target_os = "linux")]
    return ["LC_ALL", "LC_TIME", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| as_tag(&value));
    #[cfg(not(target_os = "linux"))]
    sys_locale::get_locale().and_then(|value| as_tag(&value))
}

/// Writes `de_DE.UTF-8` as `de-DE`; none for what names no language, such as `C`.
fn as_tag(value: &str) -> Option<String> {
    let tag = value.split(['.', '@']).next()?.replace('_', "-");
    let names_one = tag.len() >= 2 && !tag.eq_ignore_ascii_case("posix") && !tag.starts_with("C-");
    names_one.then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::as_tag;

    #[test]
    fn a_locale_of_the_system_becomes_a_tag() {
        assert_eq!(as_tag("de_DE.UTF-8").as_deref(), Some("de-DE"));
        assert_eq!(as_tag("sr_RS@latin").as_deref(), Some("sr-RS"));
        assert_eq!(as_tag("en-GB").as_deref(), Some("en-GB"));
        for nothing in ["C", "C.UTF-8", "POSIX", ""] {
            assert_eq!(as_tag(nothing), None, "{nothing}");
        }
    }
}
