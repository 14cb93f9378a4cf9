//! Schedules of people who come, go and write apart from each other, and what nobody may be able to open.

mod cases;
mod golden;
mod people;
mod schedules;
