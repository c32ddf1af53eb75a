//! The desk: write, review, publish. Behind a sign-in, never kept by a cache, never linked for readers.

pub mod audit;
pub mod dashboard;
pub mod desk;
pub mod editor;
pub mod embargo;
pub mod errors;
pub mod gate;
pub mod labels;
pub mod limit;
pub mod publication;
pub mod review;
pub mod samples;
pub mod schedule;
pub mod sessions;
pub mod set_up;
pub mod settings;
pub mod site;
pub mod statement_form;
pub mod statements;
pub mod topics;
pub mod way;
pub mod when;
