//! Publishing: exactly the save that was named, and nothing that is not fit for readers.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use onrecord::domain::outcome::Refused;
use onrecord::domain::statements::commands::{Save, Saved};
use onrecord::domain::statements::draft::Words;
use onrecord::domain::statements::published::Found;
use onrecord::domain::statements::{ChangeKind, DeskState, PublicState, changes};
use onrecord::infra::db::schema::versions;

use crate::support::cast::{a_statement, english, issued, simplified, words};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, not_found, problem_with};

fn next(saved: &Saved, title: &str) -> Save {
    Save {
        statement: Some(saved.statement),
        based_on: Some(saved.revision),
        words: words(title),
        ..a_statement(7)
    }
}

#[actix_web::test]
async fn readers_get_what_was_saved() {
    let mut desk = Desk::open().await;
    let words = Words::typed("A *title*", "One sentence.", "Some **words**.", "The Board", "From a letter");
    let saved = desk.put_on_record(&Save { words, ..a_statement(7) }).await;
    let text = desk.text(7, english()).await;
    assert_eq!(text.statement_id(), saved.statement);
    assert_eq!((text.title(), text.summary()), ("A *title*", "One sentence."));
    assert_eq!((text.sign_off(), text.credit()), ("The Board", "From a letter"));
    assert_eq!(text.body().as_str().trim(), "<p>Some <strong>words</strong>.</p>");
    assert_eq!((text.n(), text.published_at(), text.issued()), (1, desk.now, issued("1997-11-16")));
    assert!(!text.is_sample());
    let text = desk.translation(saved.statement, english()).await;
    assert_eq!((text.public_state, text.desk_state), (PublicState::Published, DeskState::None));
    assert_eq!(text.first_published_at, Some(desk.now));
}

#[actix_web::test]
async fn only_the_latest_save_can_go_out() {
    let mut desk = Desk::open().await;
    let first = desk.save(desk.people.editor, &a_statement(7)).await.unwrap();
    let second = desk.save(desk.people.author, &next(&first, "Slipped in")).await;
    assert!(matches!(second, Err(Refused::Forbidden(_))));
    let second = desk.save(desk.people.editor, &next(&first, "Later")).await.unwrap();
    let why = conflict(desk.publish(&first, english(), None).await);
    assert!(why.contains("read it again"), "{why}");
    assert!(matches!(desk.read(7, english()).await, Found::Nothing));
    desk.publish(&second, english(), None).await.done();
    assert_eq!(desk.text(7, english()).await.title(), "Later");
}

#[actix_web::test]
async fn a_save_of_another_text_cannot_go_out() {
    let mut desk = Desk::open().await;
    let one = desk.save(desk.people.editor, &a_statement(7)).await.unwrap();
    let other = desk.save(desk.people.editor, &a_statement(8)).await.unwrap();
    let mixed = Saved { revision: other.revision, ..one };
    conflict(desk.publish(&mixed, english(), None).await);
    not_found(desk.publish(&one, simplified(), None).await);
}

#[actix_web::test]
async fn a_text_without_title_or_body_stays_on_the_desk() {
    let mut desk = Desk::open().await;
    for (number, field, words) in [
        (7, "title", Words::typed("", "", "A text.", "", "")),
        (8, "body", Words::typed("A title", "", " \n ", "", "")),
    ] {
        let saved = desk.save(desk.people.editor, &Save { words, ..a_statement(number) }).await.unwrap();
        problem_with(field, desk.publish(&saved, english(), None).await);
        assert!(matches!(desk.read(number, english()).await, Found::Nothing));
    }
}

#[actix_web::test]
async fn nothing_goes_out_twice() {
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(7)).await;
    let why = conflict(desk.publish(&saved, english(), Some("Once more.")).await);
    assert!(why.contains("nothing here"), "{why}");
    assert_eq!(desk.text(7, english()).await.n(), 1);
}

#[actix_web::test]
async fn a_public_text_changes_only_with_a_note() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&a_statement(7)).await;
    let second = desk.save(desk.people.editor, &next(&first, "Corrected")).await.unwrap();
    let by = desk.people.publisher;
    problem_with("change_kind", desk.publish(&second, english(), None).await);
    for kind in [ChangeKind::Correction, ChangeKind::Update, ChangeKind::Retraction] {
        let silent = Some((kind, String::new()));
        problem_with("change_note", desk.publish_as(by, &second, english(), silent).await);
    }
    problem_with("change_note", desk.publish(&second, english(), Some(&"x".repeat(2001))).await);
    assert_eq!(desk.text(7, english()).await.title(), "Statement 7");

    desk.wait(60);
    desk.publish(&second, english(), Some("The title was wrong.")).await.done();
    let text = desk.text(7, english()).await;
    assert_eq!((text.title(), text.n(), text.published_at()), ("Corrected", 2, desk.now));
    let notes = changes::of(&mut desk.conn, &text).await.unwrap().notes;
    assert_eq!(notes.len(), 1);
    assert_eq!((notes[0].kind, notes[0].note.as_str()), (ChangeKind::Correction, "The title was wrong."));
    assert_eq!(notes[0].published_at, desk.now);
}

#[actix_web::test]
async fn a_small_fix_needs_no_note_and_shows_none() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&a_statement(7)).await;
    let second = desk.save(desk.people.editor, &next(&first, "Statement Seven")).await.unwrap();
    let fix = Some((ChangeKind::SmallFix, String::new()));
    desk.publish_as(desk.people.publisher, &second, english(), fix).await.done();
    let text = desk.text(7, english()).await;
    assert_eq!((text.title(), text.n()), ("Statement Seven", 2));
    assert!(changes::of(&mut desk.conn, &text).await.unwrap().notes.is_empty());
}

#[actix_web::test]
async fn the_first_publication_is_remembered() {
    let mut desk = Desk::open().await;
    let begun = desk.now;
    let first = desk.put_on_record(&a_statement(7)).await;
    desk.wait(600);
    let second = desk.save(desk.people.editor, &next(&first, "Corrected")).await.unwrap();
    desk.publish(&second, english(), Some("Corrected.")).await.done();
    desk.withdraw(&second, english()).await.done();
    desk.reinstate(&second, english()).await.done();
    assert_eq!(desk.translation(first.statement, english()).await.first_published_at, Some(begun));
}

#[actix_web::test]
async fn every_version_has_a_digest_of_its_own() {
    let mut desk = Desk::open().await;
    let one = desk.put_on_record(&a_statement(7)).await;
    let two = desk.save(desk.people.editor, &next(&one, "Other words")).await.unwrap();
    desk.publish(&two, english(), Some("Other words.")).await.done();
    // The same words again, as a third version: what it says is not what the first said.
    let three = desk.save(desk.people.editor, &next(&two, "Statement 7")).await.unwrap();
    desk.publish(&three, english(), Some("As before.")).await.done();
    let mut digests: Vec<Vec<u8>> =
        versions::table.select(versions::digest).load(&mut desk.conn).await.unwrap();
    assert!(digests.iter().all(|digest| digest.len() == 32));
    digests.sort();
    digests.dedup();
    assert_eq!(digests.len(), 3);
}
