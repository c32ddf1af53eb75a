//! What tests stand on: a database of one's own, a small cast of people, a desk to work at.

pub mod cast;
pub mod chance;
pub mod counted;
pub mod database;
pub mod desk;
pub mod refusals;
pub mod source;
