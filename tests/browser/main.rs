//! Stories in a real browser, told against the real program: what the other tests cannot see.
//!
//! They need Chromium, its chromedriver and, for accessibility, axe-core. Where one is missing a story
//! says so, and how to get it, and passes; with `ONRECORD_BROWSER_TESTS=required` it fails. With
//! `ONRECORD_SHOTS=FOLDER` the accessibility stories leave a picture there of everything they looked at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a test says what is wrong by panicking"
)]

mod accessibility;
mod keeping;
mod media;
mod menu;
mod mirrored;
mod outside;
mod reading;
mod review;
mod schedule;
mod second_factors;
mod support;
mod topics;
mod writing;
