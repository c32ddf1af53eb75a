//! Sittings: saves of one author less than ten minutes apart.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use onrecord::domain::policy::Actor;
use onrecord::domain::statements::commands::{Save, Saved};
use onrecord::infra::db::schema::revisions;

use crate::support::cast::{a_statement, words};
use crate::support::desk::Desk;

async fn go_on(desk: &mut Desk, by: Actor, last: &Saved, title: &str) -> Saved {
    let next = Save {
        statement: Some(last.statement),
        based_on: Some(last.revision),
        words: words(title),
        ..a_statement(7)
    };
    desk.save(by, &next).await.unwrap()
}

#[actix_web::test]
async fn a_sitting_ends_with_ten_minutes_or_another_author() {
    let mut desk = Desk::open().await;
    let (author, editor) = (desk.people.author, desk.people.editor);
    let mut last = desk.save(author, &a_statement(7)).await.unwrap();
    for (minutes, by, title) in [
        (9, author, "nine minutes later"),
        (9, author, "nine minutes after that"),
        (1, editor, "another author"),
        (1, author, "the first one again"),
        (10, author, "ten minutes later"),
    ] {
        desk.wait(minutes);
        last = go_on(&mut desk, by, &last, title).await;
    }
    let sittings: Vec<(i32, i32)> = revisions::table
        .order(revisions::seq)
        .select((revisions::seq, revisions::sitting))
        .load(&mut desk.conn)
        .await
        .unwrap();
    assert_eq!(sittings, [(1, 1), (2, 1), (3, 1), (4, 2), (5, 3), (6, 4)]);
}
