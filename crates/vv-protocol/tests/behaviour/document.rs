//! The protocol's text names what the code uses.

use vv_protocol::{OpType, contexts, limits};

const PROTOCOL: &str = include_str!("../../../../docs/protocol.md");

#[test]
fn the_protocol_lists_every_context() {
    for context in [
        contexts::ACCOUNT_ID,
        contexts::SPACE_ID,
        contexts::FEED_ID,
        contexts::RECORD_HASH,
        contexts::STREAM_CHAIN,
        contexts::RECORD_SIGNATURE,
        contexts::PUSH_SIGNATURE,
        contexts::AUTH_SIGNATURE,
        contexts::SPACE_CREATE_SIGNATURE,
        contexts::ACCESS_SIGNATURE,
        contexts::PURGE_SIGNATURE,
        contexts::MAILBOX_ID,
    ] {
        assert!(PROTOCOL.contains(&format!("| `{context}` |")), "docs/protocol.md lacks {context}");
    }
}

#[test]
fn the_protocol_lists_every_operation_with_its_number() {
    for op in OpType::ALL {
        let entry = format!("| {} | {} ", op.number(), op.word());
        assert!(PROTOCOL.contains(&entry), "docs/protocol.md lacks {entry}");
    }
}

#[test]
fn the_protocol_states_every_limit() {
    let sizes = [
        limits::MAX_RECORD_LEN as u64,
        limits::MAX_CONTENT_LEN as u64,
        limits::MAX_UPDATE_LEN as u64,
        limits::MAX_DOC_LEN as u64,
        limits::MAX_BLOB_LEN,
        limits::CHUNK_LEN as u64,
        limits::MAX_BATCH_RECORDS as u64,
        limits::MAX_BATCH_LEN as u64,
        limits::MAX_SEALED_CHUNK_LEN as u64,
        limits::MAX_NOTE_LEN as u64,
        limits::MAX_MAILBOX_ITEM_LEN as u64,
        limits::MAX_MAILBOX_SECONDS,
    ];
    for size in sizes {
        assert!(PROTOCOL.contains(&grouped(size)), "docs/protocol.md lacks {}", grouped(size));
    }
}

/// Writes a number with commas between thousands.
fn grouped(number: u64) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1000), number % 1000),
    }
}
