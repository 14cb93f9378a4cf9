//! Backups: every space as one file, the chunks beside it. The same whichever store it comes from or goes to.
//!
//! A backup is taken while the server runs. A stream is taken as far as it had come when its space's turn came; it is a
//! prefix of what devices have seen, and what came later is handed in again after a restore.
//!
//! ```text
//! <folder>/spaces/<id>.space     items in CBOR, one after the other; the last is the hash of those before
//! <folder>/blobs/<id>/<name>     sealed chunks
//! <folder>/complete              written last
//! ```

use std::fs;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use minicbor::{Decoder, Encoder};
use vv_protocol::wire::{KeyRights, Rights, hex};

use crate::chunks::{ChunkError, Chunks};
use crate::store::{Chunk, SpaceContent, SpaceRow, Store, StoreError, StoredStream};

const MARK: &str = "vv-server backup 1\n";
/// Longest item that is read.
const MAX_ITEM: usize = 64 * 1024 * 1024;
const SPACES: u32 = 500;
/// How many records are put back at one go.
const TOGETHER: usize = 500;

type Told<T> = Result<T, String>;

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Writes a backup and says what is in it.
pub async fn write(store: &dyn Store, chunks: &Chunks, folder: &Path) -> Told<String> {
    fs::create_dir(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    fs::create_dir(folder.join("spaces")).map_err(told)?;
    let (mut after, mut spaces, mut records) = (None, 0, 0);
    loop {
        let some = store.spaces(after, SPACES).await.map_err(told)?;
        let Some(last) = some.last() else { break };
        after = Some(last.space);
        for row in &some {
            match write_space(store, chunks, folder, row).await? {
                Some(count) => (spaces, records) = (spaces + 1, records + count),
                // It was removed meanwhile.
                None => continue,
            }
        }
    }
    durable(&folder.join("complete"), MARK.as_bytes())?;
    Ok(format!("{spaces} spaces with {records} records are in {}.\n", folder.display()))
}

async fn write_space(store: &dyn Store, chunks: &Chunks, folder: &Path, row: &SpaceRow) -> Told<Option<u64>> {
    let mut content = match store.content(row.space).await {
        Ok(content) => content,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(told(error)),
    };
    let name = hex::to_text(&row.space);
    let mut there = Vec::new();
    for chunk in std::mem::take(&mut content.chunks) {
        match chunks.get(row.space, chunk.name, None).await {
            Ok(bytes) => {
                let place = folder.join("blobs").join(&name);
                fs::create_dir_all(&place).map_err(told)?;
                durable(&place.join(hex::to_text(&chunk.name)), &bytes)?;
                there.push(chunk);
            }
            // It was removed meanwhile; if it is missing for another reason, `verify` says so.
            Err(ChunkError::Missing) => content.row.used = content.row.used.saturating_sub(chunk.size),
            Err(error) => return Err(told(error)),
        }
    }
    content.chunks = there;
    let file = fs::File::create(folder.join("spaces").join(format!("{name}.space"))).map_err(told)?;
    let mut out = Items { out: BufWriter::new(file), hash: blake3::Hasher::new() };
    out.add(&encode_content(&content))?;
    let mut records = 0;
    for stream in &content.streams {
        let mut at = 0;
        while at < stream.head {
            let some = store.stored(row.space, stream.stream, at).await.map_err(told)?;
            if some.is_empty() {
                return Err(format!("space {name}: records are missing; see `vv-server verify`"));
            }
            for (raw, _) in some.into_iter().take((stream.head - at) as usize) {
                at += 1;
                records += 1;
                out.add(&raw)?;
            }
        }
    }
    out.end()?;
    Ok(Some(records))
}

/// Puts a backup back into an empty store and says what was in it.
pub async fn put_back(store: &dyn Store, chunks: &Chunks, folder: &Path) -> Told<String> {
    if fs::read(folder.join("complete")).ok().as_deref() != Some(MARK.as_bytes()) {
        return Err(format!("{} holds no complete backup that this program knows.", folder.display()));
    }
    if store.totals().await.map_err(told)?.spaces > 0 {
        return Err(
            "There are spaces here already. A backup is put back into an empty server only.".to_owned()
        );
    }
    let (mut spaces, mut records) = (0, 0);
    for entry in fs::read_dir(folder.join("spaces")).map_err(told)? {
        let path = entry.map_err(told)?.path();
        // All of it is read and checked before any of it is put back.
        check_space(&path)?;
        records += put_back_space(store, chunks, folder, &path).await?;
        spaces += 1;
    }
    Ok(format!("{spaces} spaces with {records} records were put back, with new log ids.\n"))
}

fn check_space(path: &Path) -> Told<()> {
    let mut items = ReadItems::open(path)?;
    while items.next()?.is_some() {}
    Ok(())
}

async fn put_back_space(store: &dyn Store, chunks: &Chunks, folder: &Path, path: &Path) -> Told<u64> {
    let mut items = ReadItems::open(path)?;
    let damaged = || format!("{} is damaged", path.display());
    let content = items.next()?.ok_or_else(damaged)?;
    let content = decode_content(&content).ok_or_else(damaged)?;
    let space = content.row.space;
    for chunk in &content.chunks {
        let place = folder.join("blobs").join(hex::to_text(&space)).join(hex::to_text(&chunk.name));
        let bytes = fs::read(&place).map_err(|error| format!("{}: {error}", place.display()))?;
        if *blake3::hash(&bytes).as_bytes() != chunk.name {
            return Err(format!("{} is damaged", place.display()));
        }
        chunks.put(space, chunk.name, bytes.into()).await.map_err(told)?;
    }
    let streams = content.streams.clone();
    store.put_back(content).await.map_err(told)?;
    let mut count = 0;
    for stream in streams {
        let mut at = 0;
        while at < stream.head {
            let mut some = Vec::new();
            while some.len() < TOGETHER && at + (some.len() as u64) < stream.head {
                some.push(items.next()?.ok_or_else(damaged)?);
            }
            let next = at + some.len() as u64;
            store.put_back_records(space, stream.stream, at, some).await.map_err(told)?;
            at = next;
        }
        count += at;
    }
    Ok(count)
}

/// Writes a file and sees it to the disk.
fn durable(path: &Path, bytes: &[u8]) -> Told<()> {
    let mut file = fs::File::create(path).map_err(told)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(told)
}

struct Items {
    out: BufWriter<fs::File>,
    hash: blake3::Hasher,
}

impl Items {
    fn add(&mut self, item: &[u8]) -> Told<()> {
        let length = (item.len() as u64).to_be_bytes();
        self.hash.update(&length).update(item);
        self.out.write_all(&length).and_then(|()| self.out.write_all(item)).map_err(told)
    }

    fn end(mut self) -> Told<()> {
        let hash = *self.hash.finalize().as_bytes();
        let end = u64::MAX.to_be_bytes();
        self.out.write_all(&end).and_then(|()| self.out.write_all(&hash)).map_err(told)?;
        self.out.into_inner().map_err(told)?.sync_all().map_err(told)
    }
}

struct ReadItems {
    from: BufReader<fs::File>,
    hash: blake3::Hasher,
    name: String,
}

impl ReadItems {
    fn open(path: &Path) -> Told<Self> {
        let from = BufReader::new(fs::File::open(path).map_err(told)?);
        Ok(Self { from, hash: blake3::Hasher::new(), name: path.display().to_string() })
    }

    /// Gives the next item; nothing at an end that is the right one.
    fn next(&mut self) -> Told<Option<Vec<u8>>> {
        let damaged = || format!("{} is damaged", self.name);
        let mut length = [0; 8];
        self.from.read_exact(&mut length).map_err(|_| damaged())?;
        if length == u64::MAX.to_be_bytes() {
            let mut hash = [0; 32];
            self.from.read_exact(&mut hash).map_err(|_| damaged())?;
            return if hash == *self.hash.finalize().as_bytes() { Ok(None) } else { Err(damaged()) };
        }
        let size = usize::try_from(u64::from_be_bytes(length)).map_err(|_| damaged())?;
        if size > MAX_ITEM {
            return Err(damaged());
        }
        let mut item = vec![0; size];
        self.from.read_exact(&mut item).map_err(|_| damaged())?;
        self.hash.update(&length).update(&item);
        Ok(Some(item))
    }
}

fn encode_content(content: &SpaceContent) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    let write =
        |out: &mut Encoder<Vec<u8>>| -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
            out.array(8)?.bytes(&content.row.space)?.u64(content.row.quota)?.u64(content.row.used)?;
            out.u64(content.access_version)?.array(content.keys.len() as u64)?;
            for one in &content.keys {
                out.array(2)?.bytes(&one.key)?.u8(one.rights.bits())?;
            }
            out.array(2)?.u64(content.note.0)?.bytes(&content.note.1)?.array(content.streams.len() as u64)?;
            for stream in &content.streams {
                out.array(2)?.u32(stream.stream)?.u64(stream.head)?;
            }
            out.array(content.chunks.len() as u64)?;
            for chunk in &content.chunks {
                out.array(2)?.bytes(&chunk.name)?.u64(chunk.size)?;
            }
            Ok(())
        };
    write(&mut out).expect("writing to a vector cannot fail");
    out.into_writer()
}

