//! Reading the list of corrections, updates and retractions.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::civil::Date;
use jiff_diesel::ToDiesel as _;

use super::read::overview_of;
use super::{MOST, Overview, Period};
use crate::domain::statements::ChangeKind;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::list_changes;

/// A change of a text that is public now.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = list_changes)]
pub struct ChangeEntry {
    /// The public number of the statement.
    pub number: i64,
    /// Which version the change made.
    pub n: i32,
    /// How the text changed.
    pub change_kind: ChangeKind,
    /// What readers are told of it; empty where that version is closed.
    pub change_note: String,
    /// The headline as it is today.
    pub title: String,
    /// Whether the text came with the program.
    pub is_sample: bool,
    #[diesel(deserialize_as = jiff_diesel::Date)]
    /// The day of it.
    pub published_on: Date,
    #[diesel(deserialize_as = jiff_diesel::NullableDate)]
    closed_on: Option<Date>,
    closed_reason: String,
}

impl ChangeEntry {
    /// Since when and why the version that the change made is closed, where it is.
    pub fn closed(&self) -> Option<(Date, &str)> {
        self.closed_on.map(|on| (on, self.closed_reason.as_str()))
    }
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct ChangeListing {
    /// How many there are, and in which periods and languages.
    pub overview: Overview,
    /// The newest, at most [`MOST`].
    pub entries: Vec<ChangeEntry>,
    /// Where a day that is longer goes on: with the numbers below this one.
    pub goes_on_below: Option<i64>,
}

/// Reads a page of the list in a language: two queries, whatever its length.
pub async fn changes(
    conn: &mut Connection,
    locale: Locale,
    period: Period,
    below: Option<i64>,
) -> QueryResult<ChangeListing> {
    let overview = overview_of(conn, "corrections", locale, period).await?;
    let mut query = ChangeEntry::query()
        .filter(list_changes::locale.eq(LocaleColumn(locale)))
        .order((list_changes::published_on.desc(), list_changes::number.desc(), list_changes::n.desc()))
        .limit(MOST as i64 + 1)
        .into_boxed();
    if let (Some(first), Some(last)) = (period.first_day(), period.last_day()) {
        query = query.filter(list_changes::published_on.between(first.to_diesel(), last.to_diesel()));
    }
    if let (true, Some(below)) = (period.is_leaf(), below) {
        query = query.filter(list_changes::number.lt(below));
    }
    let mut entries: Vec<ChangeEntry> = query.load(conn).await?;
    let goes_on_below = if period.is_leaf() { cut_between_numbers(&mut entries) } else { None };
    entries.truncate(MOST);
    Ok(ChangeListing { overview, entries, goes_on_below })
}

/// Where a day does not fit on a page, the page ends with a whole statement, so that what comes below its
/// number is all of the rest.
fn cut_between_numbers(entries: &mut Vec<ChangeEntry>) -> Option<i64> {
    let next = entries.get(MOST)?.number;
    let whole = entries.iter().take_while(|entry| entry.number != next).count();
    entries.truncate(if whole == 0 { MOST } else { whole });
    entries.last().map(|last| last.number)
}
