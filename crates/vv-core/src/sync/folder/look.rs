//! What lies in a folder already, told without writing into it.

use std::io;
use std::path::Path;

use super::head::FeedMark;
use super::layout::{HEAD, Layout, feed_of, names, read};
use crate::sync::spaces::TravellingSpace;

/// Says what lies in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FolderHoldings {
    /// Devices of this person that have written into it.
    pub own_devices: u32,
    /// Spaces of others.
    pub other_spaces: u32,
    /// Other files and folders.
    pub other_files: u32,
}

/// Looks at a folder.
pub(in crate::sync) fn look(folder: &Path, spaces: &[TravellingSpace]) -> io::Result<FolderHoldings> {
    let layout = Layout::new(folder);
    let mut holdings = FolderHoldings::default();
    let root = layout.root();
    for name in names(folder)? {
        holdings.other_files += u32::from(folder.join(name) != root);
    }
    let own: Vec<_> = spaces.iter().map(|space| (space, layout.space(&space.id))).collect();
    for name in names(root)? {
        let directory = root.join(&name);
        let is_space = name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        match own.iter().find(|(_, own)| *own == directory) {
            // The account's own log is written into by few devices; what is written is what counts.
            Some((space, _)) if !space.is_account() => {
                for feed in names(&directory)?.iter().filter_map(|name| feed_of(name)) {
                    let head = read(&layout.feed(&space.id, &feed).join(HEAD))?;
                    let mark = head.and_then(|bytes| FeedMark::decode(&bytes, &space.id, &feed));
                    let is_content = mark.is_some_and(|(_, stream)| stream == vv_protocol::CONTENT_STREAM);
                    holdings.own_devices += u32::from(is_content);
                }
            }
            Some(_) => {}
            None => holdings.other_spaces += u32::from(is_space),
        }
    }
    Ok(holdings)
}
