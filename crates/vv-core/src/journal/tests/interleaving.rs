//! Editors of two programs and edits from a terminal, in any order, with crashes: no inserted sentence is lost.

use proptest::prelude::*;

use super::*;
use crate::ids::SessionId;

#[derive(Debug, Clone)]
enum Step {
    /// The person types a sentence into an editor, at a place between sentences.
    Type {
        editor: usize,
        place: prop::sample::Index,
    },
    Keep {
        editor: usize,
    },
    Save {
        editor: usize,
    },
    /// The editor closes with a save and opens again.
    Reopen {
        editor: usize,
    },
    /// An older version is written again, which takes sentences away on purpose; it is undone at once.
    RestoreAndBack,
    /// The second program crashes and is started again; its editors open again.
    Crash,
}

fn step() -> impl Strategy<Value = Step> {
    let editor = 0..4usize;
    prop_oneof![
        6 => (editor.clone(), any::<prop::sample::Index>()).prop_map(|(editor, place)| Step::Type { editor, place }),
        2 => editor.clone().prop_map(|editor| Step::Keep { editor }),
        4 => editor.clone().prop_map(|editor| Step::Save { editor }),
        1 => editor.prop_map(|editor| Step::Reopen { editor }),
        1 => Just(Step::RestoreAndBack),
        1 => Just(Step::Crash),
    ]
}

/// What one editor shows.
struct Pane {
    session: SessionId,
    text: String,
    /// Sentences that a draft or save has acknowledged; the rest may go with a crash.
    typed: Vec<String>,
    kept: Vec<String>,
}

impl Pane {
    fn open(notebook: &Notebook, id: EntryId) -> Self {
        let editor = open_editor(notebook, id).unwrap();
        Self { session: editor.session, text: editor.entry.text, typed: Vec::new(), kept: Vec::new() }
    }

    fn type_sentence(&mut self, sentence: &str, place: prop::sample::Index) {
        let edges: Vec<usize> =
            std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.text.insert_str(edges[place.index(edges.len())], &format!("{sentence}\n"));
        self.typed.push(sentence.to_owned());
    }

    fn keep(&mut self, notebook: &Notebook) {
        keep_draft(notebook, self.session, &self.text, "T").unwrap();
        self.kept.append(&mut self.typed);
    }

    fn save(&mut self, notebook: &Notebook, close: bool) -> Vec<String> {
        let saved = save_text(notebook, self.session, &self.text, "T", close).unwrap();
        let mut units: Vec<u16> = self.text.encode_utf16().collect();
        for splice in &saved.splices {
            let at = splice.at as usize;
            units.splice(at..at + splice.delete as usize, splice.insert.encode_utf16());
        }
        self.text = String::from_utf16(&units).unwrap();
        self.kept.append(&mut self.typed);
        std::mem::take(&mut self.kept)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn no_sentence_that_was_acknowledged_is_ever_lost(steps in proptest::collection::vec(step(), 1..40)) {
        let story = Story::begin();
        let id = story.write("T", "First sentence.\nLast sentence.\n");
        let mut second = Some(story.another_program());
        let mut panes: Vec<Pane> = Vec::new();
        for n in 0..4 {
            panes.push(Pane::open(program(&story, &second, n), id));
        }
        let mut safe: Vec<String> = vec!["First sentence.".into(), "Last sentence.".into()];
        for (n, step) in steps.into_iter().enumerate() {
            story.later(1);
            match step {
                Step::Type { editor, place } => panes[editor].type_sentence(&format!("Sentence {n}, 😀 no other."), place),
                Step::Keep { editor } => panes[editor].keep(program(&story, &second, editor)),
                Step::Save { editor } => {
                    let saved = panes[editor].save(program(&story, &second, editor), false);
                    safe.extend(saved);
                    prop_assert_eq!(&panes[editor].text, &story.get(id).text, "the editor shows what stands");
                }
                Step::Reopen { editor } => {
                    safe.extend(panes[editor].save(program(&story, &second, editor), true));
                    panes[editor] = Pane::open(program(&story, &second, editor), id);
                }
                Step::RestoreAndBack => {
                    let newest = story.get(id).version_count;
                    story.notebook.write(|tx| restore_version(tx, id, 1)).unwrap();
                    story.notebook.write(|tx| restore_version(tx, id, newest)).unwrap();
                }
                Step::Crash => {
                    for pane in &mut panes[2..] {
                        safe.append(&mut pane.kept);
                    }
                    drop(second.take());
                    second = Some(story.another_program());
                    for pane in &mut panes[2..] {
                        *pane = Pane::open(program(&story, &second, 2), id);
                    }
                }
            }
        }
        for (n, pane) in panes.iter_mut().enumerate() {
            safe.extend(pane.save(program(&story, &second, n), true));
        }
        let text = story.get(id).text;
        for sentence in safe {
            prop_assert_eq!(text.matches(&format!("{sentence}\n")).count(), 1, "{} in {}", sentence, text);
        }
        prop_assert_eq!(story.notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

fn program<'a>(story: &'a Story, second: &'a Option<Notebook>, editor: usize) -> &'a Notebook {
    if editor < 2 { &story.notebook } else { second.as_ref().unwrap() }
}
