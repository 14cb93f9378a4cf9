//! What the administrator does beside serving. Everything here says its words to a terminal through what it returns.

use std::fmt::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use vv_protocol::wire::{Carried, hex};
use vv_protocol::{FIRST_PREV, FeedHead, STREAM_CHAIN_START, stream_chain};

use crate::backup;
use crate::chunks::{ChunkError, Chunks};
use crate::config::{Command, Options};
use crate::seals::{Seals, Voucher, random};
use crate::serve::{open_chunks, open_store, secret};
use crate::store::{SpaceContent, SpaceId, Store, StoreError, StoredStream};

const MIB: u64 = 1024 * 1024;
const DAY: u64 = 24 * 60 * 60;
/// How many spaces are listed at one go.
const SPACES: u32 = 500;
/// How many of the largest spaces are named.
const LARGEST: usize = 10;

/// Does what a command says and gives what to print.
pub async fn run(command: Command, options: &Options) -> Result<String, String> {
    if let Command::Openapi = command {
        return crate::document().to_pretty_json().map_err(|error| error.to_string());
    }
    let store = open_store(options).await.map_err(|error| error.to_string())?;
    let store = store.as_ref();
    let told = match command {
        Command::Voucher { count, spaces, days, quota } => {
            let seals = Seals::new(&secret(options, store).await?);
            let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
            let expires = now + u64::from(days) * DAY;
            let one = || {
                seals.voucher(&Voucher { uses: spaces.max(1), quota_mib: quota, expires, nonce: random() })
            };
            Ok((0..count).map(|_| one() + "\n").collect())
        }
        Command::Stats => stats(store).await,
        Command::Quota { space, mib } => {
            let bytes = mib.saturating_mul(MIB).min(i64::MAX as u64);
            store
                .set_quota(read_id(&space)?, bytes)
                .await
                .map(|()| format!("The space may hold {mib} MiB now.\n"))
        }
        Command::Purge { space } => {
            let (space, chunks) = (read_id(&space)?, open_chunks(options)?);
            let names = store.remove_space(space).await.map_err(|error| error.to_string())?;
            for name in &names {
                chunks.remove(space, *name).await.map_err(|error| error.to_string())?;
            }
            Ok(format!("The space is gone, with {} chunks.\n", names.len()))
        }
        Command::Backup { folder } => return backup::write(store, &open_chunks(options)?, &folder).await,
        Command::Restore { in_place: true, .. } => {
            let count = store.renew_logs().await.map_err(|error| error.to_string())?;
            Ok(format!(
                "{count} streams have new log ids. Devices hand in what is missing when they come next.\n"
            ))
        }
        Command::Restore { folder: Some(folder), .. } => {
            return backup::put_back(store, &open_chunks(options)?, &folder).await;
        }
        Command::Restore { folder: None, .. } => {
            return Err("Say the folder of the backup, or --in-place.".to_owned());
        }
        Command::Verify => return verify(store, &open_chunks(options)?).await,
        Command::Serve | Command::Openapi => Ok(String::new()),
    };
    told.map_err(|error| error.to_string())
}

fn read_id(text: &str) -> Result<SpaceId, String> {
    hex::from_text(text).ok_or_else(|| "The id of a space has 32 hexadecimal digits.".to_owned())
}

async fn stats(store: &dyn Store) -> Result<String, StoreError> {
    let totals = store.totals().await?;
    let mut largest = Vec::new();
    let mut after = None;
    loop {
        let some = store.spaces(after, SPACES).await?;
        let Some(last) = some.last() else { break };
        after = Some(last.space);
        largest.extend(some);
        largest.sort_by_key(|row| std::cmp::Reverse(row.used));
        largest.truncate(LARGEST);
    }
    let mut text = format!(
        "spaces          {}\nstreams         {}\nrecords         {}\nsealed chunks   {}\nin mailboxes    {}\nMiB             {}\n",
        totals.spaces,
        totals.streams,
        totals.records,
        totals.chunks,
        totals.mailbox_items,
        totals.bytes.div_ceil(MIB),
    );
    if !largest.is_empty() {
        text += "\nThe largest spaces:\n";
    }
    for row in largest {
        let (used, quota) = (row.used.div_ceil(MIB), row.quota / MIB);
        let _ = writeln!(text, "{}  {used} of {quota} MiB", hex::to_text(&row.space));
    }
    Ok(text)
}

