//! Vaults of Obsidian, journals of RedNotebook and the Markdown of Joplin.

use super::packing::{files_of, fixture, zip};
use super::*;

#[test]
fn a_vault_brings_its_daily_notes_tags_and_links() {
    let story = Story::begin(131);
    let vault = story.folder.path().join("vault.zip");
    zip(&vault, &files_of(&fixture("obsidian")));
    let report = story.import(&vault);
    assert_eq!(
        (report.format, report.found, report.added),
        (Some(ImportFormat::Obsidian), 3, 3),
        "{report:?}"
    );
    let daily = story.entries().into_iter().find(|entry| entry.text.starts_with("Asked twice")).unwrap();
    let plan = story.titled("Plan");
    // The day of a daily note is in its name; when its file was written says nothing.
    assert_eq!((daily.on.to_string().as_str(), daily.title.as_str()), ("2024-01-15", ""));
    assert_eq!(daily.tags, ["Daily", "work/Meetings"]);
    let board = &daily.attachments[0];
    assert_eq!(
        daily.text,
        format!(
            "Asked twice #work/Meetings. See [[the plan|{0}]], [[Plan › The week|{0}]], ![board.png|300](attachment:{1}) and [[Plan › a1|{0}]].\n\n\
             - [ ] call\n- [x] write\n\n> [!note] Mind\n> this\n\n%%not shown%% ==bright== ^block-1\n\n`#code` https://x.example/#part #123\n",
            plan.id, board.id
        )
    );
    assert_eq!(plan.tags, ["planning"]);
    let fields = &plan.source.as_ref().unwrap().fields;
    assert_eq!((fields["aliases"].as_str(), fields["status"].as_str()), ("The plan", "open"));
    assert!(report.fields.contains_key("conflict"), "{report:?}");
    // The same vault as a folder.
    let again = story.import(&fixture("obsidian/Vault"));
    assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 3), "{again:?}");
}

#[test]
fn a_journal_of_rednotebook_brings_days_categories_and_marks() {
    let story = Story::begin(132);
    let report = story.import(&fixture("rednotebook"));
    assert_eq!((report.format, report.found), (Some(ImportFormat::RedNotebook), 6), "{report:?}");
    let on = |day: &str| story.entries().into_iter().find(|entry| entry.on.to_string() == day).unwrap();
    let first = on("2014-12-01");
    assert_eq!(
        first.text,
        "# A day\n\n**bold** *slanted* _under_ ~~gone~~ `code` raw \\*stars\\*\n\n- one\n  - two\n1. first\n\n\
         ![](file:///home/mira/board.png) [words](https://x.example) http://a.example//b #idea\n\n---\n% a note to oneself\n"
    );
    assert_eq!(first.tags, ["Empty", "home", "idea", "work"]);
    assert_eq!(first.source.unwrap().fields["Ideas"], "ask first; wait");
    assert_eq!(report.attachments.missing.len(), 1);
    assert_eq!(on("2014-12-24").text, "Quiet evening");
    assert_eq!(on("2015-01-03").text, "only the old one is left");
    assert_eq!(on("2015-03-02").text, "safe");
    // What would run a program in Python is words here.
    assert_eq!(on("2015-03-01").text, "");
    let named = |part: &str| report.skipped.iter().filter(|line| line.item.contains(part)).count();
    assert_eq!(
        (named("day 32"), named("new.txt"), named("2015-04"), named("templates/1.txt")),
        (1, 1, 1, 1),
        "{report:?}"
    );
    assert_eq!(story.import(&fixture("rednotebook")).unchanged, 6);
}

#[test]
fn the_markdown_of_joplin_has_its_times_in_utc() {
    let story = Story::begin(133);
    story.host.clock.set_time_zone(Some("Europe/Berlin"));
    let report = story.import(&fixture("joplin-markdown"));
    assert_eq!((report.format, report.added), (Some(ImportFormat::Joplin), 1), "{report:?}");
    let plan = story.titled("Plan");
    assert_eq!((plan.local_at.to_string().as_str(), plan.attachments.len()), ("2024-02-01 00:30:00", 1));
    assert_eq!(plan.tags, ["listening", "Work"]);
    assert_eq!(plan.source.unwrap().fields["due"], "2024-03-01 09:00:00Z");
}

#[test]
fn a_link_to_a_part_of_a_note_keeps_the_part() {
    let story = Story::begin(134);
    let root = story.notes(&[("a.md", b"See [the week](b.md#Next%20week)." as &[u8]), ("b.md", b"x")]);
    story.import(&root);
    let id = story.titled("b").id;
    assert_eq!(story.titled("a").text, format!("See [[the week › Next week|{id}]]."));
}

#[test]
fn our_own_export_comes_back_out_of_a_zip() {
    let story = Story::begin(135);
    write_a_journal(&story);
    let exported = story.export("out", ExportFormat::Json);
    let packed = story.folder.path().join("out.zip");
    zip(&packed, &files_of(&exported));
    let other = Story::begin(136);
    let report = other.import(&packed);
    assert_eq!(
        (report.format, report.added, report.skipped.len()),
        (Some(ImportFormat::ViceVersa), 4, 0),
        "{report:?}"
    );
    assert_eq!(comparable(other.entries()), comparable(story.entries()));
}
