//! The database of a command: the one that was given, or the private one, which this process keeps
//! running if no other does.

use std::time::Duration;

use super::Failure;
use crate::config::{Config, DatabaseSetting, TopicsSetting};
use crate::domain::accounts::users;
use crate::domain::statements::{desk, desk_words, documents};
use crate::domain::topics::seed;
use crate::infra::db::private::Private;
use crate::infra::db::{self, Database, migrations};

/// A database that is reachable, for as long as this lives.
pub(super) struct Open {
    /// The pool.
    pub(super) database: Database,
    migration_url: String,
    /// Kept for its end, which stops the server when nobody else needs it.
    private: Option<Private>,
}

/// What was done to a database before its first use.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    pub(super) migrations: usize,
    pub(super) topics: usize,
    /// Whether it holds nothing of anybody's.
    pub(super) is_untouched: bool,
}

/// The oldest PostgreSQL that this program is tried on.
const OLDEST: i32 = 15;

/// How many connections one process uses at most.
const CONNECTIONS: usize = 16;

impl Open {
    /// Opens the database. Has to be called on the main thread, outside of any runtime: opening the
    /// private one takes a while.
    pub(super) fn new(config: &Config) -> Result<Self, Failure> {
        let (url, migration_url, private) = match &config.database {
            DatabaseSetting::Given { url, migration_url } => (url.clone(), migration_url.clone(), None),
            DatabaseSetting::Private => {
                let private = Private::open(&config.data_dir).map_err(|error| error.to_string())?;
                (private.url().to_owned(), private.url().to_owned(), Some(private))
            }
        };
        Ok(Self { database: Database::new(&url, CONNECTIONS)?, migration_url, private })
    }

    /// Where the private database is, when there is one; and whether that is not the data folder.
    pub(super) fn place(&self) -> Option<(&std::path::Path, bool)> {
        self.private.as_ref().map(|private| (private.place(), private.moved()))
    }

    /// Migrates, and puts the topics in place.
    pub(super) async fn prepare(&self, config: &Config) -> Result<Prepared, Failure> {
        let migrations = self.migrate().await?;
        let mut conn = self.database.connection().await.map_err(|error| error.to_string())?;
        let version = db::server_version(&mut conn).await.map_err(|error| error.to_string())?;
        if version < OLDEST {
            return Err(format!("this is PostgreSQL {version}; {OLDEST} or newer is needed"));
        }
        let json =
            match &config.topics {
                TopicsSetting::Nothing => None,
                TopicsSetting::Embedded => Some(seed::EMBEDDED.to_owned()),
                TopicsSetting::File(file) => Some(std::fs::read_to_string(file).map_err(|error| {
                    format!("ONRECORD_TOPICS: {} cannot be read: {error}", file.display())
                })?),
            };
        let topics = match json {
            Some(json) => {
                seed::load(&mut conn, &json).await.map_err(|error| format!("ONRECORD_TOPICS: {error}"))?
            }
            None => 0,
        };
        let failed = |error: db::Error| error.to_string();
        let is_used = users::is_anybody_there(&mut conn).await.map_err(failed)?
            || desk::has_statements(&mut conn).await.map_err(failed)?;
        Ok(Prepared { migrations: migrations.len(), topics, is_untouched: !is_used })
    }

    /// Migrates; gives the steps taken. A private server that is just being handed over from one
    /// process to another is given ten seconds.
    pub(super) async fn migrate(&self) -> Result<Vec<String>, Failure> {
        let mut tries = if self.private.is_some() { 50 } else { 1 };
        loop {
            tries -= 1;
            match migrations::apply(&self.migration_url).await {
                Ok(steps) => {
                    self.cut_words().await?;
                    return Ok(steps);
                }
                Err(migrations::Error::Connect(_)) if tries > 0 => {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
                Err(error) => return Err(error.to_string()),
            }
        }
    }

    /// Cuts the words of texts that no program before this one has cut, or that an older one has.
    async fn cut_words(&self) -> Result<(), Failure> {
        let mut conn = self.database.connection().await.map_err(|error| error.to_string())?;
        let texts = desk_words::catch_up(&mut conn).await.map_err(|error| error.to_string())?;
        if texts > 0 {
            println!("The words of {texts} texts can be searched on the desk.");
        }
        let statements = documents::catch_up(&mut conn).await.map_err(|error| error.to_string())?;
        if statements > 0 {
            println!("{statements} statements can be searched by readers.");
        }
        Ok(())
    }

    /// Stops the private server, if this process is the one that runs it.
    pub(super) fn close(self) {
        drop(self.database);
        if let Some(private) = self.private {
            private.close();
        }
    }
}
