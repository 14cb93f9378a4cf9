//! A year of somebody's Day One, Obsidian or jrnl arrives whole, is found, looked back upon, and leaves whole.
//!
//! Everything goes through the surface, as the window and `vv` do it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use chrono::{NaiveDate, TimeDelta, Utc};
use tempfile::TempDir;
use vv_api::{
    App,
    host::Profile,
    ids::EntryId,
    model::{
        journal::{EntryView, ListEntries, SaveAttachment},
        notebook::{CreateNotebook, KeyPlace},
        past::ReadLookBack,
        portability::{ExportFormat, ExportJournal, ImportFormat, ImportJournal, ImportReport},
        search::{SearchEntries, SearchOrder},
    },
};
use vv_core::ports::testing::TestHost;

use crate::foreign::{HOME, Page, a_year, day_one, jrnl, obsidian, some_weeks_later};

/// Holds a computer with a notebook.
struct Computer {
    ports: TestHost,
    app: App,
    folder: TempDir,
}

impl Computer {
    fn new(seed: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let profile =
            Profile { folder: folder.path().join("profile"), state_folder: folder.path().join("state") };
        fs::create_dir_all(&profile.state_folder).unwrap();
        let ports = TestHost::new(seed, &profile.state_folder);
        let app = App::with_host(profile, ports.host.clone());
        let wanted = CreateNotebook {
            name: "Ada".into(),
            key_place: KeyPlace::Keyring,
            passphrase: None,
            first_sentence: None,
        };
        vv_api::notebook_create(&app, wanted).unwrap();
        Self { ports, app, folder }
    }

    fn import(&self, path: &Path, dry_run: bool) -> ImportReport {
        let path = path.to_string_lossy().into_owned();
        vv_api::portability_import(&self.app, ImportJournal { path, format: None, dry_run, passphrase: None })
            .unwrap()
    }

    fn export(&self, format: ExportFormat) -> PathBuf {
        let path = self.folder.path().join(format!("out {format:?}"));
        let wanted = ExportJournal {
            path: path.to_string_lossy().into_owned(),
            format,
            choice: Default::default(),
            replace: false,
            language: String::new(),
        };
        let report = vv_api::portability_export(&self.app, wanted).unwrap();
        assert_eq!(report.left_out, Vec::<String>::new());
        path
    }

    fn entries(&self) -> Vec<EntryView> {
        let mut all = Vec::new();
        loop {
            let request = ListEntries { filter: Default::default(), offset: all.len() as u32, limit: 500 };
            let page = vv_api::journal_list_entries(&self.app, request).unwrap();
            if page.rows.is_empty() {
                return all;
            }
            all.extend(
                page.rows.iter().map(|row| vv_api::journal_get_entry(&self.app, row.id.to_string()).unwrap()),
            );
        }
    }

    /// Lists the entries by the number of their page.
    fn pages(&self, year: &[Page]) -> BTreeMap<usize, EntryView> {
        let entries = self.entries();
        assert_eq!(entries.len(), year.len());
        let of = |page: &Page| entries.iter().find(|entry| entry.text.contains(&page.rare_word()));
        year.iter().map(|page| (page.number, of(page).expect("each page is there").clone())).collect()
    }

    fn search(&self, query: &str) -> Vec<EntryId> {
        while !vv_api::fill_search(&self.app).unwrap().settled {}
        let request = SearchEntries { query: query.into(), order: SearchOrder::Newest, limit: 200 };
        vv_api::search_entries(&self.app, request).unwrap().hits.into_iter().map(|hit| hit.id).collect()
    }

    /// Gives every file with its bytes, by the id it has.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let to = self.folder.path().join("a file");
        let files = self.entries().into_iter().flat_map(|entry| entry.attachments);
        files
            .map(|file| {
                let path = to.to_string_lossy().into_owned();
                vv_api::journal_save_attachment(&self.app, SaveAttachment { id: file.id, path }).unwrap();
                let bytes = fs::read(&to).unwrap();
                fs::remove_file(&to).unwrap();
                (file.id.to_string(), bytes)
            })
            .collect()
    }

    fn assert_sound(&self) {
        assert_eq!(vv_api::notebook_verify(&self.app).unwrap().problems, Vec::<String>::new());
    }
}

