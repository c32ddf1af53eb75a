//! Nobody loses a word: what arrives is kept first, and comes back.

pub mod answer;
pub mod arrival;
pub mod opened;
pub mod pages;
pub mod presence;
