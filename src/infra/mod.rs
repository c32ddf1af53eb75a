//! The outside world, one small handle each.

pub mod clock;
pub mod db;
