//! `onrecord check`: whether what is kept beside the record agrees with it; with `--reindex`, the search
//! anew from the record, while readers go on searching.

use std::process::ExitCode;

use super::database::Open;
use super::serve::blobs_of;
use super::{Failure, runtime};
use crate::config::Config;
use crate::domain::media::library;
use crate::domain::search;
use crate::domain::statements::{documents, lists};
use crate::infra::db::Connection;

/// Says what does not agree, a line each; the exit code is 1 where anything does not.
pub(super) fn run(config: &Config, reindex: bool) -> Result<ExitCode, Failure> {
    let open = Open::new(config)?;
    let outcome = runtime().block_on(async {
        let mut conn = open.database.connection().await.map_err(|error| error.to_string())?;
        if reindex {
            self::reindex(&mut conn).await?;
        }
        check(config, &mut conn).await
    });
    open.close();
    let wrong = outcome?;
    for line in &wrong {
        eprintln!("{line}");
    }
    if wrong.is_empty() {
        println!("All that was checked agrees with the record.");
    }
    Ok(if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Keeps every document anew, and forgets words that no text has.
async fn reindex(conn: &mut Connection) -> Result<(), Failure> {
    let failed = |error: crate::infra::db::Error| format!("the search could not be kept anew: {error}");
    let all = documents::all(conn).await.map_err(failed)?;
    let mut done = 0;
    documents::keep_all(conn, &all, |some| {
        done += some;
        if done % 10_000 < some {
            eprintln!("{done} of {} statements", all.len());
        }
    })
    .await
    .map_err(failed)?;
    search::forget_unused_spellings(conn).await.map_err(failed)?;
    println!("{} statements can be searched by readers.", all.len());
    Ok(())
}

async fn check(config: &Config, conn: &mut Connection) -> Result<Vec<String>, Failure> {
    let failed = |error: crate::infra::db::Error| format!("the record could not be read: {error}");
    let mut wrong = Vec::new();
    let due = documents::due(conn).await.map_err(failed)?;
    if !due.is_empty() {
        wrong.push(format!(
            "The search does not know {} statements as they are public now; `onrecord check --reindex` mends it.",
            due.len()
        ));
    }
    let filed = documents::filed_otherwise(conn).await.map_err(failed)?;
    if filed > 0 {
        wrong.push(format!(
            "The search has {filed} texts under other topics than the record; `onrecord check --reindex` mends it."
        ));
    }
    let lists = lists::faults(conn).await.map_err(failed)?;
    if lists > 0 {
        wrong.push(format!("{lists} counts or entries of the lists are not what is public."));
    }
    let blobs = blobs_of(config)?;
    for hash in library::hashes(conn).await.map_err(failed)? {
        if let Err(why) = blobs.read(&hash, Some(0..1)).await {
            wrong.push(format!("The picture or file {hash} cannot be read: {why}"));
        }
    }
    Ok(wrong)
}
