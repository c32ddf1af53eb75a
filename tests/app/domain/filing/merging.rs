//! What a merge does.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use onrecord::domain::filing;
use onrecord::domain::statements::lists::Period::{All, Year};
use onrecord::domain::statements::lists::Shelf;
use onrecord::domain::topics::{Wanted, commands, index};
use onrecord::infra::db::schema::audit_events;

use super::{all, draft, filed, merge, public, topics, unmerge};
use crate::support::cast::english;
use crate::support::counted;
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, forbidden, not_found, problem_with};

#[actix_web::test]
async fn statements_move_and_are_counted_where_they_went() {
    let mut desk = Desk::open().await;
    let [a, b, other] = topics(&mut desk).await;
    let one = public(&mut desk, 1, &[a]).await.statement;
    let two = public(&mut desk, 2, &[a, b, other]).await.statement;
    let three = draft(&mut desk, 3, &[a]).await.statement;
    let four = public(&mut desk, 4, &[b]).await.statement;

    let before = all(&mut desk).await;
    let preview = filing::preview(&mut desk.conn, &before, a, b).await.unwrap();
    assert_eq!((preview.moving, preview.both, preview.public), (3, 1, 2));
    merge(&mut desk, a, b).await.unwrap();

    for (statement, topics) in [(one, vec![b]), (two, vec![b, other]), (three, vec![b]), (four, vec![b])] {
        assert_eq!(filed(&mut desk, statement).await, topics);
    }
    let list = desk.list(Shelf::Topic(b), english(), Year(1997)).await;
    assert_eq!((list.overview.total, list.entries.len()), (3, 3));
    let old = desk.list(Shelf::Topic(a), english(), All).await;
    assert!(old.overview.is_known && old.overview.total == 0 && old.entries.is_empty());
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn every_name_and_address_leads_to_the_one_that_stays() {
    let mut desk = Desk::open().await;
    let [a, b] = topics(&mut desk).await;
    let before = all(&mut desk).await;
    let (old, new) = (before.get(a).unwrap().clone(), before.get(b).unwrap().clone());
    let (by, now) = (desk.people.editor, desk.now);
    let renamed =
        Wanted { slug: "moved-on".to_owned(), aliases: vec!["FOI".to_owned()], ..Wanted::as_is(&old) };
    commands::update(&mut desk.conn, by, a, renamed, now).await.done();

    let index = all(&mut desk).await;
    let preview = filing::preview(&mut desk.conn, &index, a, b).await.unwrap();
    assert_eq!(preview.slugs, ["moved-on", &old.slug]);
    assert_eq!(preview.words, ["Access to Information", "信息公开", "信息公開", "FOI"]);
    merge(&mut desk, a, b).await.unwrap();

    for slug in ["moved-on", &old.slug, &new.slug] {
        let led = index::by_slug(&mut desk.conn, slug).await.unwrap();
        assert_eq!(led, Some((b, new.slug.clone())), "{slug}");
    }
    let index = all(&mut desk).await;
    assert_eq!((index.len(), index.get(a).is_none()), (123, true));
    for word in ["foi", "Access to Information", "信息公開", "moved-on", &old.slug, &new.slug] {
        assert_eq!(index.meant_by(word).unwrap().id, b, "{word}");
    }
    assert!(index.get(b).unwrap().words().any(|word| word == "信息公开"));
    assert_eq!(index.led_to_by_number(old.number).unwrap().id, b);
    // Its slug stays its own: no new topic gets it.
    let names = vec![index.get(b).unwrap().names[0].clone()];
    let new = Wanted::named(old.facet, &old.slug, names);
    let new = Wanted {
        names: vec![onrecord::domain::topics::Named { name: "Ferries".into(), ..new.names[0].clone() }],
        ..new
    };
    problem_with("slug", commands::add(&mut desk.conn, by, new, now).await);
}

#[actix_web::test]
async fn what_has_gone_is_merged_and_changed_no_more() {
    let mut desk = Desk::open().await;
    let [a, b, c] = topics(&mut desk).await;
    let topic = all(&mut desk).await.get(a).unwrap().clone();
    problem_with("into", merge(&mut desk, a, a).await);
    merge(&mut desk, a, b).await.unwrap();
    for (one, other) in [(a, c), (c, a), (a, b)] {
        let why = conflict(merge(&mut desk, one, other).await);
        assert!(why.contains("Access to Information") && why.contains("Access to Justice"), "{why}");
    }
    let (by, now) = (desk.people.editor, desk.now);
    let why = conflict(commands::update(&mut desk.conn, by, a, Wanted::as_is(&topic), now).await);
    assert!(why.contains("merged into “Access to Justice”"), "{why}");
    not_found(merge(&mut desk, onrecord::domain::ids::TopicId(4711), b).await);
    not_found(unmerge(&mut desk, onrecord::domain::ids::MergeId(4711)).await);
    let author = desk.people.author;
    forbidden(filing::merge(&mut desk.conn, author, c, b, now).await);
    forbidden(filing::unmerge(&mut desk.conn, author, onrecord::domain::ids::MergeId(1), now).await);
}

#[actix_web::test]
async fn a_form_that_was_opened_before_files_under_the_topic_that_stays() {
    let mut desk = Desk::open().await;
    let [a, b, c] = topics(&mut desk).await;
    let saved = public(&mut desk, 1, &[c]).await;
    merge(&mut desk, a, b).await.unwrap();
    merge(&mut desk, b, c).await.unwrap();
    super::file(&mut desk, saved.statement, &[a]).await;
    assert_eq!(filed(&mut desk, saved.statement).await, [c]);
    let new = draft(&mut desk, 2, &[b]).await;
    assert_eq!(filed(&mut desk, new.statement).await, [c]);
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn narrower_and_related_topics_follow() {
    let mut desk = Desk::open().await;
    let [wide, a, b, narrow, related] = topics(&mut desk).await;
    put(&mut desk, a, Some(wide), &[related]).await;
    put(&mut desk, narrow, Some(a), &[]).await;
    let id = merge(&mut desk, a, b).await.unwrap();
    let index = all(&mut desk).await;
    assert_eq!(index.get(narrow).unwrap().parent, Some(b));
    assert_eq!(index.get(b).unwrap().see_also, [related]);
    assert_eq!(index.get(related).unwrap().see_also, [b]);
    assert_eq!(index.get(b).unwrap().parent, None);
    unmerge(&mut desk, id).await.done();
    let index = all(&mut desk).await;
    assert_eq!((index.get(narrow).unwrap().parent, index.get(a).unwrap().parent), (Some(a), Some(wide)));
    assert_eq!(
        (index.get(a).unwrap().see_also.clone(), index.get(b).unwrap().see_also.len()),
        (vec![related], 0)
    );
}

#[actix_web::test]
async fn a_topic_merged_into_one_below_it_leaves_no_ring() {
    let mut desk = Desk::open().await;
    let [wide, a, middle, b] = topics(&mut desk).await;
    for (topic, parent) in [(a, wide), (middle, a), (b, middle)] {
        put(&mut desk, topic, Some(parent), &[]).await;
    }
    let id = merge(&mut desk, a, b).await.unwrap();
    let index = all(&mut desk).await;
    let above = |id| index.above(id).iter().map(|topic| topic.id).collect::<Vec<_>>();
    assert_eq!((above(b), above(middle)), (vec![wide], vec![wide, b]));
    unmerge(&mut desk, id).await.done();
    let index = all(&mut desk).await;
    let above = |id| index.above(id).iter().map(|topic| topic.id).collect::<Vec<_>>();
    assert_eq!(above(b), [wide, a, middle]);
}

#[actix_web::test]
async fn what_was_put_the_other_way_round_since_stays_without_a_ring() {
    let mut desk = Desk::open().await;
    let [wide, a, b, narrow] = topics(&mut desk).await;
    put(&mut desk, a, Some(wide), &[]).await;
    put(&mut desk, narrow, Some(a), &[]).await;
    let id = merge(&mut desk, a, b).await.unwrap();
    put(&mut desk, wide, Some(narrow), &[]).await;
    unmerge(&mut desk, id).await.done();
    let index = all(&mut desk).await;
    let above = |id| index.above(id).iter().map(|topic| topic.id).collect::<Vec<_>>();
    assert_eq!((above(a), above(wide)), (vec![], vec![a, narrow]));
}

async fn put(
    desk: &mut Desk,
    id: onrecord::domain::ids::TopicId,
    parent: Option<onrecord::domain::ids::TopicId>,
    see_also: &[onrecord::domain::ids::TopicId],
) {
    let topic = all(desk).await.get(id).unwrap().clone();
    let wanted = Wanted { parent, see_also: see_also.to_vec(), ..Wanted::as_is(&topic) };
    commands::update(&mut desk.conn, desk.people.editor, id, wanted, desk.now).await.done();
}

#[actix_web::test]
async fn merge_and_undo_stand_in_the_audit_log() {
    let mut desk = Desk::open().await;
    let [a, b] = topics(&mut desk).await;
    let id = merge(&mut desk, a, b).await.unwrap();
    unmerge(&mut desk, id).await.done();
    let verbs: Vec<(String, Option<i64>, Option<i64>)> = audit_events::table
        .filter(audit_events::topic_id.is_not_null())
        .order(audit_events::id)
        .select((audit_events::verb, audit_events::topic_id, audit_events::actor_id))
        .load(&mut desk.conn)
        .await
        .unwrap();
    let by = desk.people.editor.user.map(|id| id.0);
    assert_eq!(
        verbs,
        [("topic-merged".to_owned(), Some(a.0), by), ("topic-unmerged".to_owned(), Some(a.0), by)]
    );
}
