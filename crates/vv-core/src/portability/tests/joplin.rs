//! Joplin: JEX and RAW, and every trap of its items.

use super::packing::{files_of, fixture, tar};
use super::*;

fn packed(story: &Story) -> PathBuf {
    let to = story.folder.path().join("export.jex");
    tar(&to, &files_of(&fixture("joplin")));
    to
}

#[test]
fn a_jex_arrives_with_notebooks_tags_resources_and_links() {
    let story = Story::begin(111);
    story.host.clock.set_time_zone(Some("Europe/Berlin"));
    let report = story.import(&packed(&story));
    assert_eq!(report.format, Some(ImportFormat::Joplin));
    assert_eq!((report.found, report.added), (4, 4), "{report:?}");

    let plan = story.titled("The plan");
    let second = story.titled("Second: with colon");
    assert_eq!(
        plan.local_at.to_string(),
        "2024-02-01 00:30:00",
        "the time that the person sees, on their clock"
    );
    assert_eq!(plan.tags, ["listening", "Meetings", "Work"]);
    let board = &plan.attachments[0];
    assert_eq!((plan.attachments.len(), board.name.as_str()), (1, "board.png"));
    assert_eq!(
        plan.text,
        format!(
            "See ![board](attachment:{0}), ![board.png](attachment:{0}), [[second › the-end|{1}]], [gone](:/{2}) and [sheet](:/{3}).\n\nmood: calm\n\nlast words",
            board.id,
            second.id,
            "9".repeat(32),
            format_args!("{}2", "a".repeat(31)),
        )
    );
    let fields = &plan.source.as_ref().unwrap().fields;
    assert_eq!(fields["author"], "Mira\nQuandt");
    assert_eq!((fields["latitude"].as_str(), fields.get("altitude")), ("51.50000000", None));
    assert_eq!(fields["notebook"], "Work / Meetings");
    assert_eq!(second.source.unwrap().fields["todo_due"], "2024-02-01T09:00:00Z");
    assert_eq!(report.attachments.missing.len(), 2, "{report:?}");
}

#[test]
fn html_conflicts_trash_encrypted_notes_and_revisions_each_find_their_place() {
    let story = Story::begin(112);
    let report = story.import(&packed(&story));
    let page = story.titled("A page");
    assert_eq!(
        page.text,
        format!("## From the web\n\nKept **words**, ![board](attachment:{})", page.attachments[0].id)
    );
    let why = |part: &str| report.skipped.iter().filter(|line| line.why.contains(part)).count();
    assert_eq!(
        (why("script in it"), why("encrypted"), why("earlier versions"), why("no note links to it")),
        (1, 1, 1, 1),
        "{report:?}"
    );
    let trashed = EntryFilter { trashed: true, ..EntryFilter::default() };
    let rows = story.notebook.read(|reader| list_entries(reader, &trashed, 0, 10)).unwrap().rows;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].title, "In the trash");
}

#[test]
fn the_folder_is_the_archive_and_twice_changes_nothing() {
    let story = Story::begin(113);
    let told = story.import_as(&packed(&story), None, true).unwrap();
    assert_eq!(story.import(&packed(&story)), told);
    let before = story.entries();
    for path in [packed(&story), fixture("joplin")] {
        let again = story.import(&path);
        assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 4), "{again:?}");
    }
    assert_eq!(story.entries(), before);
}
