//! What the sample notebook promises.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{Datelike, Weekday};

use super::story::pages;
use super::*;
use crate::goals::{GoalFilter, list_goals};
use crate::journal::{EntryFilter, count_entries, get_entry, list_entries, list_tags, list_versions};
use crate::loops::{LoopFilter, Part, list_loops};
use crate::notebook::Unlock;
use crate::past::{PastError, read_today};
use crate::people::{get_person, list_people};
use crate::ports::testing::TestHost;
use crate::store::StoreError;

#[test]
fn every_page_is_whole_and_every_link_leads_somewhere() {
    let pages = pages();
    let titles: HashSet<&str> = pages.iter().filter(|page| !page.trashed).map(|page| page.title).collect();
    let names: BTreeSet<&str> = pages.iter().map(|page| page.name).collect();
    assert_eq!(names.len(), pages.len(), "each name stands once");
    let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
    for page in &pages {
        assert!(page.days_ago < 365, "{}", page.name);
        assert!(!page.tags.is_empty() || page.trashed, "{}", page.name);
        page.tags.iter().for_each(|tag| *tags.entry(tag).or_default() += 1);
        for text in &page.texts {
            assert!(text.split_whitespace().count() > 5 || page.trashed, "{}", page.name);
            for link in text.split("[[").skip(1) {
                let title = link.split("]]").next().unwrap();
                assert!(titles.contains(title), "{}: {title}", page.name);
            }
        }
        for file in page.files() {
            assert!(
                pictures::bytes_of(file).is_some_and(|bytes| bytes.len() < 60_000),
                "{}: {file}",
                page.name
            );
        }
    }
    assert!((12..=16).contains(&tags.len()), "{tags:?}");
    assert!((140..=170).contains(&pages.len()), "{}", pages.len());
}

#[test]
fn the_sample_notebook_is_a_year_that_ends_today() {
    let folder = tempfile::tempdir().unwrap();
    let host = TestHost::new(21, &folder.path().join("state"));
    let path = folder.path().join("notebook");
    make_demo(&path, &host.host, NewKey::Keyring).unwrap();
    let notebook = Notebook::open(&path, &host.host, Unlock::Keyring).unwrap();
    let now = host.host.clock.now();
    notebook
        .read(|reader| {
            let rows = list_entries(reader, &EntryFilter::default(), 0, 500)?.rows;
            let today = Moment::at(now, host.host.clock.time_zone().as_deref())?.local_at().date();
            assert_eq!(rows[0].on, today);
            let mut versions = 0;
            for row in &rows {
                let entry = get_entry(reader, row.id)?;
                assert!(entry.at <= now && entry.changed_at <= now, "{}", entry.title);
                let ago = (today - entry.on).num_days();
                assert!(ago < 368);
                assert!(
                    ago < 2 || !matches!(entry.on.weekday(), Weekday::Sat | Weekday::Sun),
                    "{}",
                    entry.title
                );
                assert!(!entry.text.contains("](@"), "{}", entry.title);
                versions = versions.max(list_versions(reader, row.id)?.len());
            }
            let today = read_today(reader)?;
            assert!(!today.intentions.is_empty() && !today.loops.is_empty() && today.keepsake.is_some());
            let loops = |filter| list_loops(reader, filter).map(|rows| rows.len());
            assert_eq!((loops(LoopFilter::Open)?, loops(LoopFilter::Closed)?), (6, 3));
            let open = list_loops(reader, LoopFilter::Open)?;
            assert!(open.iter().any(|row| row.missing() == [Part::Reflect]), "one waits for its reflection");
            let goal = list_goals(reader, GoalFilter::Open)?.remove(0);
            assert_eq!((goal.points.len(), goal.evidence_count()), (3, 2));
            let people = list_people(reader).map_err(|_| StoreError::NotFound)?;
            assert_eq!(people.len(), 6);
            for row in people {
                let person = get_person(reader, row.id).map_err(|_| StoreError::NotFound)?;
                assert!(person.entry_count > 0, "{} is named", row.name);
            }
            assert!(versions > 1);
            let notes = rows.iter().map(|row| get_entry(reader, row.id)).collect::<Result<Vec<_>, _>>()?;
            let notes: Vec<_> = notes
                .iter()
                .flat_map(|entry| &entry.attachments)
                .filter_map(|file| file.voice.as_ref())
                .collect();
            assert_eq!(notes.len(), 1);
            assert_eq!((notes[0].duration_ms, notes[0].marks.len()), (24_000, 1));
            assert!(count_entries(reader, &EntryFilter { trashed: true, ..EntryFilter::default() })? >= 3);
            assert!(list_tags(reader)?.len() >= 12);
            Ok::<_, PastError>(())
        })
        .unwrap();
}
