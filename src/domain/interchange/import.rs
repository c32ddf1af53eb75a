//! One file into the record: all of it or nothing.

use diesel::result::Error as DieselError;
use diesel_async::AsyncConnection as _;
use jiff::Timestamp;

use super::document::Document;
use super::facts::{self, Settled};
use super::ledger;
use super::record::Record;
use super::report::{Fault, Outcome};
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::Actor;
use crate::domain::statements::commands::{self, Save};
use crate::domain::statements::store::{self, Translation};
use crate::domain::topics;
use crate::infra::db::Connection;

/// What all files of a run have in common.
pub(super) struct Run<'a> {
    /// The topics there are.
    pub(super) topics: &'a topics::Index,
    /// Whether what it publishes is news.
    pub(super) announced: bool,
    /// Whether the files came with the program. Samples are not in the ledger: nobody may import over them.
    pub(super) samples: bool,
    /// When it is.
    pub(super) now: Timestamp,
}

/// A file that went in.
pub(super) struct Done {
    pub(super) outcome: Outcome,
    pub(super) remarks: Vec<String>,
    pub(super) change: Change,
}

/// Why a file did not go in.
pub(super) enum Stop {
    Faults(Vec<Fault>),
    LeftAlone(String),
    Database(DieselError),
}

impl From<DieselError> for Stop {
    fn from(error: DieselError) -> Self {
        Self::Database(error)
    }
}

impl Stop {
    pub(super) fn fault(fault: Fault) -> Self {
        Self::Faults(vec![fault])
    }

    pub(super) fn of(document: &Document, refused: Refused) -> Self {
        match refused {
            Refused::Database(error) => Self::Database(error),
            Refused::Invalid(problems) => Self::Faults(document.faults(&problems)),
            other => Self::fault(Fault::of_file(other.to_string())),
        }
    }
}

impl Run<'_> {
    /// Takes a file into the record, in a transaction of its own.
    pub(super) async fn import(
        &self,
        conn: &mut Connection,
        document: &Document,
        is_original: bool,
    ) -> Result<Done, Stop> {
        let known = if self.samples { None } else { ledger::find(conn, document).await? };
        if known.as_ref().is_some_and(|item| item.digest == document.digest) {
            return Ok(Done { outcome: Outcome::Unchanged, remarks: Vec::new(), change: Change::Unseen });
        }
        conn.transaction(async |conn| {
            if !self.samples {
                ledger::trust_the_end(conn).await?;
            }
            let record = Record::find(conn, document).await?;
            record.check(document, self.samples, known.as_ref())?;
            let settled =
                facts::settle(conn, self.topics, document, is_original, record.statement.as_ref()).await?;
            self.bring(conn, document, record, settled).await
        })
        .await
    }

    async fn bring(
        &self,
        conn: &mut Connection,
        document: &Document,
        record: Record,
        settled: Settled,
    ) -> Result<Done, Stop> {
        let before = record.translation;
        let save = Save {
            statement: record.statement.map(|statement| statement.id),
            locale: document.locale,
            based_on: before.as_ref().and_then(|text| text.latest_revision_id),
            facts: settled.facts,
            words: document.words.clone(),
            topics: settled.topics,
            is_sample: self.samples,
        };
        let saved = commands::save(conn, Actor::OPERATOR, save, self.now)
            .await
            .map_err(|refused| Stop::of(document, refused))?;
        let mut remarks = settled.remarks;
        let turned = self.turn(conn, document, saved.statement, saved.revision, &mut remarks).await?;
        if !self.samples {
            ledger::note(conn, document, saved.revision, self.now).await?;
        }
        let outcome = match before {
            None => Outcome::Added,
            Some(before) => {
                let after = store::translation(conn, saved.statement, document.locale).await?;
                let same = after.is_some_and(|after| is_same(&after, &before)) && !settled.changes;
                if same { Outcome::Unchanged } else { Outcome::Changed }
            }
        };
        let change = if turned == Change::Unseen { saved.change } else { turned };
        Ok(Done { outcome, remarks, change })
    }
}

/// Whether nothing has happened to a text.
fn is_same(after: &Translation, before: &Translation) -> bool {
    after.state() == before.state()
        && after.latest_revision_id == before.latest_revision_id
        && after.live_version_id == before.live_version_id
}
