//! After an undo every statement that had the topic has it again, and the other one stays only where
//! it was before or was chosen since.

use onrecord::domain::statements::lists::Period::All;
use onrecord::domain::statements::lists::Shelf;
use onrecord::domain::topics::index;

use super::{all, draft, file, filed, merge, public, topics, unmerge};
use crate::support::cast::english;
use crate::support::counted;
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict};

#[actix_web::test]
async fn everything_is_as_it_was() {
    let mut desk = Desk::open().await;
    let [a, b] = topics(&mut desk).await;
    let one = public(&mut desk, 1, &[a]).await.statement;
    let both = public(&mut desk, 2, &[a, b]).await.statement;
    let three = draft(&mut desk, 3, &[a]).await.statement;
    let four = public(&mut desk, 4, &[b]).await.statement;
    let id = merge(&mut desk, a, b).await.unwrap();
    unmerge(&mut desk, id).await.done();
    for (statement, topics) in [(one, vec![a]), (both, vec![a, b]), (three, vec![a]), (four, vec![b])] {
        assert_eq!(filed(&mut desk, statement).await, topics);
    }
    let list = desk.list(Shelf::Topic(a), english(), All).await;
    assert_eq!((list.overview.total, list.entries.len()), (2, 2));
    let index = all(&mut desk).await;
    let old = index.get(a).unwrap();
    assert_eq!(index::by_slug(&mut desk.conn, &old.slug).await.unwrap(), Some((a, old.slug.clone())));
    assert_eq!(index.meant_by(old.name(english())).unwrap().id, a);
    assert!(index.get(b).unwrap().former.is_empty());
    counted::assert_right(&mut desk.conn).await;
    let why = conflict(unmerge(&mut desk, id).await);
    assert!(why.contains("undone already"), "{why}");
}

