//! The sample record: what a new installation shows until it has statements of its own.

use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use rust_embed::RustEmbed;

use super::{How, Source, run};
use crate::domain::statements::desk;
use crate::i18n::Locale;
use crate::infra::db::Connection;

#[derive(RustEmbed)]
#[folder = "src/domain/interchange/samples"]
#[include = "*.md"]
struct Files;

/// Why the samples could not be put in place.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] diesel::result::Error),
    /// A sample is not what it should be.
    #[error("the samples could not be put in place: {0}")]
    Bad(String),
}

/// The files that come with the program.
pub fn files() -> Vec<Source> {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    names
        .into_iter()
        .filter_map(|name| {
            let file = Files::get(&name)?;
            Some(Source { file: name.into_owned(), bytes: file.data.into_owned() })
        })
        .collect()
}

/// Those of the samples that the site can show: their language is one of its, and so is that of their original.
fn in_used_languages(mut files: Vec<Source>) -> Vec<Source> {
    files.retain(|sample| sample.file.rsplit('.').nth(1).and_then(Locale::parse).is_some());
    let number = |sample: &Source| sample.file.split('.').next().map(str::to_owned);
    let is_original = |sample: &&Source| sample.bytes.windows(ORIGINAL.len()).any(|line| line == ORIGINAL);
    let originals: Vec<_> = files.iter().filter(is_original).map(number).collect();
    files.retain(|sample| originals.contains(&number(sample)));
    files
}

/// What an original says of itself.
const ORIGINAL: &[u8] = b"\noriginal: true\n";

/// Puts the samples in place, as if they had gone public at this moment, where there is no statement
/// yet; gives how many texts went in. All of them, or none.
pub async fn load(conn: &mut Connection, now: Timestamp) -> Result<usize, Error> {
    conn.transaction(async |conn| {
        // Processes that start together take turns.
        diesel::sql_query("lock table statements in share row exclusive mode").execute(conn).await?;
        if desk::has_statements(conn).await? {
            return Ok(0);
        }
        let how = How { announced: true, samples: true };
        let report = run(conn, &in_used_languages(files()), how, now, &mut ()).await?;
        if report.all_well() {
            Ok(report.entries.len())
        } else {
            Err(Error::Bad(report.entries.iter().map(ToString::to_string).collect()))
        }
    })
    .await
}
