//! Saving: nothing is lost, nothing shows.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use onrecord::domain::outcome::Change;
use onrecord::domain::statements::commands::Save;
use onrecord::domain::statements::draft::Facts;
use onrecord::domain::statements::published::Found;
use onrecord::domain::statements::{DeskState, Kind, PublicState, store};
use onrecord::infra::db::schema::revisions;

use crate::support::cast::{a_statement, english, issued, simplified, words};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, not_found, problem_with};

#[actix_web::test]
async fn a_save_keeps_every_word_and_shows_none() {
    let mut desk = Desk::open().await;
    let save = a_statement(7);
    let saved = desk.save(desk.people.author, &save).await.unwrap();
    assert_eq!(saved.change, Change::Unseen);
    assert_eq!(store::words(&mut desk.conn, saved.revision).await.unwrap(), save.words);
    let statement = store::by_number(&mut desk.conn, 7).await.unwrap().unwrap();
    assert_eq!((statement.id, statement.facts()), (saved.statement, save.facts));
    assert_eq!(statement.created_by, desk.people.author.user);
    let text = desk.translation(saved.statement, english()).await;
    assert_eq!((text.public_state, text.desk_state), (PublicState::Never, DeskState::Draft));
    assert!(matches!(desk.read(7, english()).await, Found::Nothing));
}

#[actix_web::test]
async fn saving_a_public_text_leaves_readers_what_they_had() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&a_statement(7)).await;
    let next = Save {
        statement: Some(first.statement),
        based_on: Some(first.revision),
        words: words("Second thoughts"),
        facts: Facts { number: 7, kind: Kind::Report, issued: issued("1998") },
        ..a_statement(7)
    };
    desk.save(desk.people.editor, &next).await.unwrap();
    let text = desk.text(7, english()).await;
    assert_eq!((text.title(), text.kind(), text.n()), ("Statement 7", Kind::Statement, 1));
    assert_eq!(text.issued(), issued("1997-11-16"));
    let text = desk.translation(first.statement, english()).await;
    assert_eq!((text.public_state, text.desk_state), (PublicState::Published, DeskState::Draft));
}

#[actix_web::test]
async fn a_stale_save_is_refused_and_changes_nothing() {
    let mut desk = Desk::open().await;
    let first = desk.save(desk.people.editor, &a_statement(7)).await.unwrap();
    let theirs = Save {
        statement: Some(first.statement),
        based_on: Some(first.revision),
        words: words("Theirs"),
        ..a_statement(7)
    };
    let second = desk.save(desk.people.publisher, &theirs).await.unwrap();
    let mine = Save {
        words: words("Mine"),
        facts: Facts { number: 8, ..theirs.facts },
        topics: vec![desk.topic(1).await],
        ..theirs.clone()
    };
    let why = conflict(desk.save(desk.people.editor, &mine).await);
    assert!(why.contains("Nothing of yours is lost"), "{why}");
    let text = desk.translation(first.statement, english()).await;
    assert_eq!(text.latest_revision_id, Some(second.revision));
    assert!(store::by_number(&mut desk.conn, 8).await.unwrap().is_none());

    let again = Save { based_on: Some(second.revision), ..mine };
    desk.save(desk.people.editor, &again).await.unwrap();
}

#[actix_web::test]
async fn of_two_saves_at_the_same_time_one_is_refused() {
    let mut desk = Desk::open().await;
    let first = desk.save(desk.people.editor, &a_statement(7)).await.unwrap();
    let save = |title| Save {
        statement: Some(first.statement),
        based_on: Some(first.revision),
        words: words(title),
        ..a_statement(7)
    };
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    let (editor, publisher, now) = (desk.people.editor, desk.people.publisher, desk.now);
    let (one, two) = futures_util::future::join(
        onrecord::domain::statements::commands::save(&mut one, editor, save("One"), now),
        onrecord::domain::statements::commands::save(&mut two, publisher, save("Two"), now),
    )
    .await;
    assert!(one.is_ok() != two.is_ok(), "{one:?}, {two:?}");
    conflict(if one.is_ok() { two } else { one });
}

#[actix_web::test]
async fn the_same_words_again_are_no_new_revision() {
    let mut desk = Desk::open().await;
    let first = desk.save(desk.people.author, &a_statement(7)).await.unwrap();
    let same = Save { statement: Some(first.statement), based_on: Some(first.revision), ..a_statement(7) };
    let second = desk.save(desk.people.author, &same).await.unwrap();
    assert_eq!(second.revision, first.revision);
    let count: i64 = revisions::table.count().get_result(&mut desk.conn).await.unwrap();
    assert_eq!(count, 1);
}

#[actix_web::test]
async fn a_translation_is_a_text_of_the_same_statement() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&a_statement(7)).await;
    let chinese = Save {
        statement: Some(first.statement),
        locale: simplified(),
        words: words("第七号"),
        ..a_statement(7)
    };
    let saved = desk.save(desk.people.editor, &chinese).await.unwrap();
    assert_eq!(saved.statement, first.statement);
    assert_ne!(saved.revision, first.revision);
    desk.publish(&saved, simplified(), None).await.done();
    let text = desk.text(7, simplified()).await;
    assert_eq!((text.title(), text.original_locale()), ("第七号", english()));
}

#[actix_web::test]
async fn what_cannot_be_kept_is_refused_at_its_field() {
    let mut desk = Desk::open().await;
    let by = desk.people.author;
    let with = |number, issued| Facts { number, kind: Kind::Statement, issued };
    let soon = issued("2027-03-02");
    for (field, save) in [
        ("number", Save { facts: with(0, soon), ..a_statement(1) }),
        ("number", Save { facts: with(1_000_000_000, soon), ..a_statement(1) }),
        ("issued_on", Save { facts: with(1, issued("2027-03-03")), ..a_statement(1) }),
        ("title", Save { words: words(&"x".repeat(301)), ..a_statement(1) }),
    ] {
        problem_with(field, desk.save(by, &save).await);
    }
    desk.save(by, &Save { facts: with(1, soon), ..a_statement(1) }).await.unwrap();
    let nowhere = onrecord::domain::ids::StatementId(4711);
    not_found(desk.save(by, &Save { statement: Some(nowhere), ..a_statement(2) }).await);
}
