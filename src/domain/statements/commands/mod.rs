//! Everything that changes the record. Each command is one transaction: it locks the statement, asks
//! the policy and the workflow, writes, keeps the lists, and leaves an event in the audit log.

mod close;
mod discard;
mod embargo;
mod file;
mod follow;
mod held_up;
mod limit;
mod note;
mod preview_links;
mod publish;
mod publish_due;
mod remove;
mod remove_samples;
mod restore;
mod review;
mod save;
mod schedule;
mod version;
mod withdraw;

pub use close::{OneVersion, close_version, reopen_version};
pub use discard::{discard, undiscard};
pub use embargo::{set_embargo, zone_for};
pub use file::{MOST_TOPICS, file_under};
pub use follow::{choose_followed, confirm_following};
pub use limit::limit_to;
pub use note::leave_note;
pub use preview_links::{Life, NewPreviewLink, make_preview_link, revoke_preview_link};
pub use publish::{Publication, publish};
pub use publish_due::{Due, next_due, publish_due};
pub use remove::{Removal, remove};
pub use remove_samples::remove_samples;
pub use restore::restore;
pub use review::{Named, approve, request_changes, submit, take_back};
pub use save::{Save, Saved, next_number, save, save_from_page};
pub use schedule::{Appointment, schedule, unschedule};
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
