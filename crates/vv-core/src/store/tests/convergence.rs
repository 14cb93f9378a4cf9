//! Two copies that write apart and exchange their records in any order come to the same state.

use proptest::prelude::*;

use super::records::second_life;
use super::*;
use crate::fuzzing::histories;
use crate::store::log;
use crate::store::take_in::Chain;

#[derive(Debug, Clone)]
pub(crate) enum Act {
    Make(u8),
    Title(u8, String),
    Tag(u8, u8),
    Untag(u8, u8),
    Text(u8, String),
    Erase(u8),
    /// Takes over up to this many records of the other.
    Take(u8),
    /// Sets the clock on or back.
    Clock(i64),
}

pub(crate) fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (0..3u8).prop_map(Act::Make),
        3 => (0..3u8, "[a-z]{0,6}").prop_map(|(thing, title)| Act::Title(thing, title)),
        3 => (0..3u8, 0..3u8).prop_map(|(thing, tag)| Act::Tag(thing, tag)),
        2 => (0..3u8, 0..3u8).prop_map(|(thing, tag)| Act::Untag(thing, tag)),
        5 => (0..3u8, "[a-c \n😀ü]{0,24}").prop_map(|(thing, text)| Act::Text(thing, text)),
        1 => (0..3u8).prop_map(Act::Erase),
        4 => (1..6u8).prop_map(Act::Take),
        1 => (-90_000_000i64..90_000_000).prop_map(Act::Clock),
    ]
}

pub(super) fn id(thing: u8) -> [u8; 16] {
    [thing + 10; 16]
}

/// Does something; what is refused (nothing there, erased) is refused.
pub(crate) fn perform(notebook: &Notebook, act: &Act) {
    let done: Result<(), StoreError> = notebook.write(|tx| {
        let is_there = |tx: &Tx, thing: u8| -> Result<bool, StoreError> {
            Ok(tx.object(&id(thing))?.is_some_and(|object| !object.erased && object.kind != 0))
        };
        match act {
            Act::Make(thing) if tx.object(&id(*thing))?.is_none() => {
                make_thing(tx, id(*thing), "new", "begin ")
            }
            Act::Title(thing, title) if is_there(tx, *thing)? => set_title(tx, id(*thing), title),
            Act::Tag(thing, tag) if is_there(tx, *thing)? => {
                let ops = vec![Op::Add { field: TAGS, element: Value::Int(i64::from(*tag)) }];
                tx.commit(Change { object: id(*thing), ops }).map(|_| ())
            }
            Act::Untag(thing, tag) if is_there(tx, *thing)? => {
                let ops = vec![Op::Remove { field: TAGS, element: Value::Int(i64::from(*tag)) }];
                tx.commit(Change { object: id(*thing), ops }).map(|_| ())
            }
            Act::Text(thing, text) if is_there(tx, *thing)? => write_text(tx, id(*thing), text),
            Act::Erase(thing) if is_there(tx, *thing)? => tx.erase(&id(*thing)),
            _ => Ok(()),
        }
    });
    done.unwrap();
}

/// Takes over records of the other's present feed, in their order.
pub(crate) fn take(from: &Notebook, into: &Notebook, limit: usize) {
    let mut left = limit;
    for row in from.read(|reader| log::records_after(reader.sql(), 0, 100_000)).unwrap() {
        if left == 0 {
            break;
        }
        let taken = if row.state == log::RecordState::Stub {
            into.write(|tx| tx.take_in_stub(&row.raw, row.kind, &row.object, row.hlc, Chain::Whole))
        } else {
            into.write(|tx| tx.take_in(&row.raw, Chain::Whole))
        };
        if taken.unwrap() == crate::store::take_in::Taken::New {
            left -= 1;
        }
    }
}

/// Writes down everything that was merged, without the numbers that each copy gives on its own.
fn dump(notebook: &Notebook) -> Vec<String> {
    notebook
        .read(|reader| {
            let mut lines = Vec::new();
            for thing in 0..3 {
                if let Some(object) = reader.object(&id(thing))? {
                    let text = reader.doc(&id(thing), TEXT)?.map(|doc| doc.text);
                    lines.push(format!("{object:?} {text:?}"));
                }
            }
            Ok::<_, StoreError>(lines)
        })
        .unwrap()
}

proptest! {
    #![proptest_config(histories(24))]

    #[test]
    fn copies_that_wrote_apart_agree_whatever_the_order(
        acts in proptest::collection::vec((any::<bool>(), act()), 1..40),
    ) {
        let profile = Profile::new();
        let a = profile.create();
        let b = second_life(&profile);
        for (on_a, act) in &acts {
            let (here, there) = if *on_a { (&a, &b) } else { (&b, &a) };
            match act {
                Act::Take(count) => take(there, here, usize::from(*count)),
                Act::Clock(seconds) => profile.host.clock.advance(chrono::TimeDelta::milliseconds(*seconds)),
                act => perform(here, act),
            }
        }
        take(&a, &b, usize::MAX);
        take(&b, &a, usize::MAX);
        prop_assert_eq!(dump(&a), dump(&b));
        for notebook in [&a, &b] {
            prop_assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
        }
    }
}
