//! The record: what the desk writes, how it goes public, what readers meet.

pub mod words;
pub mod issued_on;
pub mod draft;
pub mod workflow;
pub mod documents;
pub mod lists;
pub mod desk_words;
pub mod store;
pub mod history;
pub mod people;
pub mod embargo;
pub mod review;
pub mod notes;
pub mod published;
pub mod versions;
pub mod changes;
pub mod following;
pub mod previews;
pub mod showing;
mod desk_entries;
pub mod desk;
pub mod waiting;
pub mod commands;

pub use issued_on::{IssuedOn, Precision};
pub use words::{ChangeKind, DeskState, Kind, PublicState};
