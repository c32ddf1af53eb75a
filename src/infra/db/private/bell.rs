//! How the keeper is told to stop, wherever it happens to be waiting.

use std::convert::Infallible;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// Held by the caller. Letting go of it rings the bell, for good.
#[derive(Debug)]
pub(super) struct Rope(#[expect(dead_code, reason = "only its end is of interest")] Sender<Infallible>);

/// Heard by the keeper, whose every wait goes through it.
#[derive(Debug)]
pub(super) struct Bell(Receiver<Infallible>);

pub(super) fn hang() -> (Rope, Bell) {
    let (rope, bell) = mpsc::channel();
    (Rope(rope), Bell(bell))
}

impl Bell {
    /// Waits so long, or until the bell rings: then it is `true`, at once and
    /// ever after.
    pub(super) fn rings_within(&self, wait: Duration) -> bool {
        matches!(self.0.recv_timeout(wait), Err(RecvTimeoutError::Disconnected))
    }

    pub(super) fn has_rung(&self) -> bool {
        self.rings_within(Duration::ZERO)
    }
}
