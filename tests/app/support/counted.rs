//! The counts of all lists as they have to be, counted by hand from what is public.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use onrecord::domain::statements::PublicState;
use onrecord::i18n::dates;
use onrecord::infra::db::Connection;
use onrecord::infra::db::schema::{
    list_changes, list_counts, list_entries, statement_topics, translations, versions,
};

/// How many statements: by list, period and languages.
type Counts = BTreeMap<(String, String, String), i32>;

type Public = (i64, String, String, jiff_diesel::Date, String);

/// Fails where what the lists keep is not what is public.
pub async fn assert_right(conn: &mut Connection) {
    let public: Vec<Public> = translations::table
        .inner_join(versions::table.on(versions::id.nullable().eq(translations::live_version_id)))
        .filter(translations::public_state.eq(PublicState::Published))
        .select((
            translations::statement_id,
            translations::locale,
            versions::kind,
            versions::issued_on,
            versions::issued_precision,
        ))
        .load(conn)
        .await
        .unwrap();
    let filed: Vec<(i64, i64)> = statement_topics::table
        .select((statement_topics::statement_id, statement_topics::topic_id))
        .load(conn)
        .await
        .unwrap();
    let kept: Vec<(String, String, String, i32)> = list_counts::table
        .select((list_counts::list, list_counts::period, list_counts::locales, list_counts::entries))
        .load(conn)
        .await
        .unwrap();
    let kept: Counts = kept
        .into_iter()
        .filter(|row| row.3 != 0)
        .map(|(list, period, locales, n)| ((list, period, locales), n))
        .collect();
    let mut counts = counted(&public, &filed);
    let noted = noted(conn).await;
    let listed: i64 = list_changes::table.count().get_result(conn).await.unwrap();
    assert_eq!(usize::try_from(listed), Ok(noted.len()), "an entry for each change that has a note");
    for (locale, on) in noted {
        for period in periods(on, "day") {
            *counts.entry(("corrections".to_owned(), period, locale.clone())).or_default() += 1;
        }
    }
    assert_eq!(kept, counts);
    let entries: i64 = list_entries::table.count().get_result(conn).await.unwrap();
    assert_eq!(usize::try_from(entries), Ok(public.len()), "an entry for each public text");
}

/// The language and day of every correction, update and retraction of a text that is public.
async fn noted(conn: &mut Connection) -> Vec<(String, jiff::civil::Date)> {
    use onrecord::domain::statements::ChangeKind::{Correction, Retraction, Update};
    let rows: Vec<(String, jiff_diesel::Timestamp)> = versions::table
        .inner_join(translations::table.on(translations::id.eq(versions::translation_id)))
        .filter(translations::public_state.eq(PublicState::Published))
        .filter(versions::change_kind.eq_any([Correction, Update, Retraction]))
        .select((translations::locale, versions::published_at))
        .load(conn)
        .await
        .unwrap();
    rows.into_iter().map(|(locale, at)| (locale, dates::of_moment(at.to_jiff()))).collect()
}

fn counted(public: &[Public], filed: &[(i64, i64)]) -> Counts {
    let mut statements: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for (statement, locale, kind, on, precision) in public {
        statements.entry((*statement, kind, on.to_jiff(), precision.as_str())).or_default().insert(locale);
    }
    let mut counts = Counts::new();
    for ((statement, kind, on, precision), locales) in statements {
        let locales = locales.into_iter().collect::<Vec<_>>().join(" ");
        let topics =
            filed.iter().filter(|(of, _)| *of == statement).map(|(_, topic)| format!("topic:{topic}"));
        for list in ["all".to_owned(), format!("kind:{kind}")].into_iter().chain(topics) {
            for period in periods(on, precision) {
                *counts.entry((list.clone(), period, locales.clone())).or_default() += 1;
            }
        }
    }
    counts
}

fn periods(on: jiff::civil::Date, precision: &str) -> Vec<String> {
    let (year, month, day) = (on.year(), on.month(), on.day());
    let mut periods = vec!["all".to_owned(), format!("{year}")];
    match precision {
        "year" => periods.push(format!("{year}-00")),
        "month" => periods.extend([format!("{year}-{month:02}"), format!("{year}-{month:02}-00")]),
        _ => periods.extend([format!("{year}-{month:02}"), format!("{year}-{month:02}-{day:02}")]),
    }
    periods
}
