//! A stand-in for the part of a desktop that shows notices: it shows none, and tells what it was asked to show.

#![allow(missing_docs, reason = "the macro of the bus writes methods without comments")]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use zbus::{Connection, connection, interface, zvariant::OwnedValue};

use crate::processes::wait_until;

/// Takes the notices of a desktop.
pub struct Notices {
    shown: Arc<Mutex<Vec<String>>>,
    _bus: Connection,
}

struct Server {
    shown: Arc<Mutex<Vec<String>>>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[allow(clippy::too_many_arguments, reason = "so the protocol of desktops has it")]
    fn notify(
        &self,
        app: &str,
        replaces: u32,
        icon: &str,
        summary: &str,
        body: &str,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        timeout: i32,
    ) -> u32 {
        // All of it, so that a test sees every word that leaves the program.
        let all = format!("{app}|{replaces}|{icon}|{summary}|{body}|{actions:?}|{hints:?}|{timeout}");
        self.shown.lock().map_or(0, |mut shown| {
            shown.push(all);
            u32::try_from(shown.len()).unwrap_or(u32::MAX)
        })
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        let words = ["a stand-in", "this test", "1", "1.2"];
        let [name, vendor, version, of_protocol] = words.map(str::to_owned);
        (name, vendor, version, of_protocol)
    }
}

impl Notices {
    /// Begins on a bus, before the program that is to be listened to.
    pub async fn begin(address: &str) -> zbus::Result<Self> {
        let shown = Arc::<Mutex<Vec<_>>>::default();
        let bus = connection::Builder::address(address)?
            .name("org.freedesktop.Notifications")?
            .serve_at("/org/freedesktop/Notifications", Server { shown: Arc::clone(&shown) })?
            .build()
            .await?;
        Ok(Self { shown, _bus: bus })
    }

    /// Gives all that was asked to be shown, each with every word that came with it.
    pub fn shown(&self) -> Vec<String> {
        self.shown.lock().map(|shown| shown.clone()).unwrap_or_default()
    }

    /// Waits until a notice says this.
    pub fn wait_for(&self, words: &str) {
        wait_until("the notice comes", || self.shown().iter().any(|one| one.contains(words)));
    }
}
