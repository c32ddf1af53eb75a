//! The long-lived handles of a running program.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use tokio::sync::Semaphore;

use crate::config::BaseUrl;
use crate::domain::accounts::passwords::Password;
use crate::domain::outcome::Change;
use crate::domain::{site, topics};
use crate::infra::clock::Clock;
use crate::infra::db::{Connection, Database};

/// Everything that a request or a job may need.
pub struct App {
    /// The database.
    pub database: Database,
    /// What time it is.
    pub clock: Clock,
    /// The address that readers use.
    pub base_url: BaseUrl,
    outline: LastGood<site::Outline>,
    topics: LastGood<topics::Index>,
    hashing: Semaphore,
}

impl App {
    /// Puts the handles together. Nothing is read yet.
    pub fn new(database: Database, clock: Clock, base_url: BaseUrl) -> Self {
        Self {
            database,
            clock,
            base_url,
            outline: LastGood::default(),
            topics: LastGood::default(),
            // Each hash takes 19 MiB and a processor: a flood of sign-ins must not take them all.
            hashing: Semaphore::new(2),
        }
    }

    /// Makes a change known: what is kept at hand is read anew. Other processes read theirs anew
    /// within a second by themselves.
    pub fn apply(&self, change: Change) {
        match change {
            Change::Unseen | Change::Statement(_) => {}
            Change::Topics => self.topics.expire(),
            Change::Site => self.outline.expire(),
            Change::Everything => {
                self.topics.expire();
                self.outline.expire();
            }
        }
    }

    /// What every page needs to know of the site; the last good copy when it cannot be read.
    pub async fn outline(&self) -> Arc<site::Outline> {
        self.outline
            .get("site outline", || self.read(async |conn: &mut Connection| site::outline(conn).await))
            .await
    }

    /// All topics; the last good copy when they cannot be read.
    pub async fn topics(&self) -> Arc<topics::Index> {
        self.topics
            .get("topic index", || self.read(async |conn: &mut Connection| topics::index::load(conn).await))
            .await
    }

    async fn read<T>(
        &self,
        query: impl AsyncFnOnce(&mut Connection) -> diesel::QueryResult<T>,
    ) -> Result<T, String> {
        let mut connection = self.database.connection().await.map_err(|error| error.to_string())?;
        query(&mut connection).await.map_err(|error| error.to_string())
    }

    /// Hashes a password, away from the threads that answer.
    pub async fn hash(&self, password: Password) -> Result<String, String> {
        let _turn = self.hashing.acquire().await.map_err(|error| error.to_string())?;
        tokio::task::spawn_blocking(move || password.hash())
            .await
            .map_err(|error| error.to_string())?
            .map_err(|error| error.to_string())
    }

    /// Whether a password is the one that was hashed; as slow where there is no hash.
    pub async fn matches(&self, password: Password, hash: Option<String>) -> Result<bool, String> {
        let _turn = self.hashing.acquire().await.map_err(|error| error.to_string())?;
        tokio::task::spawn_blocking(move || password.matches(hash.as_deref()))
            .await
            .map_err(|error| error.to_string())
    }
}

/// Something small that every page shows: read at most once a second, and shown from the last good
/// copy when it cannot be read. No page fails for want of it.
struct LastGood<T> {
    copy: ArcSwapOption<Copy<T>>,
    expired: std::sync::atomic::AtomicBool,
}

struct Copy<T> {
    value: Arc<T>,
    read_at: Instant,
}

/// How old a copy may grow: so what one process changes, all show within a second.
const FRESH: Duration = Duration::from_millis(900);

/// How long a page waits for a newer copy before it takes the last good one.
const PATIENCE: Duration = Duration::from_secs(1);

impl<T> Default for LastGood<T> {
    fn default() -> Self {
        Self { copy: ArcSwapOption::empty(), expired: true.into() }
    }
}

impl<T: Default> LastGood<T> {
    fn expire(&self) {
        self.expired.store(true, std::sync::atomic::Ordering::SeqCst);
    }

    async fn get<F>(&self, name: &str, read: impl FnOnce() -> F) -> Arc<T>
    where
        F: Future<Output = Result<T, String>>,
    {
        let copy = self.copy.load_full();
        // Taken before the reading: a change that comes while we read makes the copy old at once.
        let expired = self.expired.swap(false, std::sync::atomic::Ordering::SeqCst);
        if let Some(copy) = &copy
            && !expired
            && copy.read_at.elapsed() < FRESH
        {
            return Arc::clone(&copy.value);
        }
        let failure = match tokio::time::timeout(PATIENCE, read()).await {
            Ok(Ok(value)) => {
                let value = Arc::new(value);
                self.copy.store(Some(Arc::new(Copy { value: Arc::clone(&value), read_at: Instant::now() })));
                return value;
            }
            Ok(Err(error)) => error,
            Err(_) => "it took too long".to_owned(),
        };
        log::warn!("the {name} could not be read, and the last good copy is shown: {failure}");
        self.expire();
        copy.map_or_else(Default::default, |copy| Arc::clone(&copy.value))
    }
}
