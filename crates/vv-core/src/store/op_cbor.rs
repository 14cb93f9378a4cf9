//! Operations as bytes, inside the body of a record of type `change`.
//!
//! On the wire an element of a set bears a tag of its own, so that a removal takes away exactly the additions it knew of.
//! Operations of a number this version does not know are passed over and stay in the record.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

use super::error::StoreError;
use super::op::{Kind, Op, Value};

/// The number of the text codec: yrs updates, encoding version 1.
pub(crate) const CODEC_YRS: u32 = 1;
/// How deep lists may lie within lists.
const MAX_DEPTH: usize = 8;

type Tag = [u8; 16];
type Written = Result<(), minicbor::encode::Error<std::convert::Infallible>>;
type Read<T> = Result<T, minicbor::decode::Error>;

/// Is an operation as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WireOp {
    Create { kind: Kind },
    Set { field: u32, value: Value },
    Add { field: u32, element: Value, tag: Tag },
    Remove { field: u32, element: Value, tags: Vec<Tag> },
    UpdateDoc { field: u32, session: u64, bytes: Vec<u8> },
}

impl WireOp {
    /// Gives the operation as a feature reads it.
    pub(crate) fn into_op(self) -> Op {
        match self {
            Self::Create { kind } => Op::Create { kind },
            Self::Set { field, value } => Op::Set { field, value },
            Self::Add { field, element, .. } => Op::Add { field, element },
            Self::Remove { field, element, .. } => Op::Remove { field, element },
            Self::UpdateDoc { field, session, bytes } => Op::UpdateDoc { field, session, bytes },
        }
    }

    /// Tells roughly how many bytes it takes in a record.
    pub(crate) fn size(&self) -> usize {
        16 + match self {
            Self::Create { .. } => 0,
            Self::Set { value, .. } => size_of_value(value),
            Self::Add { element, .. } => 16 + size_of_value(element),
            Self::Remove { element, tags, .. } => 17 * tags.len() + size_of_value(element),
            Self::UpdateDoc { bytes, .. } => bytes.len(),
        }
    }

    fn write(&self, e: &mut Encoder<Vec<u8>>) -> Written {
        match self {
            Self::Create { kind } => {
                e.array(2)?.u8(1)?.u32(kind.0)?;
            }
            Self::Set { field, value } => {
                e.array(3)?.u8(2)?.u32(*field)?;
                write_value(e, value)?;
            }
            Self::Add { field, element, tag } => {
                e.array(4)?.u8(3)?.u32(*field)?;
                write_value(e, element)?;
                e.bytes(tag)?;
            }
            Self::Remove { field, element, tags } => {
                e.array(4)?.u8(4)?.u32(*field)?;
                write_value(e, element)?;
                e.array(tags.len() as u64)?;
                for tag in tags {
                    e.bytes(tag)?;
                }
            }
            Self::UpdateDoc { field, session, bytes } => {
                e.array(5)?.u8(5)?.u32(*field)?.u32(CODEC_YRS)?.u64(*session)?.bytes(bytes)?;
            }
        }
        Ok(())
    }

    /// Reads one operation; none is one that this version does not know.
    fn read(d: &mut Decoder) -> Read<Option<Self>> {
        let start = d.position();
        let fields = d.array()?.ok_or_else(malformed)?;
        let number = d.u64()?;
        let op = match (number, fields) {
            (1, 2) => Self::Create { kind: Kind(d.u32()?) },
            (2, 3) => Self::Set { field: d.u32()?, value: read_value(d, 0)? },
            (3, 4) => Self::Add { field: d.u32()?, element: read_value(d, 0)?, tag: read_tag(d)? },
            (4, 4) => {
                let (field, element) = (d.u32()?, read_value(d, 0)?);
                let count = d.array()?.ok_or_else(malformed)?;
                let tags = (0..count).map(|_| read_tag(d)).collect::<Read<_>>()?;
                Self::Remove { field, element, tags }
            }
            (5, 5) => {
                let (field, codec, session) = (d.u32()?, d.u32()?, d.u64()?);
                let bytes = d.bytes()?.to_vec();
                if codec != CODEC_YRS {
                    return Ok(None);
                }
                Self::UpdateDoc { field, session, bytes }
            }
            _ => {
                d.set_position(start);
                d.skip()?;
                return Ok(None);
            }
        };
        Ok(Some(op))
    }
}

