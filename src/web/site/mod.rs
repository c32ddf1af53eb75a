//! Pages for readers: no cookie, no script, nothing of one request in them.

pub mod corrections;
pub mod errors;
pub mod home;
pub mod lists;
pub mod media;
pub mod optional;
pub mod pages;
pub mod previews;
pub mod reading;
pub mod search;
pub mod statements;
pub mod topics;
pub mod versions;
