//! The bus: tells other replicas what grew, and hears it from them.
//!
//! One connection of its own, outside every transaction. What grew within 50 ms is told at one go. A poke that is lost with
//! the connection is no harm: whoever is listened for is looked at again every few seconds.

use std::collections::HashMap;
use std::time::Duration;

use data_encoding::BASE64;
use futures_util::future::poll_fn;
use tokio::sync::{broadcast, mpsc};
use tokio_postgres::{AsyncMessage, Client, Config, Connection, NoTls};
use vv_protocol::wire::Poke;

use super::connect::Encryption;

/// How long pokes are gathered.
const GATHER: Duration = Duration::from_millis(50);
/// How long after a failure the connection is made anew.
const AGAIN: Duration = Duration::from_secs(1);
const CHANNEL: &str = "vv_poke";
const POKE_LEN: usize = 16 + 4 + 8 + 8 + 32;

/// Runs until nobody tells anything any more.
pub async fn run(
    config: Config,
    encryption: Encryption,
    mut told: mpsc::UnboundedReceiver<Poke>,
    heard: broadcast::Sender<Poke>,
) {
    loop {
        let outcome = match &encryption {
            Encryption::None => match config.connect(NoTls).await {
                Ok((client, connection)) => session(client, connection, &mut told, &heard).await,
                Err(error) => Err(error),
            },
            Encryption::Rustls(tls) => match config.connect(tls.clone()).await {
                Ok((client, connection)) => session(client, connection, &mut told, &heard).await,
                Err(error) => Err(error),
            },
        };
        match outcome {
            Ok(End::NothingToTell) => return,
            Ok(End::Closed) | Err(_) => tracing::warn!("the connection for pokes is lost; it is made anew"),
        }
        tokio::time::sleep(AGAIN).await;
        if told.is_closed() {
            return;
        }
    }
}

/// Says why a session ended.
enum End {
    /// The store has gone.
    NothingToTell,
    /// The database closed the connection.
    Closed,
}

async fn session<S, T>(
    client: Client,
    mut connection: Connection<S, T>,
    told: &mut mpsc::UnboundedReceiver<Poke>,
    heard: &broadcast::Sender<Poke>,
) -> Result<End, tokio_postgres::Error>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let listening = async {
        loop {
            match poll_fn(|context| connection.poll_message(context)).await {
                Some(Ok(AsyncMessage::Notification(notification))) => {
                    if let Some(poke) = read(notification.payload()) {
                        // Nobody may be listening.
                        let _ = heard.send(poke);
                    }
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
                None => return Ok(End::Closed),
            }
        }
    };
    let telling = async {
        client.batch_execute(&format!("LISTEN {CHANNEL}")).await?;
        let tell = client.prepare("SELECT pg_notify($1, poke) FROM unnest($2::text[]) poke").await?;
        while let Some(first) = told.recv().await {
            tokio::time::sleep(GATHER).await;
            let mut newest = HashMap::from([((first.space, first.stream), first)]);
            while let Ok(poke) = told.try_recv() {
                newest.insert((poke.space, poke.stream), poke);
            }
            let pokes: Vec<String> = newest.values().map(write).collect();
            client.query(&tell, &[&CHANNEL, &pokes]).await?;
        }
        Ok(End::NothingToTell)
    };
    tokio::pin!(listening, telling);
    tokio::select! {
        ended = &mut listening => ended,
        ended = &mut telling => ended,
    }
}

fn write(poke: &Poke) -> String {
    let mut bytes = Vec::with_capacity(POKE_LEN);
    bytes.extend_from_slice(&poke.space);
    bytes.extend_from_slice(&poke.stream.to_be_bytes());
    bytes.extend_from_slice(&poke.log_id);
    bytes.extend_from_slice(&poke.head.to_be_bytes());
    bytes.extend_from_slice(&poke.chain);
    BASE64.encode(&bytes)
}

fn read(text: &str) -> Option<Poke> {
    let bytes = BASE64.decode(text.as_bytes()).ok()?;
    let (space, rest) = bytes.split_first_chunk::<16>()?;
    let (stream, rest) = rest.split_first_chunk::<4>()?;
    let (log_id, rest) = rest.split_first_chunk::<8>()?;
    let (head, rest) = rest.split_first_chunk::<8>()?;
    Some(Poke {
        space: *space,
        stream: u32::from_be_bytes(*stream),
        log_id: *log_id,
        head: u64::from_be_bytes(*head),
        chain: rest.try_into().ok()?,
    })
}
