//! A text that several can edit at once: Markdown in, updates out.
//!
//! One replica of a yrs text, with offsets in UTF-16 units. A text that an editor gives is compared with the replica it
//! was shown, and only what differs becomes an update; so an edit never deletes what somebody else wrote meanwhile.
//! Whatever an update does, it does not take the program down: its size is bounded, and a panic inside is caught.

use std::panic::{AssertUnwindSafe, catch_unwind};

use similar::{Algorithm, DiffOp, capture_diff_slices};
use yrs::updates::decoder::Decode;
use yrs::{Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text, TextRef, Transact, Update};

use super::error::StoreError;

/// The most bytes one update may have.
pub const MAX_UPDATE: usize = 64 * 1024;
/// The most bytes of UTF-8 a text may have.
pub const MAX_TEXT: usize = 1024 * 1024;

/// How many bytes of inserted text go into one update at most; the rest of its room is for what surrounds them.
const INSERT_BUDGET: usize = 40 * 1024;
/// How many UTF-16 units one update deletes at most in a text that was put together from very many pieces.
const DELETE_BUDGET: u32 = 2 * 1024;
/// Above this many words or lines on either side a comparison becomes coarser.
const MAX_TOKENS: usize = 3_000;
/// The name of the one shared text inside a replica.
const ROOT: &str = "text";

/// Holds one replica of a shared text.
pub struct TextDoc {
    doc: Doc,
    root: TextRef,
}

/// Brings together two wordings of a text that were both made from a third.
pub fn merge_texts(base: &str, mine: &str, theirs: &str) -> Result<String, StoreError> {
    let (first, second, third) = (1, 2, 3);
    let mut doc = TextDoc::new(first);
    doc.apply_text(base);
    let state = doc.save();
    let updates = TextDoc::load(&state, second)?.apply_text(mine);
    let mut doc = TextDoc::load(&state, third)?;
    doc.apply_text(theirs);
    for update in updates {
        doc.import(&update)?;
    }
    Ok(doc.text())
}

/// Replaces a stretch of text; positions and lengths count UTF-16 units of the text before any of its fellows.
struct Edit {
    at: u32,
    delete: u32,
    insert: String,
}

impl TextDoc {
    /// Makes an empty text that will be written as `client`.
    pub fn new(client: u64) -> Self {
        let options = Options {
            offset_kind: OffsetKind::Utf16,
            ..Options::with_guid_and_client_id("".into(), yrs::block::ClientID::new(client))
        };
        let doc = Doc::with_options(options);
        let root = doc.get_or_insert_text(ROOT);
        Self { doc, root }
    }

    /// Loads a kept state, to be written as `client`.
    pub fn load(state: &[u8], client: u64) -> Result<Self, StoreError> {
        let mut doc = Self::new(client);
        doc.apply(decode(state)?)?;
        Ok(doc)
    }

    /// Gives the text.
    pub fn text(&self) -> String {
        self.root.get_string(&self.doc.transact())
    }

    /// Changes the text to `new` and returns the updates that do the same elsewhere, each at most 64 KiB.
    ///
    /// What stayed the same is not touched: common beginning and end are left out, the rest is compared line by line, and
    /// word by word inside the lines that changed.
    pub fn apply_text(&mut self, new: &str) -> Vec<Vec<u8>> {
        let old = self.text();
        let edits = compare(&old, new);
        if edits.is_empty() {
            return Vec::new();
        }
        let delete_budget = if self.is_fragmented(&old) { DELETE_BUDGET } else { u32::MAX };
        let mut batch =
            Batch { doc: self, delete_budget, txn: None, inserted: 0, deleted: 0, updates: Vec::new() };
        // From the end, so that no edit moves the place of one that is still to come.
        for edit in edits.iter().rev() {
            batch.delete(edit.at, edit.delete);
            batch.insert(edit.at, &edit.insert);
        }
        batch.finish();
        batch.updates
    }

    /// Takes in an update made elsewhere.
    pub fn import(&mut self, update: &[u8]) -> Result<(), StoreError> {
        if update.len() > MAX_UPDATE {
            return Err(StoreError::BadUpdate("it is larger than an update may be"));
        }
        self.apply(decode(update)?)?;
        self.check_size()
    }

