//! Turns a template into the beginning of an entry.
//!
//! Places stand between double braces: `{{date}}`, `{{weekday}}`, `{{time}}`, `{{name}}`, `{{ask: a question}}`, and `{{cursor}}`,
//! where one begins to write. What stands between braces and is none of these stays as it is written.

use super::model::TemplateWords;

/// Says how the moment is written, in the language of whoever asks, and whose journal it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Now {
    /// The day.
    pub date: String,
    /// The name of the day of the week.
    pub weekday: String,
    /// The time of day.
    pub time: String,
    /// The name of the person.
    pub name: String,
}

/// Is the beginning of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The title.
    pub title: String,
    /// The text.
    pub text: String,
    /// Where one begins to write, in UTF-16 units from the beginning of the text; at its end when the template names no place.
    pub cursor: u32,
    /// The tags.
    pub tags: Vec<String>,
}

enum Piece<'a> {
    Words(&'a str),
    Date,
    Weekday,
    Time,
    Name,
    Cursor,
    Ask(&'a str),
}

/// Lists the questions of a template, each once, in the order in which they stand.
pub fn questions(words: &TemplateWords) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in pieces(&words.title).into_iter().chain(pieces(&words.text)) {
        if let Piece::Ask(question) = piece
            && !found.iter().any(|known| known == question)
        {
            found.push(question.to_owned());
        }
    }
    found
}

/// Fills a template. `answers` belong to the questions in their order; a question without an answer leaves nothing.
pub fn fill(words: &TemplateWords, now: &Now, answers: &[String]) -> Filled {
    let asked = questions(words);
    let answer = |question: &str| {
        let at = asked.iter().position(|known| known == question);
        at.and_then(|at| answers.get(at)).map_or("", |answer| answer.trim())
    };
    let mut cursor = None;
    let mut write = |text: &str, may_hold_cursor: bool| {
        let mut out = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Date => out.push_str(&now.date),
                Piece::Weekday => out.push_str(&now.weekday),
                Piece::Time => out.push_str(&now.time),
                Piece::Name => out.push_str(&now.name),
                Piece::Ask(question) => out.push_str(answer(question)),
                Piece::Cursor if may_hold_cursor => {
                    cursor.get_or_insert(out.encode_utf16().count());
                }
                Piece::Cursor => {}
            }
        }
        out
    };
    let title = write(&words.title, false).replace('\n', " ");
    let text = write(&words.text, true);
    let cursor = cursor.unwrap_or_else(|| text.encode_utf16().count());
    Filled { title, text, cursor: u32::try_from(cursor).unwrap_or(u32::MAX), tags: words.tags.clone() }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((open, close)) = next_braces(rest) {
        match named(rest[open + 2..close].trim()) {
            Some(piece) => {
                found.push(Piece::Words(&rest[..open]));
                found.push(piece);
            }
            None => found.push(Piece::Words(&rest[..close + 2])),
        }
        rest = &rest[close + 2..];
    }
    found.push(Piece::Words(rest));
    found
}

/// Finds the next pair of braces on one line: where it opens and where it closes.
fn next_braces(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|at| at + from) {
        let inner = &text[open + 2..];
        let line = &inner[..inner.find('\n').unwrap_or(inner.len())];
        if let Some(close) = line.find("}}") {
            // Of braces that open twice before they close, the last ones are meant.
            let last = line[..close].rfind("{{").map_or(open, |at| open + 2 + at);
            return Some((last, open + 2 + close));
        }
        from = open + 2;
    }
    None
}

fn named(name: &str) -> Option<Piece<'_>> {
    if let Some((ask, question)) = name.split_once(':')
        && ask.trim().eq_ignore_ascii_case("ask")
        && !question.trim().is_empty()
    {
        return Some(Piece::Ask(question.trim()));
    }
    Some(match name.to_ascii_lowercase().as_str() {
        "date" => Piece::Date,
        "weekday" => Piece::Weekday,
        "time" => Piece::Time,
        "name" => Piece::Name,
        "cursor" => Piece::Cursor,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn now() -> Now {
        let text = str::to_owned;
        Now {
            date: text("22 November 2026"),
            weekday: text("Sunday"),
            time: text("14:05"),
            name: text("Mira"),
        }
    }

    fn words(title: &str, text: &str) -> TemplateWords {
        TemplateWords { name: "One".into(), title: title.into(), text: text.into(), tags: vec!["a".into()] }
    }

    #[test]
    fn places_are_filled_and_the_cursor_stands_where_it_was_put() {
        let template = words("{{weekday}}, {{Date}}", "# {{ name }} 👩‍🔧 at {{time}}\n\n{{cursor}}\n\nend");
        let filled = fill(&template, &now(), &[]);
        assert_eq!(filled.title, "Sunday, 22 November 2026");
        assert_eq!(filled.text, "# Mira 👩‍🔧 at 14:05\n\n\n\nend");
        let before: String = filled.text.chars().take_while(|c| *c != '5').collect();
        assert_eq!(filled.cursor as usize, before.encode_utf16().count() + 3);
        assert_eq!(filled.tags, ["a"]);
    }

    #[test]
    fn a_question_is_asked_once_and_answered_everywhere() {
        let template = words("{{ask: With whom?}}", "Talk with {{ask:With whom?}} about {{ask: What?}}.");
        assert_eq!(questions(&template), ["With whom?", "What?"]);
        let filled = fill(&template, &now(), &["Noor".into(), " margin ".into()]);
        assert_eq!((filled.title.as_str(), filled.text.as_str()), ("Noor", "Talk with Noor about margin."));
        assert_eq!(fill(&template, &now(), &[]).text, "Talk with  about .");
    }

    #[test]
    fn what_is_no_place_stays_as_it_is_written() {
        let text = "{{ }} {{else}} {{ask:}} {date} {{date\n}} {{{{time}} }} {{";
        assert_eq!(fill(&words("", text), &now(), &[]).text, text.replace("{{time}}", "14:05"));
    }

    #[test]
    fn without_a_place_for_it_the_cursor_stands_at_the_end() {
        let filled = fill(&words("{{cursor}}", "one"), &now(), &[]);
        assert_eq!((filled.title.as_str(), filled.cursor), ("", 3));
    }

    proptest! {
        #[test]
        fn any_text_can_be_filled(text in "(\\{\\{|\\}\\}|ask:|date|cursor|\n|\\PC){0,60}", answer in "\\PC{0,10}") {
            let template = words(&text, &text);
            let answers = vec![answer; questions(&template).len()];
            let filled = fill(&template, &now(), &answers);
            prop_assert!(filled.cursor as usize <= filled.text.encode_utf16().count());
        }
    }
}
