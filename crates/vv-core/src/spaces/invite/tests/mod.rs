//! Invitations: read wherever they were pasted, refused wherever they were changed.

mod fuzz;

use proptest::prelude::*;
use vv_crypto::{EncSecret, Key32, SigningKey};

use super::*;
use crate::spaces::control::SharedAccount;
use crate::spaces::membership::{Role, SpaceKind};
use crate::spaces::vectors::{array, bytes, list, text, vector};

fn invitation() -> Invitation {
    let vectors = vector("invitations.json");
    Invitation {
        space: array(&vectors, "space"),
        kind: SpaceKind::Pairing,
        secret: array(&vectors, "secret"),
        inviter: array(&vectors, "inviter"),
        inviter_name: "Ana".into(),
        role: Role::Owner,
        expires_ms: 1_795_219_200_000,
        places: list(&vectors, "places").iter().map(|place| place.as_str().unwrap().to_owned()).collect(),
    }
}

fn records() -> Vec<Vec<u8>> {
    let vectors = vector("invitations.json");
    let digits =
        |record: &serde_json::Value| data_encoding::HEXLOWER.decode(record.as_str().unwrap().as_bytes());
    list(&vectors, "records").iter().map(|record| digits(record).unwrap()).collect()
}

#[test]
fn links_are_those_of_the_protocol() {
    let vectors = vector("invitations.json");
    assert_eq!(invitation().to_link(), text(&vectors, "link"));
    assert_eq!(invitation().to_web_link("https://vv.example.org/"), text(&vectors, "web_link"));
    let keys = InviteKeys::derive(&invitation().secret, &invitation().space);
    assert_eq!(keys.id(), array(&vectors, "invite"));
    assert_eq!(*keys.signing().verifying_key().as_bytes(), array::<32>(&vectors, "sign_public"));
    assert_eq!(*keys.sealing().1.as_bytes(), array::<32>(&vectors, "seal_public"));
}

#[test]
fn an_invitation_is_found_in_whatever_it_was_pasted_with() {
    let invitation = invitation();
    for text in [
        invitation.to_link(),
        invitation.to_web_link("https://vv.example.org"),
        invitation.to_file("Ana invites you to a pairing."),
        format!("Hi Ben,\r\nhere it is: <{}>, see you!", invitation.to_web_link("https://vv.example.org")),
        format!("\u{feff}  {}  ", invitation.to_link()),
    ] {
        assert_eq!(Invitation::read(&text), Ok(invitation.clone()), "{text}");
    }
    assert_eq!(Invitation::read("Lunch at noon?"), Err(LinkError::None));
    assert_eq!(Invitation::read("viceversa://join#v2.abc"), Err(LinkError::Later));
    assert_eq!(Invitation::read(&"ä".repeat(100_000)), Err(LinkError::None));
}

#[test]
fn a_request_and_its_answers_are_those_of_the_protocol() {
    let vectors = vector("invitations.json");
    let space = array(&vectors, "space");
    let keys = InviteKeys::derive(&array(&vectors, "secret"), &space);
    let request = JoinRequest::open(&bytes(&vectors, "request"), &keys, &space).unwrap();
    let expected = JoinRequest {
        space,
        invite: array(&vectors, "invite"),
        account: SharedAccount {
            account: array(&vectors, "account"),
            key: array(&vectors, "log_key"),
            records: records(),
        },
        name: "Ben".into(),
        device: array(&vectors, "device"),
        access: array(&vectors, "access"),
        answer_to: array(&vectors, "answer_public"),
        made_ms: 1_795_219_200_001,
    };
    assert_eq!(request, expected);
    assert_eq!(request.hash(), array(&vectors, "request_hash"));
    assert_eq!(answer_mailbox(&request.answer_to), array(&vectors, "answer_mailbox"));
    let secret = EncSecret::from_key(Key32::from_bytes(array(&vectors, "answer_secret")));
    let open =
        |name| JoinAnswer::open(&bytes(&vectors, name), &secret, &space, &request.hash()).unwrap().outcome;
    assert_eq!(open("declined"), Outcome::Declined);
    let welcome = Welcome {
        genesis: bytes(&vectors, "genesis"),
        first_epoch: array(&vectors, "first_epoch"),
        control: Key32::from_bytes(array(&vectors, "control")),
        records: records(),
    };
    assert_eq!(open("welcome"), Outcome::Approved(welcome));
}

