//! PostgreSQL: the pool, the migrations, the schema and the private database.

pub mod columns;
pub mod migrations;
mod pool;
pub mod private;
pub mod schema;

pub use diesel_async::AsyncPgConnection as Connection;
pub use pool::{Database, Pooled, Unavailable};
