//! Reading the lists.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date as SqlDate, Text};
use diesel_async::RunQueryDsl;
use jiff_diesel::ToDiesel as _;

use super::{MOST, Period, Shelf};
use crate::domain::ids::{StatementId, TopicId};
use crate::domain::statements::{IssuedOn, Kind, Precision};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{list_counts, list_entries, statement_topics};

/// What a list shows of a statement.
#[derive(Clone, Debug, HasQuery, QueryableByName)]
#[diesel(table_name = list_entries)]
pub struct Entry {
    /// The public number.
    pub number: i64,
    /// What sort of text it is.
    pub kind: Kind,
    #[diesel(deserialize_as = jiff_diesel::Date)]
    issued_on: jiff::civil::Date,
    issued_precision: Precision,
    /// The headline.
    pub title: String,
    /// The sentence that leads it.
    pub summary: String,
    /// Whether it came with the program.
    pub is_sample: bool,
}

impl Entry {
    /// The date on it.
    pub fn issued(&self) -> IssuedOn {
        IssuedOn { date: self.issued_on, precision: self.issued_precision }
    }
}

/// How much there is in a list and period.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// Whether anything was ever listed here, in any language: then the address is one for ever.
    pub is_known: bool,
    /// How many entries there are in this language.
    pub total: u64,
    /// The parts of the period with how many there are in each, the newest first.
    pub parts: Vec<(Period, u64)>,
    /// How many more there are in other languages only.
    pub elsewhere: Vec<(Locale, u64)>,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listing {
    /// How much there is.
    pub overview: Overview,
    /// The newest entries, at most [`MOST`].
    pub entries: Vec<Entry>,
    /// Where a period without parts goes on: with the numbers below this one.
    pub goes_on_below: Option<i64>,
}

/// Reads a page of a list: two queries, whatever its length.
pub async fn listing(
    conn: &mut Connection,
    shelf: Shelf,
    locale: Locale,
    period: Period,
    below: Option<i64>,
) -> QueryResult<Listing> {
    let overview = overview(conn, shelf, locale, period).await?;
    let mut query = Entry::query()
        .filter(list_entries::locale.eq(LocaleColumn(locale)))
        .order((list_entries::issued_on.desc(), list_entries::issued_precision, list_entries::number.desc()))
        .limit(MOST as i64 + 1)
        .into_boxed();
    match shelf {
        Shelf::Archive => {}
        Shelf::Kind(kind) => query = query.filter(list_entries::kind.eq(kind)),
        Shelf::Topic(id) => {
            let filed = statement_topics::table
                .filter(statement_topics::topic_id.eq(id))
                .select(statement_topics::statement_id);
            query = query.filter(list_entries::statement_id.eq_any(filed));
        }
    }
    if let (Some(first), Some(last)) = (period.first_day(), period.last_day()) {
        query = query.filter(list_entries::issued_on.between(first.to_diesel(), last.to_diesel()));
    }
    if let Period::Month(_, 1..) = period {
        query = query.filter(list_entries::issued_precision.ne(Precision::Year));
    }
    if let Some(precision) = period.only_precision() {
        query = query.filter(list_entries::issued_precision.eq(precision));
    }
    if let (true, Some(below)) = (period.is_leaf(), below) {
        query = query.filter(list_entries::number.lt(below));
    }
    let mut entries: Vec<Entry> = query.load(conn).await?;
    let more = entries.len() > MOST;
    entries.truncate(MOST);
    let goes_on_below = (more && period.is_leaf()).then(|| entries.last().map(|last| last.number)).flatten();
    Ok(Listing { overview, entries, goes_on_below })
}

/// Reads how much there is in a list and period: one query.
pub async fn overview(
    conn: &mut Connection,
    shelf: Shelf,
    locale: Locale,
    period: Period,
) -> QueryResult<Overview> {
    overview_of(conn, &shelf.key(), locale, period).await
}

/// As [`overview`], of a list by its key.
pub(super) async fn overview_of(
    conn: &mut Connection,
    list: &str,
    locale: Locale,
    period: Period,
) -> QueryResult<Overview> {
    let counts = Counts::read(conn, list, period).await?;
    let elsewhere = locale.others().map(|other| (other, counts.only(period, other, locale)));
    Ok(Overview {
        is_known: !counts.0.is_empty(),
        total: counts.total(period, locale),
        parts: counts.parts(period, locale),
        elsewhere: elsewhere.filter(|(_, n)| *n > 0).collect(),
    })
}

/// How many there are of each kind in a language, without the kinds that have none.
pub async fn kinds(conn: &mut Connection, locale: Locale) -> QueryResult<Vec<(Kind, u64)>> {
    let rows: Vec<(String, String, i32)> = list_counts::table
        .filter(list_counts::list.eq_any(Kind::ALL.iter().map(|kind| Shelf::Kind(*kind).key())))
        .filter(list_counts::period.eq(Period::All.key()))
        .select((list_counts::list, list_counts::locales, list_counts::entries))
        .load(conn)
        .await?;
    let count = |kind: Kind| -> u64 {
        let of_kind =
            rows.iter().filter(|(list, locales, _)| *list == Shelf::Kind(kind).key() && has(locales, locale));
        of_kind.filter_map(|(_, _, n)| u64::try_from(*n).ok()).sum()
    };
    Ok(Kind::ALL.iter().map(|kind| (*kind, count(*kind))).filter(|(_, n)| *n > 0).collect())
}