/// Reads everything and says what is wrong; an error when anything is.
async fn verify(store: &dyn Store, chunks: &Chunks) -> Result<String, String> {
    let (mut after, mut records, mut wrong) = (None, 0, Vec::new());
    let mut spaces = 0;
    loop {
        let some = store.spaces(after, SPACES).await.map_err(|error| error.to_string())?;
        let Some(last) = some.last() else { break };
        after = Some(last.space);
        for row in &some {
            spaces += 1;
            let content = match store.content(row.space).await {
                Ok(content) => content,
                // It was removed while this was reading.
                Err(StoreError::NotFound) => continue,
                Err(error) => return Err(error.to_string()),
            };
            for stream in &content.streams {
                let seen = verify_stream(store, row.space, stream, &mut wrong).await;
                records += seen.map_err(|error| error.to_string())?;
            }
            verify_chunks(chunks, &content, &mut wrong).await?;
        }
    }
    let read = format!("{spaces} spaces and {records} records were read.\n");
    if wrong.is_empty() {
        Ok(read + "Everything is as it was taken in.\n")
    } else {
        Err(read + &wrong.join("\n"))
    }
}

async fn verify_stream(
    store: &dyn Store,
    space: SpaceId,
    stream: &StoredStream,
    wrong: &mut Vec<String>,
) -> Result<u64, StoreError> {
    let mut say = |gseq: u64, what: &str| {
        wrong.push(format!(
            "space {}, stream {}, record {gseq}: {what}",
            hex::to_text(&space),
            stream.stream
        ));
    };
    let (mut gseq, mut chain) = (0, STREAM_CHAIN_START);
    let mut feeds = std::collections::HashMap::new();
    while gseq < stream.head {
        let some = store.stored(space, stream.stream, gseq).await?;
        if some.is_empty() {
            say(gseq + 1, "it and what follows are missing");
            break;
        }
        for (raw, stored_chain) in some {
            gseq += 1;
            let Ok(record) = Carried::from_raw(raw) else {
                say(gseq, "it cannot be read");
                chain = stored_chain;
                continue;
            };
            let header = record.header();
            let start =
                FeedHead { space, stream: stream.stream, feed: header.feed, seq: 0, hash: FIRST_PREV };
            let before = *feeds.get(&header.feed).unwrap_or(&start);
            match before.follow(header, record.hash()) {
                Ok(next) => {
                    feeds.insert(header.feed, next);
                }
                Err(error) => say(gseq, &error.to_string()),
            }
            chain = stream_chain(&chain, &record.hash());
            if chain != stored_chain {
                say(gseq, "the chain breaks here");
                chain = stored_chain;
            }
            if gseq == stream.head && chain != stream.chain {
                say(gseq, "the stream does not end in its chain");
            }
        }
    }
    Ok(gseq)
}

async fn verify_chunks(
    chunks: &Chunks,
    content: &SpaceContent,
    wrong: &mut Vec<String>,
) -> Result<(), String> {
    let space = content.row.space;
    for chunk in &content.chunks {
        let mut say = |what: &str| {
            let (space, name) = (hex::to_text(&space), hex::to_text(&chunk.name));
            wrong.push(format!("space {space}, chunk {name}: {what}"));
        };
        match chunks.get(space, chunk.name, None).await {
            Ok(bytes) if *blake3::hash(&bytes).as_bytes() != chunk.name => {
                say("it is not what it is named after")
            }
            Ok(_) => {}
            Err(ChunkError::Missing) => say("it is missing"),
            Err(error) => return Err(error.to_string()),
        }
    }
    Ok(())
}
