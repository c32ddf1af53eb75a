//! Asking: one question, one page of hits, in bounded time.
//!
//! What very many texts have cannot all be ranked. So a question is asked language by language and stretch
//! of time by stretch of time, the newest first, until enough is found; beside it those that have it all in
//! their title. Only the best of these are looked at closely. Whatever is asked, no more than a few thousand
//! rows and a few hundred texts are touched.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::sql_types::{Bool, Date as SqlDate, Nullable, Text};
use diesel_async::{AsyncConnection as _, RunQueryDsl, SimpleAsyncConnection as _};
use jiff::civil::Date;

use super::query::Query;
use super::{Asked, Filter, Order, windows};
use crate::domain::topics::Index;
use crate::i18n::Locale;
use crate::infra::db::{self, Connection};

/// How many hits a page shows.
pub const PAGE: usize = 20;

/// How many hits in a language are counted; there may be more.
pub const MOST_COUNTED: u64 = 500;

/// How many are looked at in a language where a phrase has to be looked for in the texts themselves.
pub(super) const MOST_READ: u64 = 400;

/// How many hits are put into order by how well they match; the last page ends with them.
pub const MOST_RANKED: usize = 200;

/// No question takes longer. The way is the index's: reading all rows is never better, and to compile a
/// query of a few milliseconds is not worth it.
const LIMITS: &str =
    "set local statement_timeout = '1500ms'; set local enable_seqscan = off; set local jit = off";

/// A question with all that shapes its answer.
#[derive(Clone, Debug)]
pub struct Seek<'a> {
    /// What is asked for.
    pub asked: &'a Asked,
    /// What narrows it.
    pub filter: &'a Filter,
    /// In which order hits come.
    pub order: Order,
    /// Languages in the order in which their hits come.
    pub locales: &'a [Locale],
    /// Which page of hits, from 0.
    pub page: usize,
}

/// A text that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The public number.
    pub number: i64,
    /// The language of the text.
    pub locale: Locale,
    /// The word of its kind.
    pub kind: String,
    /// The date on it.
    pub issued_on: Date,
    /// How closely that is known: `day`, `month` or `year`.
    pub issued_precision: String,
    /// Whether it came with the program.
    pub is_sample: bool,
    /// The headline.
    pub title: String,
    /// The sentence that leads it.
    pub summary: String,
    /// Its words.
    pub body: String,
    /// Who signs.
    pub sign_off: String,
    /// The other languages that the statement can be read in.
    pub also_in: Vec<Locale>,
}

/// How many hits there are in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The language.
    pub locale: Locale,
    /// This many were found.
    pub found: u64,
    /// Whether there may be more.
    pub or_more: bool,
}

/// A page of hits.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The hits, each statement once, in the first of its languages.
    pub hits: Vec<Hit>,
    /// How many there are in each language, without those that have none.
    pub counts: Vec<Count>,
    /// Whether another page follows.
    pub goes_on: bool,
    /// The years in which there is anything at all, the newest first.
    pub years: Vec<i16>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It took too long.
    #[error("the search took too long")]
    TooLong,
    /// The database failed.
    #[error(transparent)]
    Database(db::Error),
}

impl From<db::Error> for Failure {
    fn from(error: db::Error) -> Self {
        match &error {
            db::Error::DatabaseError(_, info) if info.message().contains("statement timeout") => {
                Self::TooLong
            }
            _ => Self::Database(error),
        }
    }
}

/// Finds a page of hits.
pub async fn find(conn: &mut Connection, seek: &Seek<'_>, topics: &Index) -> Result<Page, Failure> {
    conn.transaction(async |conn| {
        conn.batch_execute(LIMITS).await?;
        let windows = windows::read(conn).await?;
        let query = Query::new(seek, topics, &windows);
        let most = query.most;
        let rows: Vec<Row> = query.load(conn).await?;
        Ok(page(rows, most, windows.years))
    })
    .await
}

/// The years in which there is anything, the newest first.
pub async fn years(conn: &mut Connection) -> QueryResult<Vec<i16>> {
    Ok(windows::read(conn).await?.years)
}

fn page(rows: Vec<Row>, most: i64, years: Vec<i16>) -> Page {
    let most = u64::try_from(most).unwrap_or_default();
    let count = |part: &str| {
        let mut parts = part.split(' ');
        let locale = Locale::parse(parts.next()?)?;
        let (examined, found): (u64, u64) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Count { locale, found: found.min(most - 1), or_more: examined >= most })
    };
    let counts = rows.as_slice().first().and_then(|row| row.counts.as_deref()).unwrap_or_default();
    let counts = counts.split(',').filter_map(count).filter(|count| count.found > 0).collect();
    let mut hits: Vec<Hit> = rows.into_iter().filter_map(Row::into_hit).collect();
    let goes_on = hits.len() > PAGE;
    hits.truncate(PAGE);
    Page { hits, counts, goes_on, years }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<Text>)]
    counts: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    number: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    locale: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    kind: Option<String>,
    #[diesel(sql_type = Nullable<SqlDate>, deserialize_as = jiff_diesel::NullableDate)]
    issued_on: Option<Date>,
    #[diesel(sql_type = Nullable<Text>)]
    issued_precision: Option<String>,
    #[diesel(sql_type = Nullable<Bool>)]
    is_sample: Option<bool>,
    #[diesel(sql_type = Nullable<Text>)]
    title: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    summary: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    body: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    sign_off: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    also_in: Option<String>,
}

impl Row {
    fn into_hit(self) -> Option<Hit> {
        let locale = Locale::parse(&self.locale?)?;
        let also_in = self.also_in.unwrap_or_default();
        let also_in = Locale::all().filter(|other| also_in.split(' ').any(|tag| tag == other.tag()));
        Some(Hit {
            number: self.number?,
            locale,
            kind: self.kind?,
            issued_on: self.issued_on?,
            issued_precision: self.issued_precision?,
            is_sample: self.is_sample?,
            title: self.title?,
            summary: self.summary?,
            body: self.body?,
            sign_off: self.sign_off?,
            also_in: also_in.filter(|other| *other != locale).collect(),
        })
    }
}
