//! How what is known of a voice note stands in the record of its file: field numbers of the kind Attachment.
//!
//! A mark is an element of a set: milliseconds, then its name. Giving it another name takes the element out and adds one, so
//! that marks made on two devices are all kept.

use std::collections::BTreeMap;

use super::model::{Mark, Voice};
use crate::store::op::{Object, Op, Value};

/// Number: milliseconds. A file that has it is a voice note.
pub(crate) const DURATION: u32 = 9;
/// Bytes: the peaks.
pub(crate) const PEAKS: u32 = 10;
/// Set of lists: milliseconds, name.
pub(crate) const MARKS: u32 = 11;
/// Yes or no; absent means no.
pub(crate) const CUT_SHORT: u32 = 12;

/// Gives the operations that make a file a voice note.
pub(crate) fn ops(voice: &Voice) -> Vec<Op> {
    let mut ops = vec![
        Op::Set { field: DURATION, value: Value::Int(i64::try_from(voice.duration_ms).unwrap_or(i64::MAX)) },
        Op::Set { field: PEAKS, value: Value::Bytes(voice.peaks.clone()) },
    ];
    if voice.cut_short {
        ops.push(Op::Set { field: CUT_SHORT, value: Value::Bool(true) });
    }
    ops.extend(voice.marks.iter().map(|mark| Op::Add { field: MARKS, element: element(mark) }));
    ops
}

/// Writes a mark as an element.
pub(super) fn element(mark: &Mark) -> Value {
    let at = Value::Int(i64::try_from(mark.at_ms).unwrap_or(i64::MAX));
    Value::List(vec![at, mark.name.as_str().into()])
}

fn mark_of(element: &Value) -> Option<Mark> {
    let [at, name, ..] = element.as_list()? else { return None };
    Some(Mark { at_ms: u64::try_from(at.as_int()?).ok()?, name: name.as_text()?.to_owned() })
}

/// Lists the elements that stand for the mark of one moment; two devices may have named it in two ways.
pub(super) fn elements_at(object: &Object, at_ms: u64) -> Vec<Value> {
    let is_there = |element: &&Value| mark_of(element).is_some_and(|mark| mark.at_ms == at_ms);
    object.elements(MARKS).iter().filter(is_there).cloned().collect()
}

/// Reads what is known of a voice note; none for any other file.
pub(crate) fn voice_of(object: &Object) -> Option<Voice> {
    let duration_ms = u64::try_from(object.int(DURATION)?).ok()?;
    let peaks = object.fields.get(&PEAKS).and_then(Value::as_bytes).unwrap_or_default().to_vec();
    // Of two names of one moment the later in order of spelling is shown: a name before no name.
    let marks: BTreeMap<u64, String> =
        object.elements(MARKS).iter().filter_map(mark_of).map(|mark| (mark.at_ms, mark.name)).collect();
    Some(Voice {
        duration_ms,
        peaks,
        marks: marks.into_iter().map(|(at_ms, name)| Mark { at_ms, name }).collect(),
        cut_short: object.fields.get(&CUT_SHORT).and_then(Value::as_bool).unwrap_or(false),
    })
}
