//! Drafts, what is public, what is withdrawn.

use onrecord::domain::interchange::{self, How, Outcome};
use onrecord::domain::statements::lists;
use onrecord::domain::statements::published::Found;

use super::{add, import_one, original, why};
use crate::support::cast::english;
use crate::support::desk::Desk;

#[actix_web::test]
async fn drafts_stay_on_the_desk_until_their_file_says_otherwise() {
    let mut desk = Desk::open().await;
    add(&mut desk, &[original(2800, "en", "status: draft")]).await;
    assert!(matches!(desk.read(2800, english()).await, Found::Nothing), "a draft is nobody's");

    desk.wait(1);
    let entry = import_one(&mut desk, &original(2800, "en", "status: published")).await;
    assert_eq!(entry.outcome, Outcome::Changed);
    assert_eq!(desk.text(2800, english()).await.n(), 1);
}

#[actix_web::test]
async fn an_import_is_no_news_unless_announced() {
    let mut desk = Desk::open().await;
    add(&mut desk, &[original(1, "en", "")]).await;
    let how = How { announced: true, samples: false };
    let files = [original(2, "en", "")];
    let _ = interchange::run(&mut desk.conn, &files, how, desk.now, &mut ()).await.unwrap();
    let newest = lists::newest(&mut desk.conn, english(), 10).await.unwrap();
    assert_eq!(newest.iter().map(|entry| entry.number).collect::<Vec<_>>(), [2]);
}

#[actix_web::test]
async fn a_draft_of_a_public_text_waits_on_the_desk() {
    let mut desk = Desk::open().await;
    add(&mut desk, &[original(2800, "en", "")]).await;
    desk.wait(60);
    let entry = import_one(&mut desk, &original(2800, "en", "status: draft\ntitle: Another")).await;
    assert_eq!((entry.outcome, entry.remarks.len()), (Outcome::Changed, 1));
    assert_eq!(desk.text(2800, english()).await.title(), "A title");
}

#[actix_web::test]
async fn a_file_withdraws_what_it_published() {
    let mut desk = Desk::open().await;
    add(&mut desk, &[original(2800, "en", "")]).await;
    desk.wait(60);
    let gone = original(2800, "en", "status: withdrawn\nreason: A name is at risk.");
    assert_eq!(import_one(&mut desk, &gone).await.outcome, Outcome::Changed);
    assert!(matches!(desk.read(2800, english()).await, Found::Gone(_)));

    // Back only by hand: whoever withdrew it may have had more reasons than the file knows.
    let back = original(2800, "en", "title: Back again\nchange_kind: small-fix");
    let entry = import_one(&mut desk, &back).await;
    assert!(why(&entry).contains("reinstate"), "{entry}");
    assert!(matches!(desk.read(2800, english()).await, Found::Gone(_)));
}

#[actix_web::test]
async fn a_file_may_bring_what_was_withdrawn_long_ago() {
    let mut desk = Desk::open().await;
    add(&mut desk, &[original(2800, "en", "status: withdrawn\nreason: A name is at risk.")]).await;
    assert!(matches!(desk.read(2800, english()).await, Found::Gone(_)));
    assert!(lists::newest(&mut desk.conn, english(), 10).await.unwrap().is_empty());
}
