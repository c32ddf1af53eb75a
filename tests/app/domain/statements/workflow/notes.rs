//! Internal notes: appended, kept, never changed.

use diesel_async::RunQueryDsl;
use onrecord::domain::statements::commands;
use onrecord::domain::statements::notes::{self, LONGEST};

use crate::support::cast::{a_statement, english};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, not_found, problem_with};

#[actix_web::test]
async fn notes_stay_as_they_were_left_the_newest_first() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.author, &a_statement(7)).await.unwrap();
    let text = (saved.statement, english());
    let (colleague, editor, now) = (desk.people.colleague, desk.people.editor, desk.now);
    commands::leave_note(&mut desk.conn, colleague, text, "Is the date right?", None, now).await.done();
    commands::leave_note(&mut desk.conn, editor, text, "It is.", Some(saved.revision), now).await.done();
    let found = notes::of_statement(&mut desk.conn, saved.statement, 10).await.unwrap();
    let said: Vec<_> = found.iter().map(|n| (n.author.as_deref().unwrap(), n.body.as_str())).collect();
    assert_eq!(said, [("editor", "It is."), ("colleague", "Is the date right?")]);
    for change in ["update notes set body = 'x'", "delete from notes", "truncate notes"] {
        assert!(diesel::sql_query(change).execute(&mut desk.conn).await.is_err(), "{change}");
    }
}

#[actix_web::test]
async fn a_note_says_something_about_this_very_text() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.author, &a_statement(7)).await.unwrap();
    let other = desk.save(desk.people.author, &a_statement(8)).await.unwrap();
    let text = (saved.statement, english());
    let (author, now) = (desk.people.author, desk.now);
    for body in [" ", &"x".repeat(LONGEST + 1)] {
        problem_with("note", commands::leave_note(&mut desk.conn, author, text, body, None, now).await);
    }
    let elsewhere = Some(other.revision);
    not_found(commands::leave_note(&mut desk.conn, author, text, "Mistaken", elsewhere, now).await);
}
