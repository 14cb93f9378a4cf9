//! Sync: how the spaces of a notebook travel through folders and servers that can read nothing.
//!
//! A round with a place reads what is new there, proves it, takes it in, and sends what is new here. It only ever adds: nothing in
//! the notebook is removed because something at a place is missing. What a place does that an honest one cannot do becomes an
//! alarm, and the place is paused until a person has decided.
//!
//! `server.rs` is a round with a server (`pull.rs`, `push.rs`, `quiet.rs`), `folder/` one with a folder; `chunks.rs` carries files,
//! `chain.rs` keeps what proves that a server shows everybody the same, `places.rs` are a person's acts. The network itself is a
//! port, `ports/remote.rs`. `beacon.rs` is how somebody comes back who has nothing but the recovery kit.

mod apply;
mod batches;
mod beacon;
mod chain;
mod chunks;
mod claims;
mod copies;
mod error;
mod folder;
mod looking;
mod model;
mod notices;
mod places;
mod pull;
mod push;
mod quiet;
mod server;
mod sharing;
mod spaces;
mod table;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod wiping;

pub use beacon::{
    WayBack, find_way_back_at_server, find_way_back_in_folder, leave_beacon_at_server, leave_beacon_in_folder,
};
pub(crate) use claims::quote;
pub use error::SyncError;
pub use folder::{FolderHoldings, FolderMailbox, sync_with_folder};
pub use looking::{
    Heard, Refused, SpaceLook, free_room, look_at_folder, look_at_space, name_of_space, refused,
};
pub use model::{
    Address, Alarm, AlarmKind, Answer, Pause, Place, PlaceId, Progress, Round, SpaceProgress, Unwatched,
    Watch,
};
pub use notices::clock_ahead;
pub use places::{
    add_place, answer_alarm, leave_place, list_places, listening, open_alarms, pause_place, space_progress,
};
pub use server::{open_at_server, sync_with_server};
pub(crate) use wiping::note_chunks;
