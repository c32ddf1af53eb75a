//! The rules, on a real database.

mod databases;
mod import;
mod migrations;
mod schema;
mod statements;
