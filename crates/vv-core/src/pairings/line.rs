//! Who is above whom at work: what the person says of their own line, and what it means for their pairings.
//!
//! All of it stays in the journal. Each of two people looks at their own line on their own computer, so nobody learns another's;
//! it is looked at whenever a pairing is shown, so an edit is never missed. Blocking is for beginnings: a pairing that exists is
//! not taken away, the two pause and decide.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::error::PairingError;
use super::home::{home_of, read_side};
use super::kinds::{LineRelation, LineRule, PairingKind};
use super::model::{Home, Line, LineFinding, NewLine};
use super::record::{side, standing};
use super::table;
use crate::day;
use crate::ids::{LineId, PairingId, PersonId};
use crate::people::Directory;
use crate::spaces::{self, MemberId, Role};
use crate::store::op::{Change, Kind, Object, ObjectId, Op, Value};
use crate::store::{Reader, Tx};
use crate::words::some_line;

/// Names the object that holds how the person stands at work; there is one in a journal.
pub(crate) fn standing_object() -> ObjectId {
    *vv_protocol::hash("standing-object/v1", &[]).first_chunk().expect("a hash has more than sixteen bytes")
}

/// Commits operations on that object, which is made with the first.
pub(super) fn commit_standing(tx: &mut Tx, ops: Vec<Op>) -> Result<(), PairingError> {
    if ops.is_empty() {
        return Ok(());
    }
    let object = standing_object();
    let mut all = Vec::new();
    if tx.object(&object)?.is_none() {
        all.push(Op::Create { kind: Kind::Standing });
    }
    all.extend(ops);
    tx.commit(Change { object, ops: all })?;
    Ok(())
}

/// Reads the line as its object has it. Of two writings of one entry the later stands; one that was taken out stays out.
pub(crate) fn lines_of(object: &Object) -> Vec<Line> {
    let gone: Vec<ObjectId> = object.elements(standing::LINE_GONE).iter().filter_map(Value::as_id).collect();
    let mut latest: BTreeMap<LineId, (i64, &Value, Line)> = BTreeMap::new();
    for value in object.elements(standing::LINE) {
        let Some((line, at_ms)) = line_of(value) else { continue };
        let is_newer = latest.get(&line.id).is_none_or(|(at, before, _)| (*at, *before) < (at_ms, value));
        if is_newer && !gone.contains(line.id.as_bytes()) {
            latest.insert(line.id, (at_ms, value, line));
        }
    }
    latest.into_values().map(|(_, _, line)| line).collect()
}

fn line_of(value: &Value) -> Option<(Line, i64)> {
    let [id, relation, person, account, name, since, until, at_ms] = value.as_list()? else { return None };
    let line = Line {
        id: LineId::from_bytes(id.as_id()?),
        person: person.as_id().map(PersonId::from_bytes),
        account: account.as_bytes().and_then(|bytes| bytes.try_into().ok()).map(MemberId),
        name: name.as_text()?.to_owned(),
        relation: LineRelation::of_number(relation.as_int()?),
        since: day::of_value(Some(since)),
        until: day::of_value(Some(until)),
    };
    Some((line, at_ms.as_int()?))
}

fn value_of(line: &Line, at_ms: i64) -> Value {
    Value::List(vec![
        Value::Bytes(line.id.as_bytes().to_vec()),
        Value::Int(line.relation.number()),
        line.person.map_or(Value::Null, |person| Value::Bytes(person.as_bytes().to_vec())),
        line.account.map_or(Value::Null, |account| Value::Bytes(account.0.to_vec())),
        line.name.as_str().into(),
        day::value(line.since),
        day::value(line.until),
        Value::Int(at_ms),
    ])
}

/// Says that somebody is above or below the person at work, or something else about somebody who is; gives the pairings that this
/// touches, each with what follows.
pub fn save_line(
    tx: &mut Tx,
    id: Option<LineId>,
    new: NewLine,
) -> Result<(LineId, Vec<(PairingId, LineFinding)>), PairingError> {
    let name = some_line(&new.name, "name", "write the name; everything else can stay empty")?;
    let id = id.unwrap_or_else(|| tx.make_id());
    let NewLine { person, account, relation, since, until, .. } = new;
    let line = Line {
        id,
        person,
        account,
        name,
        relation,
        since: since.map(|on| day::check(on, "since")).transpose()?,
        until: until.map(|on| day::check(on, "until")).transpose()?,
    };
    let before = list_line(tx)?;
    if !before.contains(&line) {
        let value = value_of(&line, tx.now().timestamp_millis());
        commit_standing(tx, vec![Op::Add { field: standing::LINE, element: value }])?;
    }
    Ok((id, touched_by(tx, id)?))
}

/// Takes somebody out of the line.
pub fn remove_line(tx: &mut Tx, id: LineId) -> Result<(), PairingError> {
    if list_line(tx)?.iter().any(|line| line.id == id) {
        let element = Value::Bytes(id.as_bytes().to_vec());
        commit_standing(tx, vec![Op::Add { field: standing::LINE_GONE, element }])?;
    }
    Ok(())
}

/// Lists the person's line at work, in order of names.
pub fn list_line(reader: &Reader) -> Result<Vec<Line>, PairingError> {
    let mut lines = table::lines(reader.sql())?;
    lines.sort_by_cached_key(|line| (line.name.to_lowercase(), line.id));
    Ok(lines)
}

