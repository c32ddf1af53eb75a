//! The rules, on a real database.

mod databases;
mod lists;
mod migrations;
mod schema;
mod statements;