/// How many public statements there are under each of these topics, in whatever languages; those that
/// have none are left out.
pub async fn count_by_topic(
    conn: &mut Connection,
    topics: impl Iterator<Item = TopicId>,
) -> QueryResult<HashMap<TopicId, u64>> {
    let keys: HashMap<String, TopicId> = topics.map(|topic| (Shelf::Topic(topic).key(), topic)).collect();
    let rows: Vec<(String, i32)> = list_counts::table
        .filter(list_counts::list.eq_any(keys.keys()))
        .filter(list_counts::period.eq(Period::All.key()))
        .select((list_counts::list, list_counts::entries))
        .load(conn)
        .await?;
    let mut counts = HashMap::new();
    for (list, entries) in rows {
        if let (Some(topic), Ok(entries @ 1..)) = (keys.get(&list), u64::try_from(entries)) {
            *counts.entry(*topic).or_default() += entries;
        }
    }
    Ok(counts)
}

/// The counts of a period and its parts, by the set of languages.
struct Counts(Vec<(Period, String, u64)>);

impl Counts {
    async fn read(conn: &mut Connection, list: &str, period: Period) -> QueryResult<Self> {
        let rows: Vec<(String, String, i32)> = list_counts::table
            .filter(list_counts::list.eq(list))
            .filter(list_counts::period.eq(period.key()).or(list_counts::part_of.eq(period.key())))
            .select((list_counts::period, list_counts::locales, list_counts::entries))
            .load(conn)
            .await?;
        Ok(Self(
            rows.into_iter()
                .filter_map(|(key, locales, n)| {
                    Some((Period::of_key(&key)?, locales, u64::try_from(n).ok()?))
                })
                .collect(),
        ))
    }

    fn sum(&self, period: Period, belongs: impl Fn(&str) -> bool) -> u64 {
        self.0.iter().filter(|(of, locales, _)| *of == period && belongs(locales)).map(|(_, _, n)| n).sum()
    }

    fn total(&self, period: Period, locale: Locale) -> u64 {
        self.sum(period, |locales| has(locales, locale))
    }

    fn only(&self, period: Period, there: Locale, not_here: Locale) -> u64 {
        self.sum(period, |locales| has(locales, there) && !has(locales, not_here))
    }

    fn parts(&self, period: Period, locale: Locale) -> Vec<(Period, u64)> {
        let mut parts: BTreeMap<Period, u64> = BTreeMap::new();
        for (part, locales, n) in &self.0 {
            if *part != period && *n > 0 && has(locales, locale) {
                *parts.entry(*part).or_default() += n;
            }
        }
        parts.into_iter().rev().collect()
    }
}

fn has(locales: &str, locale: Locale) -> bool {
    locales.split(' ').any(|tag| tag == locale.tag())
}

/// What went public here last, without what an import brought.
pub async fn newest(conn: &mut Connection, locale: Locale, most: i64) -> QueryResult<Vec<Entry>> {
    Entry::query()
        .filter(list_entries::locale.eq(LocaleColumn(locale)))
        .filter(list_entries::announced)
        .order((list_entries::first_published_at.desc(), list_entries::number.desc()))
        .limit(most)
        .load(conn)
        .await
}

/// The languages in which a statement is public.
pub async fn locales_of(conn: &mut Connection, statement: StatementId) -> QueryResult<Vec<Locale>> {
    let tags: Vec<String> = list_entries::table
        .filter(list_entries::statement_id.eq(statement))
        .select(list_entries::locale)
        .load(conn)
        .await?;
    Ok(Locale::all().filter(|locale| tags.iter().any(|tag| tag == locale.tag())).collect())
}

const RELATED: &str = "
    select e.number, e.kind, e.issued_on, e.issued_precision, e.title, e.summary, e.is_sample
    from statement_topics mine
    join statement_topics theirs on theirs.topic_id = mine.topic_id and theirs.statement_id <> mine.statement_id
    join list_entries e on e.statement_id = theirs.statement_id and e.locale = $2
    where mine.statement_id = $1
    group by e.translation_id
    order by count(*) desc, abs(e.issued_on - $3), e.number desc
    limit 5";

/// Five statements in the same language: those that share most topics, then those nearest in date.
pub async fn related(
    conn: &mut Connection,
    statement: StatementId,
    locale: Locale,
    issued: IssuedOn,
) -> QueryResult<Vec<Entry>> {
    diesel::sql_query(RELATED)
        .bind::<BigInt, _>(statement)
        .bind::<Text, _>(LocaleColumn(locale))
        .bind::<SqlDate, _>(issued.date.to_diesel())
        .load(conn)
        .await
}
