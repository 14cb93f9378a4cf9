//! The name of this device, as its owner would recognise it.

/// Gives the first part of the host's name, or a word that holds everywhere.
pub(super) fn name() -> String {
    let host = gethostname::gethostname();
    shorten(&host.to_string_lossy())
}

fn shorten(host: &str) -> String {
    let first = host.split('.').next().unwrap_or_default().trim();
    let kept: String = first.chars().filter(|letter| !letter.is_control()).take(60).collect();
    if kept.is_empty() { "This computer".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn the_domain_of_the_office_is_left_out() {
        assert_eq!(shorten("thinkpad.office.example"), "thinkpad");
        assert_eq!(shorten(""), "This computer");
    }
}
