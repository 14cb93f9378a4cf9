//! Reads the Markdown of an entry as a stream of parts, the same way for every form that draws it.
//!
//! The links of this app are settled before: `[[words|id]]` leads to that entry when it goes along, and is plain words when it
//! stays. Which addresses may be followed at all is decided here too.

use std::borrow::Cow;

use pulldown_cmark::{Options, Parser};

use super::links;
use crate::ids::{AttachmentId, EntryId};

/// Marks the address of an entry that goes along.
pub(super) const ENTRY: &str = "entry:";
const FILE: &str = "attachment:";

/// Is where an address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// To an entry of the same export.
    Entry(EntryId),
    /// To a file of an entry.
    File(AttachmentId),
    /// To the web or to mail.
    Outside(&'a str),
    /// Nowhere that could be followed.
    Nowhere,
}

/// Settles the links of a text to entries; `goes_along` tells which entries are part of the export.
pub(super) fn settle_links(text: &str, goes_along: impl Fn(EntryId) -> bool) -> Cow<'_, str> {
    links::rewrite(text, |link| {
        if !link.wiki {
            return None;
        }
        match link.label.parse::<EntryId>() {
            Ok(id) if goes_along(id) => Some(format!("[{}]({ENTRY}{id})", link.target)),
            Ok(_) => Some(link.target.to_owned()),
            Err(_) => None,
        }
    })
}

/// Reads a text.
pub(super) fn parts(text: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(text, options)
}

/// Tells where an address leads. Only the web and mail are outside; a script, a file of the disk or a relative path is nowhere.
pub(super) fn follow(address: &str) -> Address<'_> {
    let address = address.trim();
    if let Some(id) = address.strip_prefix(ENTRY) {
        return id.parse().map_or(Address::Nowhere, Address::Entry);
    }
    if let Some(id) = address.strip_prefix(FILE) {
        return id.parse().map_or(Address::Nowhere, Address::File);
    }
    let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" | "mailto" if !address.contains(char::is_control) => Address::Outside(address),
        _ => Address::Nowhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_mail_are_followed_out() {
        assert_eq!(follow("https://x.example/a"), Address::Outside("https://x.example/a"));
        assert_eq!(follow("MAILTO:a@x.example"), Address::Outside("MAILTO:a@x.example"));
        for bad in [
            "javascript:alert(1)",
            "JaVaScript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "a.md",
            "java\nscript:x",
            "",
        ] {
            assert_eq!(follow(bad), Address::Nowhere, "{bad}");
        }
    }

    #[test]
    fn links_to_entries_lead_there_or_are_words() {
        let id: EntryId = "0199a000-0000-7000-8000-000000000001".parse().unwrap();
        let text = format!("See [[the plan|{id}]] and [[a name]].");
        assert_eq!(settle_links(&text, |_| true), format!("See [the plan](entry:{id}) and [[a name]]."));
        assert_eq!(settle_links(&text, |_| false), "See the plan and [[a name]].");
    }
}