fn decode_content(bytes: &[u8]) -> Option<SpaceContent> {
    let mut from = Decoder::new(bytes);
    from.array().ok().filter(|fields| *fields == Some(8))?;
    let space = from.bytes().ok()?.try_into().ok()?;
    let (quota, used) = (from.u64().ok()?, from.u64().ok()?);
    let access_version = from.u64().ok()?;
    let mut keys = Vec::new();
    for _ in 0..from.array().ok()?? {
        from.array().ok()?;
        let key = from.bytes().ok()?.try_into().ok()?;
        keys.push(KeyRights { key, rights: Rights::from_bits(from.u64().ok()?)? });
    }
    from.array().ok()?;
    let note = (from.u64().ok()?, from.bytes().ok()?.to_vec());
    let mut streams = Vec::new();
    for _ in 0..from.array().ok()?? {
        from.array().ok()?;
        let (stream, head) = (from.u32().ok()?, from.u64().ok()?);
        streams.push(StoredStream { stream, log: [0; 8], head, chain: [0; 32] });
    }
    let mut chunks = Vec::new();
    for _ in 0..from.array().ok()?? {
        from.array().ok()?;
        let name = from.bytes().ok()?.try_into().ok()?;
        chunks.push(Chunk { name, size: from.u64().ok()? });
    }
    Some(SpaceContent { row: SpaceRow { space, used, quota }, access_version, keys, note, streams, chunks })
}
