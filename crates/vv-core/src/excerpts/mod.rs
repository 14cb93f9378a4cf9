//! Excerpts: chosen lines of an entry, copied into the home of a pairing.
//!
//! An excerpt is a draft in the journal until it is sent. Its preview is made of the very operations that will be sent, so it is what
//! the other will see and nothing else. Sending copies the lines; nothing in the home names the entry. Withdrawing deletes the copy
//! for good, and the draft remembers in the journal where it went and until when. Start at `model.rs`, then `verbs.rs`.

mod model;
pub(crate) mod record;
mod verbs;

#[cfg(test)]
mod tests;

pub use model::{Comment, Excerpt, ExcerptDraft, ExcerptState, Preview};
pub use verbs::{
    change_excerpt, comment_excerpt, draft_excerpt, excerpts_of_entry, fill_loop_with_comment,
    forget_excerpt, get_excerpt, list_drafts, list_excerpts, preview_excerpt, send_excerpt, withdraw_excerpt,
};
