//! Numbers: offered, free to change until the first publication, then for ever.

use onrecord::domain::statements::commands::{self, Save, Saved};
use onrecord::domain::statements::draft::Facts;

use crate::support::cast::{a_statement, english, simplified};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, problem_with};

async fn offered(desk: &mut Desk) -> i64 {
    commands::next_number(&mut desk.conn).await.unwrap()
}

fn renumbered(saved: &Saved, number: i64) -> Save {
    let facts = Facts { number, ..a_statement(1).facts };
    Save { statement: Some(saved.statement), based_on: Some(saved.revision), facts, ..a_statement(7) }
}

#[actix_web::test]
async fn the_number_above_the_highest_is_offered() {
    let mut desk = Desk::open().await;
    assert_eq!(offered(&mut desk).await, 1);
    desk.save(desk.people.author, &a_statement(2800)).await.unwrap();
    desk.save(desk.people.author, &a_statement(12)).await.unwrap();
    assert_eq!(offered(&mut desk).await, 2801);
}

#[actix_web::test]
async fn samples_do_not_count_but_are_not_in_the_way() {
    let mut desk = Desk::open().await;
    let by = desk.people.administrator;
    desk.save(by, &Save { is_sample: true, ..a_statement(9000) }).await.unwrap();
    assert_eq!(offered(&mut desk).await, 1);
    desk.save(by, &a_statement(1)).await.unwrap();
    for number in [2, 3] {
        desk.save(by, &Save { is_sample: true, ..a_statement(number) }).await.unwrap();
    }
    assert_eq!(offered(&mut desk).await, 4);
}

#[actix_web::test]
async fn a_draft_can_have_another_number() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.author, &a_statement(7)).await.unwrap();
    desk.save(desk.people.author, &renumbered(&saved, 8)).await.unwrap();
    desk.publish(&saved, english(), None).await.done();
    assert_eq!(desk.text(8, english()).await.number(), 8);
}

#[actix_web::test]
async fn a_number_that_was_public_stays() {
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(7)).await;
    let why = problem_with("number", desk.save(desk.people.administrator, &renumbered(&saved, 8)).await);
    assert!(why.contains('7'), "{why}");
    desk.withdraw(&saved, english()).await.done();
    problem_with("number", desk.save(desk.people.administrator, &renumbered(&saved, 8)).await);
    // Nor by way of a language that never was public.
    let chinese = Save { locale: simplified(), based_on: None, ..renumbered(&saved, 8) };
    problem_with("number", desk.save(desk.people.administrator, &chinese).await);
}

#[actix_web::test]
async fn no_number_is_given_twice() {
    let mut desk = Desk::open().await;
    let by = desk.people.editor;
    let one = desk.put_on_record(&a_statement(7)).await;
    problem_with("number", desk.save(by, &a_statement(7)).await);
    desk.withdraw(&one, english()).await.done();
    problem_with("number", desk.save(by, &a_statement(7)).await);
    let other = desk.save(by, &a_statement(8)).await.unwrap();
    problem_with("number", desk.save(by, &renumbered(&other, 7)).await);
    commands::discard(&mut desk.conn, by, other.statement, english(), desk.now).await.done();
    problem_with("number", desk.save(by, &a_statement(8)).await);
}
