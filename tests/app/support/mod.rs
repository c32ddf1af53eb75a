//! What tests stand on: a database of one's own, a small cast of people, a desk to work at, and the
//! program as its visitors meet it.

pub mod app;
pub mod authenticator;
pub mod cast;
pub mod chance;
pub mod codes;
pub mod counted;
pub mod database;
pub mod desk;
pub mod documents;
pub mod form;
pub mod page;
pub mod pictures;
pub mod program;
pub mod record;
pub mod refusals;
pub mod source;
pub mod visitor;
pub mod way;
