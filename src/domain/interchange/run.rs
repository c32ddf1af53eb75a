//! A run: many files, each for itself.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::{iter, mem};

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use jiff::Timestamp;

use super::document::Document;
use super::files::Source;
use super::import::{Done, Run, Stop};
use super::ledger;
use super::plan::{self, Known, Part};
use super::report::{Entry, Fault, Outcome, Progress, Report};
use crate::domain::outcome::Change;
use crate::domain::topics;
use crate::i18n::Locale;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::statements;
use crate::infra::db::{Connection, Pooled};

/// How a run is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct How {
    /// Whether what it publishes stands under "Newly on record" and in the feeds.
    pub announced: bool,
    /// Whether the files came with the program.
    pub samples: bool,
}

/// Imports files on one connection: see [`run_abreast`].
pub async fn run(
    conn: &mut Connection,
    files: &[Source],
    how: How,
    now: Timestamp,
    progress: &mut dyn Progress,
) -> QueryResult<Report> {
    run_abreast(conn, &mut [], files, how, now, progress).await
}

/// Imports files. Each goes in as a whole or not at all, and a bad one does not keep the others out.
/// With more connections, statements go in abreast; the languages of one always go in one after the other.
///
/// # Errors
///
/// When the database fails before the first file. When it goes away later, the report says so.
pub async fn run_abreast(
    conn: &mut Connection,
    more: &mut [Pooled],
    files: &[Source],
    how: How,
    now: Timestamp,
    progress: &mut dyn Progress,
) -> QueryResult<Report> {
    progress.begins(files.len());
    let mut tally = Tally { progress, entries: Vec::new(), change: Change::Unseen, last: None };
    let Understood { documents, places, unreadable } = understand(files, &mut tally);
    let known = Known { originals: originals(conn, &documents).await?, unreadable };
    let index = topics::index::load(conn).await?;
    let run = Run { topics: &index, announced: how.announced, samples: how.samples, now };
    let shares = share(plan::of(&documents, &known), &documents, 1 + more.len());
    let lane = Lane { run: &run, files, documents: &documents, places: &places, tally: &Mutex::new(tally) };
    let lanes = iter::once(&mut *conn).chain(more.iter_mut().map(|pooled| &mut **pooled));
    let ended = join_all(lanes.zip(shares).map(|(conn, share)| lane.go(conn, share))).await;
    let interrupted = ended.into_iter().find_map(Result::err);
    let (mut entries, change, last) = lane.ended();
    if let Some(last) = last.filter(|_| interrupted.is_none() && !how.samples) {
        ledger::wait_for_the_disk(conn, &documents[last]).await?;
    }
    entries.sort_by_key(|(place, _)| *place);
    Ok(Report { entries: entries.into_iter().map(|(_, entry)| entry).collect(), change, interrupted })
}

/// Deals the statements out, all files of one to the same hand.
fn share(plan: Vec<(usize, Part)>, documents: &[Document], hands: usize) -> Vec<Vec<(usize, Part)>> {
    let mut shares: Vec<_> = iter::repeat_with(Vec::new).take(hands).collect();
    let mut statements = 0;
    let mut last = None;
    for (nth, part) in plan {
        // The files of one statement stand together in the plan.
        if last.replace(documents[nth].number) != Some(documents[nth].number) {
            statements += 1;
        }
        shares[statements % hands].push((nth, part));
    }
    shares
}

/// What goes in one after the other, on one connection.
struct Lane<'a> {
    run: &'a Run<'a>,
    files: &'a [Source],
    documents: &'a [Document],
    places: &'a [usize],
    tally: &'a Mutex<Tally<'a>>,
}

impl Lane<'_> {
    /// Gives why it stopped, where the database went away.
    async fn go(&self, conn: &mut Connection, share: Vec<(usize, Part)>) -> Result<(), String> {
        for (nth, part) in share {
            let outcome = match part {
                Part::None(fault) => Err(Stop::fault(fault)),
                Part::Original => self.run.import(conn, &self.documents[nth], true).await,
                Part::Translation => self.run.import(conn, &self.documents[nth], false).await,
            };
            if let Err(Stop::Database(error)) = &outcome
                && is_away(error)
            {
                return Err(error.to_string());
            }
            let place = self.places[nth];
            let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
            if outcome.is_ok() {
                tally.last = Some(nth);
            }
            tally.count(place, &self.files[place].file, outcome);
        }
        Ok(())
    }

    fn ended(&self) -> (Vec<(usize, Entry)>, Change, Option<usize>) {
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        (mem::take(&mut tally.entries), tally.change, tally.last)
    }
}

/// The files that can be understood, with their places among all.
#[derive(Default)]
struct Understood {
    documents: Vec<Document>,
    places: Vec<usize>,
    /// The numbers that the others seem to have.
    unreadable: HashSet<i64>,
}

fn understand(files: &[Source], tally: &mut Tally<'_>) -> Understood {
    let mut understood = Understood::default();
    for (place, file) in files.iter().enumerate() {
        match Document::read(&file.bytes) {
            Ok(document) => {
                understood.documents.push(document);
                understood.places.push(place);
            }
            Err(unreadable) => {
                understood.unreadable.extend(unreadable.number);
                tally.count(place, &file.file, Err(Stop::Faults(unreadable.faults)));
            }
        }
    }
    understood
}

/// What has happened so far.
struct Tally<'a> {
    progress: &'a mut dyn Progress,
    /// Each with the place of its file among all.
    entries: Vec<(usize, Entry)>,
    change: Change,
    /// A document that went in.
    last: Option<usize>,
}

impl Tally<'_> {
    fn count(&mut self, place: usize, file: &str, ended: Result<Done, Stop>) {
        let (outcome, remarks) = match ended {
            Ok(done) => {
                self.change = joined(self.change, done.change);
                (done.outcome, done.remarks)
            }
            Err(Stop::Faults(faults)) => (Outcome::Failed(faults), Vec::new()),
            Err(Stop::LeftAlone(why)) => (Outcome::LeftAlone(why), Vec::new()),
            Err(Stop::Database(error)) => {
                (Outcome::Failed(vec![Fault::of_file(format!("the database failed: {error}"))]), Vec::new())
            }
        };
        let entry = Entry { file: file.to_owned(), outcome, remarks };
        self.progress.done_with(&entry);
        self.entries.push((place, entry));
    }
}

/// The language of the original of each statement that the record has.
async fn originals(conn: &mut Connection, documents: &[Document]) -> QueryResult<HashMap<i64, Locale>> {
    let numbers: Vec<i64> = documents.iter().map(|document| document.number).collect();
    let rows: Vec<(i64, LocaleColumn)> = statements::table
        .filter(statements::number.eq_any(numbers))
        .select((statements::number, statements::original_locale))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(number, locale)| (number, locale.0)).collect())
}

fn joined(one: Change, other: Change) -> Change {
    match (one, other) {
        (Change::Unseen, change) | (change, Change::Unseen) => change,
        (one, other) if one == other => one,
        _ => Change::Everything,
    }
}

/// Whether there is no use in trying the next file.
fn is_away(error: &DieselError) -> bool {
    matches!(
        error,
        DieselError::BrokenTransactionManager
            | DieselError::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                _
            )
    )
}
