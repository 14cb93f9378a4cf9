//! Beacons in a folder, and reading one stream of it before there is a notebook that could take it in.

use std::io;
use std::path::Path;

use data_encoding::HEXLOWER;
use vv_protocol::wire::Carried;

use super::layout::{HEAD, Layout, feed_of, names, read, write};
use super::segment::Segment;

fn beacon_of(folder: &Path, locator: &[u8; 16]) -> std::path::PathBuf {
    Layout::new(folder).beacons().join(HEXLOWER.encode(locator))
}

/// Leaves a beacon under the locator of its kit, in the place of the one before.
pub(in crate::sync) fn write_beacon(folder: &Path, locator: &[u8; 16], sealed: &[u8]) -> io::Result<()> {
    write(&beacon_of(folder, locator), sealed)
}

/// Gives the beacon of a kit.
pub(in crate::sync) fn read_beacon(folder: &Path, locator: &[u8; 16]) -> io::Result<Option<Vec<u8>>> {
    read(&beacon_of(folder, locator))
}

/// Reads the records of one stream of a space, feed by feed in their order. What is not whole is left out.
pub(in crate::sync) fn read_stream(
    folder: &Path,
    space: &[u8; 16],
    stream: u32,
    most: usize,
) -> io::Result<Vec<Carried>> {
    let layout = Layout::new(folder);
    let mut records = Vec::new();
    for feed in names(&layout.space(space))?.iter().filter_map(|name| feed_of(name)) {
        let directory = layout.feed(space, &feed);
        let mut segments = Vec::new();
        for name in names(&directory)?.iter().filter(|name| *name != HEAD) {
            let Some(bytes) = read(&directory.join(name))? else { continue };
            if let Ok(segment) = Segment::decode(&bytes)
                && segment.space == *space
                && segment.stream == stream
            {
                segments.push(segment);
            }
        }
        segments.sort_by_key(Segment::range);
        let batches = segments.into_iter().flat_map(|segment| segment.batches);
        records.extend(batches.flat_map(|batch| batch.records).take(most.saturating_sub(records.len())));
    }
    Ok(records)
}
