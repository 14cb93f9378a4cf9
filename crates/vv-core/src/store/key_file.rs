//! `notebook.key`: the key of the notebook, wrapped once for each way of opening it.
//!
//! The file holds no secret in the clear. It begins with a mark and a version and ends with a checksum, so that damage to it
//! is never taken for a wrong passphrase; and it holds a key check, so that a wrong key is never taken for a damaged
//! database. It is replaced as a whole, durably, or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use minicbor::{Decoder, Encoder};
use vv_crypto::{
    EncPublic, Key32, KitSeed, PassphraseParams, Zeroizing, derive_key, derive_passphrase_key, hash,
    open_with_nonce_prefix, seal_with_random_nonce, unwrap_key, wrap_key,
};

use super::blobs::sync_folder;
use super::error::NotebookError;
use crate::notebook::KeyPlace;

/// The version that this program writes.
pub(crate) const VERSION: u32 = 1;
const MARK: &[u8; 8] = b"vv-key\r\n";
const CHECKSUM: &str = "notebook-key/checksum/v1";
const KEY_CHECK: &str = "notebook-key/check/v1";
const KEYRING_SLOT: &[u8] = b"notebook-key/keyring/v1";
const PASSPHRASE_SLOT: &[u8] = b"notebook-key/passphrase/v1";
const KIT_SLOT: &[u8] = b"notebook-key/kit/v1";

/// Holds what `notebook.key` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyFile {
    /// Names the notebook, also in the keyring.
    pub id: [u8; 16],
    /// Seals what is captured while the notebook is locked.
    pub capture_to: EncPublic,
    check: [u8; 32],
    keyring: Option<Vec<u8>>,
    passphrase: Option<(PassphraseParams, Vec<u8>)>,
    kit: Vec<u8>,
}

impl KeyFile {
    /// Makes a key file whose only slot is the recovery kit's.
    pub(crate) fn new(id: [u8; 16], key: &Key32, recovery: &EncPublic, capture_to: EncPublic) -> Self {
        Self {
            id,
            capture_to,
            check: key_check(&id, key),
            keyring: None,
            passphrase: None,
            kit: wrap_key(recovery, KIT_SLOT, &id, key.as_bytes()),
        }
    }

    /// Tells where the key is kept day to day: a passphrase wins, since only then the notebook can be locked.
    pub(crate) fn key_place(&self) -> KeyPlace {
        if self.passphrase.is_some() { KeyPlace::Passphrase } else { KeyPlace::Keyring }
    }

    /// Names this notebook's entry in the keyring.
    pub(crate) fn vault_name(&self) -> String {
        format!("notebook-{}", blake3_hex(&self.id))
    }

    /// Keeps the key in the keyring from now on: behind a wrapping key that the keyring holds. The passphrase slot goes.
    pub(crate) fn use_keyring(&mut self, key: &Key32, wrapping: &Key32) {
        self.keyring = Some(seal_with_random_nonce(wrapping, &self.place(KEYRING_SLOT), key.as_bytes()));
        self.passphrase = None;
    }

    /// Keeps the key behind a passphrase from now on. The keyring slot goes.
    pub(crate) fn use_passphrase(&mut self, key: &Key32, passphrase: &str) -> Result<(), NotebookError> {
        let params = PassphraseParams::make_default();
        let wrapping = derive_passphrase_key(passphrase, &params)?;
        let sealed = seal_with_random_nonce(&wrapping, &self.place(PASSPHRASE_SLOT), key.as_bytes());
        self.passphrase = Some((params, sealed));
        self.keyring = None;
        Ok(())
    }

    /// Opens with the wrapping key that the keyring held.
    pub(crate) fn open_with_keyring(&self, wrapping: &Key32) -> Result<Key32, NotebookError> {
        let sealed = self.keyring.as_ref().ok_or(NotebookError::NoSuchSlot)?;
        let opened = open_with_nonce_prefix(wrapping, &self.place(KEYRING_SLOT), sealed);
        self.checked(opened.map_err(|_| NotebookError::WrongKey)?)
    }