#[test]
fn safety_words_are_the_same_on_both_sides() {
    let vectors = vector("invitations.json");
    let safety = &vectors["safety"];
    let (one, other) = (array(safety, "one"), array(safety, "other"));
    assert_eq!(vv_crypto::safety_words(&one, &other).join(" "), text(safety, "words"));
    assert_eq!(vv_crypto::safety_words(&other, &one), vv_crypto::safety_words(&one, &other));
    assert_ne!(vv_crypto::safety_words(&one, &[9; 32]), vv_crypto::safety_words(&one, &other));
}

#[test]
fn a_link_fits_into_a_picture() {
    let svg = draw_qr(&invitation().to_link()).unwrap();
    assert!(svg.starts_with("<?xml") && svg.contains("<svg") && svg.contains("<path"));
    assert_eq!(draw_qr(&"x".repeat(10_000)), None);
}

/// Makes a request of a new account and device.
fn request(keys: &InviteKeys) -> (JoinRequest, SigningKey, EncSecret) {
    let device = SigningKey::make();
    let (secret, public) = EncSecret::make();
    let request = JoinRequest {
        space: invitation().space,
        invite: keys.id(),
        account: SharedAccount { account: [1; 32], key: [2; 32], records: records() },
        name: "Ben".into(),
        device: *device.verifying_key().as_bytes(),
        access: [7; 32],
        answer_to: *public.as_bytes(),
        made_ms: 5,
    };
    (request, device, secret)
}

#[test]
fn only_whoever_has_the_link_and_the_device_can_ask() {
    let (space, secret) = (invitation().space, invitation().secret);
    let keys = InviteKeys::derive(&secret, &space);
    let (asked, device, _) = request(&keys);
    let sealed = asked.seal(&keys, &device);
    assert_eq!(JoinRequest::open(&sealed, &keys, &space), Ok(asked.clone()));
    let other_device = SigningKey::make();
    assert_eq!(
        JoinRequest::open(&asked.seal(&keys, &other_device), &keys, &space),
        Err(RequestError::Unsigned),
        "somebody else's device"
    );
    let other_link = InviteKeys::derive(&[9; 16], &space);
    assert_eq!(JoinRequest::open(&sealed, &other_link, &space), Err(RequestError::Foreign));
    assert_eq!(JoinRequest::open(&sealed, &keys, &[9; 16]), Err(RequestError::Foreign), "another space");
}

#[test]
fn an_answer_opens_to_whoever_asked_and_only_for_the_space_they_were_asked_into() {
    let keys = InviteKeys::derive(&invitation().secret, &invitation().space);
    let (asked, _, secret) = request(&keys);
    let genesis = bytes(&vector("invitations.json"), "genesis");
    let welcome = |genesis: Vec<u8>| JoinAnswer {
        space: asked.space,
        request: asked.hash(),
        outcome: Outcome::Approved(Welcome {
            genesis,
            first_epoch: [3; 32],
            control: Key32::from_bytes([4; 32]),
            records: Vec::new(),
        }),
    };
    let sealed = welcome(genesis).seal(&asked).unwrap();
    assert!(JoinAnswer::open(&sealed, &secret, &asked.space, &asked.hash()).is_some());
    assert_eq!(JoinAnswer::open(&sealed, &EncSecret::make().0, &asked.space, &asked.hash()), None);
    assert_eq!(JoinAnswer::open(&sealed, &secret, &asked.space, &[0; 32]), None, "to another request");
    let swapped = welcome(b"another genesis".to_vec()).seal(&asked).unwrap();
    assert_eq!(
        JoinAnswer::open(&swapped, &secret, &asked.space, &asked.hash()),
        None,
        "another space's genesis"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_link_that_was_cut_or_changed_is_not_read_as_another(at: prop::sample::Index, by in "[A-Za-z0-9_-]") {
        let link = invitation().to_link();
        let begin = link.find("#v1.").unwrap() + 4;
        let at = begin + at.index(link.len() - begin);
        let mut changed = link.clone();
        changed.replace_range(at..=at, &by);
        for wrong in [&link[..at], &changed] {
            prop_assert!(*wrong == link || Invitation::read(wrong).is_err());
        }
    }

    #[test]
    fn any_text_is_an_invitation_or_not(text: String) {
        let _ = Invitation::read(&format!("x#v1.{text}"));
        let _ = Invitation::read(&text);
    }

    #[test]
    fn a_message_with_a_changed_byte_does_not_open(at: prop::sample::Index, bit in 0u8..8) {
        let keys = InviteKeys::derive(&invitation().secret, &invitation().space);
        let (asked, device, _) = request(&keys);
        let mut sealed = asked.seal(&keys, &device);
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(JoinRequest::open(&sealed, &keys, &asked.space).is_err());
    }
}
