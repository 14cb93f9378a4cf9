//! The identities of things: newtypes over UUIDv7, so that one kind of id is never taken for another.
//!
//! An id is made through the `Ids` port and never carries meaning beyond "this one".

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Says that a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id: an id is 32 hexadecimal digits with or without hyphens")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes the 16 bytes of an id as they stand in a record.
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// Gives the 16 bytes of the id as they stand in a record.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::parse_str(text).map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

id!(
    /// Names an entry of the journal; the id of its object in the log.
    EntryId
);
id!(
    /// Names a file attached to an entry: one blob with its name, type and key.
    AttachmentId
);
id!(
    /// Names a guide of the person's own; the id of its object in the log.
    GuideId
);
id!(
    /// Names one run of a guide; the id of its object in the log.
    RunId
);
id!(
    /// Names a template; the id of its object in the log.
    TemplateId
);
id!(
    /// Names one editing session: what one editor shows of one entry.
    SessionId
);
id!(
    /// Names a recording that has not become a file yet.
    RecordingId
);
id!(
    /// Names a loop: something that is being learned.
    LoopId
);
id!(
    /// Names one thing that fills a part of a loop.
    FillingId
);
id!(
    /// Names a goal.
    GoalId
);
id!(
    /// Names a point of progress in a goal, or an honest skip.
    PointId
);
id!(
    /// Names somebody whom entries name; the id of their object in the log.
    PersonId
);
id!(
    /// Names a note that somebody helped.
    HelpedId
);
id!(
    /// Names an intention: something to be done by a day.
    IntentionId
);
id!(
    /// Names a pairing: the id of the person's own side of it.
    PairingId
);
id!(
    /// Names one hour of a pairing.
    PairSessionId
);
id!(
    /// Names a promise.
    PromiseId
);
id!(
    /// Names a goal of a pairing, which both see.
    PairGoalId
);
id!(
    /// Names an agreement as it was put forward.
    AgreementId
);
id!(
    /// Names something that is handed over.
    ResponsibilityId
);
id!(
    /// Names a relation at work: somebody above or below, and of which kind.
    LineId
);
id!(
    /// Names a meeting: a guide that two people run in their pairing.
    MeetingId
);
id!(
    /// Names an excerpt, as a draft or as it stands in a pairing.
    ExcerptId
);
id!(
    /// Names a thanks note.
    ThanksId
);
