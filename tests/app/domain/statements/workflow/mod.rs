//! The way of a text to its publication.

mod embargo;
mod limits;
mod notes;
mod review;
mod schedule;
