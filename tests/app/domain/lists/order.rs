//! By date, the newest first, then by number; what is known less exactly stands last.

use onrecord::domain::statements::lists::Period::{All, Day, Month, Year};
use onrecord::domain::statements::lists::{Period, Shelf};

use super::{dated, numbers};
use crate::support::cast::english;
use crate::support::desk::Desk;

async fn listed(desk: &mut Desk, period: Period) -> Vec<i64> {
    numbers(&desk.list(Shelf::Archive, english(), period).await)
}

#[actix_web::test]
async fn a_date_of_month_or_year_stands_last_on_it() {
    let mut desk = Desk::open().await;
    for (number, on) in [
        (1, "1997-11-16"),
        (2, "1997-11-16"),
        (3, "1997-11"),
        (4, "1997-11-30"),
        (5, "1997-11-01"),
        (6, "1997"),
        (7, "1997-01"),
        (8, "1997-01-01"),
        (9, "1996-12-31"),
        (10, "1998-01-01"),
    ] {
        desk.put_on_record(&dated(number, on)).await;
    }
    assert_eq!(listed(&mut desk, All).await, [10, 4, 2, 1, 5, 3, 8, 7, 6, 9]);
    assert_eq!(listed(&mut desk, Year(1997)).await, [4, 2, 1, 5, 3, 8, 7, 6]);
    assert_eq!(listed(&mut desk, Month(1997, 11)).await, [4, 2, 1, 5, 3]);
    assert_eq!(listed(&mut desk, Month(1997, 1)).await, [8, 7]);
    assert_eq!(listed(&mut desk, Month(1997, 0)).await, [6]);
    assert_eq!(listed(&mut desk, Day(1997, 11, 16)).await, [2, 1]);
    assert_eq!(listed(&mut desk, Day(1997, 11, 1)).await, [5]);
    assert_eq!(listed(&mut desk, Day(1997, 11, 0)).await, [3]);
    assert_eq!(listed(&mut desk, Day(1997, 11, 17)).await, Vec::<i64>::new());
}
