//! Onrecord publishes statements and keeps them on the record.
//!
//! The modules stand in dependency order: each uses only those above it, and
//! `tests/app/architecture.rs` holds them to it.

/// Pure functions on texts: Markdown, the sanitiser, digests, slugs.
pub mod text;
/// Languages: words, dates, numbers, order.
pub mod i18n;
