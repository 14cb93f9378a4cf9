//! A wire that counts: whatever is sent through it on loopback arrives, and how many bytes it was is known.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// Counts what goes to and fro between clients and one server.
pub struct Wire {
    listener: TcpListener,
    bytes: Arc<AtomicU64>,
}

impl Wire {
    /// Lays a wire that leads nowhere yet.
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        Self { listener, bytes: Arc::new(AtomicU64::new(0)) }
    }

    /// Gives the address under which a server is reached through it.
    pub fn address(&self) -> SocketAddr {
        self.listener.local_addr().expect("a listener has an address")
    }

    /// Has it lead to a server from now on.
    pub fn lead_to(&self, server: &str) {
        let listener = self.listener.try_clone().expect("a listener can be shared");
        let (server, counted) = (server.to_owned(), self.bytes.clone());
        thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), Ok(there)) = (client, TcpStream::connect(&server)) else { continue };
                let (Ok(from), Ok(to)) = (there.try_clone(), client.try_clone()) else { continue };
                let (up, down) = (counted.clone(), counted.clone());
                thread::spawn(move || pass_on(client, there, &up));
                thread::spawn(move || pass_on(from, to, &down));
            }
        });
    }

    /// Tells how many bytes have gone through it, both ways.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, counted: &AtomicU64) {
    let mut part = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut part) {
        counted.fetch_add(count as u64, Ordering::Relaxed);
        if to.write_all(&part[..count]).is_err() {
            break;
        }
    }
    // Whoever has gone already needs no goodbye.
    let _gone = to.shutdown(Shutdown::Write);
}
