//! Why two devices did not come together.

use crate::devices::DeviceError;
use crate::ports::mailbox::MailboxError;
use crate::store::StoreError;

/// Says why linking came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// What was typed is no code.
    #[error("a code has nine letters and digits, as the new device shows them; nothing was changed")]
    NotACode,
    /// Ten minutes went by.
    #[error(
        "the code was good for ten minutes and they are over; nothing was changed. Begin again on the new device"
    )]
    Expired,
    /// One of the two devices was told to stop.
    #[error("linking was stopped; nothing was changed")]
    Stopped,
    /// Somebody else's messages are among those of the two.
    #[error(
        "what came is not what the other device sent, so somebody may have been in between; nothing was changed. Begin again with \
         a new code"
    )]
    Disturbed,
    /// What the old device sent does not make this one a device of its account.
    #[error("what the other device sent cannot be used; nothing was changed. Begin again with a new code")]
    Unusable,
    /// A version that is not known here.
    #[error("the other device has a newer version of Vice Versa; update this one and begin again")]
    NewerVersion,
    /// A version that says in clear what only the two should know.
    #[error("the other device has an older version of Vice Versa; update that one and begin again")]
    OlderVersion,
    /// It was asked to go on after it had ended, or to confirm before there was anything to compare.
    #[error("there is nothing to confirm now; nothing was changed")]
    NotNow,
    /// The mailbox could not be used.
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    /// The device could not be added.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// Something below failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
