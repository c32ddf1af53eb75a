//! Lists: the archive, a kind, a topic, and their periods. One page serves them all.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::domain::statements::Kind;
use crate::domain::statements::lists::{self, Entry, Listing, MOST, Overview, Period, Shelf};
use crate::i18n::{Locale, Phrase};
use crate::web::error::Error;
use crate::web::extract::{Parts, Reader};
use crate::web::page::{Layout, Section, html};
use crate::web::urls::Place;

/// A list that is longer than this shows its parts even where they would fit.
const LONG: u64 = 20;

/// Where a leaf of the calendar that is longer than a page goes on.
#[derive(Deserialize)]
pub struct GoesOn {
    /// Only the entries with a smaller number.
    pub below: Option<i64>,
}

/// A link to a part of a period.
pub struct PartLink {
    /// "1997", "November 1997".
    pub name: Phrase,
    /// Where it is.
    pub path: String,
    /// How many entries it has.
    pub count: String,
}

impl PartLink {
    /// Links to the parts of a period.
    pub fn all(layout: &Layout, parts: &[(Period, u64)], place: impl Fn(Period) -> Place) -> Vec<Self> {
        parts
            .iter()
            .map(|(period, count)| Self {
                name: period_name(layout, *period),
                path: layout.path(&place(*period)),
                count: layout.count(count),
            })
            .collect()
    }
}

/// What more there is in another language.
pub struct Elsewhere {
    /// The language.
    pub locale: Locale,
    /// "12 more in English".
    pub text: Phrase,
    /// Where it is.
    pub path: String,
}

impl Elsewhere {
    /// What more there is in other languages.
    pub fn all(layout: &Layout, counts: &[(Locale, u64)], place: &Place) -> Vec<Self> {
        counts
            .iter()
            .map(|(locale, count)| Self {
                locale: *locale,
                text: layout.w.more_in.with("count", layout.count(count)).with_language("language", *locale),
                path: place.path(*locale),
            })
            .collect()
    }
}

/// What a list is called, and where it stands.
pub struct Head<'a> {
    /// The word over the title: "Topic".
    pub label: Option<&'a Phrase>,
    /// What it is called.
    pub title: Phrase,
    /// A few sentences; may be empty.
    pub intro: &'a str,
    /// The topics around it, where it is one.
    pub around: Around,
}

/// The topics around a topic, as links. Each list may be empty.
#[derive(Default)]
pub struct Around {
    /// The wider ones, the widest first.
    pub wider: Vec<TopicLink>,
    /// Those right below it.
    pub narrower: Vec<TopicLink>,
    /// Those to see also.
    pub see_also: Vec<TopicLink>,
}

/// A link to a topic.
pub struct TopicLink {
    /// What it is called.
    pub name: String,
    /// The language of the name, where it is not the page's.
    pub locale: Option<Locale>,
    /// Where it is.
    pub path: String,
}

#[derive(Template)]
#[template(path = "site/list.html")]
struct ListPage<'a> {
    layout: Layout,
    head: Head<'a>,
    /// The period, unless it is the whole list.
    period: Option<Phrase>,
    /// The longer period it is part of.
    part_of: Option<(Phrase, String)>,
    parts: Vec<PartLink>,
    parts_label: &'static Phrase,
    entries: Vec<Entry>,
    count: Option<Phrase>,
    /// The years from the first entry to the last.
    span: Option<Phrase>,
    newest_shown: Option<Phrase>,
    older: Option<(Phrase, String)>,
    newest: Option<String>,
    elsewhere: Vec<Elsewhere>,
}

/// The archive, or a period of it.
pub async fn archive(reader: Reader, parts: Parts, goes_on: Query<GoesOn>) -> Result<HttpResponse, Error> {
    let period = parts.period()?;
    let w = reader.locale.words();
    let head = Head { label: None, title: w.archive.clone(), intro: "", around: Around::default() };
    show(&reader, head, Shelf::Archive, period, goes_on.below, Place::Archive).await
}

