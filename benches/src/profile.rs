//! Makes a profile for the measures of the window: a notebook in the keyring of the desktop, filled and searchable.

use chrono::Duration;
use vv_api::host::{Profile, of_this_computer};
use vv_core::journal::{self, JournalError};

use crate::corpus::Corpus;
use crate::place::{self, SEED};

/// Makes the profile that the environment names; the arguments are how many entries it has, and how long one more is.
pub fn make_here(arguments: &[String]) -> serde_json::Value {
    let number = |at: usize| {
        arguments.get(at).and_then(|word| word.parse::<usize>().ok()).expect("a profile has two numbers")
    };
    let (count, long) = (number(0), number(1));
    let profile = Profile::find(None).expect("the environment names a profile");
    let notebook = place::make_notebook(&profile.notebook(), &of_this_computer(&profile));
    let mut corpus = Corpus::new(SEED);
    place::write_entries(&notebook, &mut corpus, count);
    if long > 0 {
        let mut sample = corpus.sample(0);
        sample.at += Duration::hours(1);
        sample.title = "A long one".to_owned();
        while sample.text.chars().count() < long {
            let more = corpus.sample(0).text;
            sample.text.push_str("\n\n## A heading of the long one\n\n");
            sample.text.push_str(&more);
        }
        sample.text.truncate(long);
        let made = notebook.write(|tx| journal::create_entry(tx, place::new_entry(sample)));
        made.map_err(|error: JournalError| error).expect("a long entry can be made");
    }
    place::fill(&notebook);
    serde_json::json!({ "entries": count })
}
