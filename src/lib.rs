//! Onrecord publishes statements and keeps them on the record.
//!
//! The modules stand in dependency order: each uses only those above it, and
//! `tests/app/architecture.rs` holds them to it.

/// Pure functions on texts: Markdown, the sanitiser, digests, slugs.
pub mod text;
/// Languages: words, dates, numbers, order.
pub mod i18n;
/// Every setting, read once and checked once.
pub mod config;
/// The outside world: the clock, the database.
pub mod infra;
/// What the organisation would recognise: statements, topics, people.
pub mod domain;
/// The command line.
pub mod cli;
