//! The exact text of an agreement: one way to write it as bytes, so that a hash names it.
//!
//! Kind, leading lane and review are part of it: whoever signs, signs these too.

use minicbor::{Decoder, Encoder};

use super::kinds::PairingKind;
use super::model::{AgreementText, Home, Section};
use crate::day;

/// The most bytes a whole agreement may have; it fits into one record.
pub(crate) const MAX_BYTES: usize = 150 * 1024;

/// Writes a text.
pub(crate) fn encode(text: &AgreementText) -> Vec<u8> {
    let mut e = Encoder::new(Vec::new());
    let mut write = || -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        e.array(5)?.u8(1)?.i64(text.kind.number())?.u32(text.leads)?;
        match text.review_on {
            Some(on) => e.i64(day::number(on))?,
            None => e.null()?,
        };
        e.array(text.sections.len() as u64)?;
        for (section, words) in &text.sections {
            e.array(2)?.u32(section.number())?.str(words)?;
        }
        Ok(())
    };
    write().expect("writing to a vector cannot fail");
    e.into_writer()
}

/// Reads a text; none when it is not whole, or holds what this version does not know.
pub(crate) fn decode(bytes: &[u8]) -> Option<AgreementText> {
    let mut d = Decoder::new(bytes);
    if d.array().ok()?? != 5 || d.u8().ok()? != 1 {
        return None;
    }
    let kind = PairingKind::of_number(d.i64().ok()?);
    let leads = d.u32().ok()?;
    let review_on = match d.datatype().ok()? {
        minicbor::data::Type::Null => {
            d.null().ok()?;
            None
        }
        _ => Some(day::of_number(d.i64().ok()?)?),
    };
    let count = d.array().ok()??;
    let mut sections = Vec::new();
    for _ in 0..count {
        if d.array().ok()?? != 2 {
            return None;
        }
        sections.push((Section::of_number(d.u32().ok()?)?, d.str().ok()?.to_owned()));
    }
    let text = AgreementText { kind, leads, sections, review_on };
    // Nothing may be signed that reads the same and is not.
    (d.position() == bytes.len() && encode(&text) == bytes).then_some(text)
}

/// Names a text in a home.
pub(crate) fn hash(home: &Home, bytes: &[u8]) -> [u8; 32] {
    vv_protocol::hash("agreement/v1", &[&home.key(), bytes])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ids::PairingId;

    fn text() -> impl Strategy<Value = AgreementText> {
        let section = (0..13usize, any::<String>()).prop_map(|(at, words)| (Section::ALL[at], words));
        (0..8usize, 0..3u32, proptest::collection::vec(section, 0..13), proptest::option::of(1..3_000_000i64))
            .prop_map(|(kind, leads, sections, review)| AgreementText {
                kind: PairingKind::ALL[kind],
                leads,
                sections,
                review_on: review.and_then(day::of_number),
            })
    }

    proptest! {
        #[test]
        fn a_text_comes_back_and_no_two_have_one_name(a in text(), b in text()) {
            let home = Home::Alone(PairingId::from_bytes([1; 16]));
            let (x, y) = (encode(&a), encode(&b));
            prop_assert_eq!(decode(&x), Some(a.clone()));
            prop_assert_eq!(hash(&home, &x) == hash(&home, &y), a == b);
        }

        #[test]
        fn hostile_bytes_are_no_text(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Some(text) = decode(&bytes) {
                prop_assert_eq!(encode(&text), bytes);
            }
        }
    }
}
