//! Turns text into the terms that are indexed and looked for, each with the place it came from.
//!
//! This is the one truth about what a word is: the index, the query and the marks in a snippet all come from here, so they
//! cannot disagree. FTS5 is given finished terms and splits at the spaces between them. A term is folded: small letters,
//! compatibility forms replaced, accents of Latin, Greek and Cyrillic gone. Scripts that put no spaces between words
//! (Chinese, Japanese, Korean; Thai, Lao, Khmer, Burmese) become overlapping pairs: 東京都 gives 東京, 京都, 都. The single
//! letter at the end makes each letter of a run findable by itself.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::ids::PersonId;

/// The most letters of one term; a longer run of letters goes on in the next term.
pub(crate) const LONGEST_TERM: usize = 64;

/// Is one term and the bytes of the text it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// The folded letters.
    pub(crate) folded: String,
    /// Where its first letter begins.
    pub(crate) start: usize,
    /// Where its last letter ends.
    pub(crate) end: usize,
    /// Whether it is of a script that is taken in pairs.
    pub(crate) paired: bool,
}

/// Lists the terms of a text in order.
pub(crate) fn terms(text: &str) -> Vec<Term> {
    let mut found = Vec::new();
    for_each_term(text, |folded, start, end, paired| {
        found.push(Term { folded: folded.to_owned(), start, end, paired });
    });
    found
}

/// Appends the terms of a text to `out`, each with a space before it, in the form the index is given.
pub(crate) fn write_terms(text: &str, out: &mut String) {
    for_each_term(text, |folded, _, _, _| {
        out.push(' ');
        out.push_str(folded);
    });
}

/// Calls `take` with the folded letters, start, end and pairedness of each term.
pub(crate) fn for_each_term(text: &str, mut take: impl FnMut(&str, usize, usize, bool)) {
    let mut word = Word::default();
    let mut run = Run::default();
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        // Most text is plain ASCII: its letters fold without a table.
        let byte = bytes[at];
        let ascii_alone = byte.is_ascii() && bytes.get(at + 1).is_none_or(u8::is_ascii);
        if ascii_alone {
            run.finish(&mut take);
            if byte.is_ascii_alphanumeric() {
                // The last letter of a stretch may bear a mark that is not ASCII: it is left to the slow way.
                let letters =
                    bytes[at..].iter().take(LONGEST_TERM).take_while(|byte| byte.is_ascii_alphanumeric());
                let mut end = at + letters.count();
                if bytes.get(end).is_some_and(|byte| !byte.is_ascii()) {
                    end -= 1;
                }
                word.push_ascii(&text[at..end], at, &mut take);
                at = end;
            } else {
                word.finish(&mut take);
                at += 1;
            }
            continue;
        }
        let end = at + cluster_length(&text[at..]);
        let cluster = &text[at..end];
        let mut any = false;
        for letter in cluster.nfkc() {
            if is_paired(letter) {
                any = true;
                word.finish(&mut take);
                run.push(letter, at, end, &mut take);
            } else if is_combining_mark(letter) && !run.is_empty() {
                any = true;
                run.join(letter, end);
            } else if is_combining_mark(letter) && !word.is_empty() {
                any = true;
                word.join(letter, end);
            } else if letter.is_alphanumeric() {
                any = true;
                run.finish(&mut take);
                fold_letter(letter, |folded| word.push(folded, at, end, &mut take));
            } else if is_joiner(letter) {
                any = true;
            }
        }
        if !any {
            word.finish(&mut take);
            run.finish(&mut take);
        }
        at = end;
    }
    word.finish(&mut take);
    run.finish(&mut take);
}

/// Tells how many bytes the first letter takes together with the marks that belong to it.
fn cluster_length(text: &str) -> usize {
    let mut letters = text.char_indices();
    letters.next();
    letters
        .find(|&(_, letter)| {
            !(is_combining_mark(letter) || is_hangul_part(letter) || is_halfwidth_mark(letter))
        })
        .map_or(text.len(), |(at, _)| at)
}

/// Gives a letter without case, accent and compatibility form.
fn fold_letter(letter: char, mut take: impl FnMut(char)) {
    let special = match letter {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' => "d",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        _ => "",
    };
    if !special.is_empty() {
        special.chars().for_each(take);
        return;
    }
    for small in letter.to_lowercase().nfd() {
        if !is_accent(small) && (small.is_alphanumeric() || is_combining_mark(small)) {
            take(small);
        }
    }
}

