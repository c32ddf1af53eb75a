//! "Newly on record", and what is related.

use onrecord::domain::statements::commands::{self, Publication, Save};
use onrecord::domain::statements::lists;

use super::dated;
use crate::support::cast::{a_statement, english, issued, simplified, words};
use crate::support::desk::Desk;
use crate::support::refusals::Done as _;

#[actix_web::test]
async fn news_go_by_the_first_publication_and_leave_imports_out() {
    let mut desk = Desk::open().await;
    let old = desk.put_on_record(&dated(1, "2025-01-01")).await;
    desk.wait(1);
    desk.put_on_record(&dated(2, "1990-01-01")).await;
    desk.wait(1);
    let quiet = desk.save(desk.people.editor, &a_statement(3)).await.unwrap();
    let publication = Publication {
        statement: quiet.statement,
        locale: english(),
        revision: quiet.revision,
        change: None,
        announced: false,
    };
    commands::publish(&mut desk.conn, desk.people.publisher, publication, desk.now).await.done();
    desk.wait(1);
    let next = Save {
        statement: Some(old.statement),
        based_on: Some(old.revision),
        words: words("Corrected"),
        ..dated(1, "2025-01-01")
    };
    let next = desk.save(desk.people.editor, &next).await.unwrap();
    desk.publish(&next, english(), Some("Corrected.")).await.done();

    let news = lists::newest(&mut desk.conn, english(), 10).await.unwrap();
    let news: Vec<(i64, &str)> = news.iter().map(|entry| (entry.number, entry.title.as_str())).collect();
    assert_eq!(news, [(2, "Statement 2"), (1, "Corrected")]);
    assert_eq!(lists::newest(&mut desk.conn, english(), 1).await.unwrap().len(), 1);
    assert!(lists::newest(&mut desk.conn, simplified(), 10).await.unwrap().is_empty());
}

#[actix_web::test]
async fn related_are_those_that_share_most_topics_then_the_nearest() {
    let mut desk = Desk::open().await;
    let (one, two, three) = (desk.topic(1).await, desk.topic(2).await, desk.topic(3).await);
    let this = desk.put_on_record(&Save { topics: vec![one, two], ..dated(1, "1997-06-01") }).await;
    for (number, on, topics) in [
        (2, "1997-06-20", vec![one]),
        (3, "1990-01-01", vec![one, two]),
        (4, "1997-06-02", vec![two, three]),
        (5, "1997-06-01", vec![three]),
        (6, "1980-01-01", vec![one]),
        (7, "1981-01-01", vec![one]),
        (8, "1982-01-01", vec![one]),
    ] {
        desk.put_on_record(&Save { topics, ..dated(number, on) }).await;
    }
    let chinese = Save { locale: simplified(), topics: vec![one, two], ..dated(9, "1997-06-01") };
    desk.put_on_record(&chinese).await;
    let draft = Save { topics: vec![one, two], ..dated(10, "1997-06-01") };
    desk.save(desk.people.editor, &draft).await.unwrap();
    let on = issued("1997-06-01");
    let related = lists::related(&mut desk.conn, this.statement, english(), on).await.unwrap();
    assert_eq!(related.iter().map(|entry| entry.number).collect::<Vec<_>>(), [3, 4, 2, 8, 7]);
}