    /// Takes in an update that one editing session may have made: it inserts as that session's client alone and
    /// continues where that client ended.
    pub fn import_as(&mut self, update: &[u8], client: u64) -> Result<(), StoreError> {
        if update.len() > MAX_UPDATE {
            return Err(StoreError::BadUpdate("it is larger than an update may be"));
        }
        let update = decode(update)?;
        let client = yrs::block::ClientID::new(client);
        let inserted = update.insertions(true);
        if inserted.client_ids().any(|id| id != client) {
            return Err(StoreError::BadUpdate("it inserts in the name of another session"));
        }
        if !inserted.is_empty() {
            let from = update.state_vector_lower().get(&client);
            if from != self.doc.transact().state_vector().get(&client) {
                return Err(StoreError::BadUpdate("it does not continue its session"));
            }
        }
        self.apply(update)?;
        self.check_size()
    }

    /// Gives the state to be kept.
    pub fn save(&self) -> Vec<u8> {
        self.doc.transact().encode_state_as_update_v1(&StateVector::default())
    }

    /// Tells whether updates that others build upon are still missing.
    pub fn is_waiting(&self) -> bool {
        self.doc.transact().has_missing_updates()
    }

    fn check_size(&self) -> Result<(), StoreError> {
        // A UTF-16 unit is at most three bytes of UTF-8, so most texts need no second look.
        let units = self.root.len(&self.doc.transact()) as usize;
        if units * 3 > MAX_TEXT && self.text().len() > MAX_TEXT { Err(StoreError::TooLarge) } else { Ok(()) }
    }

    fn apply(&mut self, update: Update) -> Result<(), StoreError> {
        let doc = &self.doc;
        catch_unwind(AssertUnwindSafe(|| doc.transact_mut().apply_update(update)))
            .map_err(|_| StoreError::BadUpdate("it is not well formed"))?
            .map_err(|_| StoreError::BadUpdate("it does not fit the text"))
    }

    /// Tells whether the list of what is deleted could be long: the state is then much longer than the text.
    fn is_fragmented(&self, text: &str) -> bool {
        self.save().len().saturating_sub(text.len()) > 8 * 1024
    }
}

fn decode(update: &[u8]) -> Result<Update, StoreError> {
    catch_unwind(|| Update::decode_v1(update))
        .ok()
        .and_then(Result::ok)
        .ok_or(StoreError::BadUpdate("it is not well formed"))
}

/// Applies edits in transactions that are closed before their update grows too large.
struct Batch<'a> {
    doc: &'a TextDoc,
    delete_budget: u32,
    txn: Option<yrs::TransactionMut<'a>>,
    inserted: usize,
    deleted: u32,
    updates: Vec<Vec<u8>>,
}

impl Batch<'_> {
    fn delete(&mut self, at: u32, mut units: u32) {
        while units > 0 {
            if self.deleted >= self.delete_budget {
                self.finish();
            }
            // From the back, so that `at` stays the place of what is left.
            let part = units.min(self.delete_budget - self.deleted);
            let from = at + units - part;
            let root = &self.doc.root;
            let txn = self.txn.get_or_insert_with(|| self.doc.doc.transact_mut());
            root.remove_range(txn, from, part);
            self.deleted += part;
            units -= part;
        }
    }

    fn insert(&mut self, mut at: u32, mut text: &str) {
        while !text.is_empty() {
            if self.inserted >= INSERT_BUDGET {
                self.finish();
            }
            let (part, rest) =
                text.split_at(text.floor_char_boundary((INSERT_BUDGET - self.inserted).max(4)));
            let root = &self.doc.root;
            let txn = self.txn.get_or_insert_with(|| self.doc.doc.transact_mut());
            root.insert(txn, at, part);
            // Every piece has a header of up to some thirty bytes.
            self.inserted += part.len() + 32;
            at += units_of(part);
            text = rest;
        }
    }

    fn finish(&mut self) {
        if let Some(txn) = self.txn.take() {
            self.updates.push(txn.encode_update_v1());
        }
        (self.inserted, self.deleted) = (0, 0);
    }
}

