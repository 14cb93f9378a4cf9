//! Padding.

use proptest::prelude::*;
use vv_protocol::*;

#[test]
fn every_short_text_has_one_length() {
    assert_eq!(pad(b"").len(), 256);
    assert_eq!(pad(&[1; 252]).len(), 256);
    assert_eq!(pad(&[1; 253]).len(), 272);
}

#[test]
fn padding_that_is_not_exactly_right_is_refused() {
    let good = pad(b"a word");
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut padded = good.clone();
        change(&mut padded);
        unpad(&padded).map(<[u8]>::to_vec)
    };
    assert_eq!(with(&|_| ()), Ok(b"a word".to_vec()));
    assert_eq!(with(&|p| p[100] = 1), Err(PaddingError));
    assert_eq!(with(&|p| p[252] = 5), Err(PaddingError));
    assert_eq!(with(&|p| p[252] = 255), Err(PaddingError));
    assert_eq!(with(&|p| p[255] = 255), Err(PaddingError));
    assert_eq!(with(&|p| p.truncate(255)), Err(PaddingError));
    assert_eq!(with(&|p| p.clear()), Err(PaddingError));
    assert_eq!(with(&|p| drop(p.splice(6..6, [0; 16]))), Err(PaddingError));
}

proptest! {
    #[test]
    fn padding_gives_the_content_back(content in prop::collection::vec(any::<u8>(), 0..5000)) {
        let padded = pad(&content);
        prop_assert_eq!(unpad(&padded), Ok(content.as_slice()));
        prop_assert_eq!(padded_len(padded.len()), padded.len());
    }

    #[test]
    fn padding_costs_at_most_an_eighth_and_never_shortens(len in 257usize..1 << 40) {
        let padded = padded_len(len);
        prop_assert!(padded >= len && padded - len <= len / 8);
        prop_assert!(padded_len(len - 1) <= padded);
    }

    #[test]
    fn whatever_is_read_as_padded_is_what_pad_makes(mut bytes in prop::collection::vec(Just(0u8), 256..600), length in 0u32..600) {
        let at = bytes.len() - 4;
        bytes[at..].copy_from_slice(&length.to_le_bytes());
        if let Ok(content) = unpad(&bytes) {
            prop_assert_eq!(pad(content), bytes);
        }
    }
}
