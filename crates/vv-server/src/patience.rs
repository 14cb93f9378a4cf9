//! Connections whose other end does not read: whoever takes nothing for a while lets go of what is kept for them.
//!
//! A page waits in memory until it was read. Without an end to that, somebody who asks and does not read holds it for ever.

use std::future::{Ready, ready};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

/// How long a connection waits for its other end to take anything of what is sent.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Takes connections that send at once, and that end when nobody reads.
#[derive(Debug, Clone, Copy, Default)]
pub struct PatientAcceptor;

impl<S> Accept<TcpStream, S> for PatientAcceptor {
    type Stream = Patient<TcpStream>;
    type Service = S;
    type Future = Ready<io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        ready(stream.set_nodelay(true).map(|()| (Patient::new(stream, PATIENCE), service)))
    }
}

/// Is a connection that ends when what is written to it does not move for a while.
#[derive(Debug)]
pub struct Patient<C> {
    connection: C,
    patience: Duration,
    /// Runs while the other end takes nothing.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<C> Patient<C> {
    /// Gives a connection its patience.
    pub fn new(connection: C, patience: Duration) -> Self {
        Self { connection, patience, waiting: None }
    }

    /// Ends the wait where something moved, and the connection where nothing did for too long.
    fn watch<T>(&mut self, cx: &mut Context<'_>, moved: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if moved.is_ready() {
            self.waiting = None;
            return moved;
        }
        let until = self.patience;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + until)));
        match waiting.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<C: AsyncRead + Unpin> AsyncRead for Patient<C> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_read(cx, into)
    }
}

impl<C: AsyncWrite + Unpin> AsyncWrite for Patient<C> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.connection).poll_write(cx, bytes);
        self.watch(cx, moved)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.connection).poll_write_vectored(cx, parts);
        self.watch(cx, moved)
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let moved = Pin::new(&mut self.connection).poll_flush(cx);
        self.watch(cx, moved)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let moved = Pin::new(&mut self.connection).poll_shutdown(cx);
        self.watch(cx, moved)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    /// A patience so short that a test may wait for it.
    const SHORT: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn whoever_asks_and_does_not_read_is_let_go() {
        let (here, there) = duplex(16);
        let mut here = Patient::new(here, SHORT);
        let ended = here.write_all(&[7; 1_000]).await;
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::TimedOut);
        drop(there);
    }

    #[tokio::test]
    async fn whoever_reads_slowly_gets_everything() {
        let (here, mut there) = duplex(16);
        let mut here = Patient::new(here, Duration::from_secs(60));
        let reading = tokio::spawn(async move {
            let mut all = Vec::new();
            there.read_to_end(&mut all).await.map(|_| all)
        });
        for _ in 0..50 {
            here.write_all(&[7; 20]).await.unwrap();
            tokio::task::yield_now().await;
        }
        here.shutdown().await.unwrap();
        drop(here);
        assert_eq!(reading.await.unwrap().unwrap().len(), 1_000);
    }
}
