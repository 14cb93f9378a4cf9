//! How the contents of records travel once their headers are left out: nonce, then sealed part or its hash.
//!
//! A sealed part has at least 272 bytes and a stub's rest 32, so neither is taken for the other.

use minicbor::decode::Decoder;
use minicbor::encode::Encoder;

use super::carried::Carried;
use super::refused::{WireError, malformed};
use crate::limits::MAX_BATCH_RECORDS;

pub(super) type Out = Encoder<Vec<u8>>;

/// The length of the nonce before every content.
pub(super) const NONCE_LEN: usize = 24;

/// Writes to a vector, which cannot fail.
pub(super) fn write(
    capacity: usize,
    with: impl FnOnce(&mut Out) -> Result<(), minicbor::encode::Error<std::convert::Infallible>>,
) -> Vec<u8> {
    let mut out = Encoder::new(Vec::with_capacity(capacity));
    with(&mut out).expect("writing to a vector cannot fail");
    out.into_writer()
}

/// Writes what of a record is not told elsewhere.
pub(super) fn write_content(
    out: &mut Out,
    record: &Carried,
) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
    let rest = record.rest();
    // One byte string of nonce and rest; its head is written by hand so that the two need not be put together first.
    let length = NONCE_LEN + rest.len();
    let head = bstr_head(length);
    let bytes = out.writer_mut();
    bytes.extend_from_slice(&head.0[..head.1]);
    bytes.extend_from_slice(&record.header().nonce);
    bytes.extend_from_slice(rest);
    Ok(())
}

/// Gives the shortest head of a byte string, and how many bytes it takes.
fn bstr_head(length: usize) -> ([u8; 5], usize) {
    let be = (length as u32).to_be_bytes();
    match length {
        0..24 => ([0x40 | be[3], 0, 0, 0, 0], 1),
        24..0x100 => ([0x58, be[3], 0, 0, 0], 2),
        0x100..0x1_0000 => ([0x59, be[2], be[3], 0, 0], 3),
        _ => ([0x5a, be[0], be[1], be[2], be[3]], 5),
    }
}

/// Reads the contents of one group, which is never empty, and gives nonce and rest of each.
pub(super) fn read_contents<'a>(
    decoder: &mut Decoder<'a>,
    mut take: impl FnMut([u8; NONCE_LEN], &'a [u8]) -> Result<(), WireError>,
) -> Result<(), WireError> {
    for _ in 0..read_length(decoder, MAX_BATCH_RECORDS)? {
        let content = decoder.bytes().map_err(malformed)?;
        let (nonce, rest) = content.split_at_checked(NONCE_LEN).ok_or(WireError::Malformed)?;
        take(nonce.try_into().map_err(malformed)?, rest)?;
    }
    Ok(())
}

/// Reads the length of a list, up to a limit; it is a claim only, so nothing is set aside for it.
pub(super) fn read_length(decoder: &mut Decoder<'_>, most: usize) -> Result<usize, WireError> {
    let length = decoder.array().map_err(malformed)?.ok_or(WireError::Malformed)?;
    match usize::try_from(length) {
        Ok(length) if length <= most => Ok(length),
        _ => Err(WireError::TooLarge),
    }
}

/// Reads a byte string of one length.
pub(super) fn read_fixed<const N: usize>(decoder: &mut Decoder<'_>) -> Result<[u8; N], WireError> {
    decoder.bytes().map_err(malformed)?.try_into().map_err(malformed)
}

/// Reads the head of a versioned array: the version is judged before the number of fields, a later one may have more.
pub(super) fn read_version(decoder: &mut Decoder<'_>, fields: u64) -> Result<(), WireError> {
    let found = decoder.array().map_err(malformed)?;
    match decoder.u64().map_err(malformed)? {
        1 if found == Some(fields) => Ok(()),
        1 => Err(WireError::Malformed),
        other => Err(WireError::UnknownVersion(other)),
    }
}
