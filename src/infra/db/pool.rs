use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use diesel::QueryResult;
use diesel::connection::InstrumentationEvent;
use diesel_async::pooled_connection::deadpool::{Object, Pool, PoolError};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::FutureExt as _;
use tokio_postgres::NoTls;

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

/// How long somebody waits who only asks whether it is there.
const SOON: Duration = Duration::from_secs(2);

/// No statement of ours needs this long; one that does is a fault that must not hold a connection.
const LIMITS: &str = "set statement_timeout = '60s'; set idle_in_transaction_session_timeout = '60s'; \
                      set time zone 'UTC'";

/// Why something that can be done without was done without.
#[derive(Debug, thiserror::Error)]
pub enum TooLate {
    /// There was no connection.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// The query failed.
    #[error(transparent)]
    Failed(#[from] diesel::result::Error),
    /// It took too long.
    #[error("it took longer than {} ms", .0.as_millis())]
    Late(Duration),
}

impl Database {
    /// A pool of at most `size` connections. Nothing is connected yet.
    pub fn new(url: &str, size: usize) -> Result<Self, String> {
        let sent = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&sent);
        let mut config = ManagerConfig::default();
        // A connection knows when it was closed; asking it first would double the way of every query.
        config.recycling_method = RecyclingMethod::Fast;
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

    /// Runs a query that is not worth waiting for longer than this. One that is late is called off, on
    /// the server too, and its connection thrown away: what nobody waits for must hold nothing.
    pub async fn within<T>(
        &self,
        patience: Duration,
        query: impl AsyncFnOnce(&mut AsyncPgConnection) -> QueryResult<T>,
    ) -> Result<T, TooLate> {
        let until = tokio::time::Instant::now() + patience;
        let late = |_| TooLate::Late(patience);
        let mut connection = tokio::time::timeout_at(until, self.connection()).await.map_err(late)??;
        let outcome = tokio::time::timeout_at(until, query(&mut connection)).await;
        match outcome {
            Ok(result) => Ok(result?),
            Err(elapsed) => {
                call_off(connection);
                Err(late(elapsed))
            }
        }
    }

    /// Whether the database answers, soon.
    pub async fn answers(&self) -> Result<(), TooLate> {
        self.within(SOON, async |connection: &mut AsyncPgConnection| {
            connection.batch_execute("select 1").await
        })
        .await
    }

    /// How many statements have been sent over this pool since it was made.
    pub fn statements_sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }
}

/// Throws a connection away and asks the server to stop what still runs on it: it would not notice
/// by itself while a query waits for a lock.
fn call_off(connection: Pooled) {
    let token = connection.cancel_token();
    drop(Object::take(connection));
    tokio::spawn(async move {
        if let Err(error) = token.cancel_query(NoTls).await {
            log::debug!("a query that came too late could not be called off: {error}");
        }
    });
}
