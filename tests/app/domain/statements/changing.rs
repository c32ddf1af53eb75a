//! Changing the facts of a public statement: every public language says so, with one note.

use onrecord::domain::outcome::Change;
use onrecord::domain::statements::changes;
use onrecord::domain::statements::commands::{self, Save, Saved};
use onrecord::domain::statements::draft::Facts;
use onrecord::domain::statements::published::{self, Found};
use onrecord::domain::statements::{ChangeKind, Kind};

use crate::support::cast::{a_statement, english, issued, simplified, traditional, words};
use crate::support::counted;
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, problem_with};

/// Statement 7, public in English and Simplified Chinese.
async fn in_two_languages(desk: &mut Desk) -> (Saved, Saved) {
    let english = desk.put_on_record(&a_statement(7)).await;
    let chinese = Save {
        statement: Some(english.statement),
        locale: simplified(),
        words: words("第七号"),
        ..a_statement(7)
    };
    let chinese = desk.put_on_record(&chinese).await;
    (english, chinese)
}

fn moved_to_1998(saved: &Saved) -> Save {
    Save {
        statement: Some(saved.statement),
        based_on: Some(saved.revision),
        facts: Facts { number: 7, kind: Kind::Testimony, issued: issued("1998-05") },
        ..a_statement(7)
    }
}

#[actix_web::test]
async fn new_facts_go_out_in_every_public_language() {
    let mut desk = Desk::open().await;
    let (first, _) = in_two_languages(&mut desk).await;
    let moved = desk.save(desk.people.editor, &moved_to_1998(&first)).await.unwrap();
    assert_eq!(moved.revision, first.revision, "the words are the same");
    problem_with("change_kind", desk.publish(&moved, english(), None).await);
    desk.wait(5);
    desk.publish(&moved, english(), Some("It is of May 1998.")).await.done();
    for (locale, title) in [(english(), "Statement 7"), (simplified(), "第七号")] {
        let text = desk.text(7, locale).await;
        assert_eq!((text.title(), text.n()), (title, 2));
        assert_eq!((text.kind(), text.issued()), (Kind::Testimony, issued("1998-05")));
        let notes = changes::of(&mut desk.conn, &text).await.unwrap().notes;
        assert_eq!((notes.len(), notes[0].kind), (1, ChangeKind::Correction));
        assert_eq!((notes[0].note.as_str(), notes[0].published_at), ("It is of May 1998.", desk.now));
    }
}

#[actix_web::test]
async fn another_language_goes_out_as_it_was_public_and_not_as_the_desk_has_it() {
    let mut desk = Desk::open().await;
    let (first, chinese) = in_two_languages(&mut desk).await;
    let unfinished = Save {
        statement: Some(chinese.statement),
        based_on: Some(chinese.revision),
        locale: simplified(),
        words: words("还没写完"),
        ..a_statement(7)
    };
    let unfinished = desk.save(desk.people.editor, &unfinished).await.unwrap();
    let moved = desk.save(desk.people.editor, &moved_to_1998(&first)).await.unwrap();
    desk.publish(&moved, english(), Some("It is of May 1998.")).await.done();
    let text = desk.text(7, simplified()).await;
    assert_eq!((text.title(), text.issued()), ("第七号", issued("1998-05")));
    desk.publish(&unfinished, simplified(), Some("A better translation.")).await.done();
    assert_eq!(desk.text(7, simplified()).await.title(), "还没写完");
}

#[actix_web::test]
async fn a_first_translation_with_new_facts_needs_the_note_for_the_others() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&a_statement(7)).await;
    let chinese =
        Save { locale: traditional(), based_on: None, words: words("第七號"), ..moved_to_1998(&first) };
    let chinese = desk.save(desk.people.editor, &chinese).await.unwrap();
    problem_with("change_kind", desk.publish(&chinese, traditional(), None).await);
    desk.publish(&chinese, traditional(), Some("It is of May 1998.")).await.done();
    let new = desk.text(7, traditional()).await;
    assert_eq!((new.n(), new.issued()), (1, issued("1998-05")));
    let old = desk.text(7, english()).await;
    assert_eq!((old.n(), old.issued()), (2, issued("1998-05")));
    assert_eq!(changes::of(&mut desk.conn, &old).await.unwrap().notes.len(), 1);
    assert!(changes::of(&mut desk.conn, &new).await.unwrap().notes.is_empty());
}

#[actix_web::test]
async fn a_translation_with_the_same_facts_changes_nothing_beside_it() {
    let mut desk = Desk::open().await;
    in_two_languages(&mut desk).await;
    assert_eq!(desk.text(7, english()).await.n(), 1);
}

#[actix_web::test]
async fn a_withdrawn_language_does_not_come_back_with_new_facts() {
    let mut desk = Desk::open().await;
    let (first, chinese) = in_two_languages(&mut desk).await;
    desk.withdraw(&chinese, simplified()).await.done();
    let moved = desk.save(desk.people.editor, &moved_to_1998(&first)).await.unwrap();
    desk.publish(&moved, english(), Some("It is of May 1998.")).await.done();
    assert!(matches!(desk.read(7, simplified()).await, Found::Gone(_)));
    conflict(desk.publish(&chinese, simplified(), Some("Back.")).await);
}

#[actix_web::test]
async fn a_reinstated_language_catches_up_with_the_others() {
    let mut desk = Desk::open().await;
    let (first, chinese) = in_two_languages(&mut desk).await;
    desk.withdraw(&chinese, simplified()).await.done();
    let moved = desk.save(desk.people.editor, &moved_to_1998(&first)).await.unwrap();
    desk.publish(&moved, english(), Some("It is of May 1998.")).await.done();
    desk.reinstate(&chinese, simplified()).await.done();
    let text = desk.text(7, simplified()).await;
    assert_eq!((text.title(), text.n()), ("第七号", 2));
    assert_eq!((text.kind(), text.issued()), (Kind::Testimony, issued("1998-05")));
    let notes = changes::of(&mut desk.conn, &text).await.unwrap().notes;
    assert_eq!(notes[0].note, "It is of May 1998.");
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn topics_take_effect_at_once() {
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(7)).await;
    let (one, two) = (desk.topic(1).await, desk.topic(2).await);
    let editor = desk.people.editor;
    let change =
        commands::file_under(&mut desk.conn, editor, saved.statement, &[two, one, two], desk.now).await;
    assert_eq!(change.unwrap(), Change::Statement(saved.statement));
    let filed = published::topics_of(&mut desk.conn, saved.statement, english()).await.unwrap();
    assert_eq!(filed.len(), 2);
    let again = commands::file_under(&mut desk.conn, editor, saved.statement, &[one, two], desk.now).await;
    assert_eq!(again.unwrap(), Change::Unseen);
    let save = Save {
        statement: Some(saved.statement),
        based_on: Some(saved.revision),
        topics: vec![one],
        ..a_statement(7)
    };
    let saved = desk.save(editor, &save).await.unwrap();
    assert_eq!(saved.change, Change::Statement(saved.statement));
    let filed = published::topics_of(&mut desk.conn, saved.statement, english()).await.unwrap();
    assert_eq!(filed.len(), 1);
    let unknown = onrecord::domain::ids::TopicId(4711);
    let refused = commands::file_under(&mut desk.conn, editor, saved.statement, &[unknown], desk.now).await;
    problem_with("topics", refused);
}
