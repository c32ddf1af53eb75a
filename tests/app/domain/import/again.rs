//! The same file again, a changed one, and what the desk did in between.

use onrecord::domain::interchange::Outcome;
use onrecord::domain::outcome::Change;
use onrecord::domain::statements::commands::{self, Save};
use onrecord::domain::statements::{Kind, store};

use super::{add, file, import, import_one, original, topics_of, versions, why};
use crate::support::cast::{a_statement, english, simplified, words};
use crate::support::desk::Desk;

#[actix_web::test]
async fn the_same_file_again_changes_nothing() {
    let mut desk = Desk::open().await;
    let files = [original(2800, "en", ""), file(2800, "zh-Hans", "")];
    add(&mut desk, &files).await;
    desk.wait(60);
    let report = import(&mut desk, &files).await;
    assert_eq!(report.count(|outcome| *outcome == Outcome::Unchanged), 2, "{report:?}");
    assert_eq!(report.change, Change::Unseen);
    // Neither does a file that only looks different.
    let mut windows = files[0].clone();
    windows.bytes =
        [&b"\xEF\xBB\xBF"[..], String::from_utf8(windows.bytes).unwrap().replace('\n', "\r\n").as_bytes()]
            .concat();
    assert_eq!(import_one(&mut desk, &windows).await.outcome, Outcome::Unchanged);
    assert_eq!(versions(&mut desk, 2800, english()).await, 1);
}

#[actix_web::test]
async fn a_changed_file_of_a_draft_is_a_new_revision() {
    let mut desk = Desk::open().await;
    add(&mut desk, &[original(2800, "en", "status: draft")]).await;
    desk.wait(60);
    let changed = original(2800, "en", "status: draft\ntitle: Another\nkind: report\ntopics: [children]");
    assert_eq!(import_one(&mut desk, &changed).await.outcome, Outcome::Changed);
    let statement = store::by_number(&mut desk.conn, 2800).await.unwrap().unwrap();
    assert_eq!(statement.kind, Kind::Report);
    let latest = desk.translation(statement.id, english()).await.latest_revision_id.unwrap();
    assert_eq!(store::words(&mut desk.conn, latest).await.unwrap().title, "Another");
    assert_eq!(topics_of(&mut desk, 2800).await.len(), 1);
}

#[actix_web::test]
async fn a_changed_file_of_a_public_text_needs_a_note() {
    let mut desk = Desk::open().await;
    add(&mut desk, &[original(2800, "en", "")]).await;
    desk.wait(60);
    let entry = import_one(&mut desk, &original(2800, "en", "title: Another")).await;
    assert!(why(&entry).contains("change_kind"), "{entry}");
    assert_eq!(desk.text(2800, english()).await.title(), "A title");

    let noted = original(2800, "en", "title: Another\nchange_kind: correction\nchange_note: The title.");
    assert_eq!(import_one(&mut desk, &noted).await.outcome, Outcome::Changed);
    let text = desk.text(2800, english()).await;
    assert_eq!((text.title(), text.n()), ("Another", 2));

    let again = original(2800, "en", "title: A new one\nchange_kind: correction\nchange_note: The title.");
    let entry = import_one(&mut desk, &again).await;
    assert_eq!((entry.outcome, entry.remarks.len()), (Outcome::Changed, 1), "the note is an old one");

    let small = original(2800, "en", "title: A third\nchange_kind: small-fix");
    assert_eq!(import_one(&mut desk, &small).await.outcome, Outcome::Changed);
    assert_eq!(desk.text(2800, english()).await.n(), 4);
}

#[actix_web::test]
async fn a_changed_date_goes_out_in_every_language() {
    let mut desk = Desk::open().await;
    let translation = file(2800, "zh-Hans", "");
    add(&mut desk, &[original(2800, "en", ""), translation.clone()]).await;
    desk.wait(60);
    let change = "original: true\nissued_on: 1998\nchange_kind: correction\nchange_note: The year.";
    let report = import(&mut desk, &[file(2800, "en", change), translation]).await;
    assert!(report.all_well(), "{report:?}");
    for locale in [english(), simplified()] {
        let text = desk.text(2800, locale).await;
        assert_eq!((text.issued().iso().as_str(), text.n()), ("1998", 2), "{locale}");
    }
}

