//! Many statements filed otherwise at once.

mod by_chance;
mod merging;
mod retagging;
mod together;
mod undoing;

use onrecord::domain::filing::{self, Retag, Retagged};
use onrecord::domain::ids::{MergeId, StatementId, TopicId};
use onrecord::domain::outcome::{Change, Refused};
use onrecord::domain::statements::commands::{self, Save, Saved};
use onrecord::domain::topics::{Index, index};

use crate::support::cast::a_statement;
use crate::support::desk::Desk;
use crate::support::refusals::Done as _;

/// The topics with the first public numbers.
async fn topics<const N: usize>(desk: &mut Desk) -> [TopicId; N] {
    let index = all(desk).await;
    std::array::from_fn(|at| index.by_number(i32::try_from(at).unwrap() + 1).unwrap().id)
}

async fn all(desk: &mut Desk) -> Index {
    index::load(&mut desk.conn).await.unwrap()
}

/// A public statement under these topics.
async fn public(desk: &mut Desk, number: i64, topics: &[TopicId]) -> Saved {
    desk.put_on_record(&Save { topics: topics.to_vec(), ..a_statement(number) }).await
}

/// A draft, begun by the author, under these topics.
async fn draft(desk: &mut Desk, number: i64, topics: &[TopicId]) -> Saved {
    let save = Save { topics: topics.to_vec(), ..a_statement(number) };
    desk.save(desk.people.author, &save).await.unwrap()
}

async fn merge(desk: &mut Desk, topic: TopicId, into: TopicId) -> Result<MergeId, Refused> {
    let (by, now) = (desk.people.editor, desk.now);
    filing::merge(&mut desk.conn, by, topic, into, now).await.map(|(id, change)| {
        assert_eq!(change, Change::Everything);
        id
    })
}

async fn unmerge(desk: &mut Desk, merge: MergeId) -> Result<Change, Refused> {
    filing::unmerge(&mut desk.conn, desk.people.editor, merge, desk.now).await
}

async fn retag(desk: &mut Desk, how: Retag, chosen: &[StatementId]) -> Result<Retagged, Refused> {
    filing::retag(&mut desk.conn, desk.people.editor, how, chosen, desk.now).await
}

/// Files a statement by hand.
async fn file(desk: &mut Desk, statement: StatementId, topics: &[TopicId]) {
    commands::file_under(&mut desk.conn, desk.people.editor, statement, topics, desk.now).await.done();
}

async fn filed(desk: &mut Desk, statement: StatementId) -> Vec<TopicId> {
    let mut filed = index::of_statement(&mut desk.conn, statement).await.unwrap();
    filed.sort();
    filed
}
