//! Search: entries by words, over titles, texts, tags and people; and what else a person wrote.
//!
//! It is a local index that follows the journal: a change of an entry marks it as waiting in the same transaction
//! ([`mark_dirty`]), and [`index_some`], called by the host whenever there is a moment, takes what waits in. A [`search`] reads
//! the index and, directly, the latest of what waits. No readable byte of it is outside the encrypted file.
//!
//! `find.rs` searches entries, `others.rs` everything else, `fill.rs` fills the index. `terms.rs` says what a word is, `query.rs` what a query means,
//! `expression.rs` asks the index for it, `matcher.rs` asks a text for it, `rank.rs` says how well it fits, `snippet.rs`
//! shows where it stands, `vocabulary.rs` finds parts of words.

mod error;
mod expression;
mod fill;
mod find;
mod matcher;
mod model;
mod others;
mod query;
mod rank;
mod snippet;
mod table;
mod terms;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub use error::SearchError;
pub use fill::index_some;
pub use find::{MOST_HITS, search};
pub use model::{Filled, MarkedStretch, SearchEntries, SearchHit, SearchOrder, SearchResult};
pub use others::{Other, OtherHit, search_others};

use crate::ids::EntryId;
use crate::store::{StoreError, Tx};
use vocabulary::Vocabulary;

/// Holds what this process keeps of the index in memory: its words, once they were needed.
#[derive(Default)]
pub struct Index {
    words: RwLock<Option<Vocabulary>>,
}

impl Index {
    fn words(&self) -> RwLockReadGuard<'_, Option<Vocabulary>> {
        self.words.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn words_mut(&self) -> RwLockWriteGuard<'_, Option<Vocabulary>> {
        self.words.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Marks an entry as waiting for the index, in the transaction that changed it.
pub(crate) fn mark_dirty(tx: &Tx<'_>, entry: EntryId) -> Result<(), StoreError> {
    Ok(table::mark(tx.sql(), &entry)?)
}

/// Takes every term of an entry out of the index at once: it went to the trash or was deleted for good.
pub(crate) fn forget(tx: &Tx<'_>, entry: EntryId) -> Result<(), StoreError> {
    table::unmark(tx.sql(), &entry)?;
    if table::take_out(tx.sql(), &entry)? {
        table::count_change(tx.sql(), false)?;
        table::drop_put_away(tx.sql())?;
    }
    Ok(())
}

/// Hands each word of a text to `each`, folded as search folds it and as it was written; parts of scripts without spaces are
/// left out.
pub(crate) fn each_word(text: &str, mut each: impl FnMut(&str, &str)) {
    terms::for_each_term(text, |folded, start, end, paired| {
        if !paired {
            each(folded, &text[start..end]);
        }
    });
}

/// Gives the words of a text as search folds them.
pub(crate) fn folded(text: &str) -> Vec<String> {
    terms::terms(text).into_iter().map(|term| term.folded).collect()
}