/// A kind, or a period of it.
pub async fn kind(reader: Reader, parts: Parts, goes_on: Query<GoesOn>) -> Result<HttpResponse, Error> {
    let period = parts.period()?;
    let kind = parts.get("kind").and_then(Kind::parse).ok_or(Error::NotFound)?;
    let w = reader.locale.words();
    let words = w.kinds.get(kind.as_str()).ok_or(Error::NotFound)?;
    let head =
        Head { label: Some(&w.archive), title: words.list.clone(), intro: "", around: Around::default() };
    show(&reader, head, Shelf::Kind(kind), period, goes_on.below, |period| Place::Kind(kind, period)).await
}

/// Answers with a page of any list.
pub async fn show(
    reader: &Reader,
    head: Head<'_>,
    shelf: Shelf,
    period: Period,
    below: Option<i64>,
    place: impl Fn(Period) -> Place,
) -> Result<HttpResponse, Error> {
    let locale = reader.locale;
    let Listing { overview, entries, goes_on_below } = {
        let mut conn = reader.database.connection().await?;
        lists::listing(&mut conn, shelf, locale, period, below).await?
    };
    if !overview.is_known && period != Period::All {
        return Err(Error::NotFound);
    }
    let mut layout = Layout::of_list(reader, locale, &place(period)).await;
    if below.is_some() {
        layout.canonical = None;
    }
    let shows_parts = period == Period::All || overview.total > LONG;
    let here = layout.path(&place(period));
    let w = layout.w;
    let page = ListPage {
        period: (period != Period::All).then(|| period_name(&layout, period)),
        part_of: period
            .part_of()
            .map(|longer| (longer_name(&layout, longer, &head), layout.path(&place(longer)))),
        parts: if shows_parts { PartLink::all(&layout, &overview.parts, &place) } else { Vec::new() },
        parts_label: match period {
            Period::All => &w.years,
            Period::Year(_) => &w.months,
            Period::Month(..) | Period::Day(..) => &w.days,
        },
        count: (overview.total > 0).then(|| w.statements.of(overview.total, locale)),
        span: span(&layout, &overview, period),
        newest_shown: (overview.total > MOST as u64 && !period.is_leaf()).then(|| {
            w.newest_shown.with("shown", entries.len()).with("total", layout.count(&overview.total))
        }),
        older: goes_on_below
            .map(|number| (w.older_numbers.with("number", number), format!("{here}?below={number}"))),
        newest: below.map(|_| here),
        elsewhere: Elsewhere::all(&layout, &overview.elsewhere, &place(period)),
        entries,
        head,
        layout,
    };
    html(StatusCode::OK, &page)
}

/// "1989–1997", for a whole list of several years.
fn span(layout: &Layout, overview: &Overview, period: Period) -> Option<Phrase> {
    if period != Period::All {
        return None;
    }
    let (newest, oldest) = (overview.parts.first()?.0, overview.parts.last()?.0);
    let name = |period| period_name(layout, period);
    let between =
        || layout.w.years_between.with_phrase("from", &name(oldest)).with_phrase("to", &name(newest));
    Some(if newest == oldest { name(newest) } else { between() })
}

fn longer_name(layout: &Layout, period: Period, head: &Head<'_>) -> Phrase {
    if period == Period::All { head.title.clone() } else { period_name(layout, period) }
}

/// A period as readers read it: "1997", "November 1997", "1997, month not known".
pub fn period_name(layout: &Layout, period: Period) -> Phrase {
    let w = layout.w;
    let longer = period.part_of().map(|longer| move || period_name(layout, longer));
    match (period.as_issued_on(), period, longer) {
        (Some(date), ..) => Phrase::of(date.long(layout.locale), None),
        (None, Period::Month(..), Some(year)) => w.month_unknown.with_phrase("year", &year()),
        (None, Period::Day(..), Some(month)) => w.day_unknown.with_phrase("month", &month()),
        (None, ..) => w.whole_archive.clone(),
    }
}
