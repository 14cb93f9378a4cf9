//! Lanes: pushes to one stream that come together go into one transaction.
//!
//! While one transaction of a stream runs, the pushes that arrive for it wait in its lane, and the next transaction takes
//! them all. A stream that nobody else writes to waits for nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tokio::sync::oneshot;
use vv_protocol::wire::PushAnswer;

use super::records;
use crate::store::postgres::Core;
use crate::store::{Outcome, Push, SpaceId, StoreError};

/// Most records that one transaction takes in.
const TOGETHER: usize = 4_000;

struct Waiting {
    push: Push,
    answer: oneshot::Sender<Outcome<PushAnswer>>,
}

/// What waits, by stream.
type Waits = HashMap<(SpaceId, u32), Vec<Waiting>>;

/// Holds the lane of every stream that is being written to.
#[derive(Clone, Default)]
pub struct Lanes(Arc<Mutex<Waits>>);

impl Lanes {
    /// Takes in a batch, together with others of the same stream where there are any.
    pub async fn push(&self, core: &Arc<Core>, push: Push) -> Outcome<PushAnswer> {
        let place = (push.caller.space, push.stream);
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting { push, answer };
        let first = {
            let mut lanes = self.0.lock().map_err(|_| gone())?;
            match lanes.get_mut(&place) {
                Some(lane) => {
                    lane.push(waiting);
                    None
                }
                None => {
                    lanes.insert(place, Vec::new());
                    Some(waiting)
                }
            }
        };
        if let Some(first) = first {
            // In a task of its own: whoever asked may go away in the middle, the transaction must not.
            tokio::spawn(self.clone().drive(core.clone(), place, vec![first]));
        }
        answered.await.map_err(|_| gone())?
    }

    async fn drive(self, core: Arc<Core>, place: (SpaceId, u32), mut now: Vec<Waiting>) {
        let _lane = Closing { lanes: self.clone(), place };
        loop {
            for some in groups(std::mem::take(&mut now)) {
                let (pushes, answers): (Vec<_>, Vec<_>) =
                    some.into_iter().map(|waiting| (waiting.push, waiting.answer)).unzip();
                let outcomes = match records::push_together(&core, place.0, place.1, &pushes).await {
                    Ok(outcomes) => outcomes,
                    Err(error) => vec![Err(error); pushes.len()],
                };
                for (answer, outcome) in answers.into_iter().zip(outcomes) {
                    // The one who asked may have gone.
                    let _ = answer.send(outcome);
                }
            }
            let Ok(mut lanes) = self.0.lock() else { return };
            match lanes.get_mut(&place) {
                Some(lane) if !lane.is_empty() => now = std::mem::take(lane),
                _ => {
                    lanes.remove(&place);
                    return;
                }
            }
        }
    }
}

/// Removes a lane even when its task ends by a panic, so that the next push opens it anew; those who waited in it are told.
struct Closing {
    lanes: Lanes,
    place: (SpaceId, u32),
}

impl Drop for Closing {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Ok(mut lanes) = self.lanes.0.lock()
        {
            lanes.remove(&self.place);
        }
    }
}

/// Cuts what waits into transactions: none too large, and a change of access always on its own.
fn groups(waiting: Vec<Waiting>) -> Vec<Vec<Waiting>> {
    let mut groups: Vec<Vec<Waiting>> = Vec::new();
    let mut records = 0;
    let mut is_open = false;
    for one in waiting {
        let (alone, count) = (one.push.access.is_some(), one.push.batch.records.len());
        match groups.last_mut() {
            Some(group) if is_open && !alone && records + count <= TOGETHER => {
                records += count;
                group.push(one);
            }
            _ => {
                records = count;
                groups.push(vec![one]);
            }
        }
        is_open = !alone;
    }
    groups
}

fn gone() -> StoreError {
    StoreError::Unavailable("the push was not carried out".to_owned())
}
