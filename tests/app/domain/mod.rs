//! The rules, on a real database.

mod accounts;
mod databases;
mod lists;
mod migrations;
mod schema;
mod statements;
mod topics;
