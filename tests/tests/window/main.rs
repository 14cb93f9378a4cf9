//! Stories through the real window: what a person does and sees, on a desktop of its own.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod acts;
mod answering;
mod barriers;
mod bringing;
mod canary;
mod desktop_manners;
mod files;
mod first_run;
mod guides;
mod history;
mod keyboard;
mod killed;
mod languages;
mod learning;
mod locking;
mod looking_back;
mod pairings;
mod people;
mod reflections;
mod reminding;
mod searching;
mod setting_out;
mod taking_out;
mod templates;
mod trash;
mod two_computers;
mod voice;
mod writing;
