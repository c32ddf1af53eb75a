//! What time it is. One handle, so that tests can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// A clock: the system's, or one that a test has moved.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_by_seconds: Arc<AtomicI64>,
}

impl Clock {
    /// This moment, to the microsecond that PostgreSQL keeps.
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.ahead_by_seconds.load(Ordering::Relaxed));
        let now = Timestamp::now().saturating_add(ahead).unwrap_or(Timestamp::MAX);
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Moves the clock ahead, for everyone who has it.
    pub fn advance(&self, by: SignedDuration) {
        self.ahead_by_seconds.fetch_add(by.as_secs(), Ordering::Relaxed);
    }
}
