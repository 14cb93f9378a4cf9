//! The paths of a server, as both sides write them. Ids stand in them in lower-case hexadecimal.

use super::hex::to_text;

/// What the server is and allows. `GET`, [`super::ServerView`].
pub const INFO: &str = "/v1/info";
/// A nonce to sign. `POST`, [`super::Challenge`].
pub const CHALLENGE: &str = "/v1/auth/challenge";
/// A token for a [`super::Signed`] [`super::AuthClaim`]. `POST`, [`super::TokenAnswer`].
pub const TOKEN: &str = "/v1/auth/token";
/// Pokes as server-sent events, until the first of the tokens ends. `POST` of [`super::Listening`]; events `poke` with
/// [`super::Poke`].
pub const LIVE: &str = "/v1/live";
/// The same where events do not pass: answers at the first poke or after 25 seconds. `POST` of [`super::Listening`];
/// a list of [`super::Poke`].
pub const WAIT: &str = "/v1/wait";

/// A space. `PUT` of a [`super::Signed`] [`super::SpaceClaim`] makes it.
pub fn space(space: &[u8; 16]) -> String {
    format!("/v1/spaces/{}", to_text(space))
}

/// Who has access. `PATCH` of a [`super::Signed`] [`super::AccessClaim`].
pub fn access(space: &[u8; 16]) -> String {
    format!("/v1/spaces/{}/access", to_text(space))
}

/// Heads of all streams. `GET`, [`super::SpaceHeads`].
pub fn heads(space: &[u8; 16]) -> String {
    format!("/v1/spaces/{}/heads", to_text(space))
}

/// The note. `GET` gives it, [`super::NoteAnswer`]; `PUT ?version=` of the version that it replaces, 0 for none.
pub fn note(space: &[u8; 16]) -> String {
    format!("/v1/spaces/{}/note", to_text(space))
}

/// Records of a stream. `POST` of a [`super::Batch`] pushes, [`super::PushAnswer`]; `GET ?after=&limit=&max_bytes=`
/// pulls a [`super::Page`].
pub fn records(space: &[u8; 16], stream: u32) -> String {
    format!("/v1/spaces/{}/streams/{stream}/records", to_text(space))
}

/// Erasing. `POST` of a [`super::Signed`] [`super::PurgeClaim`].
pub fn purge(space: &[u8; 16], stream: u32) -> String {
    format!("/v1/spaces/{}/streams/{stream}/purge", to_text(space))
}

/// A sealed chunk. `PUT`, `HEAD`, `GET`, `DELETE`.
pub fn blob(space: &[u8; 16], name: &[u8; 32]) -> String {
    format!("/v1/spaces/{}/blobs/{}", to_text(space), to_text(name))
}

/// A mailbox. `POST ?seconds=` leaves something there, `GET` gives all, [`super::MailboxAnswer`].
pub fn mailbox(id: &[u8; 16]) -> String {
    format!("/v1/mailbox/{}", to_text(id))
}
