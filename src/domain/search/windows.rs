//! Stretches of time, the newest first, in which a question is asked one after the other until enough is found:
//! what very many texts have is found in the newest without looking at all the others.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use super::vector::{own, period};
use crate::infra::db::Connection;

/// About how many statements the first one holds.
const FIRST: i64 = 2_000;

/// How many times as many each further one holds where a text has the words anywhere. Few stretches are looked
/// through in vain; many touch little more than is needed.
const GROWTH: i64 = 4;

/// The same where it has them in its title, which few do.
const GROWTH_IN_TITLES: i64 = 16;

/// The stretches: each is what has to be added to a question, the last has everything that is left.
pub(super) struct Windows {
    /// For texts that have the words anywhere.
    pub(super) anywhere: Vec<String>,
    /// For those that have them in their title.
    pub(super) in_titles: Vec<String>,
    /// All years that there are, the newest first.
    pub(super) years: Vec<i16>,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = Text)]
    period: String,
    #[diesel(sql_type = BigInt)]
    entries: i64,
}

/// The years, and the months of the newest one, with how many statements there are in each: from the lists.
const COUNTS: &str = "select period, sum(entries)::bigint as entries from list_counts
    where list = 'all' and entries > 0 and (part_of = 'all' or part_of = (
        select max(period) from list_counts where list = 'all' and part_of = 'all' and entries > 0))
    group by period";

/// Reads the stretches.
pub(super) async fn read(conn: &mut Connection) -> QueryResult<Windows> {
    let counts: Vec<Count> = diesel::sql_query(COUNTS).load(conn).await?;
    let mut counts: Vec<_> = counts.into_iter().map(|count| (count.period, count.entries)).collect();
    sort(&mut counts);
    Ok(Windows {
        anywhere: cut(&counts, GROWTH),
        in_titles: cut(&counts, GROWTH_IN_TITLES),
        years: counts.iter().filter_map(|(period, _)| period.parse().ok()).collect(),
    })
}

/// The newest first, and a month before its year.
fn sort(counts: &mut [(String, i64)]) {
    counts.sort_by(|one, other| other.0.cmp(&one.0));
}

/// Cuts what is counted, sorted.
fn cut(counts: &[(String, i64)], growth: i64) -> Vec<String> {
    let newest = counts.iter().find(|(key, _)| key.len() == 4).cloned();
    // The newest year is cut into its months only where it is too large to be one stretch.
    let by_month = newest.as_ref().is_some_and(|(_, entries)| *entries > 2 * FIRST);
    let parts = counts.iter().filter(|(key, _)| match &newest {
        Some((year, _)) if by_month => key != year,
        _ => key.len() == 4,
    });
    let (mut windows, mut open, mut held, mut most) = (Vec::new(), Vec::new(), 0, FIRST);
    let mut before: Vec<String> = Vec::new();
    for (key, entries) in parts {
        open.push(own(&period(key)));
        held += entries;
        if held >= most {
            before.append(&mut open.clone());
            windows.push(format!(" & ({})", open.join(" | ")));
            open.clear();
            (held, most) = (0, most * growth);
        }
    }
    // What no list counts, if that could be, is found in the last.
    let rest = if before.is_empty() { String::new() } else { format!(" & !({})", before.join(" | ")) };
    windows.push(rest);
    windows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(counts: &[(&str, i64)]) -> Vec<String> {
        let mut counts: Vec<_> = counts.iter().map(|(key, entries)| ((*key).to_owned(), *entries)).collect();
        sort(&mut counts);
        cut(&counts, 2)
    }

    #[test]
    fn a_small_record_is_one_stretch() {
        assert_eq!(counted(&[]), [""]);
        assert_eq!(counted(&[("1997", 40), ("1998", 50), ("1998-01", 50)]), [""]);
    }

    #[test]
    fn a_large_one_is_cut_from_the_newest_on() {
        let windows = counted(&[("2024", 9_000), ("2025", 1_500), ("2026", 900), ("2026-02", 900)]);
        assert_eq!(
            windows,
            [" & ('~=2026' | '~=2025')", " & ('~=2024')", " & !('~=2026' | '~=2025' | '~=2024')",]
        );
        let windows = counted(&[("2026", 8_000), ("2026-01", 5_000), ("2026-02", 3_000), ("2026-00", 1)]);
        assert_eq!(windows[0], " & ('~=2026-02')");
        assert_eq!(windows[1], " & ('~=2026-01')");
    }
}
