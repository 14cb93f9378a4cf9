//! A place where two who share a secret leave sealed messages for each other: for join requests and for linking devices.
//!
//! A server has mailboxes, and so has a folder. Whoever runs them sees ids and sizes. A message may get lost, come twice,
//! or be somebody else's rubbish; whoever fetches judges what opens.

/// Passes sealed messages on.
pub trait Mailbox {
    /// Leaves a message under an id.
    fn post(&self, id: &[u8; 16], message: &[u8]) -> Result<(), MailboxError>;
    /// Gives the messages that lie under an id, in no order. They stay until they are too old.
    fn fetch(&self, id: &[u8; 16]) -> Result<Vec<Vec<u8>>, MailboxError>;
}

/// Says why a mailbox could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailboxError {
    /// It cannot be reached now.
    #[error("the mailbox cannot be reached now")]
    Unreachable,
    /// It holds as many messages as it may.
    #[error("the mailbox is full")]
    Full,
    /// It does not take messages as long as this.
    #[error("the message is too long for the mailbox")]
    TooLong,
}
