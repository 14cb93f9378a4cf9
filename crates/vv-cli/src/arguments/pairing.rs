//! The forms of pairings, their sessions and their promises.

use chrono::{NaiveDate, NaiveDateTime};
use clap::{Subcommand, ValueEnum};

/// What to do with pairings. NAME is the other's name, or an id.
#[derive(Debug, Subcommand)]
pub enum Pairing {
    /// Begin a pairing that you keep alone; a name is enough
    Add {
        /// With whom
        name: String,
        /// What you hope for
        #[arg(long, value_name = "WORDS")]
        hope: Option<String>,
        /// What you are to each other
        #[arg(long, value_enum, default_value = "mentoring")]
        kind: Kind,
        /// What you want to learn
        #[arg(long, value_name = "WORDS")]
        learn: Option<String>,
        /// What you can teach
        #[arg(long, value_name = "WORDS")]
        teach: Option<String>,
        /// Whose learning leads is the other's, not yours
        #[arg(long)]
        i_teach: bool,
    },
    /// List pairings, whoever waits first
    List,
    /// Show one whole
    Show {
        /// Which
        name: String,
    },
    /// Pause one: nothing is late meanwhile
    Pause {
        /// Which
        name: String,
        /// Until when
        #[arg(long, value_name = "YYYY-MM-DD")]
        until: Option<NaiveDate>,
    },
    /// Take your own pause back
    Resume {
        /// Which
        name: String,
    },
    /// End one; no reason is needed
    End {
        /// Which
        name: String,
        /// A sentence, where there is one to be said
        #[arg(long, value_name = "WORDS")]
        words: Option<String>,
    },
}

/// What to do with sessions. NAME is the other's name, or the id of the pairing.
#[derive(Debug, Subcommand)]
pub enum Session {
    /// List the sessions of a pairing
    List {
        /// Which pairing
        name: String,
    },
    /// Propose a time
    Propose {
        /// Which pairing
        name: String,
        /// When it begins, on the clock of this computer
        #[arg(long, value_name = "YYYY-MM-DDTHH:MM", value_parser = moment)]
        at: NaiveDateTime,
        /// The real case it is for, in one line
        #[arg(long = "case", value_name = "WORDS")]
        case: String,
        /// The case is the other's
        #[arg(long)]
        theirs: bool,
        /// How long, in minutes; else as agreed
        #[arg(long)]
        minutes: Option<u32>,
        /// Where
        #[arg(long, value_name = "WORDS")]
        place: Option<String>,
    },
    /// Say yes to a proposed time
    Agree {
        /// Which pairing
        name: String,
        /// Which session
        session: String,
    },
    /// Note that it was held
    Held {
        /// Which pairing
        name: String,
        /// Which session
        session: String,
    },
    /// Call it off
    Cancel {
        /// Which pairing
        name: String,
        /// Which session
        session: String,
        /// Why; nobody asks
        #[arg(long, value_name = "WORDS")]
        why: Option<String>,
    },
    /// Note that you met without having planned it
    Met {
        /// Which pairing
        name: String,
        /// On which day; else today
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<NaiveDate>,
    },
}

/// What to do with promises. NAME is the other's name, or the id of the pairing.
#[derive(Debug, Subcommand)]
pub enum Promise {
    /// List the open promises of all pairings, those due first
    List,
    /// Promise something
    Add {
        /// Which pairing
        name: String,
        /// What
        what: String,
        /// By when
        #[arg(long, value_name = "YYYY-MM-DD")]
        by: Option<NaiveDate>,
        /// If something comes in between, then this
        #[arg(long = "if", value_name = "WORDS")]
        if_then: Option<String>,
        /// The small version that still counts
        #[arg(long, value_name = "WORDS")]
        small: Option<String>,
        /// It is the other's to keep; they take it on
        #[arg(long)]
        theirs: bool,
    },
    /// Say that one is kept
    Done {
        /// The promise
        id: String,
        /// Its small version, not the whole
        #[arg(long)]
        small: bool,
    },
    /// Skip one, honestly
    Skip {
        /// The promise
        id: String,
        /// Because
        because: Option<String>,
    },
}

/// A kind of pairing.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    /// One learns from the other's experience
    Mentoring,
    /// The junior teaches the senior, with safeguards
    Reverse,
    /// Both teach and both learn
    Reciprocal,
    /// Two peers who coach each other
    PeerCoaching,
    /// Somebody who is there helps somebody who is new
    Buddy,
    /// Two who practise the same thing
    PracticePartner,
    /// One hands over what they are responsible for
    Handover,
    /// One or two sessions; it ends by itself
    Taster,
}

fn moment(text: &str) -> Result<NaiveDateTime, String> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .ok_or_else(|| "write it as 2026-11-24T15:00".to_owned())
}