#[actix_web::test]
async fn what_was_chosen_by_hand_since_stays() {
    let mut desk = Desk::open().await;
    let [a, b, c] = topics(&mut desk).await;
    let mut statements = Vec::new();
    for number in 1..=5 {
        statements.push(public(&mut desk, number, &[a]).await.statement);
    }
    let [taken, taken_and_given, resaved, other, untouched] = statements[..] else { unreachable!() };
    let later = public(&mut desk, 6, &[c]).await.statement;
    let id = merge(&mut desk, a, b).await.unwrap();
    file(&mut desk, taken, &[]).await;
    file(&mut desk, taken_and_given, &[]).await;
    file(&mut desk, taken_and_given, &[b]).await;
    // Saved again as it is, and with another topic beside it: nobody chose the one that a merge brought.
    file(&mut desk, resaved, &[b]).await;
    file(&mut desk, other, &[b, c]).await;
    file(&mut desk, later, &[b, c]).await;
    unmerge(&mut desk, id).await.done();
    for (statement, topics) in [
        (taken, vec![a]),
        (taken_and_given, vec![a, b]),
        (resaved, vec![a]),
        (other, vec![a, c]),
        (untouched, vec![a]),
        (later, vec![b, c]),
    ] {
        assert_eq!(filed(&mut desk, statement).await, topics);
    }
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn the_topic_that_stayed_is_not_given_back_where_it_was_taken_by_hand() {
    let mut desk = Desk::open().await;
    let [a, b] = topics(&mut desk).await;
    let both = public(&mut desk, 1, &[a, b]).await.statement;
    let id = merge(&mut desk, a, b).await.unwrap();
    file(&mut desk, both, &[]).await;
    unmerge(&mut desk, id).await.done();
    assert_eq!(filed(&mut desk, both).await, [a]);
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn what_goes_public_or_is_withdrawn_between_is_counted_right() {
    let mut desk = Desk::open().await;
    let [a, b] = topics(&mut desk).await;
    let withdrawn = public(&mut desk, 1, &[a]).await;
    let back = public(&mut desk, 2, &[a]).await;
    let waits = draft(&mut desk, 3, &[a]).await;
    desk.withdraw(&back, english()).await.done();
    let id = merge(&mut desk, a, b).await.unwrap();
    desk.withdraw(&withdrawn, english()).await.done();
    desk.reinstate(&back, english()).await.done();
    desk.publish(&waits, english(), None).await.done();
    counted::assert_right(&mut desk.conn).await;
    unmerge(&mut desk, id).await.done();
    counted::assert_right(&mut desk.conn).await;
    for saved in [withdrawn, back, waits] {
        assert_eq!(filed(&mut desk, saved.statement).await, [a]);
    }
    assert_eq!(desk.list(Shelf::Topic(a), english(), All).await.overview.total, 2);
}

#[actix_web::test]
async fn of_a_chain_the_last_is_undone_first() {
    let mut desk = Desk::open().await;
    let [a, b, c] = topics(&mut desk).await;
    let one = public(&mut desk, 1, &[a]).await.statement;
    let two = public(&mut desk, 2, &[b]).await.statement;
    let three = public(&mut desk, 3, &[a, c]).await.statement;
    let slug = all(&mut desk).await.get(a).unwrap().slug.clone();
    let first = merge(&mut desk, a, b).await.unwrap();
    let second = merge(&mut desk, b, c).await.unwrap();
    assert_eq!(index::by_slug(&mut desk.conn, &slug).await.unwrap().unwrap().0, c);
    for statement in [one, two, three] {
        assert_eq!(filed(&mut desk, statement).await, [c]);
    }
    let why = conflict(unmerge(&mut desk, first).await);
    assert!(why.contains("“Access to Justice”") && why.contains("“Administrative Detention”"), "{why}");

    unmerge(&mut desk, second).await.done();
    for (statement, topics) in [(one, vec![b]), (two, vec![b]), (three, vec![b, c])] {
        assert_eq!(filed(&mut desk, statement).await, topics);
    }
    unmerge(&mut desk, first).await.done();
    for (statement, topics) in [(one, vec![a]), (two, vec![b]), (three, vec![a, c])] {
        assert_eq!(filed(&mut desk, statement).await, topics);
    }
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn two_merges_into_one_topic_are_undone_in_any_order() {
    for first_goes_first in [true, false] {
        let mut desk = Desk::open().await;
        let [a, b, into] = topics(&mut desk).await;
        let one = public(&mut desk, 1, &[a]).await.statement;
        let both = public(&mut desk, 2, &[a, b]).await.statement;
        let mut merges = [merge(&mut desk, a, into).await.unwrap(), merge(&mut desk, b, into).await.unwrap()];
        let mut left = vec![b, into];
        if !first_goes_first {
            merges.reverse();
            left = vec![a, into];
        }
        unmerge(&mut desk, merges[0]).await.done();
        let back = if first_goes_first { a } else { b };
        let mut between = vec![back, into];
        between.sort();
        assert_eq!(filed(&mut desk, both).await, between, "{left:?}");
        unmerge(&mut desk, merges[1]).await.done();
        assert_eq!((filed(&mut desk, one).await, filed(&mut desk, both).await), (vec![a], vec![a, b]));
        counted::assert_right(&mut desk.conn).await;
    }
}

#[actix_web::test]
async fn a_topic_is_merged_again_after_an_undo() {
    let mut desk = Desk::open().await;
    let [a, b, c] = topics(&mut desk).await;
    let one = public(&mut desk, 1, &[a]).await.statement;
    let first = merge(&mut desk, a, b).await.unwrap();
    unmerge(&mut desk, first).await.done();
    let second = merge(&mut desk, a, c).await.unwrap();
    assert_eq!(filed(&mut desk, one).await, [c]);
    unmerge(&mut desk, second).await.done();
    assert_eq!(filed(&mut desk, one).await, [a]);
    counted::assert_right(&mut desk.conn).await;
}
