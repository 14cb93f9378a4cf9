//! The lines of YAML between two `---` that begin a Markdown file.

use serde_yaml_ng::Value;

/// More than this is not front matter but text.
const LARGEST: usize = 256 * 1024;

/// Is what stood before the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FrontMatter {
    /// Each field in order, its name as written.
    pub(crate) fields: Vec<(String, Value)>,
}

/// Says what the beginning of a file turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Beginning<'a> {
    /// No front matter; all of it is text.
    Plain(&'a str),
    /// Front matter and the text after it.
    Read(FrontMatter, &'a str),
    /// Lines that look like front matter and cannot be read; all of it stays text.
    Unreadable(&'a str),
}

/// Splits a file into front matter and text. One empty line after the front matter belongs to neither.
pub(crate) fn split(file: &str) -> Beginning<'_> {
    let Some(rest) = file.strip_prefix("---\n").or_else(|| file.strip_prefix("---\r\n")) else {
        return Beginning::Plain(file);
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        if bare.trim_end() == "---" || bare.trim_end() == "..." {
            let text = &rest[at + line.len()..];
            let text = text.strip_prefix('\n').or_else(|| text.strip_prefix("\r\n")).unwrap_or(text);
            return match read(&rest[..at]) {
                Some(front) => Beginning::Read(front, text),
                None => Beginning::Unreadable(file),
            };
        }
        at += line.len();
        if at > LARGEST {
            break;
        }
    }
    // A line across the page opens no front matter when nothing closes it.
    Beginning::Plain(file)
}

fn read(yaml: &str) -> Option<FrontMatter> {
    if yaml.trim().is_empty() {
        return Some(FrontMatter::default());
    }
    let Value::Mapping(fields) = serde_yaml_ng::from_str(yaml).ok()? else { return None };
    let fields =
        fields.into_iter().map(|(name, value)| Some((plain(&name)?, value))).collect::<Option<_>>()?;
    Some(FrontMatter { fields })
}

impl FrontMatter {
    /// Takes a field out by any of its names, whatever their case.
    pub(crate) fn take(&mut self, names: &[&str]) -> Option<(String, Value)> {
        let found = names.iter().find_map(|name| {
            self.fields.iter().position(|(field, value)| field.eq_ignore_ascii_case(name) && !value.is_null())
        })?;
        Some(self.fields.remove(found))
    }
}

/// Gives a single value as text; none for lists and maps.
pub(crate) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// Gives any value as text that says all of it.
pub(crate) fn whole(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Sequence(values)
            if values.iter().all(|value| plain(value).is_some_and(|text| !text.contains(','))) =>
        {
            values.iter().filter_map(plain).collect::<Vec<_>>().join(", ")
        }
        other => plain(other).unwrap_or_else(|| {
            serde_json::to_string(other).or_else(|_| serde_yaml_ng::to_string(other)).unwrap_or_default()
        }),
    }
}

/// Gives the texts of a list, or of one text that holds them with commas or spaces between.
pub(crate) fn list(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Sequence(values) => values.iter().filter(|value| !value.is_null()).map(plain).collect(),
        other => {
            let text = plain(other)?;
            let sign = if text.contains(',') { ',' } else { ' ' };
            Some(text.split(sign).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(file: &str) -> Vec<(String, String)> {
        match split(file) {
            Beginning::Read(front, _) => {
                front.fields.iter().map(|(name, value)| (name.clone(), whole(value))).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn front_matter_is_taken_off_and_the_text_is_left_exactly() {
        let Beginning::Read(front, text) = split("---\ntitle: A\n---\n\n\n# Text\r\nend") else { panic!() };
        assert_eq!(front.fields.len(), 1);
        assert_eq!(text, "\n# Text\r\nend");
    }

    #[test]
    fn what_only_looks_like_front_matter_stays_text() {
        for file in ["# A", "---\n", "---\nno end", "text\n---\na: b\n---\n", "----\na: b\n----\n"] {
            assert_eq!(split(file), Beginning::Plain(file), "{file}");
        }
        for file in ["---\n- a\n- b\n---\nx", "---\na: [\n---\nx", "---\na: 1\na: 2\n---\nx"] {
            assert_eq!(split(file), Beginning::Unreadable(file), "{file}");
        }
    }

    #[test]
    fn values_of_every_shape_are_kept_whole() {
        assert_eq!(
            fields(
                "---\nplace: {city: Leeds, at: [1, 2]}\nmoods: [calm, tired]\nn: 3.5\nwhen: 2026-11-19\n---\n"
            ),
            [
                ("place".to_owned(), r#"{"city":"Leeds","at":[1,2]}"#.to_owned()),
                ("moods".to_owned(), "calm, tired".to_owned()),
                ("n".to_owned(), "3.5".to_owned()),
                ("when".to_owned(), "2026-11-19".to_owned()),
            ]
        );
    }

    #[test]
    fn a_hundred_million_aliases_do_not_unfold() {
        let mut yaml = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let of = vec![format!("*a{}", level - 1); 10].join(", ");
            yaml.push_str(&format!("a{level}: &a{level} [{of}]\n"));
        }
        yaml.push_str("---\ntext");
        assert!(matches!(split(&yaml), Beginning::Unreadable(_)));
    }

    #[test]
    fn tags_come_as_a_list_or_as_one_line() {
        assert_eq!(list(&Value::from("a b, c")), Some(vec!["a b".to_owned(), "c".to_owned()]));
        assert_eq!(list(&Value::from("a b")), Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(list(&Value::from(7)), Some(vec!["7".to_owned()]));
    }
}
