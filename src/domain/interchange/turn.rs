//! A saved text becomes what its file wants it to be: a draft, public, or withdrawn.

use super::document::{Document, Status};
use super::import::{Run, Stop};
use crate::domain::ids::{RevisionId, StatementId};
use crate::domain::outcome::Change;
use crate::domain::policy::Actor;
use crate::domain::statements::commands::{self, Publication};
use crate::domain::statements::store::{self, Translation};
use crate::domain::statements::{DeskState, PublicState, desk};
use crate::infra::db::Connection;

impl Run<'_> {
    /// Brings a saved text to the status that its file asks for.
    pub(super) async fn turn(
        &self,
        conn: &mut Connection,
        document: &Document,
        statement: StatementId,
        revision: RevisionId,
        remarks: &mut Vec<String>,
    ) -> Result<Change, Stop> {
        let Some(text) = store::translation(conn, statement, document.locale).await? else {
            return Ok(Change::Unseen);
        };
        let waits = text.desk_state == DeskState::Draft;
        match (&document.status, text.public_state) {
            (Status::Published, _) if waits => {
                remarks.extend(self.same_note(conn, document, &text).await?);
                self.publish(conn, document, statement, revision).await
            }
            (Status::Draft, PublicState::Published) if waits => {
                remarks.push(
                    "readers have this text already; the change waits on the desk, because the file is a draft"
                        .to_owned(),
                );
                Ok(Change::Unseen)
            }
            (Status::Withdrawn { reason }, PublicState::Never) => {
                // What was never public cannot be withdrawn: both happen here, and nobody sees it between.
                let _ = self.publish(conn, document, statement, revision).await?;
                self.withdraw(conn, document, statement, reason).await
            }
            (Status::Withdrawn { reason }, PublicState::Published) => {
                self.withdraw(conn, document, statement, reason).await
            }
            (Status::Withdrawn { .. }, PublicState::Withdrawn) => {
                remarks.push("it is withdrawn already; the date and the reason stay as they are".to_owned());
                Ok(Change::Unseen)
            }
            _ => Ok(Change::Unseen),
        }
    }

    /// A note that was left in the file from the last time is easily told to readers twice.
    async fn same_note(
        &self,
        conn: &mut Connection,
        document: &Document,
        text: &Translation,
    ) -> Result<Option<String>, Stop> {
        if document.change.as_ref().is_none_or(|(_, note)| note.is_empty()) {
            return Ok(None);
        }
        let before = desk::versions_of(conn, text.id).await?;
        let same = before.first().is_some_and(|version| version.change == document.change);
        Ok(same.then(|| "readers were told the same change_note with the version before".to_owned()))
    }

    async fn publish(
        &self,
        conn: &mut Connection,
        document: &Document,
        statement: StatementId,
        revision: RevisionId,
    ) -> Result<Change, Stop> {
        let publication = Publication {
            statement,
            locale: document.locale,
            revision,
            change: document.change.clone(),
            announced: self.announced,
        };
        commands::publish(conn, Actor::OPERATOR, publication, self.now)
            .await
            .map_err(|refused| Stop::of(document, refused))
    }

    async fn withdraw(
        &self,
        conn: &mut Connection,
        document: &Document,
        statement: StatementId,
        reason: &str,
    ) -> Result<Change, Stop> {
        commands::withdraw(conn, Actor::OPERATOR, statement, document.locale, reason, self.now)
            .await
            .map_err(|refused| Stop::of(document, refused))
    }
}
