//! What a new notebook is founded on.

use vv_protocol::OpType;

use crate::notebook::StoreError;
use crate::store::log;
use crate::store::tests::Profile;

#[test]
fn a_new_notebook_holds_the_founding_operations_in_their_streams_and_nothing_else() {
    let profile = Profile::new();
    let notebook = profile.create();
    let kinds = notebook
        .read(|reader| {
            let mut kinds = Vec::new();
            for feed in log::list_feeds(reader.sql())? {
                for row in log::records_of_feed(reader.sql(), feed.fid, 0, 100)? {
                    kinds.push((feed.head.stream, OpType::from_number(row.kind).unwrap()));
                }
            }
            Ok::<_, StoreError>(kinds)
        })
        .unwrap();
    assert_eq!(
        kinds,
        [
            (0, OpType::FeedOpen),
            (0, OpType::AccountGenesis),
            (0, OpType::EncRotate),
            (0, OpType::FeedOpen),
            (0, OpType::SpaceGenesis),
            (0, OpType::Epoch),
            (1, OpType::FeedOpen),
            (1, OpType::Change),
            (1, OpType::Change),
        ]
    );
}

#[test]
fn the_recovery_kit_opens_the_account_secret_and_derives_the_account_root() {
    use super::record::{AccountGenesis, EncRotate, SignedAccountOp};
    let profile = Profile::new();
    let notebook = profile.create();
    let kit = notebook.kit().unwrap();
    let (genesis, rotate) = notebook
        .read(|reader| {
            let mut ops = Vec::new();
            for row in log::records_after(reader.sql(), 0, 3)? {
                let record = vv_protocol::Record::decode(&row.raw).unwrap();
                let header = &record.header;
                let key = reader.core().record_key(&header.space, header.stream, &header.epoch)?;
                ops.push(crate::store::seal::open_record(&record, &key)?.inner);
            }
            let genesis = SignedAccountOp::decode(&ops[1].body)?;
            let rotate = SignedAccountOp::decode(&ops[2].body)?;
            genesis.verify(&reader.core().account_id, ops[1].kind)?;
            Ok::<_, StoreError>((AccountGenesis::decode(&genesis.op)?, EncRotate::decode(&rotate.op)?))
        })
        .unwrap();
    assert_eq!(genesis.root, *kit.derive_account_root().verifying_key().as_bytes());
    let (secret, public) = kit.derive_recovery();
    let account_id = notebook.read(|reader| Ok::<_, StoreError>(reader.core().account_id)).unwrap();
    let (_, wrap) = rotate.wraps.iter().find(|(to, _)| to == public.as_bytes()).unwrap();
    let unwrapped = vv_crypto::AccountSecret::unwrap(&secret, &account_id, 0, wrap).unwrap();
    assert_eq!(unwrapped.derive_account_enc().1.as_bytes(), &rotate.account_enc);
}
