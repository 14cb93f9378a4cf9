//! Invitations, requests and answers, made by somebody who has the link and means harm.

use data_encoding::BASE64URL_NOPAD;

use super::*;
use crate::fuzzing::{fuzz, fuzz_cbor};
use crate::spaces::bytes::write;
use crate::spaces::invite::sealed;

#[test]
fn links_survive() {
    let link = invitation().to_link();
    let seeds = [
        link.clone().into_bytes(),
        invitation().to_file("Ana invites you.").into_bytes(),
        b"#v2.abc".to_vec(),
    ];
    fuzz("links", &seeds, &[b"#v1.", b"#v", b"-", b"_", b"\xc3\xa4", b"\xff"], |bytes| {
        if let Ok(read) = Invitation::read(&String::from_utf8_lossy(bytes)) {
            assert_eq!(Invitation::read(&read.to_link()), Ok(read));
        }
    });
    // The check at the end of a link is no secret: behind it anything may stand.
    let (_, payload) = link.split_once("#v1.").unwrap();
    let payload = BASE64URL_NOPAD.decode(payload.as_bytes()).unwrap();
    fuzz_cbor("payloads of links", &[payload[..payload.len() - 4].to_vec()], |body| {
        let check = vv_protocol::hash("invite-link/v1", &[body]);
        let link = format!("#v1.{}", BASE64URL_NOPAD.encode(&[body, &check[..4]].concat()));
        if let Ok(read) = Invitation::read(&link) {
            assert!(read.to_link().ends_with(&link), "an invitation has one link");
        }
    });
}

#[test]
fn requests_survive() {
    let vectors = vector("invitations.json");
    let space = array(&vectors, "space");
    let keys = InviteKeys::derive(&array(&vectors, "secret"), &space);
    let whole =
        sealed::open(&keys.sealing().0, "join-request/v1", &space, &bytes(&vectors, "request")).unwrap();
    let device = SigningKey::from_seed(&Key32::from_bytes([3; 32]));
    let content = {
        let mut d = minicbor::Decoder::new(&whole);
        d.array().unwrap();
        d.u32().unwrap();
        d.bytes().unwrap().to_vec()
    };
    fuzz_cbor("requests", &[whole.to_vec(), content], |bytes| {
        let signed = write(3, |e| {
            let by_link = keys.signing().sign("join-request/v1", &[bytes]);
            e.bytes(bytes)?.bytes(&by_link)?.bytes(&device.sign("join-request/v1", &[bytes]))?;
            Ok(())
        });
        for body in [bytes, signed.as_slice()] {
            let sealed = sealed::seal(&keys.sealing().1, "join-request/v1", &space, body);
            if let Ok(request) = JoinRequest::open(&sealed, &keys, &space) {
                assert_eq!(request.space, space);
            }
        }
        assert!(JoinRequest::open(bytes, &keys, &space).is_err());
    });
}

#[test]
fn answers_survive() {
    let vectors = vector("invitations.json");
    let space = array(&vectors, "space");
    let secret = EncSecret::from_key(Key32::from_bytes(array(&vectors, "answer_secret")));
    let request = array(&vectors, "request_hash");
    let seeds: Vec<Vec<u8>> = ["declined", "welcome"]
        .iter()
        .map(|name| sealed::open(&secret, "join-answer/v1", &space, &bytes(&vectors, name)).unwrap().to_vec())
        .collect();
    fuzz_cbor("answers", &seeds, |bytes| {
        let sealed = sealed::seal(&secret.public(), "join-answer/v1", &space, bytes);
        if let Some(answer) = JoinAnswer::open(&sealed, &secret, &space, &request) {
            assert_eq!(answer.space, space);
        }
        assert!(JoinAnswer::open(bytes, &secret, &space, &request).is_none());
    });
}