    /// Opens with a passphrase.
    pub(crate) fn open_with_passphrase(&self, passphrase: &str) -> Result<Key32, NotebookError> {
        let (params, sealed) = self.passphrase.as_ref().ok_or(NotebookError::NoSuchSlot)?;
        let wrapping = derive_passphrase_key(passphrase, params)?;
        let opened = open_with_nonce_prefix(&wrapping, &self.place(PASSPHRASE_SLOT), sealed);
        self.checked(opened.map_err(|_| NotebookError::WrongKey)?)
    }

    /// Opens with the recovery kit.
    pub(crate) fn open_with_kit(&self, seed: &KitSeed) -> Result<Key32, NotebookError> {
        let (secret, _) = seed.derive_recovery();
        let opened = unwrap_key(&secret, KIT_SLOT, &self.id, &self.kit);
        self.checked(opened.map_err(|_| NotebookError::WrongKey)?)
    }

    /// Tells whether a key is the one this file wraps.
    pub(crate) fn is_key(&self, key: &Key32) -> bool {
        key_check(&self.id, key) == self.check
    }

    fn checked(&self, opened: Zeroizing<Vec<u8>>) -> Result<Key32, NotebookError> {
        let key = Key32::from_slice(&opened).ok_or(NotebookError::KeyFileDamaged)?;
        if self.is_key(&key) { Ok(key) } else { Err(NotebookError::WrongKey) }
    }

    fn place(&self, slot: &[u8]) -> Vec<u8> {
        [slot, &self.id].concat()
    }

    /// Reads a key file; damage, a newer version and absence are three different errors.
    pub(crate) fn read(path: &Path) -> Result<Self, NotebookError> {
        match fs::read(path) {
            Ok(bytes) => Self::decode(&bytes),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Err(NotebookError::KeyFileMissing),
            Err(problem) => Err(problem.into()),
        }
    }

    /// Replaces the key file as a whole, readable by its owner alone, durable when it returns.
    pub(crate) fn write(&self, path: &Path) -> Result<(), NotebookError> {
        let beside = path.with_extension("key.new");
        let mut file = create_private(&beside)?;
        file.write_all(&self.encode())?;
        file.sync_all()?;
        drop(file);
        fs::rename(&beside, path)?;
        if let Some(folder) = path.parent() {
            sync_folder(folder)?;
        }
        Ok(())
    }

    /// Gives the bytes of the file.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut e = Encoder::new(Vec::new());
        self.write_body(&mut e).expect("writing to a vector cannot fail");
        let mut bytes = MARK.to_vec();
        bytes.extend_from_slice(&VERSION.to_be_bytes());
        bytes.extend_from_slice(&e.into_writer());
        let sum = hash(CHECKSUM, &[&bytes]);
        bytes.extend_from_slice(&sum);
        bytes
    }

    /// Reads the bytes of the file.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, NotebookError> {
        let rest = bytes.strip_prefix(MARK).ok_or(NotebookError::KeyFileDamaged)?;
        let (version, _) = rest.split_first_chunk::<4>().ok_or(NotebookError::KeyFileDamaged)?;
        if u32::from_be_bytes(*version) > VERSION {
            return Err(NotebookError::NewerVersion);
        }
        let (signed, sum) = bytes.split_last_chunk::<32>().ok_or(NotebookError::KeyFileDamaged)?;
        if hash(CHECKSUM, &[signed]) != *sum {
            return Err(NotebookError::KeyFileDamaged);
        }
        let body = signed.get(MARK.len() + 4..).ok_or(NotebookError::KeyFileDamaged)?;
        Self::read_body(&mut Decoder::new(body)).map_err(|_| NotebookError::KeyFileDamaged)
    }

    fn write_body(
        &self,
        e: &mut Encoder<Vec<u8>>,
    ) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        e.array(6)?.bytes(&self.id)?.bytes(self.capture_to.as_bytes())?.bytes(&self.check)?;
        match &self.keyring {
            Some(sealed) => e.bytes(sealed)?,
            None => e.null()?,
        };
        match &self.passphrase {
            Some((params, sealed)) => {
                e.array(5)?.u32(params.memory_kib)?.u32(params.iterations)?.u32(params.lanes)?;
                e.bytes(&params.salt)?.bytes(sealed)?;
            }
            None => {
                e.null()?;
            }
        }
        e.bytes(&self.kit)?;
        Ok(())
    }

    fn read_body(d: &mut Decoder) -> Result<Self, minicbor::decode::Error> {
        let malformed = || minicbor::decode::Error::message("malformed");
        if d.array()? != Some(6) {
            return Err(malformed());
        }
        let id = d.bytes()?.try_into().map_err(|_| malformed())?;
        let capture_to = EncPublic::from_bytes(d.bytes()?.try_into().map_err(|_| malformed())?)
            .map_err(|_| malformed())?;
        let check = d.bytes()?.try_into().map_err(|_| malformed())?;
        let keyring = if is_null(d)? { None } else { Some(d.bytes()?.to_vec()) };
        let passphrase = if is_null(d)? {
            None
        } else {
            d.array()?;
            let (memory_kib, iterations, lanes) = (d.u32()?, d.u32()?, d.u32()?);
            let salt = d.bytes()?.try_into().map_err(|_| malformed())?;
            Some((PassphraseParams { memory_kib, iterations, lanes, salt }, d.bytes()?.to_vec()))
        };
        let kit = d.bytes()?.to_vec();
        Ok(Self { id, capture_to, check, keyring, passphrase, kit })
    }
}