/// Notes that the person looked at what somebody in their line means for a pairing, and decided.
pub fn decide_line(tx: &mut Tx, pairing: PairingId, line: LineId) -> Result<(), PairingError> {
    read_side(tx, pairing)?;
    let element = Value::List(vec![Value::Bytes(line.as_bytes().to_vec()), day::value(Some(day::today(tx)))]);
    let ops = vec![Op::Add { field: side::LINE_DECISIONS, element }];
    tx.commit(Change { object: *pairing.as_bytes(), ops })?;
    Ok(())
}

/// Is somebody whom a line may name: by person, by account, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Somebody {
    pub(crate) person: Option<PersonId>,
    pub(crate) account: Option<MemberId>,
    pub(crate) names: Vec<String>,
}

/// Finds the entries of the line that name somebody and hold on a day. People that turned out to be one are one; a name counts
/// where neither person nor account tells them apart.
pub(crate) fn entries_about(lines: &[Line], known: &Directory, who: &Somebody, on: NaiveDate) -> Vec<Line> {
    let root = |person: PersonId| known.root(person).unwrap_or(person);
    let is_about = |line: &&Line| {
        let holds = line.since.is_none_or(|since| since <= on) && line.until.is_none_or(|until| on <= until);
        let same = match (line.account, who.account, line.person, who.person) {
            (Some(a), Some(b), _, _) => a == b,
            (_, _, Some(a), Some(b)) => root(a) == root(b),
            _ => who.names.iter().any(|name| same_name(name, &line.name)),
        };
        holds && same
    };
    lines.iter().filter(is_about).cloned().collect()
}

fn same_name(a: &str, b: &str) -> bool {
    let fold = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let (a, b) = (fold(a), fold(b));
    !a.is_empty() && a == b
}

/// Finds what the line says about somebody for a kind of pairing: all that weighs, the heaviest first.
pub(crate) fn weigh(
    reader: &Reader,
    kind: PairingKind,
    who: &Somebody,
    is_facilitator: bool,
    decided: &BTreeMap<LineId, NaiveDate>,
) -> Result<Vec<LineFinding>, PairingError> {
    let lines = list_line(reader)?;
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let known = Directory::read(reader.sql())?;
    let mut found: Vec<LineFinding> = entries_about(&lines, &known, who, day::today(reader))
        .into_iter()
        .map(|line| LineFinding {
            line: line.id,
            name: line.name,
            relation: line.relation,
            since: line.since,
            is_facilitator,
            // A facilitator is outside both lines, whatever the pairing.
            rule: if is_facilitator { LineRule::Block } else { kind.line_rule(line.relation) },
            decided_on: decided.get(&line.id).copied(),
        })
        .filter(|finding| finding.rule != LineRule::Fine)
        .collect();
    found.sort_by_key(|finding| (std::cmp::Reverse(finding.rule), finding.line));
    Ok(found)
}

/// Looks whether a pairing may begin between the person and somebody.
pub(crate) fn check_beginning(
    reader: &Reader,
    kind: PairingKind,
    who: &Somebody,
) -> Result<(), PairingError> {
    let findings = weigh(reader, kind, who, false, &BTreeMap::new())?;
    match findings.into_iter().find(|finding| finding.rule == LineRule::Block) {
        Some(finding) => Err(PairingError::InLine(finding.relation)),
        None => Ok(()),
    }
}

/// Looks what the line says about whoever is in a pairing, facilitators included.
pub fn line_findings(reader: &Reader, id: PairingId) -> Result<Vec<LineFinding>, PairingError> {
    let home = home_of(reader, id)?;
    let kind = super::charter::read(reader, home)?.kind;
    let decided = table::line_decisions(reader.sql(), id)?;
    let mut found = Vec::new();
    for (who, is_facilitator) in others_of(reader, id, home)? {
        found.extend(weigh(reader, kind, &who, is_facilitator, &decided)?);
    }
    Ok(found)
}

/// Lists the others in a pairing: the other of the two, then the facilitators.
fn others_of(reader: &Reader, id: PairingId, home: Home) -> Result<Vec<(Somebody, bool)>, PairingError> {
    let object = read_side(reader, id)?;
    let person = object.id(side::PERSON).map(PersonId::from_bytes);
    let mut other = Somebody { person, account: None, names: vec![object.text(side::NAME).to_owned()] };
    let mut facilitators = Vec::new();
    if let Home::Shared(space) = home {
        for member in spaces::get_space(reader, space)?.members.into_iter().filter(|member| !member.is_me) {
            match member.role {
                Role::Facilitator => facilitators.push((
                    Somebody { person: None, account: Some(member.id), names: vec![member.name] },
                    true,
                )),
                _ => {
                    other.account = Some(member.id);
                    other.names.push(member.name);
                }
            }
        }
    }
    Ok([(other, false)].into_iter().chain(facilitators).collect())
}

/// Lists the pairings that have not ended and that an entry of the line touches.
fn touched_by(reader: &Reader, line: LineId) -> Result<Vec<(PairingId, LineFinding)>, PairingError> {
    let mut found = Vec::new();
    for id in super::begin::open_pairings(reader)? {
        let own = line_findings(reader, id)?.into_iter().filter(|finding| finding.line == line);
        found.extend(own.map(|finding| (id, finding)));
    }
    Ok(found)
}
