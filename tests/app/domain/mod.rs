//! The rules, on a real database.

mod databases;
mod migrations;
mod schema;
mod statements;
