//! What tests stand on: a database of one's own, and a small cast of people.

pub mod database;
