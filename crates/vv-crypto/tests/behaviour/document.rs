//! The protocol's text names what the code uses.

use vv_crypto::contexts;

const PROTOCOL: &str = include_str!("../../../../docs/protocol.md");

#[test]
fn the_protocol_lists_every_context() {
    for context in contexts::ALL {
        assert!(PROTOCOL.contains(&format!("| `{context}` |")), "docs/protocol.md lacks {context}");
    }
}
