//! Who may open a shared space on a server: just its members, by the keys that they announced in it.
//!
//! Whoever leads a space keeps the server's list in step with the members. Everybody else takes it as it is; that somebody is
//! not let in yet, or not any more, is no fault of the server and stops nothing.

use vv_protocol::wire::{AccessClaim, KeyRights, Rights};

use super::error::SyncError;
use super::model::PlaceId;
use super::server::{Bound, Trip};
use crate::identity::table as identity_table;
use crate::ports::remote::RemoteError;
use crate::spaces::{SpaceAccess, SpaceId, access_of};
use crate::store::{StoreError, Tx};

impl Trip<'_> {
    /// Lists who opens a space from its making on: this person, and in a shared space its other members.
    pub(super) fn first_keys(&self, bound: &Bound) -> Result<Vec<KeyRights>, SyncError> {
        let own = KeyRights { key: bound.key.public(), rights: Rights::ALL };
        let mut keys = match self.access(bound)? {
            Some(access) => members(&access),
            None => Vec::new(),
        };
        keys.retain(|rights| rights.key != own.key);
        keys.push(own);
        keys.sort_by_key(|rights| rights.key);
        Ok(keys)
    }

    /// Brings the server's list of keys in step with the members of a shared space, where this person leads it.
    pub(super) fn share_access(&self, bound: &Bound) -> Result<(), SyncError> {
        let Some(access) = self.access(bound)?.filter(|access| access.leads) else { return Ok(()) };
        let mut keys = self.first_keys(bound)?;
        let gone = access.gone.iter().filter(|key| **key != bound.key.public());
        keys.extend(gone.map(|key| KeyRights { key: *key, rights: Rights::NONE }));
        keys.sort_by_key(|rights| rights.key);
        let parts: Vec<Vec<u8>> =
            keys.iter().map(|rights| [&rights.key[..], &[rights.rights.bits()]].concat()).collect();
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        let list = vv_protocol::hash("access-list/v1", &parts);
        let name = given_name(self.pid, &bound.space.id);
        let given: Option<[u8; 32]> =
            self.notebook.read(|reader| identity_table::find_fact(reader.sql(), &name))?;
        if given == Some(list) {
            return Ok(());
        }
        let version = self.remote.heads(&bound.key)?.access_version;
        let claim = AccessClaim { space: bound.space.id, version, keys };
        match self.remote.change_access(&bound.key, &bound.key.sign(&claim)) {
            Ok(()) => Ok(self.notebook.write(|tx| identity_table::put_fact(tx.sql(), &name, list))?),
            // Somebody who leads it, and is let in by the server as one who does, will.
            Err(RemoteError::Refused) => Ok(()),
            Err(problem) => Err(problem.into()),
        }
    }

    fn access(&self, bound: &Bound) -> Result<Option<SpaceAccess>, SyncError> {
        if bound.space.is_ones_own() {
            return Ok(None);
        }
        let read = self.notebook.read(|reader| access_of(reader, SpaceId(bound.space.id)));
        Ok(Some(read.map_err(|_| StoreError::Damaged)?))
    }
}

fn given_name(pid: PlaceId, space: &[u8; 16]) -> String {
    format!("access/{pid:?}/{}", data_encoding::HEXLOWER.encode(space))
}

/// Forgets which list a server was given, because it may have lost it.
pub(super) fn forget_given(tx: &Tx<'_>, pid: PlaceId, space: &[u8; 16]) -> Result<(), StoreError> {
    identity_table::remove_fact(tx.sql(), &given_name(pid, space))
}

fn members(access: &SpaceAccess) -> Vec<KeyRights> {
    let rights = |leads: bool| if leads { Rights::ALL } else { Rights::MEMBER };
    access.members.iter().map(|(key, leads)| KeyRights { key: *key, rights: rights(*leads) }).collect()
}
