//! Stories of excerpts: what is chosen leaves, and nothing else.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use proptest::prelude::*;

use super::*;
use crate::ids::{EntryId, ExcerptId};
use crate::journal::{NewEntry, create_entry};
use crate::loops::{get_loop, make_loop};
use crate::meetings::MeetingError;
use crate::meetings::tests::pair::{Pair, holds, opened, pair};
use crate::pairings::Who;

fn entry(pair: &Pair, title: &str, text: &str) -> EntryId {
    let new = NewEntry {
        title: title.into(),
        text: text.into(),
        tags: vec!["secret tag".into()],
        ..NewEntry::default()
    };
    pair.ana.notebook.write(|tx| create_entry(tx, new)).unwrap()
}

fn draft(pair: &Pair, entry: EntryId, lines: &[u32]) -> ExcerptId {
    pair.ana.notebook.write(|tx| draft_excerpt(tx, entry, pair.home, "On asking", lines)).unwrap()
}

const DAY: &str = "I asked Tom what he had seen.\nI was angry with Helen.\nHe had seen it on Monday.";

#[test]
fn an_excerpt_stays_a_draft_until_it_is_sent_and_the_entry_knows_where_it_went() {
    let pair = pair();
    let (ana, ben) = (&pair.ana, &pair.ben);
    let entry = entry(&pair, "Monday", DAY);
    let id = draft(&pair, entry, &[3, 1]);
    pair.meet();
    assert!(ben.notebook.read(|reader| list_excerpts(reader, pair.home)).unwrap().is_empty());
    let preview = ana.notebook.read(|reader| preview_excerpt(reader, id)).unwrap();
    assert_eq!(preview.text, "I asked Tom what he had seen.\nHe had seen it on Monday.");
    let copy = ana.notebook.write(|tx| send_excerpt(tx, id)).unwrap();
    assert!(matches!(ana.notebook.write(|tx| change_excerpt(tx, id, "", &[2])), Err(MeetingError::Sent)));
    pair.meet();
    let seen = ben.notebook.read(|reader| list_excerpts(reader, pair.home)).unwrap();
    assert_eq!(
        (seen.len(), seen[0].by, &seen[0].text, &seen[0].title),
        (1, Who::Other, &preview.text, &preview.title)
    );
    assert!(!holds(ben, pair.space, "angry with Helen") && !holds(ben, pair.space, "secret tag"));
    assert!(!holds(ben, pair.space, "Monday\n"), "nor the title of the entry");
    ben.notebook.write(|tx| comment_excerpt(tx, pair.home, copy, "And what did you do then?")).unwrap();
    pair.meet();
    let shown = ana.notebook.read(|reader| get_excerpt(reader, pair.home, copy)).unwrap();
    assert_eq!((shown.by, shown.comments[0].by), (Who::Me, Who::Other));
    let learning = ana.notebook.write(|tx| make_loop(tx, "Asking")).unwrap();
    ana.notebook.write(|tx| fill_loop_with_comment(tx, pair.home, copy, 0, learning)).unwrap();
    let filled = ana.notebook.read(|reader| get_loop(reader, learning)).unwrap();
    assert!(format!("{filled:?}").contains("what did you do then"));
    let went = ana.notebook.read(|reader| excerpts_of_entry(reader, entry)).unwrap();
    assert_eq!((went.len(), went[0].state, went[0].home), (1, ExcerptState::Sent, Some(pair.home)));
    pair.check();
}

#[test]
fn an_excerpt_that_is_taken_back_is_gone_from_both_notebooks_and_the_entry_remembers() {
    let pair = pair();
    let (ana, ben) = (&pair.ana, &pair.ben);
    let entry = entry(&pair, "Monday", DAY);
    let id = draft(&pair, entry, &[1]);
    assert!(matches!(ana.notebook.write(|tx| withdraw_excerpt(tx, id)), Err(MeetingError::NotThere)));
    let copy = ana.notebook.write(|tx| send_excerpt(tx, id)).unwrap();
    pair.meet();
    ben.notebook.write(|tx| comment_excerpt(tx, pair.home, copy, "I see")).unwrap();
    pair.meet();
    assert!(matches!(ana.notebook.write(|tx| forget_excerpt(tx, id)), Err(MeetingError::Sent)));
    ana.notebook.write(|tx| withdraw_excerpt(tx, id)).unwrap();
    pair.meet();
    for person in [ana, ben] {
        assert!(person.notebook.read(|reader| list_excerpts(reader, pair.home)).unwrap().is_empty());
        assert!(!holds(person, pair.space, "I asked Tom"), "deleted, not hidden");
    }
    let went = ana.notebook.read(|reader| excerpts_of_entry(reader, entry)).unwrap().remove(0);
    assert_eq!(went.state, ExcerptState::Withdrawn);
    assert!(went.sent_at.is_some() && went.withdrawn_at.is_some());
    pair.check();
}

