//! Several people at once: nobody is locked out, and nothing is filed under a topic that has gone.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::{join, join_all};
use onrecord::domain::filing::{self, Retag};
use onrecord::domain::statements::commands;
use onrecord::domain::topics::index;
use onrecord::infra::db::schema::{statement_topics, topics as topics_table};

use super::{draft, public, topics, unmerge};
use crate::support::cast::english;
use crate::support::counted;
use crate::support::desk::Desk;
use crate::support::refusals::Done as _;

async fn nothing_is_filed_under_what_has_gone(desk: &mut Desk) {
    let lost: i64 = statement_topics::table
        .inner_join(topics_table::table)
        .filter(topics_table::merged_into.is_not_null())
        .count()
        .get_result(&mut desk.conn)
        .await
        .unwrap();
    assert_eq!(lost, 0);
}

#[actix_web::test]
async fn who_files_while_topics_are_merged_files_under_the_one_that_stays() {
    let mut desk = Desk::open().await;
    let [a, b, c] = topics(&mut desk).await;
    let mut statements = Vec::new();
    for number in 1..=12 {
        let saved = match number % 3 {
            0 => draft(&mut desk, number, &[a]).await,
            _ => public(&mut desk, number, &[c]).await,
        };
        statements.push(saved);
    }
    for round in 0..4 {
        let (by, now) = (desk.people.editor, desk.now);
        let filings = statements.iter().enumerate().map(|(at, saved)| {
            let desk = &desk;
            async move {
                let mut conn = desk.db.connection().await;
                let wanted = [vec![a], vec![a, c], vec![b], vec![]][(at + round) % 4].clone();
                commands::file_under(&mut conn, by, saved.statement, &wanted, now).await
            }
        });
        let merging = async {
            let mut conn = desk.db.connection().await;
            filing::merge(&mut conn, by, a, b, now).await
        };
        let (all, merged) = join(join_all(filings), merging).await;
        all.into_iter().for_each(|result| result.done());
        nothing_is_filed_under_what_has_gone(&mut desk).await;
        counted::assert_right(&mut desk.conn).await;
        unmerge(&mut desk, merged.unwrap().0).await.done();
        counted::assert_right(&mut desk.conn).await;
    }
}

#[actix_web::test]
async fn publishing_withdrawing_and_retagging_go_on_while_topics_are_merged() {
    let mut desk = Desk::open().await;
    let [a, b, c] = topics(&mut desk).await;
    let mut out = Vec::new();
    let mut waiting = Vec::new();
    for number in 1..=4 {
        out.push(public(&mut desk, number, &[a, c]).await);
        waiting.push(draft(&mut desk, number + 10, &[a]).await);
    }
    let chosen: Vec<_> = out.iter().chain(&waiting).map(|saved| saved.statement).collect();
    let (publisher, by, now) = (desk.people.publisher, desk.people.editor, desk.now);
    let publishing = waiting.iter().map(|saved| {
        let desk = &desk;
        async move {
            let mut conn = desk.db.connection().await;
            let publication = commands::Publication {
                statement: saved.statement,
                locale: english(),
                revision: saved.revision,
                change: None,
                announced: true,
            };
            commands::publish(&mut conn, publisher, publication, now).await
        }
    });
    let withdrawing = out.iter().map(|saved| {
        let desk = &desk;
        async move {
            let mut conn = desk.db.connection().await;
            commands::withdraw(&mut conn, publisher, saved.statement, english(), "So.", now).await
        }
    });
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    let bulk = join(
        filing::merge(&mut one, by, a, b, now),
        filing::retag(&mut two, by, Retag::Replace(c, b), &chosen, now),
    );
    let (published, (withdrawn, (merged, retagged))) =
        join(join_all(publishing), join(join_all(withdrawing), bulk)).await;
    published.into_iter().chain(withdrawn).for_each(|result| result.done());
    assert_eq!(retagged.unwrap().plan.changing.len(), 4);
    counted::assert_right(&mut desk.conn).await;
    unmerge(&mut desk, merged.unwrap().0).await.done();
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn of_two_who_merge_the_same_topics_one_does() {
    let mut desk = Desk::open().await;
    let [a, b] = topics(&mut desk).await;
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    let (by, now) = (desk.people.editor, desk.now);
    let (first, second) =
        join(filing::merge(&mut one, by, a, b, now), filing::merge(&mut two, by, b, a, now)).await;
    assert!(first.is_ok() != second.is_ok(), "{first:?}, {second:?}");
    assert_eq!(index::load(&mut desk.conn).await.unwrap().len(), 123);
}
