//! One topic added to many statements, taken from them, or put in place of another.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use onrecord::domain::filing::{self, Retag};
use onrecord::domain::ids::{StatementId, TopicId};
use onrecord::domain::statements::commands::MOST_TOPICS;
use onrecord::domain::statements::lists::Period::All;
use onrecord::domain::statements::lists::Shelf;
use onrecord::infra::db::schema::audit_events;

use super::{all, draft, file, filed, merge, public, retag, topics, unmerge};
use crate::support::cast::english;
use crate::support::counted;
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, forbidden, not_found, problem_with};

#[actix_web::test]
async fn many_get_lose_or_change_a_topic_and_have_it_back() {
    let mut desk = Desk::open().await;
    let [a, b, c] = topics(&mut desk).await;
    let one = public(&mut desk, 1, &[a]).await.statement;
    let two = public(&mut desk, 2, &[a, b]).await.statement;
    let three = draft(&mut desk, 3, &[c]).await.statement;
    let chosen = [one, two, three];
    let before = [vec![a], vec![a, b], vec![c]];
    for (how, changed, after) in [
        (Retag::Add(b), vec![one, three], [vec![a, b], vec![a, b], vec![b, c]]),
        (Retag::Remove(a), vec![one, two], [vec![], vec![b], vec![c]]),
        (Retag::Replace(a, b), vec![one, two], [vec![b], vec![b], vec![c]]),
    ] {
        let done = retag(&mut desk, how, &chosen).await.unwrap();
        assert_eq!(done.plan.changing, changed, "{how:?}");
        for (statement, topics) in chosen.iter().zip(&after) {
            assert_eq!(filed(&mut desk, *statement).await, *topics, "{how:?}");
        }
        counted::assert_right(&mut desk.conn).await;
        let by = desk.people.editor;
        filing::undo_retag(&mut desk.conn, by, done.id, desk.now).await.done();
        for (statement, topics) in chosen.iter().zip(&before) {
            assert_eq!(filed(&mut desk, *statement).await, *topics, "{how:?} undone");
        }
        counted::assert_right(&mut desk.conn).await;
        conflict(filing::undo_retag(&mut desk.conn, by, done.id, desk.now).await);
    }
    assert_eq!(desk.list(Shelf::Topic(a), english(), All).await.overview.total, 2);
}

#[actix_web::test]
async fn each_statement_that_changes_leaves_an_event() {
    let mut desk = Desk::open().await;
    let [a, b] = topics(&mut desk).await;
    let one = public(&mut desk, 1, &[a]).await.statement;
    let two = draft(&mut desk, 2, &[a, b]).await.statement;
    retag(&mut desk, Retag::Add(b), &[one, two]).await.unwrap();
    let events: Vec<(Option<i64>, Option<i64>)> = audit_events::table
        .filter(audit_events::verb.eq("retagged"))
        .select((audit_events::statement_id, audit_events::topic_id))
        .load(&mut desk.conn)
        .await
        .unwrap();
    assert_eq!(events, [(Some(one.0), Some(b.0))]);
}

#[actix_web::test]
async fn nobody_files_what_is_not_theirs_to_file() {
    let mut desk = Desk::open().await;
    let [a] = topics(&mut desk).await;
    let own = draft(&mut desk, 1, &[]).await;
    let others = desk.save(desk.people.colleague, &crate::support::cast::a_statement(2)).await.unwrap();
    let out = draft(&mut desk, 3, &[]).await;
    desk.publish(&out, english(), None).await.done();
    let (author, now) = (desk.people.author, desk.now);
    let chosen = [own.statement, others.statement, out.statement];
    let done = filing::retag(&mut desk.conn, author, Retag::Add(a), &chosen, now).await.unwrap();
    assert_eq!((done.plan.changing, done.plan.not_yours), (vec![own.statement], vec![2, 3]));
    assert!(filed(&mut desk, others.statement).await.is_empty());
    forbidden(filing::retag(&mut desk.conn, author, Retag::Add(a), &chosen[1..], now).await);
    // Once it is public, the undo is an editor's too.
    desk.publish(&own, english(), None).await.done();
    forbidden(filing::undo_retag(&mut desk.conn, author, done.id, now).await);
    let editor = desk.people.editor;
    filing::undo_retag(&mut desk.conn, editor, done.id, now).await.done();
    assert!(filed(&mut desk, own.statement).await.is_empty());
}