/// What leaves and comes back must be the same; how often a computer has written it is its own.
fn comparable(entries: Vec<EntryView>) -> BTreeMap<String, EntryView> {
    let bare = |entry: EntryView| EntryView { version_count: 0, changed_at: Default::default(), ..entry };
    entries.into_iter().map(bare).map(|entry| (entry.id.to_string(), entry)).collect()
}

/// Tells the story of one format. `check` looks at each page that arrived, beside all others.
fn tell(
    format: ImportFormat,
    year: &[Page],
    pack: fn(&[Page], &Path) -> PathBuf,
    check: impl Fn(&Page, &EntryView, &BTreeMap<usize, EntryView>),
) {
    let home = Computer::new(1);
    let place = tempfile::tempdir().unwrap();
    let path = pack(year, place.path());
    let count = year.len() as u32;

    let told = home.import(&path, true);
    assert!(home.entries().is_empty(), "a look brings nothing in");
    let report = home.import(&path, false);
    assert_eq!(report, told);
    assert_eq!((report.format, report.found, report.added), (Some(format), count, count), "{report:?}");
    assert_eq!((report.skipped.len(), report.attachments.missing.len()), (0, 0), "{report:?}");
    let pages = home.pages(year);
    for page in year {
        check(page, &pages[&page.number], &pages);
    }

    // It is found, by a word, by a tag, by a day.
    for page in year.iter().step_by(17) {
        assert_eq!(home.search(&page.rare_word()), [pages[&page.number].id]);
    }
    let tagged = year.iter().filter(|page| page.tags.contains(&"walks")).count();
    assert_eq!(home.search("tag:walks").len(), tagged.min(200));
    let day = NaiveDate::from_ymd_opt(2025, 5, 4).unwrap();
    let of_day = |from: NaiveDate, to: NaiveDate| {
        year.iter().filter(|page| (from..=to).contains(&page.local().date())).count()
    };
    assert_eq!(home.search("on:2025-05-04").len(), of_day(day, day));

    // It is looked back upon: a year later, and by its weeks.
    home.ports.clock.set("2026-05-04T09:00:00Z".parse::<chrono::DateTime<Utc>>().unwrap());
    let today = vv_api::past_today(&home.app).unwrap();
    let remembered =
        today.on_this_day.iter().filter(|one| one.years == Some(1) && one.entry.on == day).count();
    assert!(remembered > 0, "{:?}", today.on_this_day);
    for week in 0..52 {
        let from = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + TimeDelta::days(7 * week);
        let to = from + TimeDelta::days(6);
        let back = vv_api::past_look_back(&home.app, ReadLookBack { from, to }).unwrap();
        assert_eq!(back.entry_count as usize, of_day(from, to), "{from}");
    }

    // It leaves whole, in both forms that come back.
    let (entries, files) = (comparable(home.entries()), home.files());
    for (seed, format) in [(2, ExportFormat::Json), (3, ExportFormat::Markdown)] {
        let away = Computer::new(seed);
        let report = away.import(&home.export(format), false);
        assert_eq!((report.added, report.skipped.len()), (count, 0), "{report:?}");
        let came = comparable(away.entries());
        for (id, entry) in &entries {
            assert_eq!(came.get(id), Some(entry));
        }
        assert_eq!(away.files(), files);
        away.assert_sound();
    }

    // The same once more changes nothing; what was exported some weeks later updates, and takes nothing away.
    let again = home.import(&path, false);
    assert_eq!((again.added, again.updated, again.unchanged), (0, 0, count), "{again:?}");
    assert_eq!(comparable(home.entries()), entries);
    let later = some_weeks_later(year);
    let elsewhere = place.path().join("later");
    fs::create_dir(&elsewhere).unwrap();
    let report = home.import(&pack(&later, &elsewhere), false);
    assert_eq!((report.added, report.updated, report.unchanged), (2, 3, count - 3), "{report:?}");
    let newer = home.pages(&later);
    for page in &later {
        check(page, &newer[&page.number], &newer);
        if let Some(before) = pages.get(&page.number) {
            assert_eq!(newer[&page.number].id, before.id);
        }
    }
    home.assert_sound();
}

