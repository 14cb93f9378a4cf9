//! From objects to tables: each feature projects the objects of its kinds, and it alone writes its tables.

use super::error::StoreError;
use super::op::{Kind, Object};
use super::topics::Topic;
use super::tx::Tx;
use crate::{
    goals, guides, helped, intentions, journal, loops, meetings, pairings, past, people, spaces, templates,
};

/// Hands an object to the feature its kind belongs to; a kind nobody knows is kept as it is.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    match Kind(object.kind) {
        Kind::Entry | Kind::Attachment => journal::project(tx, object),
        Kind::GuideRun | Kind::Guide => guides::project(tx, object),
        Kind::Profile | Kind::Device => {
            tx.publish(Topic::Notebook);
            Ok(())
        }
        Kind::Loop => loops::project(tx, object),
        Kind::Goal => goals::project(tx, object),
        Kind::Keepsake => past::project(tx, object),
        Kind::Intention => intentions::project(tx, object),
        Kind::Template => templates::project(tx, object),
        Kind::Person => people::project(tx, object),
        Kind::Helped => helped::project(tx, object),
        Kind::Space => spaces::project(tx, object),
        Kind::Pairing
        | Kind::Charter
        | Kind::AgreementDraft
        | Kind::PairSession
        | Kind::Promise
        | Kind::PairGoal
        | Kind::Responsibility
        | Kind::Agreement
        | Kind::Preparation
        | Kind::Standing => pairings::project(tx, object),
        Kind::Meeting
        | Kind::MeetingOwn
        | Kind::SealedOwn
        | Kind::Excerpt
        | Kind::ExcerptOwn
        | Kind::Thanks
        | Kind::ThanksKept => meetings::project(tx, object),
        _ => Ok(()),
    }
}

/// Hands an object of a pairing's space on. What stands there never reaches the tables of the journal, and no table shows it
/// without saying from which space it is.
pub(crate) fn project_in_pairing(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    match Kind(object.kind) {
        Kind::Charter
        | Kind::AgreementDraft
        | Kind::PairSession
        | Kind::Promise
        | Kind::PairGoal
        | Kind::Responsibility
        | Kind::Agreement => pairings::project(tx, object),
        Kind::Meeting | Kind::Sealed | Kind::FeedbackReply | Kind::Excerpt | Kind::Thanks => {
            meetings::project(tx, object)
        }
        _ => Ok(()),
    }
}
