//! The list of corrections, updates and retractions.

use diesel_async::{AsyncConnection as _, SimpleAsyncConnection as _};
use onrecord::domain::statements::commands::{Save, Saved};
use onrecord::domain::statements::lists::{self, ChangeListing, Period};
use onrecord::domain::statements::{ChangeKind, lists as keeping};
use onrecord::i18n::Locale;

use crate::support::cast::{a_statement, english, simplified, words};
use crate::support::counted;
use crate::support::desk::Desk;
use crate::support::refusals::Done as _;

async fn read(desk: &mut Desk, locale: Locale, period: Period) -> ChangeListing {
    lists::changes(&mut desk.conn, locale, period, None).await.unwrap()
}

/// Publishes a change over a text.
async fn change(desk: &mut Desk, of: &Saved, number: i64, kind: ChangeKind, note: &str) -> Saved {
    let save = Save {
        statement: Some(of.statement),
        based_on: Some(of.revision),
        words: words(&format!("Statement {number}, {note}")),
        ..a_statement(number)
    };
    let saved = desk.save(desk.people.editor, &save).await.unwrap();
    desk.publish_as(desk.people.publisher, &saved, english(), Some((kind, note.to_owned()))).await.done();
    saved
}

#[actix_web::test]
async fn it_has_all_but_small_fixes_newest_first_by_language() {
    let mut desk = Desk::open().await;
    let (one, two) = (desk.put_on_record(&a_statement(1)).await, desk.put_on_record(&a_statement(2)).await);
    let one = change(&mut desk, &one, 1, ChangeKind::Correction, "first").await;
    desk.wait(60 * 24 * 400);
    let one = change(&mut desk, &one, 1, ChangeKind::SmallFix, "").await;
    change(&mut desk, &two, 2, ChangeKind::Retraction, "second").await;
    desk.wait(60 * 24);
    change(&mut desk, &one, 1, ChangeKind::Update, "third").await;
    let list = read(&mut desk, english(), Period::All).await;
    let told: Vec<_> =
        list.entries.iter().map(|e| (e.number, e.change_kind, e.change_note.as_str())).collect();
    assert_eq!(
        told,
        [
            (1, ChangeKind::Update, "third"),
            (2, ChangeKind::Retraction, "second"),
            (1, ChangeKind::Correction, "first")
        ]
    );
    assert!(list.entries[2].title.ends_with("third"), "the title is today's");
    assert_eq!(list.overview.parts, [(Period::Year(2027), 2), (Period::Year(2026), 1)]);
    let year = read(&mut desk, english(), Period::Year(2027)).await;
    assert_eq!((year.overview.total, year.entries.len()), (2, 2));
    let chinese = read(&mut desk, simplified(), Period::All).await;
    assert!(chinese.entries.is_empty() && chinese.overview.total == 0);
    assert_eq!(chinese.overview.elsewhere, [(english(), 3)]);
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn only_of_texts_that_are_public_now() {
    let mut desk = Desk::open().await;
    let one = desk.put_on_record(&a_statement(1)).await;
    let one = change(&mut desk, &one, 1, ChangeKind::Correction, "first").await;
    desk.withdraw(&one, english()).await.done();
    let list = read(&mut desk, english(), Period::All).await;
    assert!(list.entries.is_empty() && list.overview.total == 0);
    assert!(read(&mut desk, english(), Period::Year(2026)).await.overview.is_known, "its address stays");
    desk.reinstate(&one, english()).await.done();
    assert_eq!(read(&mut desk, english(), Period::All).await.entries.len(), 1);
    counted::assert_right(&mut desk.conn).await;
}

/// As if statements had been corrected many times on one day.
async fn many(desk: &mut Desk, statements: i64, times: i64) {
    for number in 1..=statements {
        let saved = desk.put_on_record(&a_statement(number)).await;
        let copies = format!(
            "insert into versions (translation_id, n, revision_id, kind, issued_on, issued_precision, change_kind,
                 change_note, body_html, published_at, digest)
             select translation_id, n + i, revision_id, kind, issued_on, issued_precision, 'correction', 'Again.', '',
                 published_at, digest
               from versions, generate_series(1, {times}) i where revision_id = {}",
            saved.revision
        );
        let outcome = desk.conn.transaction(async |conn| {
            keeping::take_down(conn, saved.statement).await?;
            conn.batch_execute(&copies).await?;
            keeping::put_up(conn, saved.statement).await
        });
        outcome.await.unwrap();
    }
}

#[actix_web::test]
async fn every_entry_of_a_long_day_can_be_reached() {
    let mut desk = Desk::open().await;
    many(&mut desk, 9, 30).await;
    let all = read(&mut desk, english(), Period::All).await;
    assert_eq!((all.entries.len(), all.overview.total, all.goes_on_below), (100, 270, None));
    let day = Period::Day(2026, 3, 2);
    assert_eq!(read(&mut desk, english(), Period::Month(2026, 3)).await.overview.parts, [(day, 270)]);
    let (mut below, mut seen) = (None, Vec::new());
    loop {
        let page = lists::changes(&mut desk.conn, english(), day, below).await.unwrap();
        assert!(page.entries.len() <= lists::MOST);
        seen.extend(page.entries.iter().map(|entry| (entry.number, entry.n)));
        match page.goes_on_below {
            Some(number) => below = Some(number),
            None => break,
        }
    }
    assert_eq!(seen.len(), 270);
    let mut unique = seen.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), 270);
    counted::assert_right(&mut desk.conn).await;
}
