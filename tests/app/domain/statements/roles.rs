//! Who may do what, asked by the commands themselves.

use onrecord::domain::statements::commands::{self, Publication, Save};
use onrecord::domain::statements::published::Found;

use crate::support::cast::{a_statement, english, words};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, forbidden};

#[actix_web::test]
async fn authors_change_what_they_began_and_nothing_else() {
    let mut desk = Desk::open().await;
    let mine = desk.save(desk.people.author, &a_statement(7)).await.unwrap();
    let next = Save {
        statement: Some(mine.statement),
        based_on: Some(mine.revision),
        words: words("Second"),
        ..a_statement(7)
    };
    forbidden(desk.save(desk.people.colleague, &next).await);
    let (colleague, now) = (desk.people.colleague, desk.now);
    forbidden(commands::discard(&mut desk.conn, colleague, mine.statement, english(), now).await);
    let mine = desk.save(desk.people.author, &next).await.unwrap();
    let edited = Save { based_on: Some(mine.revision), words: words("Third"), ..next };
    desk.save(desk.people.editor, &edited).await.unwrap();
}

#[actix_web::test]
async fn authors_file_until_it_is_public() {
    let mut desk = Desk::open().await;
    let (one, two) = (desk.topic(1).await, desk.topic(2).await);
    let (author, editor, now) = (desk.people.author, desk.people.editor, desk.now);
    let saved = desk.save(author, &Save { topics: vec![one], ..a_statement(7) }).await.unwrap();
    commands::file_under(&mut desk.conn, author, saved.statement, &[two], now).await.done();
    desk.publish(&saved, english(), None).await.done();
    forbidden(commands::file_under(&mut desk.conn, author, saved.statement, &[one], now).await);
    commands::file_under(&mut desk.conn, editor, saved.statement, &[one], now).await.done();
}

#[actix_web::test]
async fn only_publishers_change_what_readers_meet() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.editor, &a_statement(7)).await.unwrap();
    let publication = Publication {
        statement: saved.statement,
        locale: english(),
        revision: saved.revision,
        change: None,
        announced: true,
    };
    let now = desk.now;
    for by in [desk.people.author, desk.people.editor] {
        forbidden(commands::publish(&mut desk.conn, by, publication.clone(), now).await);
    }
    assert!(matches!(desk.read(7, english()).await, Found::Nothing));
    commands::publish(&mut desk.conn, desk.people.publisher, publication, now).await.done();
    for by in [desk.people.author, desk.people.editor] {
        let withdrawn = commands::withdraw(&mut desk.conn, by, saved.statement, english(), "No.", now).await;
        forbidden(withdrawn);
    }
    desk.withdraw(&saved, english()).await.done();
    for by in [desk.people.author, desk.people.editor] {
        forbidden(commands::reinstate(&mut desk.conn, by, saved.statement, english(), now).await);
    }
    assert!(matches!(desk.read(7, english()).await, Found::Gone(_)));
}

#[actix_web::test]
async fn only_administrators_remove_the_samples() {
    let mut desk = Desk::open().await;
    desk.put_on_record(&Save { is_sample: true, ..a_statement(7) }).await;
    for by in [desk.people.author, desk.people.editor, desk.people.publisher] {
        forbidden(commands::remove_samples(&mut desk.conn, by, desk.now).await);
    }
    assert!(desk.text(7, english()).await.is_sample());
}
