//! Single stories of keys.

use super::people::{DAY_MS, Item, SPACE, World, person, secret};
use crate::spaces::epochs::audit::{Audit, audit};
use crate::spaces::epochs::ring::Opened;
use crate::spaces::epochs::{EpochRecord, KeyRing, Writing, mint, readers_of};
use crate::spaces::membership::{Act, History, Role, SpaceKind};

fn add(subject: u8, role: Role, history: History) -> Act {
    Act::Add { subject: person(subject), role, history }
}

/// A circle of an owner, a second owner, a member, an observer and a facilitator.
fn circle() -> World {
    let mut world = World::new(SpaceKind::Circle, 6);
    world.act(0, add(1, Role::Owner, History::Full));
    world.act(0, add(2, Role::Member, History::FromJoin));
    world.act(0, add(3, Role::Observer, History::FromJoin));
    world.act(0, add(4, Role::Facilitator, History::FromJoin));
    world.write(0, 1).unwrap();
    world.meet();
    world
}

#[test]
fn facilitators_read_the_process_and_everybody_else_the_content() {
    let world = circle();
    let Writing::In(epoch) = world.writing(0) else { panic!("keys are there") };
    let readers = readers_of(&SPACE, &epoch, &world.log(&world.everything()), (0..6).map(person));
    assert_eq!(readers.content.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3].map(person));
    assert_eq!(readers.process.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4].map(person));
}

#[test]
fn after_a_facilitator_removed_somebody_nobody_writes_until_a_member_made_new_keys() {
    let mut world = circle();
    let before = world.write(2, 1).unwrap();
    world.act(4, Act::Remove { subject: person(3) });
    assert_eq!(world.writing(4), Writing::Waiting, "who makes keys knows them, so a facilitator makes none");
    world.meet();
    assert_eq!(world.writing(2), Writing::AfterMinting { parents: vec![before] });
    let after = world.write(2, 1).unwrap();
    world.meet();
    assert_eq!(world.writing(4), Writing::In(after));
    assert!(world.ring_of_all(3).grant(&after).is_none());
}

#[test]
fn two_removals_at_once_are_followed_by_an_epoch_that_joins_both() {
    let mut world = circle();
    world.act(0, Act::Remove { subject: person(2) });
    let first = world.write(0, 1).unwrap();
    world.act(1, Act::Remove { subject: person(3) });
    let second = world.write(1, 1).unwrap();
    world.meet();
    let mut parents = vec![first, second];
    parents.sort();
    assert_eq!(world.writing(0), Writing::AfterMinting { parents: parents.clone() });
    let merged = world.write(0, 1).unwrap();
    world.meet();
    assert_eq!(world.writing(1), Writing::In(merged));
    for out in [2, 3] {
        assert!(world.ring_of_all(out).grant(&merged).is_none());
    }
    // Somebody who comes now and reads everything walks back through both.
    world.act(0, add(5, Role::Member, History::Full));
    world.write(0, 1).unwrap();
    let log = world.log(&world.everything());
    let shared_to_them = log.shares_to(crate::identity::record::account_tag(&SPACE, &person(5)));
    let one_key = vv_crypto::WRAP_OVERHEAD + 33;
    assert!(
        shared_to_them.into_iter().all(|share| share.wrap.len() == one_key),
        "all but the control keys lies behind their first epoch"
    );
    let ring = world.ring_of_all(5);
    assert!(log.epochs().all(|record| ring.whole(&record.op.epoch).is_some()));
}

#[test]
fn a_new_generation_of_somebodys_key_and_a_month_call_for_new_keys() {
    let mut world = circle();
    let first = world.write(0, 1).unwrap();
    world.revoke_device(2);
    assert_eq!(world.writing(2), Writing::AfterMinting { parents: vec![first] });
    let second = world.write(2, 1).unwrap();
    world.meet();
    assert_eq!(world.writing(0), Writing::In(second));
    world.now_ms += 29 * DAY_MS;
    assert_eq!(world.writing(0), Writing::In(second));
    world.now_ms += DAY_MS;
    assert_eq!(world.writing(0), Writing::AfterMinting { parents: vec![second] });
    assert_eq!(world.writing(4), Writing::In(second), "a facilitator makes no keys and goes on");
}

