//! Everything that changes the record. Each command is one transaction: it locks the statement, asks
//! the policy and the workflow, writes, keeps the lists, and leaves an event in the audit log.

mod discard;
mod file;
mod publish;
mod remove_samples;
mod save;
mod version;
mod withdraw;

pub use discard::{discard, undiscard};
pub use file::{MOST_TOPICS, file_under};
pub use publish::{Publication, publish};
pub use remove_samples::remove_samples;
pub use save::{Save, Saved, next_number, save};
pub use withdraw::{reinstate, withdraw};

use super::store::Translation;
use crate::domain::audit::About;
use crate::domain::outcome::Refused;

/// What an event about a text is about.
fn about(translation: &Translation) -> About {
    About {
        statement_id: Some(translation.statement_id),
        translation_id: Some(translation.id),
        ..About::default()
    }
}

/// The workflow's answer as a command gives it.
fn next(translation: &Translation, wanted: super::workflow::Move) -> Result<super::workflow::State, Refused> {
    super::workflow::next(translation.state(), wanted).map_err(|why| Refused::Conflict(why.to_owned()))
}
