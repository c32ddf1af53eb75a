//! The rules, on a real database.

mod accounts;
mod databases;
mod filing;
mod import;
mod lists;
mod media;
mod migrations;
mod private_database;
mod schema;
mod settings;
mod statements;
mod topics;
