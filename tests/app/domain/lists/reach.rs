//! A page shows at most a hundred entries, and every entry of a long list can still be reached.

use std::collections::BTreeSet;

use onrecord::domain::statements::lists::{self, Listing, MOST, Period, Shelf};

use super::{dated, numbers};
use crate::support::cast::english;
use crate::support::chance::Chance;
use crate::support::desk::Desk;

/// Dates that heap up: a third on one day, the rest over a few years, known more and less exactly.
fn date(chance: &mut Chance) -> String {
    let (year, month, day) = (1989 + chance.below(3), 1 + chance.below(3), 1 + chance.below(28));
    match chance.below(10) {
        0..4 => "1989-06-04".to_owned(),
        4 => format!("{year}"),
        5 => format!("{year}-{month:02}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    }
}

async fn page(desk: &mut Desk, period: Period, below: Option<i64>) -> Listing {
    lists::listing(&mut desk.conn, Shelf::Archive, english(), period, below).await.unwrap()
}

/// Walks a period as a reader can who follows every link, and gives what they saw.
async fn walk(desk: &mut Desk, period: Period) -> BTreeSet<i64> {
    let first = page(desk, period, None).await;
    let mut seen: BTreeSet<i64> = numbers(&first).into_iter().collect();
    assert_eq!(seen.len(), usize::try_from(first.overview.total).unwrap().min(MOST), "{period:?}");
    let mut in_parts = BTreeSet::new();
    for (part, count) in &first.overview.parts {
        assert_eq!(part.part_of(), Some(period));
        let seen_there = Box::pin(walk(desk, *part)).await;
        assert_eq!(seen_there.len() as u64, *count, "{part:?}");
        in_parts.extend(seen_there);
    }
    if period.is_leaf() {
        let mut last = first.goes_on_below;
        while let Some(below) = last {
            let next = page(desk, period, Some(below)).await;
            assert!(!next.entries.is_empty() && next.entries.len() <= MOST);
            assert!(numbers(&next).iter().all(|number| *number < below));
            seen.extend(numbers(&next));
            last = next.goes_on_below;
        }
    } else {
        assert!(in_parts.is_superset(&seen), "{period:?}");
        seen = in_parts;
    }
    assert_eq!(seen.len() as u64, first.overview.total, "{period:?}");
    seen
}

#[actix_web::test]
async fn every_entry_of_a_long_list_is_reached() {
    const ALL: i64 = 350;
    let mut desk = Desk::open().await;
    let mut chance = Chance::new(1989);
    for number in 1..=ALL {
        desk.put_on_record(&dated(number, &date(&mut chance))).await;
    }
    let first = page(&mut desk, Period::All, None).await;
    assert_eq!((first.overview.total, first.entries.len(), first.goes_on_below), (350, MOST, None));
    let busy = page(&mut desk, Period::Day(1989, 6, 4), None).await;
    assert!(busy.overview.total > 100 && busy.goes_on_below.is_some(), "{}", busy.overview.total);
    assert_eq!(walk(&mut desk, Period::All).await, (1..=ALL).collect());
}

#[actix_web::test]
async fn a_day_of_exactly_a_hundred_ends_there() {
    let mut desk = Desk::open().await;
    for number in 1..=100 {
        desk.put_on_record(&dated(number, "1989-06-04")).await;
    }
    let day = Period::Day(1989, 6, 4);
    let full = page(&mut desk, day, None).await;
    assert_eq!((full.entries.len(), full.goes_on_below), (100, None));
    desk.put_on_record(&dated(101, "1989-06-04")).await;
    let over = page(&mut desk, day, None).await;
    assert_eq!((over.entries.len(), over.goes_on_below), (100, Some(2)));
    let rest = page(&mut desk, day, Some(2)).await;
    assert_eq!((numbers(&rest), rest.goes_on_below, rest.overview.total), (vec![1], None, 101));
}
