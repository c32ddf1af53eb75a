//! The outside world, one small handle each.

pub mod blobs;
pub mod clock;
pub mod db;
