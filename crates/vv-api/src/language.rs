//! Which language is spoken to the person: the one they chose, else the first of the system's that is spoken here.
//!
//! The screens ask the shell and the shell asks here, so that menus, notices and pages never speak two languages.

use vv_core::language::Language;

use crate::{host::spoken, model::settings::Settings};

/// Says which language is spoken.
pub fn language(settings: &Settings) -> Language {
    choose(&settings.language, &spoken::languages())
}

/// Says which language would be spoken if nothing had been chosen.
pub fn system_language() -> Language {
    choose("", &spoken::languages())
}

/// Gives the locale in which the system writes dates and numbers, such as `de-DE`; empty when it does not say.
pub fn system_formats() -> String {
    spoken::formats().unwrap_or_default()
}

fn choose(chosen: &str, system: &[String]) -> Language {
    let mut wanted = std::iter::once(chosen).chain(system.iter().map(String::as_str));
    wanted.find_map(Language::of).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_comes_before_what_the_system_prefers() {
        let system = ["de-DE".to_owned(), "en-GB".to_owned()];
        assert_eq!(choose("en", &system), Language::English);
        assert_eq!(choose("", &system), Language::German);
    }

    #[test]
    fn a_language_that_is_not_spoken_here_is_passed_over() {
        assert_eq!(choose("fr", &["pt-BR".to_owned(), "de".to_owned()]), Language::German);
        assert_eq!(choose("", &["C".to_owned(), "fr-FR".to_owned()]), Language::English);
        assert_eq!(choose("", &[]), Language::English);
    }
}
