//! The long-lived handles of a running program.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Mutex as Turn, Semaphore};

use crate::config::{BaseUrl, Proxies};
use crate::domain::accounts::demands::Demands;
use crate::domain::accounts::passwords::Password;
use crate::domain::outcome::Change;
use crate::domain::{site, topics};
use crate::infra::blobs::Blobs;
use crate::infra::clock::Clock;
use crate::infra::db::{Connection, Database, TooLate};

/// Everything that a request or a job may need.
pub struct App {
    /// The database.
    pub database: Database,
    /// What time it is.
    pub clock: Clock,
    /// The address that readers use.
    pub base_url: BaseUrl,
    /// Where pictures and files are.
    pub blobs: Blobs,
    /// Each upload is held in memory while it is read and drawn anew: two at once, and no more.
    pub uploading: Semaphore,
    /// How many search at once: the others wait, and who only reads does not.
    pub searching: Semaphore,
    /// Whose word is taken for where a request comes from.
    pub proxies: Proxies,
    outline: LastGood<site::Outline>,
    topics: LastGood<topics::Index>,
    hashing: Semaphore,
    hashed: AtomicU64,
}

impl App {
    /// Puts the handles together. Nothing is read yet.
    pub fn new(database: Database, clock: Clock, base_url: BaseUrl, blobs: Blobs) -> Self {
        Self {
            database,
            clock,
            base_url,
            blobs,
            uploading: Semaphore::new(2),
            searching: Semaphore::new(6),
            proxies: Proxies::default(),
            outline: LastGood::default(),
            topics: LastGood::default(),
            // Each hash takes 19 MiB and a processor: a flood of sign-ins must not take them all.
            hashing: Semaphore::new(2),
            hashed: AtomicU64::new(0),
        }
    }

    /// Behind these proxies.
    pub fn behind(self, proxies: Proxies) -> Self {
        Self { proxies, ..self }
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
            .get("site outline", || {
                self.database.within(PATIENCE, async |conn: &mut Connection| site::outline(conn).await)
            })
            .await
    }

    /// All topics; the last good copy when they cannot be read.
    pub async fn topics(&self) -> Arc<topics::Index> {
        self.topics
            .get("topic index", || {
                self.database.within(PATIENCE, async |conn: &mut Connection| topics::index::load(conn).await)
            })
            .await
    }

    /// Hashes a password, away from the threads that answer.
    pub async fn hash(&self, password: Password) -> Result<String, String> {
        let _turn = self.hashing.acquire().await.map_err(|error| error.to_string())?;
        self.hashed.fetch_add(1, Ordering::Relaxed);
        tokio::task::spawn_blocking(move || password.hash())
            .await
            .map_err(|error| error.to_string())?
            .map_err(|error| error.to_string())
    }

    /// Whether a password is the one that was hashed; as slow where there is no hash.
    pub async fn matches(&self, password: Password, hash: Option<String>) -> Result<bool, String> {
        let _turn = self.hashing.acquire().await.map_err(|error| error.to_string())?;
        self.hashed.fetch_add(1, Ordering::Relaxed);
        tokio::task::spawn_blocking(move || password.matches(hash.as_deref()))
            .await
            .map_err(|error| error.to_string())
    }

    /// How often a password was hashed since the program started: the one thing that takes time at the door.
    pub fn passwords_hashed(&self) -> u64 {
        self.hashed.load(Ordering::Relaxed)
    }

    /// Whether a password may be chosen, and why not; away from the threads that answer, too.
    pub async fn judge(&self, demands: Demands, password: Password) -> Result<Result<(), String>, String> {
        tokio::task::spawn_blocking(move || demands.check(&password)).await.map_err(|error| error.to_string())
    }
}

/// Something small that every page shows: read at most once a second, and shown from the last good
/// copy when it cannot be read. No page fails for want of it, and no two read it at the same time.
struct LastGood<T> {
    state: Mutex<State<T>>,
    reading: Turn<()>,
}

struct State<T> {
    copy: Option<Arc<T>>,
    /// Until when the copy will do; `None`: something has changed, or nothing was ever read.
    good_until: Option<Instant>,
    /// Counts what has changed: a copy is old at once when something changed while it was read.
    changes: u64,
}

/// How old a copy may grow: so what one process changes, all show within a second. And how long a
/// database that fails is left alone.
const FRESH: Duration = Duration::from_millis(900);

/// How long a page waits for a newer copy before it takes the last good one.
const PATIENCE: Duration = Duration::from_secs(1);

impl<T> Default for LastGood<T> {
    fn default() -> Self {
        let state = State { copy: None, good_until: None, changes: 0 };
        Self { state: Mutex::new(state), reading: Turn::new(()) }
    }
}

impl<T: Default> LastGood<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn expire(&self) {
        let mut state = self.state();
        state.changes += 1;
        state.good_until = None;
    }

    /// What there is without reading, when it will do.
    fn at_hand(&self) -> Option<Arc<T>> {
        let state = self.state();
        let will_do = state.good_until.is_some_and(|until| Instant::now() < until);
        will_do.then(|| state.copy.clone().unwrap_or_default())
    }

    async fn get<F>(&self, name: &str, read: impl FnOnce() -> F) -> Arc<T>
    where
        F: Future<Output = Result<T, TooLate>>,
    {
        if let Some(value) = self.at_hand() {
            return value;
        }
        let last_good = |state: &State<T>| state.copy.clone().unwrap_or_default();
        let is_only_old = self.state().good_until.is_some();
        // Who finds the copy merely old leaves the reading to one; who knows of a change waits for it.
        let patience = if is_only_old { Duration::ZERO } else { PATIENCE };
        let Ok(_turn) = tokio::time::timeout(patience, self.reading.lock()).await else {
            return last_good(&self.state());
        };
        if let Some(value) = self.at_hand() {
            return value;
        }
        let changes = self.state().changes;
        let read = read().await;
        let mut state = self.state();
        match read {
            Ok(value) => state.copy = Some(Arc::new(value)),
            Err(why) => log::warn!("the {name} could not be read, and the last good copy is shown: {why}"),
        }
        if state.changes == changes {
            state.good_until = Some(Instant::now() + FRESH);
        }
        last_good(&state)
    }
}
