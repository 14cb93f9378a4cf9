//! What stands in the journal about something of a home: which home it is.
//!
//! Objects in a home are written through `pairings::home`. Here is the other half: private answers, secrets of sealed ones,
//! drafts. They name the home; nothing in the home names them.

use vv_protocol::CONTENT_STREAM;

use crate::ids::PairingId;
use crate::pairings::{Home, PairingError};
use crate::spaces::{self, SpaceId};
use crate::store::op::{Object, ObjectId, Op, Value};
use crate::store::{Reader, Tx};

/// Bytes, in objects of the journal: the id of the space, or of the pairing while it is tracked alone.
pub(crate) const HOME: u32 = 101;
/// Yes or no, in objects of the journal: whether that is a space.
pub(crate) const IS_SHARED: u32 = 102;

impl Home {
    /// Derives the id of an object of a home, of which there is one for something.
    pub(crate) fn derive_of(&self, context: &str, of: &[u8]) -> ObjectId {
        *vv_protocol::hash(context, &[&self.key(), of])
            .first_chunk()
            .expect("a hash has more than sixteen bytes")
    }
}

/// Gives the operations by which an object of the journal names a home.
pub(crate) fn home_ops(home: Home) -> [Op; 2] {
    [
        Op::Set { field: HOME, value: Value::Bytes(home.key().to_vec()) },
        Op::Set { field: IS_SHARED, value: Value::Bool(matches!(home, Home::Shared(_))) },
    ]
}

/// Reads which home an object of the journal names; none when it is not on this device.
pub(crate) fn home_in(reader: &Reader, object: &Object) -> Option<Home> {
    let key = object.id(HOME)?;
    match object.fields.get(&IS_SHARED).and_then(Value::as_bool) {
        Some(true) => reader.core().keyring.space(&key).map(|_| Home::Shared(SpaceId(key))),
        _ => Some(Home::Alone(PairingId::from_bytes(key))),
    }
}

/// Derives the id of an object that is one person's: only what they write in it, with the bytes of which its name is made, is what it
/// says. Nobody else puts anything in its place.
pub(crate) fn owned_id(home: Home, context: &str, account: &[u8; 32], nonce: &[u8; 16]) -> ObjectId {
    home.derive_of(context, &[account.as_slice(), nonce].concat())
}

/// Deletes an object of a home for good.
pub(crate) fn erase_in(tx: &mut Tx, home: Home, id: &ObjectId) -> Result<(), PairingError> {
    match home {
        Home::Alone(_) => Ok(tx.erase(id)?),
        Home::Shared(space) => {
            spaces::ready_to_write(tx, space)?;
            Ok(tx.in_stream(&space.0, CONTENT_STREAM, |tx| tx.erase(id))?)
        }
    }
}