#[actix_web::test]
async fn what_cannot_be_is_refused_in_words() {
    let mut desk = Desk::open().await;
    let [a, b, c] = topics(&mut desk).await;
    let one = public(&mut desk, 1, &[a]).await.statement;
    problem_with("add", retag(&mut desk, Retag::Replace(a, a), &[one]).await);
    let why = conflict(retag(&mut desk, Retag::Add(a), &[one]).await);
    assert!(why.contains("Nothing changes"), "{why}");
    conflict(retag(&mut desk, Retag::Add(a), &[]).await);
    conflict(retag(&mut desk, Retag::Add(a), &[StatementId(4711)]).await);
    not_found(retag(&mut desk, Retag::Add(TopicId(4711)), &[one]).await);
    let done = retag(&mut desk, Retag::Replace(a, b), &[one]).await.unwrap();
    merge(&mut desk, a, c).await.unwrap();
    let why = conflict(retag(&mut desk, Retag::Add(a), &[one]).await);
    assert!(why.contains("merged"), "{why}");
    let by = desk.people.editor;
    let why = conflict(filing::undo_retag(&mut desk.conn, by, done.id, desk.now).await);
    assert!(why.contains("merged"), "{why}");
}

#[actix_web::test]
async fn a_statement_gets_no_more_topics_than_it_can_have() {
    let mut desk = Desk::open().await;
    let index = all(&mut desk).await;
    let mut many: Vec<TopicId> = index.in_order(english()).map(|topic| topic.id).collect();
    let rest = many.split_off(MOST_TOPICS);
    let full = public(&mut desk, 1, &many).await.statement;
    let empty = public(&mut desk, 2, &[]).await.statement;
    let done = retag(&mut desk, Retag::Add(rest[0]), &[full, empty]).await.unwrap();
    assert_eq!((done.plan.changing, done.plan.full), (vec![empty], vec![1]));
    let done = retag(&mut desk, Retag::Replace(many[0], rest[0]), &[full]).await.unwrap();
    assert_eq!(done.plan.changing, [full]);
    counted::assert_right(&mut desk.conn).await;
}

/// Between a change and its undo there may be merges; neither forgets the other.
#[actix_web::test]
async fn a_merge_in_between_keeps_its_word_too() {
    let mut desk = Desk::open().await;
    let [a, b, c] = topics(&mut desk).await;
    let one = public(&mut desk, 1, &[a]).await.statement;
    let by = desk.people.editor;

    // Added by hand, then by a merge: taken back, it stays on account of the merge.
    let done = retag(&mut desk, Retag::Add(b), &[one]).await.unwrap();
    let id = merge(&mut desk, a, b).await.unwrap();
    filing::undo_retag(&mut desk.conn, by, done.id, desk.now).await.done();
    assert_eq!(filed(&mut desk, one).await, [b]);
    unmerge(&mut desk, id).await.done();
    assert_eq!(filed(&mut desk, one).await, [a]);

    // What a merge had brought, and somebody then chose for all, stays after the merge is undone.
    let id = merge(&mut desk, a, b).await.unwrap();
    let two = public(&mut desk, 2, &[c]).await.statement;
    let done = retag(&mut desk, Retag::Add(b), &[one, two]).await.unwrap();
    assert_eq!(done.plan.changing, [two]);
    unmerge(&mut desk, id).await.done();
    assert_eq!(filed(&mut desk, one).await, [a, b]);
    filing::undo_retag(&mut desk.conn, by, done.id, desk.now).await.done();
    assert_eq!(filed(&mut desk, one).await, [a]);

    // Taken away while a merge had brought it, and given back after the merge was undone: not at all.
    let id = merge(&mut desk, a, b).await.unwrap();
    let done = retag(&mut desk, Retag::Remove(b), &[one]).await.unwrap();
    unmerge(&mut desk, id).await.done();
    filing::undo_retag(&mut desk.conn, by, done.id, desk.now).await.done();
    assert_eq!(filed(&mut desk, one).await, [a]);
    file(&mut desk, one, &[]).await;
    counted::assert_right(&mut desk.conn).await;
}