#[test]
fn whoever_is_wrapped_the_wrong_keys_finds_out_and_makes_others() {
    let mut world = circle();
    let heads = world.resolver(0).now().heads;
    let log = world.log(&world.everything());
    let Writing::In(current) = world.writing(0) else { panic!("keys are there") };
    let parent = &log.find(&current).unwrap().op;
    let recipients = world.recipients(0);
    let (mut op, _) = mint(&SPACE, SpaceKind::Circle, &recipients, &[parent], &heads, &world.rings[&0]);
    let (other, _) = mint(&SPACE, SpaceKind::Circle, &recipients, &[parent], &heads, &world.rings[&0]);
    let mine = op
        .wraps
        .iter()
        .position(|(tag, _, _)| *tag == crate::identity::record::account_tag(&SPACE, &person(2)));
    op.wraps[mine.unwrap()] = other.wraps[mine.unwrap()].clone();
    let bad = op.clone();
    world.publish(0, Item::Epoch(EpochRecord { op, author: person(0), made_ms: world.now_ms }));
    world.meet();
    assert_eq!(world.writing(0), Writing::In(bad.epoch), "its author cannot tell");
    assert_eq!(world.writing(2), Writing::AfterMinting { parents: vec![bad.epoch] });
    let opened =
        KeyRing::new(SPACE).open(&bad, &person(2), &|generation| vec![secret(&person(2), generation)]);
    assert_eq!(opened, Opened::Bad);
    let good = world.write(2, 1).unwrap();
    world.meet();
    assert_eq!(world.writing(0), Writing::In(good));
}

#[test]
fn an_audit_finds_every_way_to_give_keys_to_others() {
    let mut world = circle();
    world.act(0, add(5, Role::Member, History::Full));
    world.meet();
    let (resolver, log) = (world.resolver(0), world.log(&world.everything()));
    let Writing::AfterMinting { parents } = world.writing(0) else { panic!("somebody came") };
    let parents: Vec<_> = parents.iter().map(|parent| &log.find(parent).unwrap().op).collect();
    let (heads, recipients) = (resolver.now().heads, world.recipients(0));
    let made = |recipients: &[_]| {
        let (op, _) = mint(&SPACE, SpaceKind::Circle, recipients, &parents, &heads, &world.rings[&0]);
        EpochRecord { op, author: person(0), made_ms: 0 }
    };
    let judge = |record: &EpochRecord| audit(&SPACE, SpaceKind::Circle, record, &log, &resolver);
    let sound = made(&recipients);
    assert_eq!(judge(&sound), Audit::Sound);

    assert_eq!(judge(&made(&recipients[1..])), Audit::WrongRecipients, "one left out");
    let mut stranger = recipients.clone();
    stranger.push(recipients[0]);
    stranger.last_mut().unwrap().holder.account = person(99);
    assert_eq!(judge(&made(&stranger)), Audit::WrongRecipients, "a stranger");
    let mut raised = recipients.clone();
    raised[4].holder.access = raised[0].holder.access;
    assert_eq!(judge(&made(&raised)), Audit::WrongRecipients, "content for a facilitator");
    let mut other_set = sound.clone();
    other_set.op.member_set = made(&recipients[1..]).op.member_set;
    assert_eq!(judge(&other_set), Audit::WrongRecipients, "a set that is not theirs");
    let twice = {
        let mut twice = sound.clone();
        twice.op.wraps[1] = twice.op.wraps[0].clone();
        twice
    };
    assert_eq!(judge(&twice), Audit::WrongRecipients, "one twice in another's place");

    for nobody in [3, 4, 99] {
        let record = EpochRecord { author: person(nobody), ..sound.clone() };
        assert_eq!(judge(&record), Audit::NotTheirs, "person {nobody}");
    }
    for height in [0, 2, u64::MAX] {
        let mut high = sound.clone();
        high.op.height = if height == sound.op.height { height + 1 } else { height };
        assert_eq!(judge(&high), Audit::Misplaced);
    }
    let mut ahead = sound.clone();
    ahead.op.member_heads = vec![[1; 32]];
    assert_eq!(judge(&ahead), Audit::Waiting);
    let mut orphan = sound;
    orphan.op.parents = vec![[1; 32]];
    assert_eq!(judge(&orphan), Audit::Waiting);
}

#[test]
fn in_a_pairing_that_one_has_left_nobody_writes() {
    let mut world = World::new(SpaceKind::Pairing, 2);
    world.act(0, add(1, Role::Owner, History::FromJoin));
    world.write(0, 1).unwrap();
    world.meet();
    world.act(1, Act::Leave);
    world.meet();
    assert_eq!(world.writing(0), Writing::Closed);
    assert_eq!(world.writing(1), Writing::Closed);
}
