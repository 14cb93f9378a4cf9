//! Names for exported files: readable, each only once, and possible on every system.

use std::collections::HashSet;

/// Letters of a name before the number and the ending, at most; with a folder before it the path stays short enough.
const LETTERS: usize = 80;

/// Gives each file a name that no other has, on systems that do not tell case apart too.
#[derive(Default)]
pub(crate) struct FileNames {
    taken: HashSet<String>,
}

impl FileNames {
    /// Makes a name of what is wanted, with an ending such as `.md` or nothing.
    pub(crate) fn make(&mut self, wanted: &str, ending: &str) -> String {
        let stem = safe(wanted);
        let ending: String =
            ending.chars().filter(|letter| letter.is_alphanumeric() || *letter == '.').take(16).collect();
        let mut number = 1;
        loop {
            let name =
                if number == 1 { format!("{stem}{ending}") } else { format!("{stem} {number}{ending}") };
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }
}

/// Makes a name that every system takes: without its forbidden signs, endings and words.
fn safe(wanted: &str) -> String {
    let mut name = String::new();
    for letter in wanted.chars().take(LETTERS) {
        let letter = if letter.is_control()
            || matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        {
            ' '
        } else {
            letter
        };
        if !(letter.is_whitespace() && name.ends_with(' ')) {
            name.push(if letter.is_whitespace() { ' ' } else { letter });
        }
    }
    // The bytes count too: a name of eighty emoji would be longer than file systems take.
    name.truncate(name.floor_char_boundary(200));
    let name = name.trim_matches(['.', ' ']).to_owned();
    let first = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let device = matches!(first.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (first.len() == 4
            && (first.starts_with("COM") || first.starts_with("LPT"))
            && first.ends_with(|digit: char| digit.is_ascii_digit()));
    match (name.is_empty(), device) {
        (true, _) => "untitled".to_owned(),
        (_, true) => format!("{name}_"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_possible_everywhere_and_each_stands_once() {
        let mut names = FileNames::default();
        assert_eq!(names.make("2026-11-19 Who: asked \"twice\"?", ".md"), "2026-11-19 Who asked twice.md");
        assert_eq!(names.make("Plan", ".md"), "Plan.md");
        assert_eq!(names.make("plan", ".md"), "plan 2.md");
        assert_eq!(names.make("CON", ".md"), "CON_.md");
        assert_eq!(names.make("com1.backup", ".md"), "com1.backup_.md");
        assert_eq!(names.make("...", ""), "untitled");
        assert_eq!(names.make("../../etc/passwd", ""), "etc passwd");
    }

    proptest! {
        #[test]
        fn no_name_leaves_its_folder(wanted in "\\PC{0,120}|[./\\\\: \u{0}]{0,20}") {
            let name = FileNames::default().make(&wanted, ".md");
            prop_assert!(!name.contains(['/', '\\', ':', '\0']) && name.len() <= 255);
            prop_assert!(!name.starts_with('.') && !name.trim_end_matches(".md").is_empty());
        }
    }
}
