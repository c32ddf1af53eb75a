//! Several people publish at the same time: nobody is sent away, and the counts are right.

use futures_util::future::{join, join_all};
use onrecord::domain::outcome::{Change, Refused};
use onrecord::domain::policy::Actor;
use onrecord::domain::statements::commands::{self, Publication, Save, Saved};
use onrecord::domain::statements::{ChangeKind, store};
use onrecord::i18n::Locale;
use onrecord::infra::db::Connection;

use super::dated;
use crate::support::cast::{a_statement, english, simplified, words};
use crate::support::counted;
use crate::support::desk::Desk;

/// Saves and publishes on a connection of its own.
async fn publish(
    conn: &mut Connection,
    desk: &Desk,
    save: Save,
    change: Option<&str>,
) -> Result<Change, Refused> {
    let (by, now): (Actor, _) = (desk.people.administrator, desk.now);
    let locale = save.locale;
    let Saved { statement, revision, .. } = commands::save(conn, by, save, now).await?;
    let change = change.map(|note| (ChangeKind::Correction, note.to_owned()));
    let publication = Publication { statement, locale, revision, change, announced: true };
    commands::publish(conn, by, publication, now).await
}

#[actix_web::test]
async fn many_statements_go_out_at_once() {
    let mut desk = Desk::open().await;
    let topics = [desk.topic(1).await, desk.topic(2).await, desk.topic(3).await];
    let one = |n: i64| {
        let desk = &desk;
        let at = usize::try_from(n).unwrap();
        let topics = vec![topics[at % 3], topics[(at + 1) % 3]];
        let on = ["1997-11-16", "1998-01", "1997", "1999-05-05"][at % 4];
        async move {
            let mut conn = desk.db.connection().await;
            publish(&mut conn, desk, Save { topics, ..dated(n, on) }, None).await
        }
    };
    for result in join_all((1..=24).map(one)).await {
        assert!(matches!(result.unwrap(), Change::Statement(_)));
    }
    counted::assert_right(&mut desk.conn).await;
}

/// Each changes the rows that the other holds, in the opposite direction.
#[actix_web::test]
async fn two_that_change_places_do_not_lock_each_other_out() {
    let mut desk = Desk::open().await;
    let (years, by) = (["1997-11-16", "1998-11-16"], desk.people.editor);
    let mut texts =
        [desk.put_on_record(&dated(1, years[0])).await, desk.put_on_record(&dated(2, years[1])).await];
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    for round in 1..=12_usize {
        let mut next = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            let save = Save {
                statement: Some(text.statement),
                based_on: Some(text.revision),
                words: words(&format!("Round {round}")),
                ..dated(at as i64 + 1, years[(round + at) % 2])
            };
            next.push(desk.save(by, &save).await.unwrap());
        }
        let publication = |saved: &Saved| Publication {
            statement: saved.statement,
            locale: english(),
            revision: saved.revision,
            change: Some((ChangeKind::Correction, "Another year.".to_owned())),
            announced: true,
        };
        let (publisher, now) = (desk.people.publisher, desk.now);
        let (first, second) = join(
            commands::publish(&mut one, publisher, publication(&next[0]), now),
            commands::publish(&mut two, publisher, publication(&next[1]), now),
        )
        .await;
        assert_eq!(first.unwrap(), Change::Statement(next[0].statement), "round {round}");
        assert_eq!(second.unwrap(), Change::Statement(next[1].statement), "round {round}");
        texts = [next[0], next[1]];
    }
    counted::assert_right(&mut desk.conn).await;
}

/// One statement gets a language while another one of the same date loses it.
#[actix_web::test]
async fn a_language_comes_here_and_goes_there() {
    let mut desk = Desk::open().await;
    let chinese = |statement| Save {
        statement: Some(statement),
        locale: simplified(),
        words: words("中文"),
        ..a_statement(0)
    };
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    for pair in 0..6 {
        let (first, second) = (2 * pair + 1, 2 * pair + 2);
        let gains = desk.put_on_record(&a_statement(first)).await;
        let loses = desk.put_on_record(&a_statement(second)).await;
        let facts = |number| a_statement(number).facts;
        desk.put_on_record(&Save { facts: facts(second), ..chinese(loses.statement) }).await;
        let save = Save { facts: facts(first), ..chinese(gains.statement) };
        let locale: Locale = simplified();
        let (publisher, now) = (desk.people.publisher, desk.now);
        let (come, gone) = join(
            publish(&mut one, &desk, save, None),
            commands::withdraw(&mut two, publisher, loses.statement, locale, "So.", now),
        )
        .await;
        assert!(come.is_ok() && gone.is_ok(), "pair {pair}: {come:?}, {gone:?}");
    }
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn samples_go_while_others_work_on_them() {
    let mut desk = Desk::open().await;
    for number in 1..=6 {
        desk.put_on_record(&Save { is_sample: true, ..a_statement(number) }).await;
    }
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    let last = store::by_number(&mut desk.conn, 6).await.unwrap().unwrap().id;
    let (administrator, now) = (desk.people.administrator, desk.now);
    let (removed, withdrawn) = join(
        commands::remove_samples(&mut one, administrator, now),
        commands::withdraw(&mut two, administrator, last, english(), "So.", now),
    )
    .await;
    assert_eq!(removed.unwrap(), Change::Everything);
    assert!(matches!(withdrawn, Ok(_) | Err(Refused::Conflict(_))), "{withdrawn:?}");
    counted::assert_right(&mut desk.conn).await;
}
