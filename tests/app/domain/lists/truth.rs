//! Whatever is done in whatever order, the counts are what counting would give.

use onrecord::domain::ids::TopicId;
use onrecord::domain::outcome::Refused;
use onrecord::domain::statements::commands::{self, Save, Saved};
use onrecord::domain::statements::draft::Facts;
use onrecord::domain::statements::{Kind, store};
use onrecord::i18n::Locale;

use crate::support::cast::{a_statement, english, issued, simplified, traditional, words};
use crate::support::chance::Chance;
use crate::support::counted;
use crate::support::desk::Desk;

const STATEMENTS: u64 = 8;
const MOVES: u64 = 160;
const DATES: [&str; 6] = ["1997-11-16", "1997-11-17", "1997-11", "1997-01-01", "1997", "1998-06-04"];

/// One thing that somebody does, by chance; `true` where it came about.
async fn something(desk: &mut Desk, chance: &mut Chance, topics: &[TopicId]) -> bool {
    let number = i64::try_from(1 + chance.below(STATEMENTS)).unwrap();
    let locale = chance.of(&[english(), simplified(), traditional()]);
    let by = desk.people.publisher;
    let Some(statement) = store::by_number(&mut desk.conn, number).await.unwrap() else {
        return publish(desk, chance, number, locale, None).await;
    };
    let id = statement.id;
    let result = match chance.below(6) {
        0 => commands::withdraw(&mut desk.conn, by, id, locale, "So.", desk.now).await,
        1 => commands::reinstate(&mut desk.conn, by, id, locale, desk.now).await,
        2 => {
            let wanted = [chance.of(topics), chance.of(topics)];
            commands::file_under(&mut desk.conn, by, id, &wanted[..chance.below(3) as usize], desk.now).await
        }
        _ => return publish(desk, chance, number, locale, Some(statement)).await,
    };
    match result {
        Ok(_) => true,
        Err(Refused::Conflict(_) | Refused::NotFound) => false,
        Err(other) => panic!("{other}"),
    }
}

/// Saves new words, and now and then other facts, and publishes them.
async fn publish(
    desk: &mut Desk,
    chance: &mut Chance,
    number: i64,
    locale: Locale,
    statement: Option<store::Statement>,
) -> bool {
    let by = desk.people.publisher;
    let mut facts = statement.as_ref().map_or(a_statement(number).facts, store::Statement::facts);
    if chance.below(2) == 0 {
        let kind = chance.of(&[Kind::Statement, Kind::Report]);
        facts = Facts { kind, issued: issued(chance.of(&DATES)), number };
    }
    let id = statement.map(|statement| statement.id);
    let (mut based_on, mut topics) = (None, Vec::new());
    if let Some(id) = id {
        let text = store::translation(&mut desk.conn, id, locale).await.unwrap();
        based_on = text.and_then(|text| text.latest_revision_id);
        topics = onrecord::domain::topics::index::of_statement(&mut desk.conn, id).await.unwrap();
    }
    let words = words(&format!("Take {}", chance.below(1_000_000)));
    let save = Save { statement: id, locale, based_on, facts, words, topics, is_sample: false };
    let saved: Saved = desk.save(by, &save).await.unwrap();
    match desk.publish(&saved, locale, Some("It changed.")).await {
        Ok(_) => true,
        Err(Refused::Conflict(_)) => false,
        Err(other) => panic!("{other}"),
    }
}

#[actix_web::test]
async fn counts_stay_right_whatever_happens() {
    let mut desk = Desk::open().await;
    let topics = [desk.topic(1).await, desk.topic(2).await, desk.topic(3).await];
    let mut chance = Chance::new(2800);
    let mut done = 0;
    for _ in 0..MOVES {
        done += u64::from(something(&mut desk, &mut chance, &topics).await);
        counted::assert_right(&mut desk.conn).await;
    }
    assert!(done > MOVES / 2, "only {done} of {MOVES} moves came about");
}