#[actix_web::test]
async fn what_the_desk_has_touched_is_left_alone() {
    let mut desk = Desk::open().await;
    add(&mut desk, &[original(2800, "en", "")]).await;
    let statement = store::by_number(&mut desk.conn, 2800).await.unwrap().unwrap();
    let translation = desk.translation(statement.id, english()).await;
    let save = Save {
        statement: Some(statement.id),
        based_on: translation.latest_revision_id,
        words: words("By hand"),
        ..a_statement(2800)
    };
    desk.wait(60);
    let editor = desk.people.editor;
    desk.save(editor, &save).await.unwrap();

    let changed = original(2800, "en", "title: Another\nchange_kind: small-fix");
    let entry = import_one(&mut desk, &changed).await;
    assert!(why(&entry).contains("left alone: the desk has changed this text"), "{entry}");
    let latest = desk.translation(statement.id, english()).await.latest_revision_id.unwrap();
    assert_eq!(store::words(&mut desk.conn, latest).await.unwrap().title, "By hand");
}

#[actix_web::test]
async fn topics_that_the_desk_has_chosen_since_are_kept() {
    let mut desk = Desk::open().await;
    add(&mut desk, &[original(2800, "en", "topics: [children]")]).await;
    let statement = store::by_number(&mut desk.conn, 2800).await.unwrap().unwrap();
    let other = desk.topic(1).await;
    desk.wait(60);
    let editor = desk.people.editor;
    let _ = commands::file_under(&mut desk.conn, editor, statement.id, &[other], desk.now).await.unwrap();

    desk.wait(60);
    let changed = "topics: [children]\ntitle: Another\nchange_kind: small-fix";
    let entry = import_one(&mut desk, &original(2800, "en", changed)).await;
    assert!(why(&entry).contains("facts of its own (topics: the file has children"), "{entry}");
    assert_eq!(topics_of(&mut desk, 2800).await, [1]);
}

#[actix_web::test]
async fn a_number_of_the_desk_is_not_imported_over() {
    let mut desk = Desk::open().await;
    desk.put_on_record(&a_statement(2800)).await;
    let entry = import_one(&mut desk, &original(2800, "en", "")).await;
    assert!(why(&entry).contains("2800.en.md:2: number: number 2800 is on the desk already"), "{entry}");
}

#[actix_web::test]
async fn a_text_that_got_another_number_is_not_imported_again() {
    let mut desk = Desk::open().await;
    add(&mut desk, &[original(2800, "en", "status: draft")]).await;
    let statement = store::by_number(&mut desk.conn, 2800).await.unwrap().unwrap();
    let based_on = desk.translation(statement.id, english()).await.latest_revision_id;
    let save = Save { statement: Some(statement.id), based_on, ..a_statement(2801) };
    let editor = desk.people.editor;
    desk.save(editor, &save).await.unwrap();
    let entry = import_one(&mut desk, &original(2800, "en", "status: draft\ntitle: Another")).await;
    assert!(why(&entry).contains("another number"), "{entry}");
}

#[actix_web::test]
async fn a_file_that_names_a_merged_topic_is_filed_under_the_one_that_stays() {
    let mut desk = Desk::open().await;
    let old = original(1, "en", "topics: [torture]\n");
    add(&mut desk, std::slice::from_ref(&old)).await;
    let (torture, brutality) = (desk.topic(116).await, desk.topic(90).await);
    let (by, now) = (desk.people.editor, desk.now);
    let _ = onrecord::domain::filing::merge(&mut desk.conn, by, torture, brutality, now).await.unwrap();
    assert_eq!(import_one(&mut desk, &old).await.outcome, Outcome::Unchanged);
    for (number, word) in [(2, "torture"), (3, "酷刑"), (4, "TORTURE"), (5, "police-brutality")] {
        add(&mut desk, &[original(number, "en", &format!("topics: [{word}]\n"))]).await;
        assert_eq!(topics_of(&mut desk, number).await, [90], "{word}");
    }
    assert_eq!(topics_of(&mut desk, 1).await, [90]);
}
