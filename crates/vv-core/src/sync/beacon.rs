//! The beacon at a place: how somebody who has nothing left but the recovery kit finds the way back to their journal.
//!
//! A device that keeps the kit leaves it; at a server as the note of a space that only the kit opens, in a folder as a file that is
//! named after the kit's locator. Whoever comes back reads the beacon, then the account log and the control stream of the journal,
//! which are small; everything else comes by sync. What a place gives here is believed for nothing: the notebook that is made of
//! it proves that the account is the kit's, or is not made.

use std::path::Path;

use vv_protocol::CONTROL_STREAM;
use vv_protocol::wire::{Carried, KeyRights, Rights, SpaceClaim};

use super::error::SyncError;
use super::folder::{read_beacon, read_stream, write_beacon};
use super::model::{Address, PlaceId};
use super::table;
use crate::identity::recovery::Beacon;
use crate::identity::table as identity;
use crate::kit::KitSeed;
use crate::notebook::Notebook;
use crate::ports::remote::{AccessKey, Remote, RemoteError};
use crate::store::unlocked::ACCOUNT_STREAM;

/// Records that are asked for at once.
const PAGE: u32 = 1_000;
/// The most records of small logs that are read. An honest account has a few hundred.
const MOST: usize = 100_000;

/// Names the space at a server that only the kit opens.
fn kit_key(kit: &KitSeed) -> AccessKey {
    AccessKey::new(kit.derive_account_locator(), kit.derive_server_access_key())
}

/// Makes the beacon of this notebook; none on a device that does not keep the kit.
fn make(notebook: &Notebook) -> Result<Option<(KitSeed, Vec<u8>)>, SyncError> {
    let Some(kit) = notebook.read(|reader| identity::kit(reader.sql()))? else { return Ok(None) };
    let places: Vec<String> = notebook
        .read(|reader| table::list_places(reader.sql()))?
        .into_iter()
        .map(|place| match place.address {
            Address::Folder(path) => path.to_string_lossy().into_owned(),
            Address::Server(address) => address,
        })
        .collect();
    let beacon = notebook.make_beacon(&places)?;
    Ok(Some((kit, beacon)))
}

/// Leaves the beacon at a server. On a device that does not keep the kit it does nothing.
pub fn leave_beacon_at_server(
    notebook: &Notebook,
    pid: PlaceId,
    remote: &dyn Remote,
) -> Result<(), SyncError> {
    let Some((kit, beacon)) = make(notebook)? else { return Ok(()) };
    let place = notebook.read(|reader| table::find_place(reader.sql(), pid))?.ok_or(SyncError::NoPlace)?;
    let key = kit_key(&kit);
    let version = match remote.note(&key) {
        Ok(note) => note.version,
        Err(RemoteError::Refused) => {
            let claim = SpaceClaim {
                host: remote.host().to_owned(),
                space: key.space,
                keys: vec![KeyRights { key: key.public(), rights: Rights::ALL }],
                voucher: Some(place.voucher).filter(|voucher| !voucher.is_empty()),
            };
            remote.create_space(&key, &key.sign(&claim))?;
            0
        }
        Err(problem) => return Err(problem.into()),
    };
    Ok(remote.put_note(&key, version, &beacon)?)
}

/// Leaves the beacon in a folder. On a device that does not keep the kit it does nothing.
pub fn leave_beacon_in_folder(notebook: &Notebook, folder: &Path) -> Result<(), SyncError> {
    let Some((kit, beacon)) = make(notebook)? else { return Ok(()) };
    write_beacon(folder, &kit.derive_account_locator(), &beacon).map_err(SyncError::Folder)
}

/// Holds what a place gives to somebody who comes back: the beacon, and the records that it led to.
pub struct WayBack {
    /// The beacon.
    pub beacon: Beacon,
    /// Records of the account log and of the journal's control stream.
    pub records: Vec<Vec<u8>>,
}

/// Finds the way back at a server; none when it holds nothing of this kit.
pub fn find_way_back_at_server(kit: &KitSeed, remote: &dyn Remote) -> Result<Option<WayBack>, SyncError> {
    let note = match remote.note(&kit_key(kit)) {
        Err(RemoteError::Refused | RemoteError::NotFound) => return Ok(None),
        note => note?,
    };
    let Some(beacon) = Beacon::open(kit, &note.note) else { return Ok(None) };
    let mut records = Vec::new();
    for (space, stream) in small_logs(&beacon) {
        let key = AccessKey::new(space, beacon.derive_space_access(&space));
        let mut after = 0;
        while records.len() < MOST {
            let page = match remote.pull(&key, stream, after, PAGE) {
                Err(RemoteError::NotFound) => break,
                page => page?,
            };
            if page.records.is_empty() {
                break;
            }
            after += page.records.len() as u64;
            records.extend(page.records.iter().map(raw));
        }
    }
    Ok(Some(WayBack { beacon, records }))
}

/// Finds the way back in a folder; none when it holds nothing of this kit.
pub fn find_way_back_in_folder(kit: &KitSeed, folder: &Path) -> Result<Option<WayBack>, SyncError> {
    let sealed = read_beacon(folder, &kit.derive_account_locator()).map_err(SyncError::Folder)?;
    let Some(beacon) = sealed.and_then(|sealed| Beacon::open(kit, &sealed)) else { return Ok(None) };
    let mut records = Vec::new();
    for (space, stream) in small_logs(&beacon) {
        records.extend(read_stream(folder, &space, stream, MOST).map_err(SyncError::Folder)?.iter().map(raw));
    }
    Ok(Some(WayBack { beacon, records }))
}

/// Names the small logs with which a device begins.
fn small_logs(beacon: &Beacon) -> [([u8; 16], u32); 2] {
    let [account, journal] = beacon.spaces();
    [(account, ACCOUNT_STREAM), (journal, CONTROL_STREAM)]
}

fn raw(record: &Carried) -> Vec<u8> {
    record.raw().to_vec()
}
