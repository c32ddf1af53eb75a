//! Discarding a draft, and taking it back.

use onrecord::domain::ids::StatementId;
use onrecord::domain::outcome::{Change, Refused};
use onrecord::domain::statements::published::Found;
use onrecord::domain::statements::{DeskState, PublicState, commands, store};

use crate::support::cast::{a_statement, english, simplified};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, not_found};

async fn discard(desk: &mut Desk, id: StatementId) -> Result<Change, Refused> {
    commands::discard(&mut desk.conn, desk.people.author, id, english(), desk.now).await
}

async fn undiscard(desk: &mut Desk, id: StatementId) -> Result<Change, Refused> {
    commands::undiscard(&mut desk.conn, desk.people.author, id, english(), desk.now).await
}

#[actix_web::test]
async fn a_discarded_draft_comes_back_with_every_word() {
    let mut desk = Desk::open().await;
    let save = a_statement(7);
    let saved = desk.save(desk.people.author, &save).await.unwrap();
    assert_eq!(discard(&mut desk, saved.statement).await.unwrap(), Change::Unseen);
    conflict(desk.publish(&saved, english(), None).await);
    conflict(discard(&mut desk, saved.statement).await);

    undiscard(&mut desk, saved.statement).await.done();
    conflict(undiscard(&mut desk, saved.statement).await);
    let text = desk.translation(saved.statement, english()).await;
    assert_eq!((text.public_state, text.desk_state), (PublicState::Never, DeskState::Draft));
    let latest = text.latest_revision_id.unwrap();
    assert_eq!(store::words(&mut desk.conn, latest).await.unwrap(), save.words);
    desk.publish(&saved, english(), None).await.done();
}

#[actix_web::test]
async fn what_was_public_is_never_discarded() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.author, &a_statement(7)).await.unwrap();
    desk.publish(&saved, english(), None).await.done();
    let why = conflict(discard(&mut desk, saved.statement).await);
    assert!(why.contains("withdrawn"), "{why}");
    desk.withdraw(&saved, english()).await.done();
    conflict(discard(&mut desk, saved.statement).await);
    assert!(matches!(desk.read(7, english()).await, Found::Gone(_)));
}

#[actix_web::test]
async fn there_must_be_something_to_discard() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.author, &a_statement(7)).await.unwrap();
    let (author, now) = (desk.people.author, desk.now);
    not_found(commands::discard(&mut desk.conn, author, saved.statement, simplified(), now).await);
    not_found(discard(&mut desk, StatementId(4711)).await);
}
