//! A PostgreSQL of our own, made and kept in the program's data folder.
//!
//! Whoever has no PostgreSQL to offer gets one: [`Private::open`] makes a
//! database in the data folder, starts a server for it that only this folder
//! can reach, and keeps that server alive as long as the program runs.
//!
//! The database belongs to the *folder*, not to a process. Several processes
//! may open the same folder; each has a keeper, one of them holds the lock and
//! runs the server, and when that one leaves or dies, another takes over. So
//! the URL stays the same, but connections break when the server changes hands:
//! callers have to connect again.
//!
//! ```text
//! <data folder>/postgres/       0700; or a link to /var/lib/onrecord/<digest>
//!     cluster/                  the files of PostgreSQL
//!     cluster.new.<pid>/        the same while they are being made
//!     keeper.lock               locked by whoever runs the server
//!     postgres.log              what the server has to say
//!     .s.PGSQL.5432             the socket, if clients can cope with its path
//!     socket                    otherwise a link to the folder of the socket
//! ```

mod bell;
mod cluster;
mod error;
mod journal;
mod keeper;
mod making;
mod owner;
mod place;
mod programs;
mod remains;
mod socket;
mod tether;

pub use error::Error;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use bell::Rope;
use cluster::Cluster;
use keeper::Keeper;
use place::Place;

/// How long [`Private::open`] waits for a server that accepts connections. On a busy disk, making the
/// database alone can take half a minute.
const PATIENCE: Duration = Duration::from_secs(120);
const GLANCE: Duration = Duration::from_millis(20);
/// One death may be bad luck (the last processes of a killed server were still
/// there); so many in a row, about three seconds, are a mistake.
const DEATHS_IN_A_ROW: u32 = 5;

/// A running private PostgreSQL. Dropping it gives the server up: it is stopped
/// unless another process keeps it.
#[derive(Debug)]
pub struct Private {
    cluster: Arc<Cluster>,
    url: String,
    rope: Option<Rope>,
    keeper: Option<JoinHandle<()>>,
}

impl Private {
    /// Makes the database of this data folder if there is none, sees to it that
    /// a server runs for it, and waits until that server accepts connections.
    ///
    /// # Errors
    ///
    /// When PostgreSQL is not installed, the folder cannot be used, or no
    /// server is ready within two minutes. The message says what to do.
    pub fn open(data_dir: &Path) -> Result<Self, Error> {
        Self::open_with(data_dir, &[])
    }

    /// Like [`Private::open`], with further settings for the server, each as
    /// `name=value`. They win over ours, and count while this process is the
    /// one that runs the server.
    ///
    /// # Errors
    ///
    /// Those of [`Private::open`].
    pub fn open_with(data_dir: &Path, settings: &[&str]) -> Result<Self, Error> {
        let cluster = Arc::new(Cluster::new(Place::prepare(data_dir)?, settings)?);
        let (rope, bell) = bell::hang();
        let (tell, troubles) = mpsc::channel();
        let keeper = Keeper::new(Arc::clone(&cluster), bell, tell)?;
        let thread = thread::Builder::new()
            .name("postgres-keeper".to_owned())
            .spawn(move || keeper.keep())
            .map_err(Error::Thread)?;
        let private = Self {
            url: cluster.place.socket.url("onrecord"),
            cluster,
            rope: Some(rope),
            keeper: Some(thread),
        };
        private.wait_until_ready(&troubles)?;
        Ok(private)
    }

    /// Where to connect to: `postgres://onrecord@%2Ffolder/onrecord`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The same for another database of this server.
    #[must_use]
    pub fn url_of(&self, database: &str) -> String {
        self.cluster.place.socket.url(database)
    }

    /// The folder that holds the database and the log of its server.
    #[must_use]
    pub fn place(&self) -> &Path {
        &self.cluster.place.folder
    }

    /// Whether [`Private::place`] is elsewhere than in the data folder, because
    /// the user that runs the server cannot get into it.
    #[must_use]
    pub fn moved(&self) -> bool {
        self.cluster.place.moved
    }

    /// Gives the server up and waits until it has stopped, or until it is clear
    /// that another process keeps it. Dropping does the same.
    pub fn close(self) {
        drop(self);
    }

    fn wait_until_ready(&self, troubles: &Receiver<Error>) -> Result<(), Error> {
        let start = Instant::now();
        let mut deaths = 0;
        while !self.cluster.is_ready() {
            match troubles.recv_timeout(GLANCE) {
                Ok(Error::Died { .. }) if deaths + 1 < DEATHS_IN_A_ROW => deaths += 1,
                Ok(trouble) => return Err(trouble),
                Err(RecvTimeoutError::Timeout) if start.elapsed() < PATIENCE => {}
                Err(_) => return Err(self.cluster.late(start.elapsed())),
            }
        }
        Ok(())
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        drop(self.rope.take());
        if let Some(keeper) = self.keeper.take()
            && keeper.join().is_err()
        {
            log::error!("the keeper of the private PostgreSQL ended in a panic");
        }
    }
}
