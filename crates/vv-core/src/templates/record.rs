//! How a template stands in records: field numbers, and the way between fields and words.
//!
//! Numbers are never used twice and never change what they mean: other devices and older programs read them.

use super::model::TemplateWords;
use crate::store::op::{Object, Value};

/// Text: what it is called.
pub(crate) const NAME: u32 = 1;
/// Text: the title an entry begins with.
pub(crate) const TITLE: u32 = 2;
/// Text: the Markdown an entry begins with.
pub(crate) const TEXT: u32 = 3;
/// List of text: the tags an entry begins with.
pub(crate) const TAGS: u32 = 4;

/// Reads the words of a template.
pub(crate) fn words_of(object: &Object) -> TemplateWords {
    let tags = object.fields.get(&TAGS).and_then(Value::as_list).unwrap_or_default();
    TemplateWords {
        name: object.text(NAME).to_owned(),
        title: object.text(TITLE).to_owned(),
        text: object.text(TEXT).to_owned(),
        tags: tags.iter().filter_map(Value::as_text).map(str::to_owned).collect(),
    }
}

/// Gives every field of a template with its value.
pub(crate) fn fields_of(words: TemplateWords) -> [(u32, Value); 4] {
    let tags = words.tags.into_iter().map(Value::Text).collect();
    [
        (NAME, Value::Text(words.name)),
        (TITLE, Value::Text(words.title)),
        (TEXT, Value::Text(words.text)),
        (TAGS, Value::List(tags)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::op::Kind;

    #[test]
    fn field_numbers_never_change() {
        assert_eq!([NAME, TITLE, TEXT, TAGS], [1, 2, 3, 4]);
        assert_eq!(Kind::Template.0, 9);
    }
}
