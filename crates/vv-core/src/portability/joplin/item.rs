//! One item of Joplin as it stands in its file: title, body, and properties that are read from the bottom.

/// What kinds of items there are, by the number in `type_`.
pub(super) const NOTE: u32 = 1;
pub(super) const FOLDER: u32 = 2;
pub(super) const RESOURCE: u32 = 4;
pub(super) const TAG: u32 = 5;
pub(super) const NOTE_TAG: u32 = 6;
pub(super) const REVISION: u32 = 13;

/// Properties an item may have; files have about thirty.
const MOST_PROPERTIES: usize = 200;

/// Is an item.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Item {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) kind: u32,
    /// The properties in their order, without those that only say what the item is.
    pub(super) properties: Vec<(String, String)>,
}

impl Item {
    /// Reads an item; none when it is none.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut rest = text.trim_end_matches(['\n', '\r']);
        let mut properties = Vec::new();
        loop {
            let (before, line) =
                rest.rsplit_once('\n').map_or((None, rest), |(before, line)| (Some(before), line));
            let line = line.trim();
            if line.is_empty() {
                rest = before.unwrap_or_default();
                break;
            }
            let (name, value) = line.split_once(':')?;
            let is_name =
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if !is_name || properties.len() == MOST_PROPERTIES {
                return None;
            }
            properties.push((name.to_owned(), plain(value.trim())));
            match before {
                Some(before) => rest = before,
                None => {
                    rest = "";
                    break;
                }
            }
        }
        properties.reverse();
        let at = properties.iter().position(|(name, _)| name == "type_")?;
        let kind = properties.remove(at).1.parse().ok()?;
        let (title, body) = rest.split_once('\n').unwrap_or((rest, ""));
        let body = body.strip_prefix("\r\n").or_else(|| body.strip_prefix('\n')).unwrap_or(body);
        Some(Self { title: title.trim_end_matches('\r').to_owned(), body: body.to_owned(), kind, properties })
    }

    /// Takes a property away and gives it, unless it says nothing.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.properties.iter().position(|(known, _)| known == name)?;
        Some(self.properties.remove(at).1).filter(|value| !says_nothing(value))
    }

    /// Lends a property.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.properties.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !says_nothing(value))
    }
}

/// Tells whether a value is what the program writes for nothing: empty, 0 or 0.0000.
pub(super) fn says_nothing(value: &str) -> bool {
    value.bytes().all(|byte| matches!(byte, b'0' | b'.'))
}

/// Undoes the escapes of a value.
fn plain(value: &str) -> String {
    if !value.contains('\\') {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = &rest[at..];
        let (written, length) = if after.starts_with("\\\\n") {
            ("\\n", 3)
        } else if after.starts_with("\\\\r") {
            ("\\r", 3)
        } else if after.starts_with("\\n") {
            ("\n", 2)
        } else if after.starts_with("\\r") {
            ("\r", 2)
        } else {
            ("\\", 1)
        };
        out.push_str(written);
        rest = &after[length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_read_from_the_bottom_whatever_the_body_holds() {
        let item =
            Item::read("Title: with colon\n\nBody\n\nkey: not a property\n\nid: ab\nsource: \ntype_: 1")
                .unwrap();
        assert_eq!(
            (item.title.as_str(), item.body.as_str()),
            ("Title: with colon", "Body\n\nkey: not a property")
        );
        assert_eq!((item.kind, item.get("id"), item.get("source")), (1, Some("ab"), None));
    }

    #[test]
    fn an_item_may_have_no_title_and_no_body() {
        let item = Item::read("id: ab\nnote_id: cd\ntag_id: ef\ntype_: 6").unwrap();
        assert_eq!((item.title.as_str(), item.kind, item.get("tag_id")), ("", 6, Some("ef")));
        assert_eq!(Item::read("Only a title\n\nid: ab\ntype_: 2\n").unwrap().title, "Only a title");
    }

    #[test]
    fn escapes_in_a_property_are_undone() {
        let item = Item::read("T\n\nauthor: a\\nb\\\\nc\nid: ab\ntype_: 1").unwrap();
        assert_eq!(item.get("author"), Some("a\nb\\nc"));
    }

    #[test]
    fn what_is_no_item_is_none() {
        for text in ["", "# Note\n\nText", "a: b", "T\n\nid: ab\ntype_: one", "T\n\n: x\ntype_: 1"] {
            assert_eq!(Item::read(text), None, "{text}");
        }
    }
}
