//! Commit and reveal, without a notebook: what a commitment is, what follows from what was said, and when one may reveal.
//!
//! Everything here is a function of a set of acts, so the order in which they arrive makes no difference. Who said something is
//! told from its record, never from its words.

use std::collections::{BTreeMap, BTreeSet};

/// Names somebody: their account.
pub(crate) type Account = [u8; 32];
/// Is a commitment to an answer.
pub(crate) type Commitment = [u8; 32];

/// Fixes what is answered by whom. The name of the object is made of it, so nobody changes it later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Terms {
    pub space: [u8; 16],
    /// What is asked, as the feature that asks writes it down.
    pub matter: Vec<u8>,
    /// Everybody who is asked, in order.
    pub asked: BTreeSet<Account>,
}

/// Is one thing that somebody said about a matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Act {
    /// Committed to an answer.
    Commit {
        commitment: Commitment,
        /// When, as their clock said, in milliseconds since 1970.
        at_ms: i64,
    },
    /// Opened a commitment.
    Reveal {
        nonce: [u8; 32],
        answer: Vec<u8>,
        /// To which commitments of the others it answers. From then on those are the ones that count.
        seen: BTreeMap<Account, Commitment>,
    },
    /// Answers nothing this time.
    Skip,
}

/// Is an act with who said it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Said {
    pub by: Account,
    pub act: Act,
}

/// Tells how somebody's answer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// They have not said anything yet.
    Waiting,
    /// They answer nothing this time.
    Skipped,
    /// Their answer is sealed.
    Committed,
    /// Everyone has committed and their answer stays away, since a moment in milliseconds since 1970.
    Withheld { since_ms: i64 },
    /// They opened something that is not what they had committed to.
    False,
    /// Their answer.
    Revealed { answer: Vec<u8> },
}

impl Terms {
    /// Derives the id of the object that holds the acts.
    pub(crate) fn object(&self) -> [u8; 16] {
        let asked: Vec<u8> = self.asked.iter().flatten().copied().collect();
        let hash = vv_protocol::hash("sealed-object/v1", &[&self.space, &self.matter, &asked]);
        *hash.first_chunk().expect("a hash has more than sixteen bytes")
    }

    /// Makes the commitment of somebody to an answer.
    pub(crate) fn commitment(&self, by: &Account, nonce: &[u8; 32], answer: &[u8]) -> Commitment {
        vv_protocol::hash("sealed-answer/v1", &[&self.space, &self.object(), by, nonce, answer])
    }

    /// Finds the commitments that count: of somebody who committed more than once, on two devices perhaps, the one that a reveal
    /// of another names, and while nobody has revealed, the least.
    pub(crate) fn counting(&self, said: &BTreeSet<Said>) -> BTreeMap<Account, Commitment> {
        let mut found = BTreeMap::new();
        for account in &self.asked {
            let own: BTreeSet<Commitment> = said
                .iter()
                .filter(|said| said.by == *account)
                .filter_map(|said| match &said.act {
                    Act::Commit { commitment, .. } => Some(*commitment),
                    _ => None,
                })
                .collect();
            let named = said
                .iter()
                .filter(|said| said.by != *account && self.asked.contains(&said.by))
                .filter(|said| self.is_opened(said, said_of(&said.act)))
                .filter_map(|said| match &said.act {
                    Act::Reveal { seen, .. } => seen.get(account).filter(|one| own.contains(*one)),
                    _ => None,
                })
                .min();
            if let Some(commitment) = named.or(own.first()) {
                found.insert(*account, *commitment);
            }
        }
        found
    }

    /// Tells whether a reveal opens what it says to open: only then does it bind the others.
    fn is_opened(&self, said: &Said, opened: Option<(&[u8; 32], &[u8])>) -> bool {
        opened.is_some_and(|(nonce, answer)| {
            let commitment = self.commitment(&said.by, nonce, answer);
            matches!(&said.act, Act::Reveal { seen, .. } if seen.get(&said.by) == Some(&commitment))
        })
    }

    /// Tells how the answer of everyone who is asked stands.
    pub(crate) fn standings(&self, said: &BTreeSet<Said>) -> BTreeMap<Account, Standing> {
        let counting = self.counting(said);
        let has_skipped =
            |account: &Account| said.iter().any(|one| one.by == *account && one.act == Act::Skip);
        let all_committed = self.asked.iter().all(|account| counting.contains_key(account));
        let since_ms = all_committed.then(|| complete_since(&counting, said)).flatten();
        let mut found = BTreeMap::new();
        for account in &self.asked {
            let standing = match (counting.get(account), since_ms) {
                (None, _) if has_skipped(account) => Standing::Skipped,
                (None, _) => Standing::Waiting,
                (Some(commitment), since) => match self.opened(account, commitment, said) {
                    Opened::Yes(answer) => Standing::Revealed { answer },
                    Opened::Wrong => Standing::False,
                    Opened::No => {
                        since.map_or(Standing::Committed, |since_ms| Standing::Withheld { since_ms })
                    }
                },
            };
            found.insert(*account, standing);
        }
        found
    }

    fn opened(&self, account: &Account, commitment: &Commitment, said: &BTreeSet<Said>) -> Opened {
        let mut is_wrong = false;
        for one in said.iter().filter(|one| one.by == *account) {
            let Some((nonce, answer)) = said_of(&one.act) else { continue };
            if self.commitment(account, nonce, answer) == *commitment {
                return Opened::Yes(answer.to_vec());
            }
            // Opening another commitment of one's own, made on another device, is no lie.
            let own = self.commitment(account, nonce, answer);
            is_wrong |= !said.iter().any(|two| {
                two.by == *account && matches!(&two.act, Act::Commit { commitment, .. } if *commitment == own)
            });
        }
        if is_wrong { Opened::Wrong } else { Opened::No }
    }

    /// Tells whether somebody reveals now, and which of their secrets: everyone has committed, and what they have revealed so far
    /// does not open the commitment that counts.
    pub(crate) fn reveal(
        &self,
        me: &Account,
        secrets: &BTreeSet<([u8; 32], Vec<u8>)>,
        said: &BTreeSet<Said>,
    ) -> Option<Act> {
        let counting = self.counting(said);
        if !self.asked.iter().all(|account| counting.contains_key(account)) {
            return None;
        }
        let commitment = counting.get(me)?;
        if matches!(self.opened(me, commitment, said), Opened::Yes(_)) {
            return None;
        }
        let fits = |(nonce, answer): &&([u8; 32], Vec<u8>)| self.commitment(me, nonce, answer) == *commitment;
        let (nonce, answer) = secrets.iter().find(fits)?;
        Some(Act::Reveal { nonce: *nonce, answer: answer.clone(), seen: counting })
    }
}

enum Opened {
    Yes(Vec<u8>),
    Wrong,
    No,
}

fn said_of(act: &Act) -> Option<(&[u8; 32], &[u8])> {
    match act {
        Act::Reveal { nonce, answer, .. } => Some((nonce, answer)),
        _ => None,
    }
}

/// Tells since when everyone has committed: the latest of the commitments that count, as the clocks of their devices said.
fn complete_since(counting: &BTreeMap<Account, Commitment>, said: &BTreeSet<Said>) -> Option<i64> {
    let first_of = |account: &Account, wanted: &Commitment| {
        let times = said.iter().filter(|one| one.by == *account).filter_map(|one| match &one.act {
            Act::Commit { commitment, at_ms } if commitment == wanted => Some(*at_ms),
            _ => None,
        });
        times.min()
    };
    counting.iter().filter_map(|(account, commitment)| first_of(account, commitment)).max()
}
