//! Gathers the tags of a draft: those that can be one, the others for the report.

use super::draft::Kept;
use crate::journal::tag::{MAX_TAGS, clean_tag, tag_key};

/// Bytes of refused tags that are still listed by name.
const MOST_REFUSED: usize = 30 << 10;

/// Gathers tags.
#[derive(Debug, Default)]
pub(crate) struct Tags {
    taken: Vec<String>,
    keys: std::collections::HashSet<String>,
    refused: Vec<String>,
    refused_bytes: usize,
    refused_beyond: usize,
}

impl Tags {
    /// Takes a tag. A second one of the same words is the same; the first spelling stays.
    pub(crate) fn add(&mut self, tag: &str) {
        if tag.trim().trim_start_matches('#').trim().is_empty() {
            return;
        }
        match clean_tag(tag) {
            Ok(tag) if self.keys.contains(&tag_key(&tag)) => {}
            Ok(tag) if self.taken.len() < MAX_TAGS => {
                self.keys.insert(tag_key(&tag));
                self.taken.push(tag);
            }
            _ if self.refused_bytes + tag.len() <= MOST_REFUSED => {
                self.refused_bytes += tag.len() + 2;
                self.refused.push(tag.to_owned());
            }
            _ => self.refused_beyond += 1,
        }
    }

    /// Keeps those under Facts that cannot be tags or are too many.
    pub(crate) fn keep_refused(&mut self, kept: &mut Kept) {
        if self.refused.is_empty() && self.refused_beyond == 0 {
            return;
        }
        let mut list = std::mem::take(&mut self.refused).join(", ");
        if self.refused_beyond > 0 {
            list.push_str(&format!(" … {}", self.refused_beyond));
            kept.names.push(format!("{} tags more than an entry can have", self.refused_beyond));
        }
        kept.keep("tags", list);
    }

    pub(crate) fn into_list(self) -> Vec<String> {
        self.taken
    }
}
