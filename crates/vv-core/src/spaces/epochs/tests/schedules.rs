//! Promise 3: for all schedules, whoever is out opens nothing that was written by somebody who knew it.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::people::{Item, SPACE, World, person};
use crate::spaces::epochs::{Access, Writing, readers_of};
use crate::spaces::membership::{Act, History, OpId, Resolver, Role, SpaceKind};

const PEOPLE: u8 = 5;

#[derive(Debug, Clone)]
enum Deed {
    Add(u8, Role, History),
    Remove(u8),
    Demote(u8),
    Leave,
    Consent,
    Write(u32),
    RevokeDevice,
    Wait,
}

#[derive(Debug, Clone)]
struct Step {
    who: u8,
    hears: Option<u8>,
    deed: Deed,
}

fn deed() -> impl Strategy<Value = Deed> {
    let history = prop::sample::select(vec![History::FromJoin, History::FromJoin, History::Full]);
    let role = prop::sample::select(Role::ALL.to_vec());
    prop_oneof![
        5 => (0..PEOPLE, role, history).prop_map(|(who, role, history)| Deed::Add(who, role, history)),
        3 => (0..PEOPLE).prop_map(Deed::Remove),
        1 => (0..PEOPLE).prop_map(Deed::Demote),
        1 => Just(Deed::Leave),
        1 => Just(Deed::Consent),
        7 => (1u32..3).prop_map(Deed::Write),
        1 => Just(Deed::RevokeDevice),
        1 => Just(Deed::Wait),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    // Person 0 founds the space and is busier than the others, or little would happen.
    let who = prop_oneof![2 => Just(0u8), 3 => 0..PEOPLE];
    let step = (who, proptest::option::weighted(0.5, 0..PEOPLE), deed());
    prop::collection::vec(step.prop_map(|(who, hears, deed)| Step { who, hears, deed }), 10..45)
}

fn live(kind: SpaceKind, steps: &[Step]) -> World {
    let mut world = World::new(kind, PEOPLE);
    for Step { who, hears, deed } in steps {
        if let Some(other) = hears {
            world.hear(*who, *other);
        }
        let act = match deed {
            Deed::Add(subject, role, history) => {
                Act::Add { subject: person(*subject), role: *role, history: *history }
            }
            Deed::Remove(subject) => Act::Remove { subject: person(*subject) },
            Deed::Demote(subject) => Act::Demote { subject: person(*subject), role: Role::Observer },
            Deed::Leave if *who != 0 => Act::Leave,
            Deed::Leave => continue,
            Deed::Consent => match world.resolver(*who).proposals().first() {
                Some((add, _, _)) => Act::Consent { add: *add },
                None => continue,
            },
            Deed::Write(stream) => {
                world.write(*who, *stream);
                continue;
            }
            Deed::RevokeDevice => {
                world.revoke_device(*who);
                continue;
            }
            Deed::Wait => {
                world.now_ms += 12 * super::people::DAY_MS;
                continue;
            }
        };
        if world.resolver(*who).would_allow(&person(*who), &act) {
            world.act(*who, act);
        }
    }
    world
}

/// Tells whether somebody was brought in with all history by an operation that some heads have not seen.
fn comes_back_with_history(world: &World, who: u8, heads: &[OpId]) -> bool {
    let resolver = Resolver::new(&world.ops(&world.everything()));
    world.items.iter().any(|item| match item {
        Item::Op(op) => {
            let full =
                matches!(op.act, Act::Add { subject, history: History::Full, .. } if subject == person(who));
            full && !resolver.is_seen_by(&op.id, heads)
        }
        _ => false,
    })
}

fn kinds() -> impl Strategy<Value = SpaceKind> {
    prop::sample::select(vec![SpaceKind::Circle, SpaceKind::Circle, SpaceKind::Pairing])
}

fn cases(count: u32) -> ProptestConfig {
    let factor = std::env::var("VV_SOAK").ok().and_then(|factor| factor.parse().ok()).unwrap_or(1);
    ProptestConfig { max_shrink_iters: 500, ..ProptestConfig::with_cases(count * factor) }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn no_key_of_somebody_who_is_out_opens_what_was_written_by_somebody_who_knew_it(kind in kinds(), steps in steps()) {
        let world = live(kind, &steps);
        let all = Resolver::new(&world.ops(&world.everything()));
        for who in 0..PEOPLE {
            let ring = world.ring_of_all(who);
            for record in &world.written {
                let seen = all.at(&record.heads).unwrap();
                if seen.role(&person(who)).is_some() || comes_back_with_history(&world, who, &record.heads) {
                    continue;
                }
                let held = ring.grant(&record.epoch);
                let key = held.and_then(|held| if record.stream == 1 { held.content.as_ref() } else { held.process.as_ref() });
                prop_assert!(key.is_none(), "person {who} opens a record in stream {}", record.stream);
            }
        }
    }

    #[test]
    fn whoever_reads_from_joining_on_opens_no_epoch_from_before(kind in kinds(), steps in steps()) {
        let world = live(kind, &steps);
        let all = Resolver::new(&world.ops(&world.everything()));
        let log = world.log(&world.everything());
        for who in 1..PEOPLE {
            if comes_back_with_history(&world, who, &[]) {
                continue;
            }
            let ring = world.ring_of_all(who);
            for record in log.epochs() {
                if all.at(&record.op.member_heads).unwrap().role(&person(who)).is_some() {
                    continue;
                }
                if let Some(held) = ring.grant(&record.op.epoch) {
                    prop_assert!(held.content.is_none() && held.process.is_none() && held.history.is_none());
                }
            }
        }
    }

    #[test]
    fn a_facilitator_holds_no_content_key(kind in kinds(), steps in steps()) {
        let world = live(kind, &steps);
        for who in 1..PEOPLE {
            let only_leads = world.items.iter().all(|item| match item {
                Item::Op(op) if op.act.subject() == Some(&person(who)) => match op.act {
                    Act::Add { role, .. } | Act::Demote { role, .. } => role == Role::Facilitator,
                    _ => true,
                },
                _ => true,
            });
            if only_leads {
                prop_assert!(world.ring_of_all(who).grants().all(|(_, held)| held.content.is_none()));
            }
        }
    }

    #[test]
    fn who_can_read_is_just_who_holds_the_key(kind in kinds(), steps in steps()) {
        let world = live(kind, &steps);
        let log = world.log(&world.everything());
        let rings: Vec<_> = (0..PEOPLE).map(|who| world.ring_of_all(who)).collect();
        for record in log.epochs() {
            let epoch = &record.op.epoch;
            let readers = readers_of(&SPACE, epoch, &log, (0..PEOPLE).map(person));
            let held = |stream: u32| -> BTreeSet<[u8; 32]> {
                let holds = |who: &u8| {
                    let grant = rings[usize::from(*who)].grant(epoch);
                    grant.is_some_and(|held| if stream == 1 { held.content.is_some() } else { held.process.is_some() })
                };
                (0..PEOPLE).filter(holds).map(person).collect()
            };
            prop_assert_eq!(&readers.content, &held(1));
            prop_assert_eq!(&readers.process, &held(2));
            prop_assert!(!readers.unknown);
        }
    }

    #[test]
    fn after_they_meet_all_write_in_one_epoch_and_lack_nothing(kind in kinds(), steps in steps()) {
        let mut world = live(kind, &steps);
        world.meet();
        // One after another comes by, as devices do.
        for _ in 0..2 {
            for who in 0..PEOPLE {
                if let Writing::AfterMinting { parents } = world.writing(who) {
                    world.mint(who, &parents);
                }
                world.meet();
            }
            for who in 0..PEOPLE {
                if world.resolver(who).now().role(&person(who)).is_some_and(crate::spaces::epochs::may_write_content) {
                    world.share(who);
                }
                world.meet();
            }
        }
        let now = world.resolver(0).now();
        if now.frozen || !now.members.values().any(|member| crate::spaces::epochs::may_write_content(member.role)) {
            return Ok(());
        }
        let epochs: BTreeSet<_> = (0..PEOPLE)
            .filter(|who| now.members.contains_key(&person(*who)))
            .map(|who| match world.writing(who) {
                Writing::In(epoch) => epoch,
                other => panic!("person {who} of {now:?} has {other:?}"),
            })
            .collect();
        prop_assert_eq!(epochs.len(), 1);
        let readers = readers_of(&SPACE, epochs.first().unwrap(), &world.log(&world.everything()), (0..PEOPLE).map(person));
        prop_assert_eq!(readers.process.iter().collect::<Vec<_>>(), now.members.keys().collect::<Vec<_>>());
        let rings: Vec<_> = (0..PEOPLE).map(|who| world.ring_of_all(who)).collect();
        for (account, member) in &now.members {
            let ring = &rings[usize::from(account[0])];
            for giver in (0..PEOPLE).filter(|who| now.members.contains_key(&person(*who))) {
                if !may_give(&now, giver) {
                    continue;
                }
                for (epoch, held) in rings[usize::from(giver)].grants() {
                    let got = ring.grant(epoch).cloned().unwrap_or_default();
                    prop_assert!(got.control.is_some() || held.control.is_none(), "the membership log is whole");
                    if Access::of(member.role, member.history) == Access::ContentWithHistory {
                        prop_assert!(got.content.is_some() || held.content.is_none(), "history is whole");
                    }
                }
            }
        }
    }
}

fn may_give(now: &crate::spaces::membership::Membership, who: u8) -> bool {
    now.role(&person(who)).is_some_and(crate::spaces::epochs::may_write_content)
}
