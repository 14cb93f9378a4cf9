//! The hashes of member sets, as the protocol has them.

use crate::spaces::epochs::holders::member_set;
use crate::spaces::epochs::{Access, Holder};
use crate::spaces::membership::SpaceKind;
use crate::spaces::vectors::{array, list, number, vector};

#[test]
fn member_sets_are_those_of_the_protocol() {
    let vectors = vector("member_sets.json");
    let owner =
        Holder { account: array(&vectors, "owner"), generation: 4, access: Access::ContentWithHistory };
    assert_eq!(member_set(SpaceKind::Journal, &[owner]), array(&vectors, "journal"));
    for set in list(&vectors, "sets") {
        let holders: Vec<Holder> = list(&set, "members")
            .iter()
            .map(|member| Holder {
                account: array(member, "account"),
                generation: number(member, "generation") as u32,
                access: Access::from_keys(number(member, "keys") as usize).unwrap(),
            })
            .collect();
        assert_eq!(member_set(SpaceKind::Circle, &holders), array(&set, "hash"));
    }
}
