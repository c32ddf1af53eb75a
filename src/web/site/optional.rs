//! What may fail without costing a reader the text: a side block that is late or broken is left out.

use std::time::Duration;

use crate::app::App;
use crate::infra::db::{Connection, Error};

/// How long a page waits for a side block.
const PATIENCE: Duration = Duration::from_millis(800);

/// The result of a query, or the default of its type where it fails or is late.
pub async fn or_without<T: Default>(
    app: &App,
    name: &str,
    query: impl AsyncFnOnce(&mut Connection) -> Result<T, Error>,
) -> T {
    app.database.within(PATIENCE, query).await.unwrap_or_else(|why| {
        log::warn!("{name} left out: {why}");
        T::default()
    })
}