/// Gives what a page says with its link and its photo, as they stand here.
fn with_link_and_photo(page: &Page, entry: &EntryView, all: &BTreeMap<usize, EntryView>) -> String {
    let mut text = page.words.clone();
    if let Some(to) = page.leads_to {
        text += &format!("\n\nAs on [[that day|{}]]", all[&to].id);
    }
    if page.photo.is_some() {
        let file = &entry.attachments[0];
        text += &format!("\n\n![{}](attachment:{})", file.name, file.id);
    }
    text
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

fn check_facts(page: &Page, entry: &EntryView, more_tags: &[&str]) {
    let mut tags: Vec<&str> = [&page.tags, more_tags].concat();
    tags.sort_unstable_by_key(|tag| tag.to_lowercase());
    assert_eq!(entry.tags, tags, "page {}", page.number);
    assert_eq!(entry.on, page.local().date(), "page {}", page.number);
    assert_eq!(entry.local_at, page.local().format("%Y-%m-%dT%H:%M:%S").to_string(), "page {}", page.number);
    assert_eq!(entry.time_zone.as_deref(), Some(page.zone));
    assert_eq!(entry.starred, page.starred, "page {}", page.number);
    let came: Vec<String> = entry.attachments.iter().map(|file| file.blake3.clone()).collect();
    assert_eq!(came, page.photo.iter().map(|photo| hash(photo)).collect::<Vec<_>>());
}

#[test]
fn a_year_of_day_one_arrives_whole_is_found_looked_back_upon_and_leaves_whole() {
    let year = a_year(20_250_101, true);
    assert!(year.len() > 300 && year.iter().any(|page| page.zone == "Pacific/Kiritimati"));
    tell(ImportFormat::DayOne, &year, day_one::pack, |page, entry, all| {
        check_facts(page, entry, &[day_one::JOURNAL]);
        assert_eq!(entry.at, page.at, "both hours of the night in October are told apart");
        assert_eq!(entry.title, page.title);
        assert_eq!(entry.text, with_link_and_photo(page, entry, all));
        let fields = &entry.source.as_ref().unwrap().fields;
        assert_eq!(fields.get("place").map(String::as_str), page.starred.then_some(day_one::PLACE));
        assert_eq!(fields.contains_key("weather.conditionsDescription"), page.starred);
    });
}

#[test]
fn a_year_of_obsidian_arrives_whole_is_found_looked_back_upon_and_leaves_whole() {
    let year = a_year(42, false);
    assert!(year.iter().all(|page| page.zone == HOME));
    tell(ImportFormat::Obsidian, &year, obsidian::pack, |page, entry, all| {
        // The pages of later weeks are the only ones of their days.
        let is_daily = entry.title.is_empty();
        assert_eq!(is_daily, obsidian::dailies(&year).contains(&page.number) || page.number >= year.len());
        check_facts(page, entry, &[if is_daily { "Daily" } else { "Notes" }]);
        assert!(is_daily || entry.title == page.title);
        assert_eq!(entry.text, with_link_and_photo(page, entry, all));
        assert_eq!(entry.source.as_ref().unwrap().fields["mood"], "calm");
    });
}

#[test]
fn a_year_of_jrnl_arrives_whole_is_found_looked_back_upon_and_leaves_whole() {
    let plain = |page: Page| Page { photo: None, leads_to: None, ..page };
    let year: Vec<Page> = a_year(4_711, false).into_iter().map(plain).collect();
    tell(ImportFormat::Jrnl, &year, jrnl::pack, |page, entry, _| {
        check_facts(page, entry, &["diary"]);
        assert_eq!(entry.title, page.title);
        assert_eq!(entry.text, jrnl::body(page));
    });
}