#[test]
fn the_other_cannot_change_what_was_sent() {
    let pair = pair();
    let entry = entry(&pair, "Monday", DAY);
    let id = draft(&pair, entry, &[1]);
    let copy = pair.ana.notebook.write(|tx| send_excerpt(tx, id)).unwrap();
    pair.meet();
    let forged = record::sent_ops("", "I hate it here", -1, &[0; 16]);
    pair.ben
        .notebook
        .write(|tx| crate::pairings::home::commit(tx, pair.home, *copy.as_bytes(), None, Vec::new(), forged))
        .unwrap();
    pair.meet();
    let shown = pair.ana.notebook.read(|reader| get_excerpt(reader, pair.home, copy)).unwrap();
    assert_eq!(shown.text, "I asked Tom what he had seen.");
}

#[test]
fn lines_that_say_nothing_are_no_excerpt() {
    let pair = pair();
    let entry = entry(&pair, "", "one\n \nthree");
    for lines in [&[][..], &[2], &[9]] {
        let drafted = pair.ana.notebook.write(|tx| draft_excerpt(tx, entry, pair.home, "", lines));
        assert!(matches!(drafted, Err(MeetingError::NoLines)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_but_the_chosen_lines_is_in_any_byte_that_leaves(
        chosen in proptest::collection::btree_set(1..12u32, 1..8),
        others in proptest::collection::vec(any::<bool>(), 11),
        title in any::<bool>(),
    ) {
        static PAIR: OnceLock<Pair> = OnceLock::new();
        let pair = PAIR.get_or_init(pair);
        let ana = &pair.ana;
        static CASES: AtomicU32 = AtomicU32::new(1_000);
        let case = format!("case{}x", CASES.fetch_add(1, Ordering::Relaxed));
        let line = |number: u32| format!("line {number} of {case} ends");
        let text: Vec<String> = (1..=11).map(|number| {
            // Some lines lie close to others, with the same words and more.
            if others[number as usize - 1] { format!("{} and goes on with hidden {case} {number}", line(number)) } else { line(number) }
        }).collect();
        let entry = entry(pair, &format!("title {case}"), &text.join("\n"));
        let lines: Vec<u32> = chosen.iter().copied().collect();
        let heading = if title { "A heading" } else { "" };
        let id = ana.notebook.write(|tx| draft_excerpt(tx, entry, pair.home, heading, &lines)).unwrap();
        let before = opened(ana, pair.space);
        let preview = ana.notebook.read(|reader| preview_excerpt(reader, id)).unwrap();
        prop_assert!(!before.iter().any(|(_, body)| find(body, &case)), "a draft sends nothing");
        ana.notebook.write(|tx| send_excerpt(tx, id)).unwrap();
        let after = opened(ana, pair.space);
        let new: Vec<&(u32, Vec<u8>)> = after.iter().filter(|item| !before.contains(item)).collect();
        prop_assert_eq!(new.iter().filter(|(stream, _)| *stream != 1).count(), 0, "no other stream");
        for number in 1..=11u32 {
            let own = &text[number as usize - 1];
            let is_sent = new.iter().any(|(_, body)| find(body, &format!("{} ", line(number)))
                || find(body, &format!("{}\n", line(number))) || ends(body, own));
            let is_chosen = chosen.contains(&number);
            prop_assert_eq!(new.iter().any(|(_, body)| find(body, own)), is_chosen, "line {}", number);
            prop_assert!(is_chosen || !is_sent);
            prop_assert_eq!(preview.text.split('\n').any(|line| line == own), is_chosen);
        }
        for (hidden, what) in [(format!("title {case}"), "the title"), (entry.to_string(), "the id"), ("secret tag".into(), "a tag")] {
            prop_assert!(!new.iter().any(|(_, body)| find(body, &hidden)), "{}", what);
        }
        prop_assert!(!new.iter().any(|(_, body)| body.windows(16).any(|window| window == entry.as_bytes())));
        prop_assert!(!new.iter().any(|(_, body)| body.windows(16).any(|window| window == id.as_bytes())));
    }
}

fn find(body: &[u8], words: &str) -> bool {
    body.windows(words.len()).any(|window| window == words.as_bytes())
}

fn ends(body: &[u8], words: &str) -> bool {
    body.ends_with(words.as_bytes())
}
