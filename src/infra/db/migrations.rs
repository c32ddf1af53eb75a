//! Brings a database to the schema that this program knows.

use diesel_async::{
    AsyncConnection as _, AsyncMigrationHarness, AsyncPgConnection, SimpleAsyncConnection as _,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Any number that no other program uses for an advisory lock on this database: "onrecord" on a phone's keys.
const LOCK: i64 = 66_732_673;

/// Why a database could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be reached.
    #[error("the database cannot be reached: {0}")]
    Connect(#[from] diesel::ConnectionError),
    /// A step failed.
    #[error("a migration failed: {0}")]
    Step(String),
}

/// Applies what is missing and says which steps it took. Processes that start together take turns.
pub async fn apply(url: &str) -> Result<Vec<String>, Error> {
    run(url, |harness| {
        Ok(harness.run_pending_migrations(MIGRATIONS)?.iter().map(ToString::to_string).collect())
    })
    .await
}

/// Takes every step back, the newest first: for the test that each step can be undone.
pub async fn revert_all(url: &str) -> Result<Vec<String>, Error> {
    run(url, |harness| {
        Ok(harness.revert_all_migrations(MIGRATIONS)?.iter().map(ToString::to_string).collect())
    })
    .await
}

type Harness = AsyncMigrationHarness<AsyncPgConnection>;
type Steps = Result<Vec<String>, Box<dyn std::error::Error + Send + Sync>>;

async fn run(
    url: &str,
    steps: impl FnOnce(&mut Harness) -> Steps + Send + 'static,
) -> Result<Vec<String>, Error> {
    let mut connection = AsyncPgConnection::establish(url).await?;
    let failed = |error: &dyn std::fmt::Display| Error::Step(error.to_string());
    connection.batch_execute(&format!("select pg_advisory_lock({LOCK})")).await.map_err(|e| failed(&e))?;
    // The lock goes with the connection, which ends here whatever happens.
    tokio::task::spawn_blocking(move || steps(&mut AsyncMigrationHarness::new(connection)))
        .await
        .map_err(|e| failed(&e))?
        .map_err(|e| failed(&e))
}
