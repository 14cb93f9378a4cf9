//! The forms of devices, spaces and sync.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// What to do with devices.
#[derive(Debug, Subcommand)]
pub enum Device {
    /// List the person's devices
    List,
    /// Add the device that shows a code, by comparing what both show
    Add {
        /// The nine characters; asked for when left out
        code: Option<String>,
    },
    /// Remove a device: it reads nothing that comes after
    Revoke {
        /// Its id
        id: String,
    },
}

/// What to do with spaces.
#[derive(Debug, Subcommand)]
pub enum Space {
    /// List the spaces, and who can read each
    List,
    /// Show who belongs to a space, who can read it, and who asks to come in
    Members {
        /// The space
        id: String,
    },
    /// Write a space with its keys into a new folder, sealed and signed as it is, for a program of your own to read and check
    Export {
        /// The space; the journal too
        id: String,
        /// The folder, which must not exist yet or be empty
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
    },
    /// Make a space
    Create {
        /// What kind
        #[arg(value_enum)]
        kind: NewSpace,
        /// Its name; a pairing may go without
        #[arg(long)]
        name: Option<String>,
    },
}

/// A kind of space that can be made.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum NewSpace {
    /// For two who learn from each other
    Pairing,
    /// For a few
    Circle,
}

/// Where to sync through, and what to do.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct SyncArguments {
    /// What to do; without it, sync now
    #[command(subcommand)]
    pub what: Option<Sync>,
    /// Sync through this folder from now on
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Sync through this server from now on
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,
    /// The voucher, when the server asks for one
    #[arg(long, requires = "server")]
    pub voucher: Option<String>,
}

/// What to do with sync.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum Sync {
    /// Tell how it stands, and sync nothing
    Status,
}
