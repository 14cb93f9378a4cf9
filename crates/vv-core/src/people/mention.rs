//! How a text names somebody: `[@Katie Moran](person:ID)`, a link any Markdown program shows as “@Katie Moran”.
//!
//! The id says who is meant, whatever they are called; the words say it to every reader without this notebook. Inside code nobody
//! is named.

use std::borrow::Cow;

use super::directory::Directory;
use crate::ids::PersonId;
use crate::portability::links;

const SCHEME: &str = "person:";
const SIGN: &str = "](person:";

/// Writes a mention.
pub fn mention_of(id: PersonId, name: &str) -> String {
    let words: String = name
        .chars()
        .map(|letter| if matches!(letter, '[' | ']' | '\\' | '\n' | '\r') { ' ' } else { letter })
        .collect();
    format!("[@{}]({SCHEME}{id})", words.trim())
}

/// Lists who is named in a text, each once, in the order in which they stand.
pub(crate) fn mentioned(text: &str) -> Vec<PersonId> {
    let mut found = Vec::new();
    if text.contains(SIGN) {
        for (_, _, link) in links::links(text) {
            if let Some(id) = person_of(&link)
                && !found.contains(&id)
            {
                found.push(id);
            }
        }
    }
    found
}

/// Gives a text in which each mention is the name of today alone; one of somebody nobody knows keeps its words.
pub(crate) fn with_names<'t>(text: &'t str, known: &Directory) -> Cow<'t, str> {
    if !text.contains(SIGN) {
        return Cow::Borrowed(text);
    }
    links::rewrite(text, |link| {
        let id = person_of(link)?;
        Some(known.name(id).map_or_else(|| link.label.to_owned(), |name| format!("@{name}")))
    })
}

fn person_of(link: &links::Link<'_>) -> Option<PersonId> {
    if link.wiki || link.embeds {
        return None;
    }
    link.target.strip_prefix(SCHEME)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_is_a_link_and_code_names_nobody() {
        let id: PersonId = "0199a000-0000-7000-8000-000000000001".parse().unwrap();
        let other: PersonId = "0199a000-0000-7000-8000-000000000002".parse().unwrap();
        let (one, two) = (mention_of(id, "Katie [data]\n"), mention_of(other, "Jon"));
        assert_eq!(one, format!("[@Katie  data](person:{id})"));
        let text =
            format!("{two} and {one}, {two}\n`{one}`\n```\n{one}\n```\n![{one}](x.png) [[person:{id}]]");
        assert_eq!(mentioned(&text), [other, id]);
        assert_eq!(mentioned(&format!("`{one}` @Katie a@b.example [x](person:none)")), []);
    }

    #[test]
    fn a_mention_of_somebody_unknown_keeps_its_words() {
        let id: PersonId = "0199a000-0000-7000-8000-000000000001".parse().unwrap();
        let text = format!("With {} at ten.", mention_of(id, "Katie"));
        assert_eq!(with_names(&text, &Directory::default()), "With @Katie at ten.");
    }
}
