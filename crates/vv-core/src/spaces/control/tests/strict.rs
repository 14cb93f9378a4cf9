//! Any bytes: read as what was written, or refused.

use proptest::prelude::*;
use vv_protocol::OpType;

use crate::spaces::control::{ControlOp, Cut, SharedAccount, SharedEpoch};
use crate::spaces::membership::{History, Role};

fn hashes() -> impl Strategy<Value = Vec<[u8; 32]>> {
    prop::collection::btree_set(any::<[u8; 32]>(), 1..5).prop_map(|set| set.into_iter().collect())
}

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(Role::ALL.to_vec())
}

fn history() -> impl Strategy<Value = History> {
    prop::sample::select(vec![History::FromJoin, History::Full])
}

fn cuts() -> impl Strategy<Value = Vec<Cut>> {
    prop::collection::btree_map(any::<[u8; 16]>(), any::<(u64, [u8; 32])>(), 0..4)
        .prop_map(|cuts| cuts.into_iter().map(|(feed, (seq, hash))| Cut { feed, seq, hash }).collect())
}

fn any_op() -> impl Strategy<Value = ControlOp> {
    let shared = (any::<([u8; 32], [u8; 8], u32)>(), prop::collection::vec(any::<u8>(), 0..200))
        .prop_map(|((epoch, tag, generation), wrap)| SharedEpoch { epoch, tag, generation, wrap });
    let records = prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..3);
    prop_oneof![
        (hashes(), any::<([u8; 32], Option<[u8; 16]>, Option<[u8; 32]>)>(), role(), history(), hashes())
            .prop_map(|(parents, (subject, invite, access), role, history, account_heads)| {
                ControlOp::Add { parents, subject, role, history, account_heads, invite, access }
            }),
        (hashes(), any::<[u8; 32]>(), cuts()).prop_map(|(parents, subject, cuts)| ControlOp::Remove {
            parents,
            subject,
            cuts
        }),
        (hashes(), any::<[u8; 32]>(), role(), role())
            .prop_filter("a change", |(_, _, from, to)| from != to)
            .prop_map(|(parents, subject, from, to)| ControlOp::ChangeRole { parents, subject, from, to }),
        (hashes(), cuts()).prop_map(|(parents, cuts)| ControlOp::Leave { parents, cuts }),
        (hashes(), any::<[u8; 32]>()).prop_map(|(parents, add)| ControlOp::Consent { parents, add }),
        (any::<[u8; 16]>(), role(), history(), any::<u32>(), any::<u64>()).prop_map(
            |(secret, role, history, uses, expires_ms)| {
                ControlOp::Invite { secret, role, history, uses, expires_ms }
            }
        ),
        any::<[u8; 16]>().prop_map(|invite| ControlOp::EndInvite { invite }),
        any::<[u8; 32]>().prop_map(|key| ControlOp::Access { key }),
        cuts().prop_map(|cuts| ControlOp::CloseFeeds { cuts }),
        "[a-zäß][a-zäß ]{0,30}".prop_map(|name| ControlOp::Name { name }),
        "[a-zäß][a-zäß ]{0,30}".prop_map(|name| ControlOp::MemberName { name }),
        (any::<([u8; 32], [u8; 32])>(), records).prop_map(|((account, key), records)| {
            ControlOp::ShareAccount(SharedAccount { account, key, records })
        }),
        prop::collection::vec(shared, 0..4).prop_map(ControlOp::ShareEpochs),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_was_written_is_read_back(op in any_op()) {
        prop_assert_eq!(ControlOp::decode(op.kind(), &op.encode()), Ok(Some(op)));
    }

    #[test]
    fn changed_bytes_are_another_operation_or_none(op in any_op(), at: prop::sample::Index, byte: u8) {
        let mut body = op.encode();
        let at = at.index(body.len());
        body[at] = byte;
        if let Ok(Some(read)) = ControlOp::decode(op.kind(), &body) {
            prop_assert_eq!(read.encode(), body);
        }
    }

    #[test]
    fn a_body_that_was_cut_or_went_on_is_refused(op in any_op(), at: prop::sample::Index) {
        let mut body = op.encode();
        prop_assert!(ControlOp::decode(op.kind(), &body[..at.index(body.len())]).is_err());
        body.push(0);
        prop_assert!(ControlOp::decode(op.kind(), &body).is_err());
    }

    #[test]
    fn any_bytes_under_any_type_are_read_or_refused(kind in 0u64..64, body: Vec<u8>) {
        if let Some(kind) = OpType::from_number(kind) {
            let _ = ControlOp::decode(kind, &body);
        }
    }
}
