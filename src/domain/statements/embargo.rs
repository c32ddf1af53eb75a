//! "Not before": until then no text of a statement goes public, whoever asks.

use jiff::Timestamp;

use super::store::Statement;
use crate::domain::outcome::Refused;

/// Refuses what would be public before the embargo of its statement is over.
pub fn check(statement: &Statement, at: Timestamp) -> Result<(), Refused> {
    match statement.embargo() {
        Some(embargo) if at < embargo.at => Err(Refused::Conflict(format!(
            "There is an embargo on this statement: nothing of it goes public before {embargo}. Whoever may \
             edit all texts can move or lift it."
        ))),
        _ => Ok(()),
    }
}
