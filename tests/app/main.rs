//! The tests that need the whole house: one binary, one real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a test says what is wrong by panicking"
)]

mod admin;
mod architecture;
mod domain;
mod journeys;
mod site;
mod support;