fn is_null(d: &mut Decoder) -> Result<bool, minicbor::decode::Error> {
    let null = d.datatype()? == minicbor::data::Type::Null;
    if null {
        d.null()?;
    }
    Ok(null)
}

fn key_check(id: &[u8; 16], key: &Key32) -> [u8; 32] {
    *derive_key(KEY_CHECK, key, id).as_bytes()
}

fn blake3_hex(id: &[u8; 16]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Creates a file that only its owner may read.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Made {
        file: KeyFile,
        key: Key32,
        seed: KitSeed,
    }

    fn made() -> Made {
        let key = vv_crypto::make_key();
        let seed = KitSeed::make();
        let (_, recovery) = seed.derive_recovery();
        let (_, capture_to) = vv_crypto::EncSecret::make();
        Made { file: KeyFile::new([7; 16], &key, &recovery, capture_to), key, seed }
    }

    #[test]
    fn each_slot_opens_the_same_key_after_a_way_over_the_disk() {
        let Made { mut file, key, seed } = made();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notebook.key");
        let wrapping = vv_crypto::make_key();
        file.use_keyring(&key, &wrapping);
        file.write(&path).unwrap();
        let read = KeyFile::read(&path).unwrap();
        assert_eq!(read.key_place(), KeyPlace::Keyring);
        assert_eq!(read.open_with_keyring(&wrapping).unwrap(), key);
        assert_eq!(read.open_with_kit(&seed).unwrap(), key);

        file.use_passphrase(&key, "four quiet words here").unwrap();
        file.write(&path).unwrap();
        let read = KeyFile::read(&path).unwrap();
        assert_eq!(read.key_place(), KeyPlace::Passphrase);
        assert_eq!(read.open_with_passphrase("four quiet words here").unwrap(), key);
        assert!(matches!(read.open_with_keyring(&wrapping), Err(NotebookError::NoSuchSlot)));
    }

    #[test]
    fn a_wrong_passphrase_or_kit_is_a_wrong_key_and_not_damage() {
        let Made { mut file, key, .. } = made();
        file.use_passphrase(&key, "right").unwrap();
        assert!(matches!(file.open_with_passphrase("wrong"), Err(NotebookError::WrongKey)));
        assert!(matches!(file.open_with_kit(&KitSeed::make()), Err(NotebookError::WrongKey)));
    }

    #[test]
    fn any_flipped_byte_is_damage_or_a_newer_version_and_never_a_wrong_key() {
        let bytes = made().file.encode();
        for place in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1;
            match KeyFile::decode(&flipped) {
                Err(NotebookError::KeyFileDamaged | NotebookError::NewerVersion) => {}
                other => panic!("byte {place}: {other:?}"),
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notebook.key");
        made().file.write(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