/// Tells whether a mark is an accent that folding takes away, as against a vowel sign that is part of the word.
fn is_accent(mark: char) -> bool {
    matches!(mark as u32, 0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

/// Tells whether a character joins the letters around it without being one.
fn is_joiner(letter: char) -> bool {
    matches!(letter as u32, 0x00AD | 0x200B..=0x200D | 0x2060 | 0xFE00..=0xFE0F | 0xFEFF)
}

fn is_hangul_part(letter: char) -> bool {
    matches!(letter as u32, 0x1160..=0x11FF | 0xD7B0..=0xD7FF)
}

fn is_halfwidth_mark(letter: char) -> bool {
    matches!(letter as u32, 0xFF9E | 0xFF9F)
}

/// Tells whether a letter is of a script whose words have no spaces between them (Korean has, and is searched by parts).
pub(crate) fn is_paired(letter: char) -> bool {
    matches!(letter as u32,
        0x0E01..=0x0E3A | 0x0E40..=0x0E4E                 // Thai
        | 0x0E81..=0x0EDF                                 // Lao
        | 0x1000..=0x103F | 0x1050..=0x109D               // Burmese
        | 0x1780..=0x17D3                                 // Khmer
        | 0x1100..=0x11FF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0x3130..=0x318F // Korean
        | 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF | 0x20000..=0x3FFFD             // Chinese characters
        | 0x3041..=0x3096 | 0x309D..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF // Kana
        | 0x3105..=0x312F | 0x31A0..=0x31BF               // Bopomofo
    ) && !matches!(letter as u32, 0x1160)
}

/// Is a word that is being read.
#[derive(Default)]
struct Word {
    folded: String,
    letters: usize,
    start: usize,
    end: usize,
}

impl Word {
    fn is_empty(&self) -> bool {
        self.letters == 0
    }

    fn push(
        &mut self,
        letter: char,
        start: usize,
        end: usize,
        take: &mut impl FnMut(&str, usize, usize, bool),
    ) {
        if self.letters == LONGEST_TERM {
            self.finish(take);
        }
        if self.letters == 0 {
            self.start = start;
        }
        self.folded.push(letter);
        self.letters += 1;
        self.end = end;
    }

    /// Takes plain letters, not more than one term holds.
    fn push_ascii(&mut self, letters: &str, start: usize, take: &mut impl FnMut(&str, usize, usize, bool)) {
        let (now, then) = letters.split_at(letters.len().min(LONGEST_TERM - self.letters));
        for (part, start) in [(now, start), (then, start + now.len())] {
            if part.is_empty() {
                continue;
            }
            if self.letters == LONGEST_TERM {
                self.finish(take);
            }
            if self.letters == 0 {
                self.start = start;
            }
            let before = self.folded.len();
            self.folded.push_str(part);
            self.folded[before..].make_ascii_lowercase();
            self.letters += part.len();
            self.end = start + part.len();
        }
    }

    /// Takes a mark onto the last letter; accents are passed over, and so is what would make a term without end.
    fn join(&mut self, mark: char, end: usize) {
        if !is_accent(mark) && self.letters < LONGEST_TERM {
            self.folded.push(mark);
            self.letters += 1;
        }
        self.end = end;
    }

    fn finish(&mut self, take: &mut impl FnMut(&str, usize, usize, bool)) {
        if self.letters > 0 {
            take(&self.folded, self.start, self.end, false);
            self.folded.clear();
            self.letters = 0;
        }
    }
}

/// Is a run of letters that are taken in pairs: it holds the last letter until the next one comes.
#[derive(Default)]
struct Run {
    last: String,
    start: usize,
    end: usize,
    pair: String,
}

impl Run {
    fn is_empty(&self) -> bool {
        self.last.is_empty()
    }

    fn push(
        &mut self,
        letter: char,
        start: usize,
        end: usize,
        take: &mut impl FnMut(&str, usize, usize, bool),
    ) {
        if !self.last.is_empty() {
            self.pair.clear();
            self.pair.push_str(&self.last);
            self.pair.push(letter);
            // The marks of the second letter are not known yet and stay out of this pair, here and in every query.
            take(&self.pair, self.start, end, true);
        }
        self.last.clear();
        self.last.push(letter);
        (self.start, self.end) = (start, end);
    }

    fn join(&mut self, mark: char, end: usize) {
        if self.last.len() < 16 {
            self.last.push(mark);
        }
        self.end = end;
    }

    fn finish(&mut self, take: &mut impl FnMut(&str, usize, usize, bool)) {
        if !self.last.is_empty() {
            take(&self.last, self.start, self.end, true);
            self.last.clear();
        }
    }
}

/// Spells a tag as the one term by which `tag:` finds exactly it.
pub(crate) fn tag_term(tag: &str) -> String {
    let mut term = String::from(TAG_MARK);
    for letter in tag.trim().nfkc() {
        if letter.is_alphanumeric() {
            fold_letter(letter, |folded| term.push(folded));
        } else if letter.is_ascii() {
            // FTS5 would split here; a private letter stands in, one for each sign.
            term.extend(char::from_u32(0xE100 + letter as u32));
        } else if !is_accent(letter) && !is_joiner(letter) {
            term.push(letter);
        }
    }
    term
}

/// Begins every term that stands for a whole tag; no word begins with it.
pub(crate) const TAG_MARK: char = '\u{E000}';
/// Stands at the beginning of the term of a person, after the mark of tags, in which no person writes it.
const PERSON_MARK: char = '\u{E002}';

/// Is a term that no entry bears.
pub(crate) const NOBODY: &str = "\u{E000}\u{E002}";

/// Spells a person as the term of the entries that name them.
pub(crate) fn person_term(id: PersonId) -> String {
    let hex = id.as_bytes().iter().map(|byte| format!("{byte:02x}"));
    [TAG_MARK, PERSON_MARK].into_iter().collect::<String>() + &hex.collect::<String>()
}

/// Is the term that every entry bears, so that "all but" can be asked.
pub(crate) const EVERY_ENTRY: &str = "\u{E001}";

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        terms(text).into_iter().map(|term| term.folded).collect()
    }

    #[test]
    fn accents_case_and_compatibility_forms_fold_away() {
        assert_eq!(folded("Rückmeldung, CAFÉ ﬁne Straße"), ["ruckmeldung", "cafe", "fine", "strasse"]);
        assert_eq!(folded("u\u{308}ber Ελλάς Йод"), ["uber", "ελλασ", "иод"]);
        assert_eq!(folded("don't follow-up C3_x"), ["don", "t", "follow", "up", "c3", "x"]);
    }

    #[test]
    fn scripts_without_spaces_become_overlapping_pairs_and_a_last_letter() {
        assert_eq!(folded("東京都"), ["東京", "京都", "都"]);
        assert_eq!(folded("日本のiPhoneを"), ["日本", "本の", "の", "iphone", "を"]);
        assert_eq!(folded("학습 기록"), ["학습", "습", "기록", "록"]);
        // The decomposed forms that file names of some systems bring are the same words.
        assert_eq!(folded("が\u{3099}"), folded("が\u{3099}"));
        assert_eq!(folded("\u{304B}\u{3099}\u{304F}"), folded("がく"));
        assert_eq!(folded("\u{1112}\u{1161}\u{11A8}\u{1109}\u{1173}\u{11B8}"), folded("학습"));
        assert_eq!(folded("ｶﾞｲﾄﾞ"), folded("ガイド"));
    }

    #[test]
    fn each_term_knows_where_it_came_from() {
        let text = "A naïve 東京 plan";
        let spans: Vec<&str> = terms(text).iter().map(|term| &text[term.start..term.end]).collect();
        assert_eq!(spans, ["A", "naïve", "東京", "京", "plan"]);
    }

    #[test]
    fn a_run_of_letters_without_end_becomes_many_terms() {
        let terms = terms(&"x".repeat(1000));
        assert_eq!(terms.len(), 16);
        assert!(terms.iter().all(|term| term.folded.len() <= LONGEST_TERM));
    }

    #[test]
    fn a_tag_is_one_term_whatever_it_is_made_of() {
        assert_eq!(tag_term("Ünder way"), tag_term("under way"));
        assert_ne!(tag_term("a b"), tag_term("a-b"));
        assert_ne!(tag_term("🎉"), tag_term("🔥"));
        assert!(!tag_term("a \"b\" c*").contains([' ', '"', '*']));
    }

    #[test]
    fn no_text_makes_a_term_that_fts5_would_split() {
        for letter in (0..=0x10FFFF).filter_map(char::from_u32) {
            for_each_term(&format!("a{letter}b {letter}"), |folded, _, _, _| {
                assert!(!folded.is_empty());
                assert!(
                    folded.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric()),
                    "{letter:?} {folded:?}"
                );
                assert!(!folded.starts_with([TAG_MARK, '\u{E001}']));
            });
        }
    }
}
