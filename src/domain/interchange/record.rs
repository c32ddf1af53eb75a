//! What the record has already, and whether a file may come near it.

use super::document::{Document, Status};
use super::import::Stop;
use super::ledger;
use crate::domain::policy::Actor;
use crate::domain::statements::store::{self, Statement, Translation};
use crate::domain::statements::{DeskState, PublicState};
use crate::infra::db::Connection;

/// What the record has under the number and language of a file.
pub(super) struct Record {
    pub(super) statement: Option<Statement>,
    pub(super) translation: Option<Translation>,
}

impl Record {
    /// Finds it, and locks the statement until the transaction ends.
    pub(super) async fn find(conn: &mut Connection, document: &Document) -> Result<Self, Stop> {
        let Some(found) = store::by_number(conn, document.number).await? else {
            return Ok(Self { statement: None, translation: None });
        };
        let statement = store::lock(conn, Actor::OPERATOR, found.id)
            .await
            .map_err(|refused| Stop::of(document, refused))?;
        let translation = store::translation(conn, statement.id, document.locale).await?;
        Ok(Self { statement: Some(statement), translation })
    }

    /// Whether a file may go in at all. Where the desk was at work since, it has the last word.
    pub(super) fn check(
        &self,
        document: &Document,
        samples: bool,
        known: Option<&ledger::Item>,
    ) -> Result<(), Stop> {
        let number = document.number;
        if self.statement.as_ref().is_some_and(|statement| statement.is_sample != samples) {
            let why = format!("number {number} belongs to a sample; please choose another");
            return Err(Stop::fault(document.fault("number", &why)));
        }
        let left_alone = |why: &str| Err(Stop::LeftAlone(why.to_owned()));
        match (&self.translation, known) {
            (None, None) => Ok(()),
            (None, Some(_)) => {
                left_alone("the desk has given this text another number since it was imported")
            }
            (Some(_), None) => {
                let why = format!("number {number} is on the desk already, and not from an import");
                Err(Stop::fault(document.fault("number", &why)))
            }
            (Some(text), Some(item)) => match (text.public_state, text.desk_state) {
                (PublicState::Removed, _) => left_alone("this text was removed for good"),
                _ if text.latest_revision_id != item.revision => {
                    left_alone("the desk has changed this text since it was imported")
                }
                (_, desk) if !matches!(desk, DeskState::None | DeskState::Draft) => {
                    left_alone("this text is under review on the desk")
                }
                (PublicState::Never, DeskState::None) => left_alone("the desk has discarded this text"),
                (PublicState::Withdrawn, _) if document.status == Status::Published => {
                    left_alone("this text is withdrawn; reinstate it on the desk first")
                }
                _ => Ok(()),
            },
        }
    }
}