/// Writes the body of a `change`.
pub(crate) fn encode_ops(ops: &[WireOp]) -> Vec<u8> {
    let mut e = Encoder::new(Vec::new());
    let write = |e: &mut Encoder<Vec<u8>>| -> Written {
        e.array(ops.len() as u64)?;
        ops.iter().try_for_each(|op| op.write(e))
    };
    write(&mut e).expect("writing to a vector cannot fail");
    e.into_writer()
}

/// Reads the body of a `change`, and whether it holds anything this version does not know.
pub(crate) fn decode_ops(body: &[u8]) -> Result<(Vec<WireOp>, bool), StoreError> {
    let read = || -> Read<(Vec<WireOp>, bool)> {
        let mut d = Decoder::new(body);
        let count = d.array()?.ok_or_else(malformed)?;
        let (mut ops, mut unknown) = (Vec::new(), false);
        for _ in 0..count {
            match WireOp::read(&mut d)? {
                Some(op) => ops.push(op),
                None => unknown = true,
            }
        }
        // What is understood wholly has one encoding; what is not is passed on as it came.
        let is_whole = d.position() == body.len() && (unknown || encode_ops(&ops) == body);
        if is_whole { Ok((ops, unknown)) } else { Err(malformed()) }
    };
    read().map_err(|_| StoreError::BadRecord("its operations are malformed"))
}

/// Writes a value as the tables hold it.
pub(crate) fn encode_value(value: &Value) -> Vec<u8> {
    let mut e = Encoder::new(Vec::new());
    write_value(&mut e, value).expect("writing to a vector cannot fail");
    e.into_writer()
}

/// Reads a value of a table.
pub(crate) fn decode_value(bytes: &[u8]) -> Result<Value, StoreError> {
    read_value(&mut Decoder::new(bytes), 0).map_err(|_| StoreError::Damaged)
}

fn malformed() -> minicbor::decode::Error {
    minicbor::decode::Error::message("malformed")
}

fn read_tag(d: &mut Decoder) -> Read<Tag> {
    d.bytes()?.try_into().map_err(|_| malformed())
}

fn size_of_value(value: &Value) -> usize {
    9 + match value {
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(values) => values.iter().map(size_of_value).sum(),
        Value::Null | Value::Bool(_) | Value::Int(_) => 0,
    }
}

fn write_value(e: &mut Encoder<Vec<u8>>, value: &Value) -> Written {
    match value {
        Value::Null => e.null()?,
        Value::Bool(yes) => e.bool(*yes)?,
        Value::Int(number) => e.i64(*number)?,
        Value::Text(text) => e.str(text)?,
        Value::Bytes(bytes) => e.bytes(bytes)?,
        Value::List(values) => {
            e.array(values.len() as u64)?;
            for value in values {
                write_value(e, value)?;
            }
            e
        }
    };
    Ok(())
}

fn read_value(d: &mut Decoder, depth: usize) -> Read<Value> {
    if depth > MAX_DEPTH {
        return Err(malformed());
    }
    Ok(match d.datatype()? {
        Type::Null => {
            d.null()?;
            Value::Null
        }
        Type::Bool => Value::Bool(d.bool()?),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::I8 | Type::I16 | Type::I32 | Type::I64 => {
            Value::Int(d.i64()?)
        }
        Type::String => Value::Text(d.str()?.to_owned()),
        Type::Bytes => Value::Bytes(d.bytes()?.to_vec()),
        Type::Array => {
            let count = d.array()?.ok_or_else(malformed)?;
            Value::List((0..count).map(|_| read_value(d, depth + 1)).collect::<Read<_>>()?)
        }
        _ => return Err(malformed()),
    })
}
