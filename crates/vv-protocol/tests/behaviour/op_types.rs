//! The registry of operation types.

use vv_protocol::OpType;

/// The numbers as they were first written. A line may be added, none may be changed or taken away: records that bear
/// these numbers are kept for good.
const FROZEN: &[(u64, &str)] = &[
    (1, "obj.create"),
    (2, "obj.set"),
    (3, "obj.add"),
    (4, "obj.remove"),
    (5, "doc.update"),
    (6, "obj.erase"),
    (7, "moderate"),
    (8, "pack.ref"),
    (9, "blob.ref"),
    (10, "feed_open"),
    (11, "heartbeat"),
    (12, "checkpoint"),
    (13, "change"),
    (16, "space.genesis"),
    (17, "epoch"),
    (18, "member.add"),
    (19, "member.remove"),
    (20, "member.change_role"),
    (21, "member.leave"),
    (22, "member.consent"),
    (23, "invite"),
    (24, "invite.end"),
    (25, "feed.close"),
    (26, "space.name"),
    (27, "member.name"),
    (28, "account.share"),
    (29, "epoch.share"),
    (30, "member.access"),
    (32, "account.genesis"),
    (33, "account.device_add"),
    (34, "account.device_revoke"),
    (35, "account.enc_rotate"),
    (36, "account.recover"),
];

#[test]
fn the_number_of_an_operation_never_changes() {
    let now: Vec<(u64, &str)> = OpType::ALL.iter().map(|op| (op.number(), op.word())).collect();
    assert_eq!(now, FROZEN);
}

#[test]
fn every_number_leads_back_to_its_operation_and_the_rest_to_none() {
    for op in OpType::ALL {
        assert_eq!(OpType::from_number(op.number()), Some(*op));
    }
    let known: Vec<u64> = (0..1000).filter(|number| OpType::from_number(*number).is_some()).collect();
    assert_eq!(known.len(), OpType::ALL.len());
    assert!(known.iter().all(|number| (1..64).contains(number)), "types of the format are below 64");
    assert_eq!(OpType::from_number(u64::MAX), None);
}
