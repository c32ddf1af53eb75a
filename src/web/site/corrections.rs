//! What we corrected, updated and retracted: one list a language, and its periods.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;

use super::lists::{Elsewhere, GoesOn, PartLink, period_name};
use super::statements::closed;
use crate::domain::statements::lists::{self, ChangeEntry, ChangeListing, MOST, Period};
use crate::i18n::{Locale, Phrase, dates};
use crate::web::error::Error;
use crate::web::extract::{Parts, Reader};
use crate::web::page::{Layout, Section, html};
use crate::web::urls::Place;

/// A period with more changes than this shows its parts even where they would fit.
const LONG: u64 = 20;

#[derive(Template)]
#[template(path = "site/corrections.html")]
struct CorrectionsPage {
    layout: Layout,
    /// The period, unless it is the whole list.
    period: Option<Phrase>,
    /// The longer period it is part of.
    part_of: Option<(Phrase, String)>,
    parts: Vec<PartLink>,
    parts_label: &'static Phrase,
    entries: Vec<ChangeEntry>,
    count: Option<Phrase>,
    newest_shown: Option<Phrase>,
    older: Option<(Phrase, String)>,
    newest: Option<String>,
    elsewhere: Vec<Elsewhere>,
}

impl CorrectionsPage {
    fn date(&self, entry: &ChangeEntry) -> String {
        dates::day(entry.published_on, self.layout.locale)
    }

    /// What is said of a change; of a closed version, that and why it is closed.
    fn told(&self, entry: &ChangeEntry) -> Phrase {
        match entry.closed() {
            Some((on, reason)) => closed(&self.layout, on, reason),
            None => Phrase::of(&entry.change_note, None),
        }
    }
}

/// The list, or a period of it.
pub async fn index(reader: Reader, parts: Parts, goes_on: Query<GoesOn>) -> Result<HttpResponse, Error> {
    let (period, locale) = (parts.period()?, reader.locale);
    let ChangeListing { overview, entries, goes_on_below } = {
        let mut conn = reader.database.connection().await?;
        lists::changes(&mut conn, locale, period, goes_on.below).await?
    };
    if !overview.is_known && period != Period::All {
        return Err(Error::NotFound);
    }
    let place = Place::Corrections;
    let mut layout = Layout::of_list(&reader, locale, &place(period)).await;
    if goes_on.below.is_some() {
        layout.canonical = None;
    }
    let (w, here) = (layout.w, layout.path(&place(period)));
    let name =
        |period| if period == Period::All { w.corrections.clone() } else { period_name(&layout, period) };
    let shows_parts = period == Period::All || overview.total > LONG;
    let page = CorrectionsPage {
        period: (period != Period::All).then(|| name(period)),
        part_of: period.part_of().map(|longer| (name(longer), layout.path(&place(longer)))),
        parts: if shows_parts { PartLink::all(&layout, &overview.parts, place) } else { Vec::new() },
        parts_label: match period {
            Period::All => &w.years,
            Period::Year(_) => &w.months,
            Period::Month(..) | Period::Day(..) => &w.days,
        },
        count: (overview.total > 0).then(|| w.noted.of(overview.total, locale)),
        newest_shown: (overview.total > MOST as u64 && !period.is_leaf()).then(|| {
            w.newest_shown.with("shown", entries.len()).with("total", layout.count(&overview.total))
        }),
        older: goes_on_below
            .map(|number| (w.older_numbers.with("number", number), format!("{here}?below={number}"))),
        newest: goes_on.below.map(|_| here),
        elsewhere: elsewhere(&layout, &overview.elsewhere, &place(period)),
        entries,
        layout,
    };
    html(StatusCode::OK, &page)
}

/// How many changes there are in other languages: "12 changes in English".
fn elsewhere(layout: &Layout, counts: &[(Locale, u64)], place: &Place) -> Vec<Elsewhere> {
    let text = |locale: Locale, count: u64| {
        let count = layout.w.noted.of(count, layout.locale);
        layout.w.changes_in.with_phrase("count", &count).with_language("language", locale)
    };
    counts
        .iter()
        .map(|(locale, count)| Elsewhere {
            locale: *locale,
            text: text(*locale, *count),
            path: place.path(*locale),
        })
        .collect()
}
