//! A site in other languages than the usual three: the mirrored pseudo-locale, Uyghur and Tibetan, which are
//! far from translated, and without Traditional Chinese, in which there are texts all the same. A process has
//! one site, so that these tests have a program of their own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a test says what is wrong by panicking, and not every support is needed here"
)]

mod not_used;
mod pages;
mod record;
#[path = "../app/support/mod.rs"]
mod support;
mod words;