fn units_of(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

/// Finds what differs, as edits in rising order that do not overlap.
///
/// Lines are compared first and words only inside lines that changed. So a new line is inserted as a line, and stays whole
/// when somebody else deletes or changes its neighbours at the same time.
fn compare(old: &str, new: &str) -> Vec<Edit> {
    if old == new {
        return Vec::new();
    }
    let (prefix, suffix) = common_lines(old, new);
    let base = units_of(&old[..prefix]);
    let (old, new) = (&old[prefix..old.len() - suffix], &new[prefix..new.len() - suffix]);
    let lines: (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    if lines.0.len().max(lines.1.len()) > MAX_TOKENS {
        return vec![edit_of(old, new, base)];
    }
    edits_of(&lines.0, &lines.1, base, &|old, new, at| {
        let (prefix, suffix) = common_ends(old, new);
        let at = at + units_of(&old[..prefix]);
        let (old, new) = (&old[prefix..old.len() - suffix], &new[prefix..new.len() - suffix]);
        let words = (words_of(old), words_of(new));
        if words.0.len().max(words.1.len()) > MAX_TOKENS {
            return vec![edit_of(old, new, at)];
        }
        edits_of(&words.0, &words.1, at, &|old, new, at| vec![edit_of(old, new, at)])
    })
}

/// Measures the whole lines that both texts begin and end with.
fn common_lines(old: &str, new: &str) -> (usize, usize) {
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let prefix = old.as_bytes()[..same].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let (old, new) = (&old.as_bytes()[prefix..], &new.as_bytes()[prefix..]);
    let same = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    // A line begins at the common end when a line feed stands before it in both texts.
    let begins = |text: &[u8], suffix: usize| text.len() == suffix || text[text.len() - suffix - 1] == b'\n';
    let suffix = (0..=same).rev().find(|suffix| begins(old, *suffix) && begins(new, *suffix)).unwrap_or(0);
    (prefix, suffix)
}

/// Measures what both texts begin and end with: whole words, unless something was only inserted or deleted inside a word.
fn common_ends(old: &str, new: &str) -> (usize, usize) {
    let is_edge = |text: &str, at: usize| {
        let sorts = (text[..at].chars().next_back().map(sort_of), text[at..].chars().next().map(sort_of));
        !matches!(sorts, (Some(a), Some(b)) if a == b && a != 0)
    };
    let words = common_cut(old, new, is_edge);
    let characters = common_cut(old, new, |_, _| true);
    let is_one_sided = |(prefix, suffix)| old.len().min(new.len()) == prefix + suffix;
    if is_one_sided(characters) && !is_one_sided(words) { characters } else { words }
}

/// Measures what both texts begin and end with, cut between characters where `may_cut` allows it in both.
fn common_cut(old: &str, new: &str, may_cut: impl Fn(&str, usize) -> bool) -> (usize, usize) {
    let cuts = |text: &str, at: usize| text.is_char_boundary(at) && may_cut(text, at);
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let prefix = (0..=same).rev().find(|at| cuts(old, *at) && cuts(new, *at)).unwrap_or(0);
    let (old_rest, new_rest) = (&old.as_bytes()[prefix..], &new.as_bytes()[prefix..]);
    let same = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let is_common = |len: &usize| cuts(old, old.len() - len) && cuts(new, new.len() - len);
    (prefix, (0..=same).rev().find(is_common).unwrap_or(0))
}

/// Replaces what differs as one stretch.
fn edit_of(old: &str, new: &str, base: u32) -> Edit {
    let (prefix, suffix) = common_ends(old, new);
    Edit {
        at: base + units_of(&old[..prefix]),
        delete: units_of(&old[prefix..old.len() - suffix]),
        insert: new[prefix..new.len() - suffix].to_owned(),
    }
}

fn sort_of(c: char) -> u8 {
    match c {
        c if c.is_alphanumeric() => 1,
        ' ' | '\t' => 2,
        _ => 0,
    }
}

/// Cuts a text into words, runs of spaces and single other signs.
fn words_of(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let sort = sort_of(c);
        if at > start && (sort != last || sort == 0) {
            words.push(&text[start..at]);
            start = at;
        }
        last = sort;
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

/// Compares piece by piece; what was replaced is looked at more closely.
fn edits_of(
    old: &[&str],
    new: &[&str],
    base: u32,
    closer: &dyn Fn(&str, &str, u32) -> Vec<Edit>,
) -> Vec<Edit> {
    let mut offsets = Vec::with_capacity(old.len() + 1);
    let mut at = base;
    for piece in old {
        offsets.push(at);
        at += units_of(piece);
    }
    offsets.push(at);
    let mut edits = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (from, to) = (op.old_range(), op.new_range());
        let at = offsets[from.start];
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Replace { .. } => edits.extend(closer(&old[from].concat(), &new[to].concat(), at)),
            DiffOp::Delete { .. } | DiffOp::Insert { .. } => {
                edits.push(Edit { at, delete: offsets[from.end] - at, insert: new[to].concat() });
            }
        }
    }
    edits
}
