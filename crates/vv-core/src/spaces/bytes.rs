//! Writing and reading CBOR in its one form, for everything that travels about a space.
//!
//! What reads it writes it again and compares, so nothing here has to look for other spellings of the same.

use std::convert::Infallible;

use minicbor::{Decoder, Encoder};

pub(crate) type Writer = Encoder<Vec<u8>>;
pub(crate) type Written = Result<(), minicbor::encode::Error<Infallible>>;
pub(crate) type Read<T> = Result<T, minicbor::decode::Error>;

/// The version of the operations here.
const VERSION: u32 = 1;

/// Writes an operation: its version, then its other fields.
pub(crate) fn write(fields: u64, rest: impl FnOnce(&mut Writer) -> Written) -> Vec<u8> {
    let mut e = Encoder::new(Vec::new());
    let all = || {
        e.array(fields + 1)?.u32(VERSION)?;
        rest(&mut e)
    };
    all().expect("writing to a vector cannot fail");
    e.into_writer()
}

/// Reads the beginning of an operation.
pub(crate) fn begin(d: &mut Decoder, fields: u64) -> Read<()> {
    exactly(d, fields + 1)?;
    if d.u32()? == VERSION { Ok(()) } else { Err(malformed()) }
}

pub(crate) fn malformed() -> minicbor::decode::Error {
    minicbor::decode::Error::message("malformed")
}

/// Reads the beginning of a list of just so many.
pub(crate) fn exactly(d: &mut Decoder, count: u64) -> Read<()> {
    if d.array()? == Some(count) { Ok(()) } else { Err(malformed()) }
}

pub(crate) fn fixed<const N: usize>(d: &mut Decoder) -> Read<[u8; N]> {
    d.bytes()?.try_into().map_err(|_| malformed())
}

/// Reads a list of at most so many.
pub(crate) fn list<T>(
    d: &mut Decoder,
    at_most: u64,
    mut each: impl FnMut(&mut Decoder) -> Read<T>,
) -> Read<Vec<T>> {
    let count = d.array()?.filter(|count| *count <= at_most).ok_or_else(malformed)?;
    (0..count).map(|_| each(d)).collect()
}

pub(crate) fn write_list<T>(
    e: &mut Writer,
    items: &[T],
    mut each: impl FnMut(&mut Writer, &T) -> Written,
) -> Written {
    e.array(items.len() as u64)?;
    items.iter().try_for_each(|item| each(e, item))
}

pub(crate) fn write_hashes(e: &mut Writer, hashes: &[[u8; 32]]) -> Written {
    write_list(e, hashes, |e, hash| e.bytes(hash).map(drop))
}
