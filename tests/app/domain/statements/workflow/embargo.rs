//! "Not before": refused to everyone until then.

use onrecord::domain::policy::Actor;
use onrecord::domain::statements::published::Found;
use onrecord::domain::statements::{DeskState, commands};

use crate::support::cast::{a_statement, english};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, forbidden, problem_with};
use crate::support::way::moment;

#[actix_web::test]
async fn nobody_publishes_earlier_and_nothing_is_scheduled_earlier() {
    let mut desk = Desk::open().await;
    let saved = desk.submitted(desk.people.author, 7).await;
    let until = moment("2026-06-04T00:00:00Z", "Asia/Hong_Kong");
    let (editor, now) = (desk.people.editor, desk.now);
    let set = commands::set_embargo(&mut desk.conn, editor, saved.statement, Some(until.clone()), now).await;
    let _ = set.unwrap();
    for by in [desk.people.publisher, desk.people.administrator, Actor::OPERATOR] {
        let why = conflict(desk.publish_as(by, &saved, english(), None).await);
        assert!(why.contains("08:00 in Asia/Hong_Kong (00:00 UTC)"), "{why}");
    }
    let publisher = desk.people.publisher;
    conflict(desk.schedule_as(publisher, 7, moment("2026-06-03T23:59:59Z", "UTC")).await);
    desk.schedule_as(publisher, 7, until.clone()).await.done();
    desk.now = until.at;
    commands::publish_due(&mut desk.conn, &[], desk.now).await.unwrap().unwrap().outcome.done();
    assert!(matches!(desk.read(7, english()).await, Found::Here(_)));
}

#[actix_web::test]
async fn an_embargo_set_later_takes_what_is_earlier_off_the_schedule() {
    let mut desk = Desk::open().await;
    let saved = desk.submitted(desk.people.author, 7).await;
    desk.schedule(7, "2026-03-03T12:00:00Z").await;
    let until = moment("2026-03-04T00:00:00Z", "UTC");
    let (editor, now) = (desk.people.editor, desk.now);
    let (_, stopped) =
        commands::set_embargo(&mut desk.conn, editor, saved.statement, Some(until), now).await.unwrap();
    assert_eq!(stopped, [english()]);
    let text = desk.translation(saved.statement, english()).await;
    assert_eq!(text.desk_state, DeskState::Approved);
    let notes =
        onrecord::domain::statements::notes::of_statement(&mut desk.conn, saved.statement, 10).await.unwrap();
    assert!(notes[0].body.contains("March 4, 2026, 00:00 UTC"), "{}", notes[0].body);
    // Lifted, it goes out by hand.
    let (_, stopped) =
        commands::set_embargo(&mut desk.conn, editor, saved.statement, None, now).await.unwrap();
    assert!(stopped.is_empty());
    desk.publish(&saved, english(), None).await.done();
}

#[actix_web::test]
async fn it_is_for_editors_and_lies_ahead() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.author, &a_statement(7)).await.unwrap();
    let later = moment("2026-06-04T00:00:00Z", "UTC");
    let (author, editor, now) = (desk.people.author, desk.people.editor, desk.now);
    forbidden(commands::set_embargo(&mut desk.conn, author, saved.statement, Some(later), now).await);
    let past = moment("2026-03-01T00:00:00Z", "UTC");
    problem_with(
        "time",
        commands::set_embargo(&mut desk.conn, editor, saved.statement, Some(past), now).await,
    );
}

#[actix_web::test]
async fn what_is_withdrawn_does_not_come_back_earlier_either() {
    let mut desk = Desk::open().await;
    let saved = desk.put_on_record(&a_statement(7)).await;
    desk.withdraw(&saved, english()).await.done();
    let until = moment("2026-06-04T00:00:00Z", "UTC");
    let (editor, now) = (desk.people.editor, desk.now);
    let _ = commands::set_embargo(&mut desk.conn, editor, saved.statement, Some(until), now).await.unwrap();
    conflict(desk.reinstate(&saved, english()).await);
}
