//! Editors, drafts, crashes.

use super::*;

fn text_of(story: &Story, id: EntryId) -> String {
    story.get(id).text
}

#[test]
fn a_save_is_one_record_and_a_save_that_changes_nothing_is_none() {
    let story = Story::begin();
    let id = story.write("Title", "one");
    let editor = open_editor(&story.notebook, id).unwrap();
    assert!(!editor.recovered && editor.entry.text == "one");
    save_text(&story.notebook, editor.session, "one", "Title", false).unwrap();
    assert_eq!(story.records(id), 1);
    let saved = save_text(&story.notebook, editor.session, "one two", "New title", false).unwrap();
    assert_eq!(story.records(id), 2);
    assert_eq!((saved.title.as_str(), saved.word_count, saved.splices.len()), ("New title", 2, 0));
    assert_eq!((saved.entry.title.as_str(), saved.entry.excerpt.as_str()), ("New title", "one two"));
    save_text(&story.notebook, editor.session, "one two", "New title", true).unwrap();
    assert_eq!(story.records(id), 2);
    story.assert_sound();
}

#[test]
fn what_another_editor_wrote_comes_as_splices() {
    let story = Story::begin();
    let id = story.write("Title", "😀 first\nlast\n");
    let one = open_editor(&story.notebook, id).unwrap();
    let two = open_editor(&story.notebook, id).unwrap();
    save_text(&story.notebook, one.session, "😀 first\nfrom one\nlast\n", "Title", false).unwrap();
    let saved =
        save_text(&story.notebook, two.session, "😀 first\nlast\nfrom two\n", "Title", false).unwrap();
    assert_eq!(text_of(&story, id), "😀 first\nfrom one\nlast\nfrom two\n");
    assert_eq!(saved.splices, [Splice { at: 9, delete: 0, insert: "from one\n".into() }]);
    story.assert_sound();
}

#[test]
fn a_title_changed_elsewhere_is_kept_unless_this_editor_changed_it_too() {
    let story = Story::begin();
    let id = story.write("Title", "text");
    let editor = open_editor(&story.notebook, id).unwrap();
    story.change(id, EntryChange { title: Some("From elsewhere".into()), ..EntryChange::default() });
    let saved = save_text(&story.notebook, editor.session, "text more", "Title", false).unwrap();
    assert_eq!(saved.title, "From elsewhere");
    story.change(id, EntryChange { title: Some("Again".into()), ..EntryChange::default() });
    let saved = save_text(&story.notebook, editor.session, "text more", "Mine", false).unwrap();
    assert_eq!((saved.title.as_str(), story.get(id).title.as_str()), ("Mine", "Mine"));
}

#[test]
fn line_ends_of_an_editor_come_back_as_the_notebook_keeps_them() {
    let story = Story::begin();
    let id = story.write("", "");
    let editor = open_editor(&story.notebook, id).unwrap();
    let saved = save_text(&story.notebook, editor.session, "a\r\nb", "", false).unwrap();
    assert_eq!(text_of(&story, id), "a\nb");
    assert_eq!(saved.splices, [Splice { at: 1, delete: 1, insert: String::new() }]);
}

#[test]
fn words_typed_before_a_crash_come_back() {
    let story = Story::begin();
    let id = story.write("Title", "saved. ");
    let typing = story.another_program();
    let editor = open_editor(&typing, id).unwrap();
    keep_draft(&typing, editor.session, "saved. typed", "Title typed").unwrap();
    keep_draft(&typing, editor.session, "saved. typed before the crash", "Title typed").unwrap();
    assert_eq!(text_of(&story, id), "saved. ", "a draft is no record");
    crash(typing);

    let editor = open_editor(&story.notebook, id).unwrap();
    assert!(editor.recovered);
    assert_eq!(
        (editor.entry.text.as_str(), editor.entry.title.as_str()),
        ("saved. typed before the crash", "Title typed")
    );
    assert!(!open_editor(&story.notebook, id).unwrap().recovered, "once");
    story.assert_sound();
}

#[test]
fn words_of_a_crash_merge_with_what_was_written_since() {
    let story = Story::begin();
    let id = story.write("Title", "middle\n");
    let typing = story.another_program();
    let editor = open_editor(&typing, id).unwrap();
    keep_draft(&typing, editor.session, "middle\nfrom the draft\n", "Title").unwrap();
    crash(typing);
    // Somebody writes with another program before the entry is opened again.
    story
        .notebook
        .write(|tx| {
            let shown = editors::Shown {
                title: "Title".into(),
                state: tx.doc(id.as_bytes(), 2)?.unwrap().state,
                life: None,
            };
            editors::merge(tx, id, &shown, None, "Title", "from outside\nmiddle\n")
        })
        .unwrap();
    assert_eq!(recover_drafts(&story.notebook).unwrap(), 1);
    assert_eq!(text_of(&story, id), "from outside\nmiddle\nfrom the draft\n");
    assert_eq!(recover_drafts(&story.notebook).unwrap(), 0);
    story.assert_sound();
}

