//! One earlier version is closed by itself: its number, its date and the reason stay.

use onrecord::domain::policy::Actor;
use onrecord::domain::statements::changes;
use onrecord::domain::statements::commands::{self, OneVersion, Save, Saved};
use onrecord::domain::statements::lists::{self, Period};
use onrecord::domain::statements::versions::{self, FoundVersion};

use crate::support::cast::{a_statement, english, words};
use crate::support::counted;
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, forbidden, not_found, problem_with};

/// Statement 7 in three versions: Statement 7, Second, Third.
async fn in_three_versions(desk: &mut Desk) -> Saved {
    let mut saved = desk.put_on_record(&a_statement(7)).await;
    for title in ["Second", "Third"] {
        let save = Save {
            statement: Some(saved.statement),
            based_on: Some(saved.revision),
            words: words(title),
            ..a_statement(7)
        };
        saved = desk.save(desk.people.editor, &save).await.unwrap();
        desk.publish(&saved, english(), Some(&format!("{title}, and why."))).await.done();
    }
    saved
}

async fn close(
    desk: &mut Desk,
    by: Actor,
    saved: &Saved,
    n: i32,
) -> Result<onrecord::domain::outcome::Change, onrecord::domain::outcome::Refused> {
    let version = OneVersion { statement: saved.statement, locale: english(), n };
    commands::close_version(&mut desk.conn, by, version, "A name is at risk.", desk.now).await
}

async fn reopen(
    desk: &mut Desk,
    saved: &Saved,
    n: i32,
) -> Result<onrecord::domain::outcome::Change, onrecord::domain::outcome::Refused> {
    let version = OneVersion { statement: saved.statement, locale: english(), n };
    commands::reopen_version(&mut desk.conn, desk.people.publisher, version, desk.now).await
}

async fn found(desk: &mut Desk, n: i32) -> FoundVersion {
    versions::by_number(&mut desk.conn, 7, english(), n).await.unwrap()
}

#[actix_web::test]
async fn every_version_can_be_read_as_it_was() {
    let mut desk = Desk::open().await;
    in_three_versions(&mut desk).await;
    for (n, title) in [(1, "Statement 7"), (2, "Second"), (3, "Third")] {
        let FoundVersion::Here(version) = found(&mut desk, n).await else { panic!("version {n}") };
        assert_eq!((version.n(), version.title(), version.is_todays()), (n, title, n == 3));
        assert!(version.body().as_str().contains(title));
    }
    assert!(matches!(found(&mut desk, 4).await, FoundVersion::Nothing));
}

#[actix_web::test]
async fn a_closed_version_leaves_number_date_and_reason_and_comes_back() {
    let mut desk = Desk::open().await;
    let saved = in_three_versions(&mut desk).await;
    let by = desk.people.publisher;
    close(&mut desk, by, &saved, 2).await.done();
    let FoundVersion::Closed(line) = found(&mut desk, 2).await else { panic!() };
    assert_eq!((line.n, line.note()), (2, ""));
    assert_eq!(line.closed(), Some(("2026-03-02".parse().unwrap(), "A name is at risk.")));
    assert!(matches!(found(&mut desk, 1).await, FoundVersion::Here(_)), "the others stay");

    // Its note is gone wherever it stood, and its place is kept.
    let text = desk.text(7, english()).await;
    let notes = changes::of(&mut desk.conn, &text).await.unwrap().notes;
    assert_eq!(notes.iter().map(|note| note.note.as_str()).collect::<Vec<_>>(), ["Third, and why.", ""]);
    let listed = lists::changes(&mut desk.conn, english(), Period::All, None).await.unwrap();
    let told: Vec<_> = listed.entries.iter().map(|entry| entry.change_note.as_str()).collect();
    assert_eq!(told, ["Third, and why.", ""]);
    assert!(listed.entries[1].closed().is_some());
    let (lines, _) = versions::list(&mut desk.conn, &text, None).await.unwrap();
    assert_eq!(
        lines.iter().map(|line| (line.n, line.closed().is_some())).collect::<Vec<_>>(),
        [(3, false), (2, true), (1, false)]
    );
    counted::assert_right(&mut desk.conn).await;

    reopen(&mut desk, &saved, 2).await.done();
    assert!(matches!(found(&mut desk, 2).await, FoundVersion::Here(_)));
    let listed = lists::changes(&mut desk.conn, english(), Period::All, None).await.unwrap();
    assert_eq!(listed.entries[1].change_note, "Second, and why.");
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn what_readers_have_today_is_not_closed_by_itself() {
    let mut desk = Desk::open().await;
    let saved = in_three_versions(&mut desk).await;
    let by = desk.people.publisher;
    let why = conflict(close(&mut desk, by, &saved, 3).await);
    assert!(why.contains("Publish a correction first") && why.contains("withdraw"), "{why}");
    desk.withdraw(&saved, english()).await.done();
    conflict(close(&mut desk, by, &saved, 3).await);
    // An earlier one can be closed meanwhile, and does not come back with the rest.
    close(&mut desk, by, &saved, 1).await.done();
    assert!(matches!(found(&mut desk, 1).await, FoundVersion::Gone(_)));
    desk.reinstate(&saved, english()).await.done();
    assert!(matches!(found(&mut desk, 1).await, FoundVersion::Closed(_)));
    assert!(matches!(found(&mut desk, 3).await, FoundVersion::Here(_)));
}

#[actix_web::test]
async fn it_takes_a_publisher_a_reason_and_a_version_that_is_open() {
    let mut desk = Desk::open().await;
    let saved = in_three_versions(&mut desk).await;
    let (editor, publisher) = (desk.people.editor, desk.people.publisher);
    forbidden(close(&mut desk, editor, &saved, 1).await);
    let version = OneVersion { statement: saved.statement, locale: english(), n: 1 };
    for reason in ["", &"x".repeat(2001)] {
        let refused = commands::close_version(&mut desk.conn, publisher, version, reason, desk.now).await;
        problem_with("reason", refused);
    }
    not_found(close(&mut desk, publisher, &saved, 4).await);
    conflict(reopen(&mut desk, &saved, 1).await);
    close(&mut desk, publisher, &saved, 1).await.done();
    let why = conflict(close(&mut desk, publisher, &saved, 1).await);
    assert_eq!(why, "Version 1 is closed already.");
}

#[actix_web::test]
async fn all_versions_of_a_withdrawn_text_are_gone_with_it() {
    let mut desk = Desk::open().await;
    let saved = in_three_versions(&mut desk).await;
    desk.withdraw(&saved, english()).await.done();
    for n in 1..=3 {
        let FoundVersion::Gone(gone) = found(&mut desk, n).await else { panic!("version {n}") };
        assert_eq!(gone.withdrawn.unwrap().0, "Third");
        assert_eq!(gone.reason, "A name is at risk.");
    }
    assert!(matches!(found(&mut desk, 4).await, FoundVersion::Nothing), "it never was there");
    let listed = lists::changes(&mut desk.conn, english(), Period::All, None).await.unwrap();
    assert!(listed.entries.is_empty() && listed.overview.total == 0);
}
