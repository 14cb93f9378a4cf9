//! Comparing two texts: by words for people, as splices for an editor.
//!
//! What both texts begin and end with is set aside first. What is left is compared by words, by lines when it is long, and
//! counts as replaced when it is very long; so the time is bounded without a clock.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::model::{ComparedStretch, Splice, StretchChange};

/// Pieces of both texts together that are compared one by one.
const MAX_PIECES: usize = 8_000;

/// Compares two texts. The stretches that are the same or removed make the old text, those the same or added the new one.
pub(crate) fn compare(old: &str, new: &str) -> Vec<ComparedStretch> {
    let (head, old_middle, new_middle, tail) = split_common(old, new);
    let mut stretches = Stretches::default();
    stretches.push(StretchChange::Same, head);
    compare_middle(old_middle, new_middle, &mut |change, text| stretches.push(change, text));
    stretches.push(StretchChange::Same, tail);
    stretches.0
}

/// Gives the splices that make the new text of the old one, to be applied in order.
pub(crate) fn splices(old: &str, new: &str) -> Vec<Splice> {
    let mut splices: Vec<Splice> = Vec::new();
    // Where the next stretch begins in the text as the splices so far have left it.
    let mut at = 0;
    let mut open = false;
    for stretch in compare(old, new) {
        let units = utf16_len(&stretch.text);
        if stretch.change == StretchChange::Same {
            at += units;
            open = false;
            continue;
        }
        if !open {
            splices.push(Splice { at, delete: 0, insert: String::new() });
            open = true;
        }
        let Some(splice) = splices.last_mut() else { continue };
        if stretch.change == StretchChange::Removed {
            splice.delete += units;
        } else {
            splice.insert.push_str(&stretch.text);
            at += units;
        }
    }
    splices
}

/// Counts the words that came and went.
pub(crate) fn count_changed_words(old: &str, new: &str) -> (u32, u32) {
    let mut added = 0;
    let mut removed = 0;
    for stretch in compare(old, new) {
        let words = super::text::count_words(&stretch.text);
        match stretch.change {
            StretchChange::Added => added += words,
            StretchChange::Removed => removed += words,
            StretchChange::Same => {}
        }
    }
    (added, removed)
}

/// Length in UTF-16 units.
pub(crate) fn utf16_len(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[derive(Default)]
struct Stretches(Vec<ComparedStretch>);

impl Stretches {
    fn push(&mut self, change: StretchChange, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.change == change => last.text.push_str(text),
            _ => self.0.push(ComparedStretch { change, text: text.to_owned() }),
        }
    }
}

/// Sets aside what both begin and end with, in whole words: head, both middles, tail.
fn split_common<'a>(old: &'a str, new: &'a str) -> (&'a str, &'a str, &'a str, &'a str) {
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let head = if same == old.len() && same == new.len() { same } else { word_start(old, new, same) };
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let same = old_rest.bytes().rev().zip(new_rest.bytes().rev()).take_while(|(a, b)| a == b).count();
    let tail = word_end(old_rest, new_rest, same);
    let (old_middle, tail_text) = old_rest.split_at(old_rest.len() - tail);
    (&old[..head], old_middle, &new_rest[..new_rest.len() - tail], tail_text)
}

/// The last place up to `same` where in both texts a word begins.
fn word_start(old: &str, new: &str, same: usize) -> usize {
    let mut at = same;
    while at > 0 && !(is_word_edge(old, at) && is_word_edge(new, at)) {
        at -= 1;
    }
    old[..at].trim_end_matches(' ').len()
}

/// The longest common end up to `same` before which in both texts a word ends.
fn word_end(old: &str, new: &str, same: usize) -> usize {
    let mut tail = same;
    while tail > 0 && !(is_word_edge(old, old.len() - tail) && is_word_edge(new, new.len() - tail)) {
        tail -= 1;
    }
    tail
}

fn is_word_edge(text: &str, at: usize) -> bool {
    if !text.is_char_boundary(at) {
        return false;
    }
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().next();
    match (before, after) {
        (Some(before), Some(after)) => !(before.is_alphanumeric() && after.is_alphanumeric()),
        _ => true,
    }
}

fn compare_middle(old: &str, new: &str, push: &mut impl FnMut(StretchChange, &str)) {
    if old.is_empty() || new.is_empty() {
        push(StretchChange::Removed, old);
        push(StretchChange::Added, new);
        return;
    }
    for cut in [words as fn(&str) -> Vec<&str>, lines] {
        let (old_pieces, new_pieces) = (cut(old), cut(new));
        if old_pieces.len() + new_pieces.len() > MAX_PIECES {
            continue;
        }
        for op in capture_diff_slices(Algorithm::Myers, &old_pieces, &new_pieces) {
            let (old, new) = (old_pieces[op.old_range()].concat(), new_pieces[op.new_range()].concat());
            if matches!(op, DiffOp::Equal { .. }) {
                push(StretchChange::Same, &old);
                continue;
            }
            // The space before a word goes with it, so that words are found again at another place; it did not change.
            let spaces = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b && *a == b' ').count();
            push(StretchChange::Same, &old[..spaces]);
            push(StretchChange::Removed, &old[spaces..]);
            push(StretchChange::Added, &new[spaces..]);
        }
        return;
    }
    push(StretchChange::Removed, old);
    push(StretchChange::Added, new);
}

/// Cuts a text into words with the spaces before them, and single other characters.
fn words(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let joins =
            before.is_some_and(|before| before == ' ' || (before.is_alphanumeric() && c.is_alphanumeric()));
        if !joins && at > start {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn apply(text: &str, splices: &[Splice]) -> String {
        let mut units: Vec<u16> = text.encode_utf16().collect();
        for splice in splices {
            let at = splice.at as usize;
            units.splice(at..at + splice.delete as usize, splice.insert.encode_utf16());
        }
        String::from_utf16(&units).unwrap()
    }

    fn joined(stretches: &[ComparedStretch], without: StretchChange) -> String {
        stretches
            .iter()
            .filter(|stretch| stretch.change != without)
            .map(|stretch| stretch.text.as_str())
            .collect()
    }

    #[test]
    fn a_changed_word_is_shown_whole() {
        let stretches = compare("I asked the manager today.", "I asked the managers today.");
        let shown: Vec<_> = stretches.iter().map(|stretch| (stretch.change, stretch.text.as_str())).collect();
        use StretchChange::{Added, Removed, Same};
        let expected = [(Same, "I asked the "), (Removed, "manager"), (Added, "managers"), (Same, " today.")];
        assert_eq!(shown, expected);
        assert_eq!(count_changed_words("one two three", "one three four five"), (2, 1));
    }

    #[test]
    fn very_long_texts_are_compared_in_bounded_time() {
        let old: String = (0..60_000).map(|n| format!("word{n} ")).collect();
        let new: String = (0..60_000).rev().map(|n| format!("word{n} ")).collect();
        let stretches = compare(&old, &new);
        assert_eq!(joined(&stretches, StretchChange::Added), old);
        assert_eq!(joined(&stretches, StretchChange::Removed), new);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn a_comparison_holds_both_texts_and_its_splices_lead_from_one_to_the_other(
            old in "[ab é😀\n.]{0,40}", new in "[ab é😀\n.]{0,40}"
        ) {
            let stretches = compare(&old, &new);
            prop_assert_eq!(joined(&stretches, StretchChange::Added), old.clone());
            prop_assert_eq!(joined(&stretches, StretchChange::Removed), new.clone());
            prop_assert_eq!(apply(&old, &splices(&old, &new)), new);
        }
    }
}
