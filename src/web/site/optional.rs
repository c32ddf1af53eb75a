//! What may fail without costing a reader the text: a side block that is late or broken is left out.

use std::time::Duration;

use crate::app::App;
use crate::infra::db::{Connection, Error};

/// How long a page waits for a side block.
const PATIENCE: Duration = Duration::from_millis(800);

/// The result of a query, or the default of its type where it fails or is late. It has a connection of
/// its own, which is thrown away when the query is still running on it.
pub async fn or_without<T: Default>(
    app: &App,
    name: &str,
    query: impl AsyncFnOnce(&mut Connection) -> Result<T, Error>,
) -> T {
    let Ok(mut connection) = app.database.connection().await else {
        log::warn!("{name} left out: the database is away");
        return T::default();
    };
    match tokio::time::timeout(PATIENCE, query(&mut connection)).await {
        Ok(Ok(value)) => value,
        Ok(Err(error)) => {
            log::warn!("{name} left out: {error}");
            T::default()
        }
        Err(_) => {
            log::warn!("{name} left out: late");
            app.database.discard(connection);
            T::default()
        }
    }
}
