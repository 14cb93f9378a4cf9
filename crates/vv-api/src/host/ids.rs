//! Ids that begin with the time and end in chance.

use uuid::Uuid;
use vv_core::ports::Ids;

/// Makes UUIDv7 from the clock and the randomness of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn make_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
