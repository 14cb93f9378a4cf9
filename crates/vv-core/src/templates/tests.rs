//! Stories of templates, told over a notebook in a folder of its own.

use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::language::Language;
use crate::notebook::NewKey;
use crate::ports::testing::TestHost;

struct Story {
    notebook: Notebook,
    _folder: TempDir,
}

impl Story {
    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(41, &folder.path().join("state"));
        let notebook =
            Notebook::create(&folder.path().join("notebook"), &host.host, "Mira", NewKey::Keyring).unwrap();
        Self { notebook, _folder: folder }
    }

    fn names(&self) -> Vec<String> {
        let all = self.notebook.read(list_templates).unwrap();
        all.into_iter().map(|template| template.words.name).collect()
    }
}

fn words(name: &str) -> TemplateWords {
    TemplateWords {
        name: name.into(),
        text: " # One\r\ntwo \n".into(),
        tags: vec!["b".into(), "A".into()],
        ..Default::default()
    }
}

#[test]
fn a_template_is_kept_changed_listed_by_name_and_deleted() {
    let story = Story::begin();
    let weekly = story.notebook.write(|tx| save_template(tx, None, words("weekly"))).unwrap();
    story.notebook.write(|tx| save_template(tx, None, words("After a talk"))).unwrap();
    assert_eq!(story.names(), ["After a talk", "weekly"]);
    let kept = story.notebook.read(|reader| get_template(reader, weekly)).unwrap();
    assert_eq!(kept.words.text, "# One\ntwo");

    story.notebook.write(|tx| save_template(tx, Some(weekly), words("A weekly page"))).unwrap();
    assert_eq!(story.names(), ["A weekly page", "After a talk"]);
    story.notebook.write(|tx| delete_template(tx, weekly)).unwrap();
    assert_eq!(story.names(), ["After a talk"]);
    let again = story.notebook.write(|tx| delete_template(tx, weekly));
    assert!(matches!(again, Err(TemplateError::NoTemplate)));
    assert_eq!(story.notebook.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn saving_the_same_words_makes_no_record() {
    let story = Story::begin();
    let id = story.notebook.write(|tx| save_template(tx, None, words("One"))).unwrap();
    let records = |story: &Story| story.notebook.verify().unwrap().records;
    let before = records(&story);
    story.notebook.write(|tx| save_template(tx, Some(id), words("One"))).unwrap();
    assert_eq!(records(&story), before);
}

#[test]
fn a_template_without_a_name_is_refused_by_the_name_of_the_field() {
    let story = Story::begin();
    let refused = story.notebook.write(|tx| save_template(tx, None, words("  ")));
    assert!(matches!(refused, Err(TemplateError::Unfit(unfit)) if unfit.field == "name"));
    assert_eq!(story.names(), Vec::<String>::new());
}

#[test]
fn every_suggestion_can_be_kept_and_filled() {
    let story = Story::begin();
    let now = Now { date: "d".into(), weekday: "w".into(), time: "t".into(), name: "n".into() };
    for suggestion in [Language::English, Language::German].into_iter().flat_map(list_suggestions) {
        let asked = questions(&suggestion);
        let filled = fill(&suggestion, &now, &vec!["an answer".to_owned(); asked.len()]);
        assert!(!filled.title.contains("{{") && !filled.text.contains("{{"), "{filled:?}");
        assert!((filled.cursor as usize) < filled.text.len());
        story.notebook.write(|tx| save_template(tx, None, suggestion)).unwrap();
    }
    assert!(story.names().len() >= 8);
}
