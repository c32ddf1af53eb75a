use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use diesel::connection::InstrumentationEvent;
use diesel_async::pooled_connection::deadpool::{Object, Pool, PoolError};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig};
use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::FutureExt as _;

/// A connection on loan from the pool.
pub type Pooled = Object<AsyncPgConnection>;

/// The database cannot be reached, or every connection is busy. The cause is for the log.
#[derive(Debug, thiserror::Error)]
pub enum Unavailable {
    /// It refuses, or is not there.
    #[error("the database is not available: {0}")]
    Refused(#[from] PoolError),
    /// It does not answer.
    #[error("the database did not give a connection within {} seconds", WAIT.as_secs())]
    Silent,
}

/// The database: a pool of connections that knows how many statements it has sent.
#[derive(Clone)]
pub struct Database {
    pool: Pool<AsyncPgConnection>,
    sent: Arc<AtomicU64>,
}

/// How long a request waits for a connection before it says that the database is away.
const WAIT: Duration = Duration::from_secs(5);

/// No statement of ours needs this long; one that does is a fault that must not hold a connection.
const LIMITS: &str = "set statement_timeout = '60s'; set idle_in_transaction_session_timeout = '60s'; \
                      set time zone 'UTC'";

impl Database {
    /// A pool of at most `size` connections. Nothing is connected yet.
    pub fn new(url: &str, size: usize) -> Result<Self, String> {
        let sent = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&sent);
        let mut config = ManagerConfig::default();
        config.custom_setup = Box::new(move |url| {
            let counter = Arc::clone(&counter);
            async move {
                let mut connection = AsyncPgConnection::establish(url).await?;
                connection
                    .batch_execute(LIMITS)
                    .await
                    .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
                    if let InstrumentationEvent::StartQuery { .. } = event {
                        counter.fetch_add(1, Ordering::Relaxed);
                    }
                });
                Ok(connection)
            }
            .boxed()
        });
        let manager = AsyncDieselConnectionManager::new_with_config(url, config);
        let pool = Pool::builder(manager).max_size(size).build().map_err(|error| error.to_string())?;
        Ok(Self { pool, sent })
    }

    /// A connection of one's own until it is dropped.
    pub async fn connection(&self) -> Result<Pooled, Unavailable> {
        match tokio::time::timeout(WAIT, self.pool.get()).await {
            Ok(connection) => Ok(connection?),
            Err(_) => Err(Unavailable::Silent),
        }
    }

    /// Throws a connection away, instead of giving it back with a query still running on it.
    pub fn discard(&self, connection: Pooled) {
        drop(Object::take(connection));
    }

    /// How many statements have been sent over this pool since it was made.
    pub fn statements_sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }
}
