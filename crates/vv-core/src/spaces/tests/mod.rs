//! Stories of people with a notebook each who share a space by handing each other raw records.

mod devices;
pub(crate) mod people;
mod stories;
