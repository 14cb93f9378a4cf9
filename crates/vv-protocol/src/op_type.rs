//! The frozen numbers of operation types, as they stand in every record.
//!
//! A number is never changed and never used again. Types up to 63 belong to the format; what people's objects are
//! (entry, goal, session) are kinds and field numbers on top of these, so that an old program can store and pass on
//! what it does not know.

/// Lists every operation type with its number.
macro_rules! op_types {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $word:literal;)*) => {
        /// Says what a record does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum OpType {
            $($(#[$doc])* $name = $number,)*
        }

        impl OpType {
            /// Lists all types in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Gives the type with this number, if this version knows it.
            pub fn from_number(number: u64) -> Option<Self> {
                match number {
                    $($number => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// Gives the word that the protocol uses for this type.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

op_types! {
    /// Begins an object of some kind.
    ObjCreate = 1, "obj.create";
    /// Sets fields of an object; the latest wins, field by field.
    ObjSet = 2, "obj.set";
    /// Adds an element to a set field, under a tag of its own.
    ObjAdd = 3, "obj.add";
    /// Removes the tags of an element that were seen; an addition not yet seen stays.
    ObjRemove = 4, "obj.remove";
    /// Changes a text field by one update of its codec.
    DocUpdate = 5, "doc.update";
    /// Erases an object's content for good.
    ObjErase = 6, "obj.erase";
    /// Hides or shows what somebody else wrote.
    Moderate = 7, "moderate";
    /// Refers to a pack of many records.
    PackRef = 8, "pack.ref";
    /// Refers to an attached file.
    BlobRef = 9, "blob.ref";
    /// Begins a feed: its public key and the device behind it.
    FeedOpen = 10, "feed_open";
    /// Says what was seen, when there is nothing else to say.
    Heartbeat = 11, "heartbeat";
    /// States the state of a document at a point.
    Checkpoint = 12, "checkpoint";
    /// Does several of the operations 1 to 5 to one object at once.
    Change = 13, "change";
    /// Begins a space: its kind, founder and rules.
    SpaceGenesis = 16, "space.genesis";
    /// Begins an epoch: its wraps and the link back.
    Epoch = 17, "epoch";
    /// Brings somebody into a space, or raises what they are.
    MemberAdd = 18, "member.add";
    /// Takes somebody out of a space.
    MemberRemove = 19, "member.remove";
    /// Raises or lowers the role of somebody in a space.
    MemberChangeRole = 20, "member.change_role";
    /// Takes its author out of a space.
    MemberLeave = 21, "member.leave";
    /// Agrees to bring somebody in, where two must.
    MemberConsent = 22, "member.consent";
    /// Invites somebody whose account is not known yet.
    Invite = 23, "invite";
    /// Ends an invitation.
    InviteEnd = 24, "invite.end";
    /// Ends feeds of devices that were revoked.
    FeedClose = 25, "feed.close";
    /// Names a space.
    SpaceName = 26, "space.name";
    /// Names its author for the other members.
    MemberName = 27, "member.name";
    /// Shows the records of an account log to the members of a space.
    AccountShare = 28, "account.share";
    /// Gives keys of earlier epochs to somebody who came later.
    EpochShare = 29, "epoch.share";
    /// Says by which key its author opens the space on a server.
    MemberAccess = 30, "member.access";
    /// Begins an account: its root, recovery key, first device and first account key.
    AccountGenesis = 32, "account.genesis";
    /// Adds a device to an account; at the same time its certificate.
    DeviceAdd = 33, "account.device_add";
    /// Revokes a device of an account for good.
    DeviceRevoke = 34, "account.device_revoke";
    /// Begins a new generation of the account key.
    EncRotate = 35, "account.enc_rotate";
    /// Takes an account back with the recovery kit.
    Recover = 36, "account.recover";
}

impl OpType {
    /// Tells whether it stands in the control stream of a space and nowhere else.
    pub fn is_of_control(self) -> bool {
        (Self::SpaceGenesis.number()..=Self::MemberAccess.number()).contains(&self.number())
    }

    /// Gives the number that stands in records.
    pub fn number(self) -> u64 {
        self as u64
    }
}
