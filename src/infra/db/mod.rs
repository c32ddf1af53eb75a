//! PostgreSQL: the pool, the migrations, the schema and the private database.

pub mod columns;
pub mod functions;
pub mod migrations;
mod pool;
pub mod private;
pub mod schema;

use diesel::dsl::sql;
use diesel::sql_types::Integer;
use diesel_async::RunQueryDsl;

pub use diesel::result::Error;
pub use diesel_async::AsyncPgConnection as Connection;
pub use pool::{Database, Pooled, TooLate, Unavailable};

/// Whether a query failed because the database is away, and not for a reason of its own.
pub fn is_away(error: &Error) -> bool {
    use diesel::result::DatabaseErrorKind as Kind;
    match error {
        Error::DatabaseError(Kind::ClosedConnection | Kind::UnableToSendCommand, _)
        | Error::BrokenTransactionManager => true,
        // A server that stops says so before it closes the connection.
        Error::DatabaseError(_, info) => info.message().contains("terminating connection"),
        _ => false,
    }
}

/// The major version of the server: 15.
pub async fn server_version(conn: &mut Connection) -> Result<i32, Error> {
    let number = sql::<Integer>("current_setting('server_version_num')::integer / 10000");
    diesel::select(number).get_result(conn).await
}
