//! What readers get, over HTTP.

mod addresses;
mod bad_input;
mod corrections;
mod gone;
mod headers;
mod home;
mod languages;
pub mod links;
mod lists;
mod machines;
mod media;
mod methods;
mod no_trace;
mod only_published;
mod previews;
mod queries;
mod search;
mod standing_pages;
mod statement;
mod statement_always_shows;
mod topics;
mod versions;