#[test]
fn the_draft_of_a_program_that_still_runs_is_left_to_it() {
    let story = Story::begin();
    let id = story.write("Title", "text");
    let window = story.another_program();
    let editor = open_editor(&window, id).unwrap();
    keep_draft(&window, editor.session, "text typed", "Title").unwrap();
    assert_eq!(recover_drafts(&story.notebook).unwrap(), 0);
    let other = open_editor(&story.notebook, id).unwrap();
    assert!(!other.recovered && other.entry.text == "text");
    // Nor does a second editor of the same program take it.
    assert!(!open_editor(&window, id).unwrap().recovered);
    save_text(&window, editor.session, "text typed", "Title", true).unwrap();
    assert_eq!(text_of(&story, id), "text typed");
}

#[test]
fn a_save_ends_its_draft() {
    let story = Story::begin();
    let id = story.write("Title", "text");
    let typing = story.another_program();
    let editor = open_editor(&typing, id).unwrap();
    keep_draft(&typing, editor.session, "text one", "Title").unwrap();
    save_text(&typing, editor.session, "text one two", "Title", false).unwrap();
    crash(typing);
    assert_eq!(recover_drafts(&story.notebook).unwrap(), 0);
    assert_eq!(text_of(&story, id), "text one two");
}

#[test]
fn a_draft_after_a_save_grows_from_what_the_save_left() {
    let story = Story::begin();
    let id = story.write("Title", "a\n");
    let typing = story.another_program();
    let editor = open_editor(&typing, id).unwrap();
    keep_draft(&typing, editor.session, "a\nb\n", "Title").unwrap();
    save_text(&typing, editor.session, "a\nb\n", "Title", false).unwrap();
    keep_draft(&typing, editor.session, "a\nb\nc\n", "Title").unwrap();
    crash(typing);
    assert_eq!(recover_drafts(&story.notebook).unwrap(), 1);
    assert_eq!(text_of(&story, id), "a\nb\nc\n");
}

#[test]
fn locking_makes_saves_of_drafts_and_ends_the_editors() {
    let story = Story::begin();
    let id = story.write("Title", "text");
    let editor = open_editor(&story.notebook, id).unwrap();
    keep_draft(&story.notebook, editor.session, "text typed", "Title").unwrap();
    settle_editors(&story.notebook).unwrap();
    assert_eq!(text_of(&story, id), "text typed");
    assert!(matches!(keep_draft(&story.notebook, editor.session, "x", ""), Err(JournalError::NoSession)));
    assert!(matches!(
        save_text(&story.notebook, editor.session, "x", "", false),
        Err(JournalError::NoSession)
    ));
}

#[test]
fn a_closed_editor_keeps_nothing_more() {
    let story = Story::begin();
    let id = story.write("Title", "text");
    let editor = open_editor(&story.notebook, id).unwrap();
    keep_draft(&story.notebook, editor.session, "dropped", "Title").unwrap();
    close_editor(&story.notebook, editor.session).unwrap();
    assert!(matches!(keep_draft(&story.notebook, editor.session, "x", ""), Err(JournalError::NoSession)));
    assert_eq!(recover_drafts(&story.notebook).unwrap(), 0);
    assert_eq!(text_of(&story, id), "text");
}

#[test]
fn a_draft_too_long_for_an_entry_is_kept_as_a_file_of_it() {
    let story = Story::begin();
    let id = story.write("Title", "text");
    let typing = story.another_program();
    let editor = open_editor(&typing, id).unwrap();
    let pasted = "a pasted line\n".repeat(100_000);
    keep_draft(&typing, editor.session, &pasted, "Title").unwrap();
    let refused = save_text(&typing, editor.session, &pasted, "Title", false);
    assert!(matches!(refused, Err(JournalError::TooLarge { bytes: 1_400_000 })));
    crash(typing);
    assert!(open_editor(&story.notebook, id).unwrap().recovered);
    let entry = story.get(id);
    assert_eq!(entry.text, "text");
    assert_eq!(
        read_attachment(&story.notebook, entry.attachments[0].id).unwrap().as_slice(),
        pasted.as_bytes()
    );
}

#[test]
fn a_save_refused_keeps_the_session_and_its_draft() {
    let story = Story::begin();
    let id = story.write("Title", "text");
    let editor = open_editor(&story.notebook, id).unwrap();
    keep_draft(&story.notebook, editor.session, "text typed", "Title").unwrap();
    let refused = save_text(&story.notebook, editor.session, "text typed", &"x".repeat(501), false);
    assert!(matches!(refused, Err(JournalError::Invalid { field: "title", .. })));
    save_text(&story.notebook, editor.session, "text typed more", "Title", false).unwrap();
    assert_eq!(text_of(&story, id), "text typed more");
}

#[test]
fn drafts_are_not_readable_on_the_disk() {
    let story = Story::begin();
    let id = story.write("Title", "text");
    let editor = open_editor(&story.notebook, id).unwrap();
    keep_draft(&story.notebook, editor.session, "a wombatological thought", "Title").unwrap();
    assert!(!stands_on_disk(&story.path, b"wombatological"));
}

/// Ends a program without a word: nothing is saved, and the system releases its locks.
fn crash(program: Notebook) {
    drop(program);
}
