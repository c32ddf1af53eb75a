//! Counts: by period, by language, by kind and topic, and at once.

use onrecord::domain::statements::commands::{self, Save, Saved};
use onrecord::domain::statements::draft::Facts;
use onrecord::domain::statements::lists::Period::{All, Day, Month, Year};
use onrecord::domain::statements::lists::Shelf;
use onrecord::domain::statements::{Kind, lists};

use super::{dated, numbers};
use crate::support::cast::{a_statement, english, simplified, traditional, words};
use crate::support::desk::Desk;
use crate::support::refusals::Done as _;

#[actix_web::test]
async fn a_period_counts_its_parts() {
    let mut desk = Desk::open().await;
    for (number, on) in (1..).zip(["1997-11-16", "1997-11-16", "1997-11", "1997-01-05", "1997", "1998-06-04"])
    {
        desk.put_on_record(&dated(number, on)).await;
    }
    let shelf = Shelf::Archive;
    let all = desk.list(shelf, english(), All).await;
    assert_eq!((all.overview.total, all.overview.parts), (6, vec![(Year(1998), 1), (Year(1997), 5)]));
    let year = desk.list(shelf, english(), Year(1997)).await;
    let parts = vec![(Month(1997, 11), 3), (Month(1997, 1), 1), (Month(1997, 0), 1)];
    assert_eq!((year.overview.total, year.overview.parts), (5, parts));
    let month = desk.list(shelf, english(), Month(1997, 11)).await;
    let parts = vec![(Day(1997, 11, 16), 2), (Day(1997, 11, 0), 1)];
    assert_eq!((month.overview.total, month.overview.parts), (3, parts));
    let day = desk.list(shelf, english(), Day(1997, 11, 16)).await;
    assert_eq!((day.overview.total, day.overview.parts), (2, vec![]));
    let unknown = desk.list(shelf, english(), Month(1997, 0)).await;
    assert_eq!((unknown.overview.total, unknown.overview.parts), (1, vec![]));
}

async fn translate(desk: &mut Desk, saved: &Saved, number: i64, locale: onrecord::i18n::Locale) -> Saved {
    let save =
        Save {
            statement: Some(saved.statement), locale, words: words("另一种语言"), ..a_statement(number)
        };
    desk.put_on_record(&save).await
}

#[actix_web::test]
async fn what_is_only_in_other_languages_is_counted_apart() {
    let mut desk = Desk::open().await;
    let one = desk.put_on_record(&a_statement(1)).await;
    let in_both = translate(&mut desk, &one, 1, simplified()).await;
    desk.put_on_record(&a_statement(2)).await;
    desk.put_on_record(&Save { locale: simplified(), ..a_statement(3) }).await;
    let four = desk.put_on_record(&Save { locale: traditional(), ..a_statement(4) }).await;
    translate(&mut desk, &four, 4, simplified()).await;

    for period in [All, Year(1997), Day(1997, 11, 16)] {
        let list = desk.list(Shelf::Archive, english(), period).await;
        assert_eq!(
            (list.overview.total, list.overview.elsewhere),
            (2, vec![(simplified(), 2), (traditional(), 1)])
        );
        let list = desk.list(Shelf::Archive, simplified(), period).await;
        assert_eq!((list.overview.total, list.overview.elsewhere), (3, vec![(english(), 1)]));
    }
    desk.withdraw(&in_both, simplified()).await.done();
    let list = desk.list(Shelf::Archive, simplified(), All).await;
    assert_eq!(
        (list.overview.total, list.overview.elsewhere, list.entries.len()),
        (2, vec![(english(), 2)], 2)
    );
    let empty = desk.list(Shelf::Archive, english(), Year(1990)).await;
    assert_eq!((empty.overview.total, empty.overview.elsewhere, empty.entries.len()), (0, vec![], 0));
}

#[actix_web::test]
async fn only_what_is_public_is_listed() {
    let mut desk = Desk::open().await;
    desk.save(desk.people.editor, &a_statement(1)).await.unwrap();
    let two = desk.put_on_record(&a_statement(2)).await;
    let three = desk.put_on_record(&a_statement(3)).await;
    desk.withdraw(&two, english()).await.done();
    let list = desk.list(Shelf::Archive, english(), All).await;
    assert_eq!((list.overview.total, numbers(&list)), (1, vec![3]));
    assert_eq!(lists::locales_of(&mut desk.conn, two.statement).await.unwrap(), []);
    assert_eq!(lists::locales_of(&mut desk.conn, three.statement).await.unwrap(), [english()]);
    desk.reinstate(&two, english()).await.done();
    let list = desk.list(Shelf::Archive, english(), All).await;
    assert_eq!((list.overview.total, numbers(&list)), (2, vec![3, 2]));
}

#[actix_web::test]
async fn topics_move_a_statement_at_once() {
    let mut desk = Desk::open().await;
    let (labour, place) = (desk.topic(1).await, desk.topic(2).await);
    let saved = desk.put_on_record(&Save { topics: vec![labour], ..a_statement(1) }).await;
    desk.put_on_record(&Save { topics: vec![labour, place], ..a_statement(2) }).await;
    let list = desk.list(Shelf::Topic(labour), english(), Year(1997)).await;
    assert_eq!((list.overview.total, numbers(&list)), (2, vec![2, 1]));
    let by = desk.people.editor;
    commands::file_under(&mut desk.conn, by, saved.statement, &[place], desk.now).await.done();
    let list = desk.list(Shelf::Topic(labour), english(), Year(1997)).await;
    assert_eq!((list.overview.total, numbers(&list)), (1, vec![2]));
    let list = desk.list(Shelf::Topic(place), english(), All).await;
    assert_eq!(
        (list.overview.total, numbers(&list), list.overview.parts),
        (2, vec![2, 1], vec![(Year(1997), 2)])
    );
    let all = desk.list(Shelf::Archive, english(), All).await;
    assert_eq!(all.overview.total, 2);
}

#[actix_web::test]
async fn a_kind_is_listed_as_it_was_published() {
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(1)).await;
    let report = Save {
        statement: Some(saved.statement),
        based_on: Some(saved.revision),
        facts: Facts { kind: Kind::Report, ..a_statement(1).facts },
        ..a_statement(1)
    };
    let saved = desk.save(desk.people.editor, &report).await.unwrap();
    for (kind, total) in [(Kind::Statement, 1), (Kind::Report, 0)] {
        assert_eq!(
            desk.list(Shelf::Kind(kind), english(), All).await.overview.total,
            total,
            "before: {kind}"
        );
    }
    desk.publish(&saved, english(), Some("It is a report.")).await.done();
    for (kind, total) in [(Kind::Statement, 0), (Kind::Report, 1)] {
        let list = desk.list(Shelf::Kind(kind), english(), All).await;
        assert_eq!((list.overview.total, list.entries.len() as u64), (total, total), "after: {kind}");
    }
}
