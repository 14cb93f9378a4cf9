//! Making the identity of a new notebook: account, first device, first account secret, journal space, first epoch.

use std::sync::Arc;

use rusqlite::Connection;
use vv_crypto::{
    AccountSecret, EncPublic, EncSecret, EpochWrapPlace, KitSeed, SigningKey, derive_feed_key, make_bytes,
    make_epoch, make_key, wrap_epoch,
};
use vv_protocol::{CONTROL_STREAM, OpType};

use super::record::{
    ACCT_HEAD, AccountGenesis, EncRotate, EpochOp, POLICY_LOCKED, SPACE_JOURNAL, SignedAccountOp,
    SpaceGenesis, account_op_hash, account_tag, member_set_of_one, quote_heads,
};
use super::table::{self, fact, secret};
use super::{adopt, epochs};
use crate::ports::Host;
use crate::store::StoreError;
use crate::store::feed::{FeedPlace, FeedWriter, Heads};
use crate::store::hlc::clock_ms;
use crate::store::log;
use crate::store::unlocked::{ACCOUNT_STREAM, RecordKey, account_space};

/// Makes the identity and writes it into an empty notebook: secrets, account log and control stream. Gives the account's
/// public key, the one part of it that may be known without a key.
pub(crate) fn make_identity(sql: &Connection, host: &Host, kit: &KitSeed) -> Result<EncPublic, StoreError> {
    let now = host.clock.now();
    let made_ms = clock_ms(now);
    let incarnation = u64::from_le_bytes(make_bytes());
    let device_key = SigningKey::make();
    let (device_enc, device_enc_public) = EncSecret::make();
    let account_secret = AccountSecret::make_first();
    let (_, account_enc) = account_secret.derive_account_enc();
    let (_, recovery) = kit.derive_recovery();
    let root = kit.derive_account_root();

    // The account.
    let genesis = AccountGenesis {
        root: *root.verifying_key().as_bytes(),
        recovery: *recovery.as_bytes(),
        device_sig: *device_key.verifying_key().as_bytes(),
        device_enc: *device_enc_public.as_bytes(),
        account_enc: *account_enc.as_bytes(),
        nonce: make_bytes(),
        made_ms,
    }
    .encode();
    let account_id = vv_protocol::account_id(&genesis);
    let certificate = account_op_hash(&genesis);
    let rotate = EncRotate {
        generation: account_secret.generation(),
        account_enc: *account_enc.as_bytes(),
        wraps: [device_enc_public, recovery]
            .map(|to| (*to.as_bytes(), account_secret.wrap(&to, &account_id)))
            .to_vec(),
        back: None,
    }
    .encode();
    let account_log_key = make_key();
    let space = account_space(&account_id);
    let place = FeedPlace {
        sid: table::put_account(sql, &account_id, &account_log_key)?,
        space,
        stream: ACCOUNT_STREAM,
        incarnation,
        device_key: &device_key,
        certificate,
        record_key: RecordKey::derive(&account_log_key, &space, ACCOUNT_STREAM),
    };
    let mut feed = open_feed(sql, host, &place, Heads::default())?;
    let signed = [(OpType::AccountGenesis, &root, genesis), (OpType::EncRotate, &device_key, rotate)];
    for (kind, key, op) in signed {
        let body = SignedAccountOp::sign(key, &account_id, kind.number(), op).encode();
        append(sql, host, &mut feed, kind, space, body)?;
    }
    feed.finish(sql)?;
    let acct_head = quote_heads(ACCT_HEAD, &mut [feed.head().hash]);

    // The journal.
    let genesis = SpaceGenesis {
        kind: SPACE_JOURNAL,
        founder: account_id,
        policy: POLICY_LOCKED,
        nonce: make_bytes(),
        made_ms,
    }
    .encode();
    let journal = vv_protocol::space_id(&genesis);
    let keys = make_epoch();
    let epoch_id = vv_crypto::derive_epoch_id(&keys.content, &journal);
    let control = RecordKey::derive(&keys.control, &journal, CONTROL_STREAM);
    let place = FeedPlace {
        sid: log::insert_space(sql, &journal, SPACE_JOURNAL)?,
        space: journal,
        stream: CONTROL_STREAM,
        incarnation,
        device_key: &device_key,
        certificate,
        record_key: control.clone(),
    };
    let mut feed = open_feed(sql, host, &place, Heads { acct_head, ..Heads::default() })?;
    append(sql, host, &mut feed, OpType::SpaceGenesis, journal, genesis)?;
    let wrap_place =
        EpochWrapPlace { space_id: journal, epoch_id, account_id, generation: account_secret.generation() };
    let epoch = EpochOp {
        epoch: epoch_id,
        height: 0,
        parents: Vec::new(),
        member_heads: vec![feed.head().hash],
        member_set: member_set_of_one(&account_id),
        control: control.epoch,
        back: None,
        wraps: vec![(
            account_tag(&journal, &account_id),
            account_secret.generation(),
            wrap_epoch(&account_enc, &wrap_place, &keys.grant_all()),
        )],
    };
    append(sql, host, &mut feed, OpType::Epoch, journal, epoch.encode())?;
    feed.finish(sql)?;

    for (name, key) in [
        (secret::DEVICE_SIG, &device_key.seed()),
        (secret::DEVICE_ENC, &device_enc.to_key()),
        (secret::KIT, kit.key()),
    ] {
        table::put_secret(sql, name, key)?;
    }
    table::put_account_secret(sql, &account_secret)?;
    let sid = log::find_space(sql, &journal)?.ok_or(StoreError::Damaged)?;
    epochs::put_keys(sql, sid, &journal, &keys)?;
    epochs::use_epoch(sql, sid, &epoch_id)?;
    table::put_fact(sql, fact::ACCOUNT_ID, account_id)?;
    table::put_fact(sql, fact::CERTIFICATE, certificate)?;
    table::put_fact(sql, fact::JOURNAL_ID, journal)?;
    table::put_fact(sql, fact::INCARNATION, incarnation.to_le_bytes())?;
    table::put_fact(sql, fact::CREATED_AT, now.timestamp_millis())?;
    adopt::read_own_logs(sql, host)?;
    Ok(account_enc)
}

fn open_feed(
    sql: &Connection,
    host: &Host,
    place: &FeedPlace,
    heads: Heads,
) -> Result<FeedWriter, StoreError> {
    let signing = derive_feed_key(&place.device_key.seed(), &place.space, place.stream, place.incarnation);
    FeedWriter::continue_or_open(sql, place, Arc::new(signing), heads, host.clock.now())
}

fn append(
    sql: &Connection,
    host: &Host,
    feed: &mut FeedWriter,
    kind: OpType,
    object: [u8; 16],
    body: Vec<u8>,
) -> Result<(), StoreError> {
    let now = host.clock.now();
    let hlc = feed.tick(now);
    feed.append(sql, kind, object, body, hlc)?;
    feed.observe(now, hlc);
    Ok(())
}
