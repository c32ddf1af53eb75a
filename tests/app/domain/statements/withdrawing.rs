//! Withdrawing and reinstating: a reader is told what was there and why it is gone, or has it back.

use onrecord::domain::outcome::Change;
use onrecord::domain::statements::commands::{self, Save};
use onrecord::domain::statements::published::{Found, Gone};

use crate::support::cast::{a_statement, english, issued, simplified, words};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, problem_with};

async fn gone(desk: &mut Desk) -> Gone {
    match desk.read(7, english()).await {
        Found::Gone(gone) => gone,
        other => panic!("expected it to be gone, got {other:?}"),
    }
}

#[actix_web::test]
async fn a_withdrawn_text_leaves_title_date_and_reason() {
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(7)).await;
    desk.wait(60 * 24);
    let change = desk.withdraw(&saved, english()).await.unwrap();
    assert_eq!(change, Change::Statement(saved.statement));
    let gone = gone(&mut desk).await;
    assert_eq!(gone.number, 7);
    assert_eq!(gone.withdrawn, Some(("Statement 7".to_owned(), issued("1997-11-16"))));
    assert_eq!(gone.gone_on, Some("2026-03-03".parse().unwrap()));
    assert_eq!(gone.reason, "A name is at risk.");
    conflict(desk.withdraw(&saved, english()).await);
}

#[actix_web::test]
async fn it_is_withdrawn_with_a_reason_or_not_at_all() {
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(7)).await;
    for reason in ["", &"x".repeat(2001)] {
        let by = desk.people.publisher;
        let refused =
            commands::withdraw(&mut desk.conn, by, saved.statement, english(), reason, desk.now).await;
        problem_with("reason", refused);
    }
    desk.text(7, english()).await;
}

#[actix_web::test]
async fn a_reinstated_text_is_as_it_was() {
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(7)).await;
    let before = desk.text(7, english()).await;
    conflict(desk.reinstate(&saved, english()).await);
    desk.withdraw(&saved, english()).await.done();
    desk.wait(60);
    desk.reinstate(&saved, english()).await.done();
    let after = desk.text(7, english()).await;
    assert_eq!((after.title(), after.n()), (before.title(), 1));
    assert_eq!((after.published_at(), after.body()), (before.published_at(), before.body()));
}

#[actix_web::test]
async fn nothing_is_published_over_a_withdrawal() {
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(7)).await;
    desk.withdraw(&saved, english()).await.done();
    let next = Save {
        statement: Some(saved.statement),
        based_on: Some(saved.revision),
        words: words("Without the name"),
        ..a_statement(7)
    };
    let next = desk.save(desk.people.editor, &next).await.unwrap();
    let why = conflict(desk.publish(&next, english(), Some("A name left out.")).await);
    assert!(why.contains("Reinstate"), "{why}");
    assert_eq!(gone(&mut desk).await.withdrawn.unwrap().0, "Statement 7");
    desk.reinstate(&next, english()).await.done();
    desk.publish(&next, english(), Some("A name left out.")).await.done();
    assert_eq!(desk.text(7, english()).await.title(), "Without the name");
}

#[actix_web::test]
async fn one_language_goes_and_the_others_stay() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&a_statement(7)).await;
    let chinese = Save {
        statement: Some(first.statement),
        locale: simplified(),
        words: words("第七号"),
        ..a_statement(7)
    };
    desk.put_on_record(&chinese).await;
    desk.withdraw(&first, english()).await.done();
    assert!(gone(&mut desk).await.withdrawn.is_some());
    assert_eq!(desk.text(7, simplified()).await.title(), "第七号");
}

#[actix_web::test]
async fn a_draft_cannot_be_withdrawn() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.editor, &a_statement(7)).await.unwrap();
    conflict(desk.withdraw(&saved, english()).await);
    assert!(matches!(desk.read(7, english()).await, Found::Nothing));
}
