//! The samples that come with the program go for good, and only they.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use onrecord::domain::outcome::Change;
use onrecord::domain::statements::commands::{self, Save};
use onrecord::domain::statements::lists::{Period, Shelf};
use onrecord::domain::statements::published::Found;
use onrecord::domain::statements::{desk as desk_lists, store};
use onrecord::infra::db::schema::{revision_texts, versions};

use crate::support::cast::{a_statement, english, words};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, problem_with};

fn sample(number: i64) -> Save {
    Save { is_sample: true, words: words("An example"), ..a_statement(number) }
}

#[actix_web::test]
async fn removed_samples_leave_their_number_and_nothing_else() {
    let mut desk = Desk::open().await;
    desk.put_on_record(&a_statement(1)).await;
    let public = desk.put_on_record(&sample(9001)).await;
    let withdrawn = desk.put_on_record(&sample(9002)).await;
    desk.withdraw(&withdrawn, english()).await.done();
    assert!(desk_lists::has_samples(&mut desk.conn).await.unwrap());

    let by = desk.people.administrator;
    let change = commands::remove_samples(&mut desk.conn, by, desk.now).await.unwrap();
    assert_eq!(change, Change::Everything);
    assert!(!desk_lists::has_samples(&mut desk.conn).await.unwrap());
    for number in [9001, 9002] {
        let Found::Gone(gone) = desk.read(number, english()).await else { panic!("{number}") };
        assert_eq!((gone.number, gone.withdrawn), (number, None));
        assert!(!gone.reason.is_empty());
    }
    assert!(store::words(&mut desk.conn, public.revision).await.unwrap().is_empty());
    let list = desk.list(Shelf::Archive, english(), Period::All).await;
    assert_eq!((list.overview.total, list.entries.len(), list.entries[0].number), (1, 1, 1));
    assert_eq!(desk.text(1, english()).await.title(), "Statement 1");
    conflict(desk.reinstate(&withdrawn, english()).await);
    problem_with("number", desk.save(by, &a_statement(9001)).await);
}

#[actix_web::test]
async fn no_word_of_a_sample_is_left_in_any_table() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&sample(9001)).await;
    let next = Save {
        statement: Some(first.statement),
        based_on: Some(first.revision),
        words: words("Another example"),
        ..sample(9001)
    };
    let next = desk.save(desk.people.editor, &next).await.unwrap();
    desk.publish(&next, english(), Some("Changed.")).await.done();
    let by = desk.people.administrator;
    commands::remove_samples(&mut desk.conn, by, desk.now).await.done();
    let left: i64 = revision_texts::table
        .filter(revision_texts::body.ne("").or(revision_texts::title.ne("")))
        .count()
        .get_result(&mut desk.conn)
        .await
        .unwrap();
    let html: Vec<String> = versions::table.select(versions::body_html).load(&mut desk.conn).await.unwrap();
    assert_eq!((left, html), (0, vec![String::new(), String::new()]));
}

#[actix_web::test]
async fn removing_them_twice_does_no_harm() {
    let mut desk = Desk::open().await;
    desk.put_on_record(&sample(9001)).await;
    let by = desk.people.administrator;
    commands::remove_samples(&mut desk.conn, by, desk.now).await.done();
    commands::remove_samples(&mut desk.conn, by, desk.now).await.done();
    assert!(matches!(desk.read(9001, english()).await, Found::Gone(_)));
}

#[actix_web::test]
async fn a_sample_that_nobody_has_seen_is_nothing() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.editor, &sample(9001)).await.unwrap();
    let by = desk.people.administrator;
    commands::remove_samples(&mut desk.conn, by, desk.now).await.done();
    assert!(store::words(&mut desk.conn, saved.revision).await.unwrap().is_empty());
    let found = desk.read(9001, english()).await;
    assert!(matches!(found, Found::Nothing), "never public, so never there: {found:?}");
}
