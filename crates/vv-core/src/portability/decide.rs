//! Decides what a draft is in this notebook: new, here already, changed there, or changed on both sides.

use std::collections::HashMap;
use std::collections::HashSet;

use super::draft::{Draft, Key};
use super::error::PortabilityError;
use super::state::{is_changed_here, source_mark};
use super::write::OWN_APP;
use crate::ids::EntryId;
use crate::journal::text::normal_lines;
use crate::journal::{JournalError, find_by_source, get_entry};
use crate::store::{Kind, Reader};

/// How many entries may share what stands for an id.
const MOST_BESIDE: u32 = 1_000;

/// Says what a draft is in this notebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It is not here yet.
    Add(Addition),
    /// It is here and its source is the same as last time.
    Unchanged,
    /// It is here, and its source changed since.
    Update(EntryId),
    /// It is here and was never imported, and reads differently.
    Differs,
    /// It stands twice in what is imported, word for word.
    Twice,
}

/// Says how a draft is added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Addition {
    /// Its own id, where it can be used.
    pub(crate) id: Option<EntryId>,
    /// The source it is kept under, when that is not simply its own.
    pub(crate) source: Option<(String, String)>,
    /// Whether it changed here too, so that it comes to stand beside what is here.
    pub(crate) beside: bool,
}

/// Remembers which sources were met in this import, and as what.
#[derive(Default)]
pub(crate) struct Claims(HashMap<[u8; 32], [u8; 32]>);

impl Claims {
    fn key(app: &str, id: &str) -> [u8; 32] {
        let mut mark = super::draft::Mark::default();
        mark.take(app).take(id);
        mark.end()
    }

    fn of(&self, app: &str, id: &str) -> Option<&[u8; 32]> {
        self.0.get(&Self::key(app, id))
    }

    fn claim(&mut self, app: &str, id: &str, mark: [u8; 32]) {
        self.0.insert(Self::key(app, id), mark);
    }
}

/// Decides what a draft is in this notebook. Texts are looked at only where a source changed, or none is known.
pub(crate) fn decide(
    reader: &Reader<'_>,
    draft: &Draft,
    claims: &mut Claims,
) -> Result<Decision, PortabilityError> {
    match &draft.key {
        Key::Own(id) => decide_own(reader, draft, *id, claims),
        Key::Foreign { app, id } => decide_foreign(reader, draft, app, id, false, claims),
        Key::Vague { app, id } => decide_foreign(reader, draft, app, id, true, claims),
    }
}

fn decide_own(
    reader: &Reader<'_>,
    draft: &Draft,
    own: EntryId,
    claims: &mut Claims,
) -> Result<Decision, PortabilityError> {
    let name = own.to_string();
    if claims.of(OWN_APP, &name) == Some(&draft.mark) {
        return Ok(Decision::Twice);
    }
    let (found, deleted) = find(reader, &draft.key)?;
    let Some(id) = found else {
        claims.claim(OWN_APP, &name, draft.mark);
        // Its own id stands in the log as deleted; under this source the next import finds it.
        let source = deleted.then(|| (OWN_APP.to_owned(), name));
        return Ok(Decision::Add(Addition { id: Some(own).filter(|_| !deleted), source, beside: false }));
    };
    claims.claim(OWN_APP, &name, draft.mark);
    let object = reader.object(id.as_bytes())?.ok_or(JournalError::NoEntry)?;
    match source_mark(&object) {
        Some(mark) if mark == draft.mark => Ok(Decision::Unchanged),
        Some(_) if is_changed_here(reader, id, &object)? => {
            let beside = format!("{name} ~2");
            Ok(match decide_foreign(reader, draft, OWN_APP, &beside, false, claims)? {
                Decision::Add(Addition { source, .. }) => Decision::Add(Addition {
                    id: None,
                    source: source.or(Some((OWN_APP.to_owned(), beside))),
                    beside: true,
                }),
                other => other,
            })
        }
        Some(_) => Ok(Decision::Update(id)),
        None if reads_the_same(reader, id, draft)? => Ok(Decision::Unchanged),
        None => Ok(Decision::Differs),
    }
}

fn decide_foreign(
    reader: &Reader<'_>,
    draft: &Draft,
    app: &str,
    id: &str,
    vague: bool,
    claims: &mut Claims,
) -> Result<Decision, PortabilityError> {
    let mut beside = false;
    for number in 1..=MOST_BESIDE {
        let name = if number == 1 { id.to_owned() } else { format!("{id} ~{number}") };
        if let Some(mark) = claims.of(app, &name) {
            if !vague && mark == &draft.mark {
                return Ok(Decision::Twice);
            }
            continue;
        }
        let Some(found) = find_by_source(reader, app, &name)? else {
            claims.claim(app, &name, draft.mark);
            let source = (number > 1).then(|| (app.to_owned(), name));
            return Ok(Decision::Add(Addition { id: None, source, beside }));
        };
        let object = reader.object(found.as_bytes())?.ok_or(JournalError::NoEntry)?;
        if source_mark(&object).is_some_and(|mark| mark == draft.mark) {
            claims.claim(app, &name, draft.mark);
            return Ok(Decision::Unchanged);
        }
        if vague && !resembles(reader, found, draft)? {
            continue;
        }
        if is_changed_here(reader, found, &object)? {
            beside = true;
            continue;
        }
        claims.claim(app, &name, draft.mark);
        return Ok(Decision::Update(found));
    }
    Ok(Decision::Differs)
}

/// Finds the entry of a key, and tells whether its own id was deleted for good here.
pub(crate) fn find(reader: &Reader<'_>, key: &Key) -> Result<(Option<EntryId>, bool), PortabilityError> {
    match key {
        Key::Foreign { app, id } | Key::Vague { app, id } => Ok((find_by_source(reader, app, id)?, false)),
        Key::Own(id) => match reader.object(id.as_bytes())? {
            None => Ok((None, false)),
            Some(object) if !object.erased && object.kind == Kind::Entry.0 => Ok((Some(*id), false)),
            Some(_) => Ok((find_by_source(reader, OWN_APP, &id.to_string())?, true)),
        },
    }
}

fn reads_the_same(reader: &Reader<'_>, id: EntryId, draft: &Draft) -> Result<bool, PortabilityError> {
    let here = get_entry(reader, id)?;
    let on = draft.on.unwrap_or_else(|| draft.written.local_at().date());
    let mut tags: Vec<String> = draft.tags.iter().map(|tag| tag.to_lowercase()).collect();
    let mut tags_here: Vec<String> = here.tags.iter().map(|tag| tag.to_lowercase()).collect();
    tags.sort();
    tags_here.sort();
    Ok(here.title.trim() == draft.title.trim()
        && here.text == normal_lines(&draft.text)
        && here.on == on
        && here.at == draft.written.instant()
        && here.starred == draft.starred
        && tags == tags_here)
}

/// Tells whether a draft is another state of an entry and not another entry of the same minute or day: it bears the same title,
/// or at least half of the lines of the shorter one stand in the other.
fn resembles(reader: &Reader<'_>, id: EntryId, draft: &Draft) -> Result<bool, PortabilityError> {
    let here = get_entry(reader, id)?;
    if !here.title.trim().is_empty() && here.title.trim() == draft.title.trim() {
        return Ok(true);
    }
    let lines = |text: &str| -> HashSet<String> {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let (here, there) = (lines(&here.text), lines(&draft.text));
    let shorter = here.len().min(there.len());
    Ok(shorter > 0 && here.intersection(&there).count() * 2 >= shorter)
}
