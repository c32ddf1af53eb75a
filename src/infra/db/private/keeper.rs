//! The thread that keeps the server running.

use std::convert::Infallible;
use std::fs::{File, TryLockError};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::bell::Bell;
use super::cluster::Cluster;
use super::{Error, remains};

/// How often we look whether the lock is free.
const LOCK_GLANCE: Duration = Duration::from_millis(200);
/// How often we look whether the server lives.
const SERVER_GLANCE: Duration = Duration::from_millis(100);
/// The pause before a restart doubles from one to the other...
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// ...until a server has lived so long.
const STEADY: Duration = Duration::from_secs(10);

/// Waits for the lock of the data folder, then runs its server. All of it
/// happens in one thread, because the server ends with the thread that
/// started it.
#[derive(Debug)]
pub(super) struct Keeper {
    cluster: Arc<Cluster>,
    lock: File,
    bell: Bell,
    troubles: Sender<Error>,
}

impl Keeper {
    pub(super) fn new(cluster: Arc<Cluster>, bell: Bell, troubles: Sender<Error>) -> Result<Self, Error> {
        let place = &cluster.place;
        Ok(Self { lock: place.owner.open_file(&place.lock())?, cluster, bell, troubles })
    }

    /// Keeps the server until the bell rings. Dropping `self` then closes the
    /// lock file, which releases the lock: the next keeper starts its server.
    pub(super) fn keep(self) {
        let mut pause = SHORTEST_PAUSE;
        while !self.bell.has_rung() {
            let start = Instant::now();
            let Err(trouble) = self.take_lock().and_then(|()| self.serve());
            if self.bell.has_rung() {
                break;
            }
            if start.elapsed() > STEADY {
                pause = SHORTEST_PAUSE;
            }
            log::error!("{trouble}\nStarting PostgreSQL again in {pause:?}");
            // Nobody listens any more once the first server was ready.
            let _ = self.troubles.send(trouble);
            self.bell.rings_within(pause);
            pause = LONGEST_PAUSE.min(pause * 2);
        }
    }

    /// Waits until no other process holds the lock. To take it again while
    /// holding it does no harm.
    fn take_lock(&self) -> Result<(), Error> {
        loop {
            match self.lock.try_lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::WouldBlock) if self.bell.rings_within(LOCK_GLANCE) => {
                    return Err(Error::Stopped);
                }
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(source)) => {
                    return Err(Error::file("lock", &self.cluster.place.lock())(source));
                }
            }
        }
    }

    /// Runs a server until it dies, which is a trouble, or the bell rings.
    fn serve(&self) -> Result<Infallible, Error> {
        self.cluster.clear(&self.bell)?;
        self.cluster.make_if_missing(&self.bell)?;
        let mut server = self.cluster.start()?;
        log::info!("started PostgreSQL as process {}", server.id());
        loop {
            if self.bell.rings_within(SERVER_GLANCE) {
                remains::end(&mut server);
                return Err(Error::Stopped);
            }
            match server.try_wait() {
                Ok(None) => {}
                Ok(Some(status)) => return Err(self.cluster.died(status.to_string())),
                Err(error) => return Err(self.cluster.died(error.to_string())),
            }
        }
    }
}
