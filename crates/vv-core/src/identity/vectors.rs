//! The golden vectors of account logs and linking: what this version writes and reads, every later version must too.

use serde_json::Value;
use vv_crypto::{AccountSecret, Key32, SigningKey, open_with_nonce_prefix};

use super::account_log::{place_of_cuts, seal_cuts};
use super::account_op::{AccountOp, AccountRotate, Cut, DeviceAdd, DeviceRevoke, Rotation, SecretWrap};
use super::record::{AccountGenesis, SignedAccountOp, account_op_hash};

/// Reads a file of vectors.
pub(crate) fn read(name: &str) -> Value {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/vectors").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Reads bytes that stand in hexadecimal.
pub(crate) fn bytes(of: &Value) -> Vec<u8> {
    let digits = of.as_str().unwrap().as_bytes();
    let pairs = digits.chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

pub(crate) fn array<const N: usize>(of: &Value) -> [u8; N] {
    bytes(of).try_into().unwrap()
}

fn rotation(of: &Value) -> Rotation {
    let (open, recovery, wrap) = (array(&of["open"]), array(&of["recovery"]), bytes(&of["wrap"]));
    let back = SecretWrap { generation: 3, public: array(&of["account_enc"]), wrap: bytes(&of["back"]) };
    let wraps = vec![(open, wrap.clone()), (recovery, wrap)];
    Rotation { generation: 4, public: recovery, wraps, back: vec![back] }
}

fn expected(of: &Value) -> Vec<AccountOp> {
    let parents: Vec<[u8; 32]> = of["parents"].as_array().unwrap().iter().map(array).collect();
    let made_ms = of["made_ms"].as_u64().unwrap();
    let account_enc = array(&of["account_enc"]);
    let add = DeviceAdd {
        parents: parents.clone(),
        sign: array(&of["new"]),
        open: array(&of["open"]),
        proof: array(&of["proof"]),
        wraps: vec![SecretWrap { generation: 3, public: account_enc, wrap: bytes(&of["wrap"]) }],
        made_ms,
    };
    let device = SigningKey::from_seed(&Key32::from_bytes(array(&of["device_seed"])));
    let genesis = AccountGenesis {
        root: array(&of["root"]),
        recovery: array(&of["recovery"]),
        device_sig: *device.verifying_key().as_bytes(),
        device_enc: array(&of["open"]),
        account_enc,
        nonce: array(&of["nonce"]),
        made_ms,
    };
    let revoke = DeviceRevoke {
        parents: parents.clone(),
        device: array(&of["thief"]),
        rotation: rotation(of),
        cuts: bytes(&of["cuts"]),
        made_ms,
    };
    vec![
        AccountOp::Genesis(genesis),
        AccountOp::Add(add.clone()),
        AccountOp::Recover(add),
        AccountOp::Revoke(revoke),
        AccountOp::Rotate(AccountRotate { parents, rotation: rotation(of), made_ms }),
    ]
}

#[test]
fn the_operations_of_an_account_log_are_those_of_the_protocol() {
    let of = read("account_ops.json");
    let account: [u8; 32] = array(&of["account"]);
    assert_eq!(vv_protocol::account_id(&bytes(&of["genesis"])), account);
    let seed = |name: &str| SigningKey::from_seed(&Key32::from_bytes(array(&of[name])));
    let (root, device, new) = (seed("root_seed"), seed("device_seed"), seed("new_seed"));
    assert_eq!(DeviceAdd::prove(&new, &array(&of["open"]), &account), array(&of["proof"]));
    for (v, op) in of["ops"].as_array().unwrap().iter().zip(expected(&of)) {
        let kind = v["type"].as_u64().unwrap();
        assert_eq!(op.encode(), bytes(&v["op"]), "{}", v["word"]);
        assert_eq!(AccountOp::decode(kind, &bytes(&v["op"])).unwrap(), Some(op.clone()));
        assert_eq!(account_op_hash(&bytes(&v["op"])), array(&v["name"]));
        let signer =
            if matches!(op, AccountOp::Genesis(_) | AccountOp::Recover(_)) { &root } else { &device };
        let signed = SignedAccountOp::sign(signer, &account, kind, op.encode());
        assert_eq!(signed.encode(), bytes(&v["record"]));
        assert!(signed.verify(&account, kind).is_ok());
        assert!(signed.verify(&account, kind + 1).is_err(), "a signature is for one type");
        if let AccountOp::Add(add) | AccountOp::Recover(add) = &op {
            assert!(add.check_proof(&account).is_ok());
            assert!(add.check_proof(&[0; 32]).is_err());
        }
    }
    for v in of["invalid"].as_array().unwrap() {
        assert!(AccountOp::decode(v["type"].as_u64().unwrap(), &bytes(&v["op"])).is_err(), "{}", v["what"]);
    }
}

#[test]
fn cuts_are_sealed_as_the_protocol_says() {
    let of = read("account_ops.json");
    let (account, v) = (array(&of["account"]), &of["sealed_cuts"]);
    let secret = AccountSecret::from_parts(4, Key32::from_bytes(array(&v["secret"])));
    let cut = Cut {
        space: array(&v["space"]),
        stream: v["stream"].as_u64().unwrap() as u32,
        feed: array(&v["feed"]),
        seq: v["seq"].as_u64().unwrap(),
        hash: array(&v["hash"]),
    };
    assert_eq!(Cut::encode_all(&[cut]), bytes(&v["plain"]));
    assert_eq!(Cut::decode_all(&bytes(&v["plain"])).unwrap(), [cut]);
    let place = place_of_cuts(&account, &array(&v["device"]));
    let key = Key32::from_bytes(array(&v["key"]));
    assert_eq!(
        open_with_nonce_prefix(&key, &place, &bytes(&v["sealed"])).unwrap().to_vec(),
        bytes(&v["plain"])
    );
    assert!(open_with_nonce_prefix(&key, &place, &seal_cuts(&secret, &place, &[cut])).is_ok());
}
