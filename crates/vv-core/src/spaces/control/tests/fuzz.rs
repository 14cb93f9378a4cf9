//! Operations of a control stream, damaged.

use vv_protocol::OpType;

use crate::fuzzing::fuzz_cbor;
use crate::spaces::control::{ControlOp, genesis_op};
use crate::spaces::vectors::{bytes, list, number, vector};

#[test]
fn operations_of_a_space_survive() {
    let vectors = vector("control.json");
    let ops = list(&vectors, "ops");
    let kinds: Vec<OpType> = ops.iter().map(|op| OpType::from_number(number(op, "type")).unwrap()).collect();
    let seeds: Vec<Vec<u8>> = ops.iter().map(|op| bytes(op, "body")).collect();
    fuzz_cbor("operations of a space", &seeds, |bytes| {
        for kind in &kinds {
            if let Ok(Some(op)) = ControlOp::decode(*kind, bytes) {
                assert_eq!(op.encode(), bytes, "an operation has one encoding");
            }
        }
        let _known_or_not = genesis_op([1; 32], &[2; 32], &[3; 16], bytes);
    });
}
