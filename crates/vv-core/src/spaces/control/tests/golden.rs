//! Reads the vectors that `second_implementation.py` wrote from the protocol's text.

use vv_protocol::OpType;

use crate::spaces::control::{ControlOp, Cut, SharedAccount, SharedEpoch, genesis_op, member_op};
use crate::spaces::membership::{Act, History, Role, SpaceKind};
use crate::spaces::vectors::{array, bytes, list, number, text, vector};

fn decode(of: &serde_json::Value) -> Result<Option<ControlOp>, super::super::op::ControlError> {
    ControlOp::decode(OpType::from_number(number(of, "type")).unwrap(), &bytes(of, "body"))
}

#[test]
fn operations_written_elsewhere_are_read_and_written_alike() {
    let vectors = vector("control.json");
    let one = array::<32>(&vectors, "one");
    let two = array::<32>(&vectors, "two");
    let subject = array::<32>(&vectors, "subject");
    let feed = array::<16>(&vectors, "feed");
    let (one, two) = if one < two { (one, two) } else { (two, one) };
    let cuts = vec![Cut { feed, seq: 300, hash: one }];
    let parents = vec![one, two];
    let expected = [
        ControlOp::Add {
            parents: parents.clone(),
            subject,
            role: Role::Member,
            history: History::Full,
            account_heads: vec![two],
            invite: Some(array(&vectors, "invite")),
            access: Some(one),
        },
        ControlOp::Remove { parents: parents.clone(), subject, cuts: cuts.clone() },
        ControlOp::ChangeRole { parents: vec![one], subject, from: Role::Observer, to: Role::Facilitator },
        ControlOp::Leave { parents: vec![one], cuts: Vec::new() },
        ControlOp::Consent { parents: vec![two], add: one },
        ControlOp::Invite {
            secret: array(&vectors, "secret"),
            role: Role::Owner,
            history: History::FromJoin,
            uses: 1,
            expires_ms: 1_795_219_200_000,
        },
        ControlOp::EndInvite { invite: array(&vectors, "invite") },
        ControlOp::CloseFeeds { cuts },
        ControlOp::Name { name: text(&vectors, "name") },
        ControlOp::MemberName { name: text(&vectors, "name") },
        ControlOp::ShareAccount(SharedAccount {
            account: subject,
            key: two,
            records: vec![bytes(&vectors, "record"), Vec::new()],
        }),
        ControlOp::Access { key: two },
        ControlOp::ShareEpochs(vec![SharedEpoch {
            epoch: one,
            tag: array(&vectors, "tag"),
            generation: 3,
            wrap: bytes(&vectors, "wrap"),
        }]),
    ];
    let ops = list(&vectors, "ops");
    assert_eq!(ops.len(), expected.len());
    for (written, expected) in ops.iter().zip(expected) {
        assert_eq!(decode(written), Ok(Some(expected.clone())));
        assert_eq!(expected.encode(), bytes(written, "body"));
        assert_eq!(expected.kind().word(), text(written, "word"));
    }
}

#[test]
fn other_ways_to_write_the_same_and_impossible_values_are_refused() {
    for invalid in list(&vector("control.json"), "invalid") {
        assert!(decode(&invalid).is_err(), "{}", text(&invalid, "what"));
    }
}

#[test]
fn the_space_id_pins_genesis_kind_and_founder() {
    let vectors = vector("control.json");
    let (body, founder) = (bytes(&vectors, "genesis"), array::<32>(&vectors, "subject"));
    let space = array::<16>(&vectors, "space");
    let op = genesis_op([1; 32], &founder, &space, &body).unwrap();
    assert_eq!(op.act, Act::Found { kind: SpaceKind::Circle });
    assert_eq!(genesis_op([1; 32], &[7; 32], &space, &body), None, "somebody else's word");
    assert_eq!(genesis_op([1; 32], &founder, &[7; 16], &body), None, "another space's");
}

#[test]
fn a_change_of_role_is_a_promotion_or_a_demotion_by_what_it_says_itself() {
    let change = |from, to| {
        let op = ControlOp::ChangeRole { parents: vec![[1; 32]], subject: [2; 32], from, to };
        member_op([3; 32], [4; 32], &op).unwrap().act
    };
    let up = Act::Promote { subject: [2; 32], role: Role::Facilitator };
    let down = Act::Demote { subject: [2; 32], role: Role::Observer };
    assert_eq!(change(Role::Member, Role::Facilitator), up);
    assert_eq!(change(Role::Member, Role::Observer), down);
    let name = ControlOp::Name { name: "Six of us".into() };
    assert_eq!(member_op([3; 32], [4; 32], &name), None);
}
