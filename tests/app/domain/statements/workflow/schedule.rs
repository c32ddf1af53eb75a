//! Going out at a time: to the second, once, whatever happens meanwhile.

use actix_web::web::Data;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use onrecord::app::App;
use onrecord::config::BaseUrl;
use onrecord::domain::audit::Verb;
use onrecord::domain::ids::UserId;
use onrecord::domain::statements::commands::{self, Appointment, Save, publish_due};
use onrecord::domain::statements::published::Found;
use onrecord::domain::statements::{ChangeKind, DeskState, changes, notes, review};
use onrecord::domain::zones::{Reading, Zone};
use onrecord::infra::blobs::Blobs;
use onrecord::infra::clock::Clock;
use onrecord::infra::db::schema::audit_events;
use onrecord::jobs;

use crate::support::app::BASE_URL;
use crate::support::cast::{a_statement, english, words};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, forbidden, problem_with};
use crate::support::way::moment;

/// A process on the desk's database, whose clock stands where the desk's does.
fn process(desk: &Desk) -> Data<App> {
    let clock = Clock::default();
    let app =
        App::new(desk.db.database.clone(), clock, BaseUrl::parse(BASE_URL).unwrap(), Blobs::in_memory());
    move_to(&app, desk.now);
    Data::new(app)
}

fn move_to(app: &App, at: Timestamp) {
    // Whole seconds: the clock is a little past the moment it is moved to, never before it.
    let ahead = at.duration_since(app.clock.now());
    app.clock.advance(SignedDuration::from_secs(ahead.as_secs() + i64::from(ahead.subsec_nanos() > 0)));
}

async fn is_public(desk: &mut Desk, number: i64) -> bool {
    matches!(desk.read(number, english()).await, Found::Here(_))
}

#[actix_web::test]
async fn it_goes_out_at_its_time_across_changes_of_the_clocks() {
    for (zone, wall, utc) in [
        ("Europe/Berlin", "2026-03-29T01:59:59", "2026-03-29T00:59:59Z"),
        ("Europe/Berlin", "2026-03-29T03:00:00", "2026-03-29T01:00:00Z"),
        ("America/New_York", "2026-03-08T03:00:00", "2026-03-08T07:00:00Z"),
        ("America/New_York", "2026-11-01T00:59:59", "2026-11-01T04:59:59Z"),
    ] {
        let mut desk = Desk::open().await;
        desk.submitted(desk.people.author, 7).await;
        let Reading::Once(at) = Zone::parse(zone).unwrap().read(wall.parse().unwrap()).unwrap() else {
            panic!("{zone} {wall}")
        };
        assert_eq!(at, utc.parse().unwrap(), "{zone} {wall}");
        desk.schedule_as(desk.people.publisher, 7, moment(utc, zone)).await.done();
        let app = process(&desk);
        move_to(&app, at - SignedDuration::from_secs(2));
        assert_eq!(jobs::publish_due::round(&app).await.unwrap(), Some(at), "it knows when the next is due");
        assert!(!is_public(&mut desk, 7).await, "{zone} {wall}: too early");
        move_to(&app, at);
        assert_eq!(jobs::publish_due::round(&app).await.unwrap(), None);
        let text = desk.text(7, english()).await;
        assert!(text.published_at() >= at && text.published_at() < at + SignedDuration::from_secs(5));
    }
}

#[actix_web::test]
async fn the_running_job_wakes_by_itself() {
    let mut desk = Desk::open().await;
    desk.submitted(desk.people.author, 7).await;
    let at = desk.now + SignedDuration::from_secs(2);
    desk.schedule(7, &at.to_string()).await;
    let app = process(&desk);
    let job = actix_web::rt::spawn(jobs::publish_due::run(std::sync::Arc::clone(&app)));
    let mut tries = 0;
    while !is_public(&mut desk, 7).await {
        assert!(tries < 200, "it did not wake");
        tries += 1;
        actix_web::rt::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    job.abort();
    let late = desk.text(7, english()).await.published_at().duration_since(at);
    assert!(!late.is_negative() && late < SignedDuration::from_secs(1), "{late} late");
}

#[actix_web::test]
async fn what_came_due_while_nothing_ran_goes_out_when_something_does() {
    let mut desk = Desk::open().await;
    for (number, at) in
        [(7, "2026-03-02T13:00:00Z"), (8, "2026-03-02T14:00:00Z"), (9, "2026-04-01T00:00:00Z")]
    {
        desk.submitted(desk.people.author, number).await;
        desk.schedule(number, at).await;
    }
    desk.wait(60 * 24 * 3);
    // A process that knows nothing of the one before.
    let app = process(&desk);
    let next = jobs::publish_due::round(&app).await.unwrap();
    assert_eq!(next, Some("2026-04-01T00:00:00Z".parse().unwrap()));
    assert!(is_public(&mut desk, 7).await && is_public(&mut desk, 8).await);
    assert!(!is_public(&mut desk, 9).await);
}

#[actix_web::test]
async fn of_several_processes_each_text_goes_out_by_one() {
    let mut desk = Desk::open().await;
    for number in 1..=6 {
        desk.submitted(desk.people.author, number).await;
        desk.schedule(number, "2026-03-02T13:00:00Z").await;
    }
    desk.wait(61);
    let (one, two, three) = (process(&desk), process(&desk), process(&desk));
    let (one, two, three) = futures_util::future::join3(
        jobs::publish_due::round(&one),
        jobs::publish_due::round(&two),
        jobs::publish_due::round(&three),
    )
    .await;
    assert!(one.is_ok() && two.is_ok() && three.is_ok(), "{one:?} {two:?} {three:?}");
    for number in 1..=6 {
        assert_eq!(desk.text(number, english()).await.n(), 1, "{number} went out once");
    }
    let published: i64 = audit_events::table
        .filter(audit_events::verb.eq(Verb::Published))
        .count()
        .get_result(&mut desk.conn)
        .await
        .unwrap();
    assert_eq!(published, 6);
}

#[actix_web::test]
async fn the_log_names_the_program_and_who_scheduled_it() {
    type Event = (Option<UserId>, Option<UserId>);
    let mut desk = Desk::open().await;
    desk.submitted(desk.people.author, 7).await;
    desk.schedule(7, "2026-03-02T13:00:00Z").await;
    desk.wait(60);
    publish_due(&mut desk.conn, &[], desk.now).await.unwrap().unwrap().outcome.done();
    assert!(publish_due(&mut desk.conn, &[], desk.now).await.unwrap().is_none());
    let event: Event = audit_events::table
        .filter(audit_events::verb.eq(Verb::Published))
        .select((audit_events::actor_id.nullable(), audit_events::user_id.nullable()))
        .first(&mut desk.conn)
        .await
        .unwrap();
    assert_eq!(event, (None, desk.people.publisher.user));
}

#[actix_web::test]
async fn a_save_takes_it_off_the_schedule() {
    let mut desk = Desk::open().await;
    let author = desk.people.author;
    let saved = desk.submitted(author, 7).await;
    desk.schedule(7, "2026-03-02T13:00:00Z").await;
    let (statement, based_on) = (Some(saved.statement), Some(saved.revision));
    let later = Save { statement, based_on, words: words("Changed my mind"), ..a_statement(7) };
    let later = desk.save(author, &later).await.unwrap();
    assert_eq!(later.fell_back_from, Some(DeskState::Scheduled));
    desk.wait(120);
    assert!(publish_due(&mut desk.conn, &[], desk.now).await.unwrap().is_none());
    assert!(!is_public(&mut desk, 7).await);
}

#[actix_web::test]
async fn what_is_refused_at_its_time_is_held_up_and_not_dropped() {
    let mut desk = Desk::open().await;
    let saved = desk.submitted(desk.people.author, 7).await;
    desk.schedule(7, "2026-03-02T13:00:00Z").await;
    // The publisher is one no longer.
    diesel::sql_query("update users set role = 'author' where name = 'publisher'")
        .execute(&mut desk.conn)
        .await
        .unwrap();
    desk.wait(60);
    let due = publish_due(&mut desk.conn, &[], desk.now).await.unwrap().unwrap();
    forbidden(due.outcome);
    assert!(!is_public(&mut desk, 7).await);
    let text = desk.translation(saved.statement, english()).await;
    assert_eq!(text.desk_state, DeskState::Approved);
    let told = review::of(&mut desk.conn, text.id).await.unwrap();
    assert_eq!(told.fell_back_from, Some(DeskState::Scheduled));
    assert!(told.schedule.is_none());
    let notes = notes::of_statement(&mut desk.conn, saved.statement, 10).await.unwrap();
    assert_eq!((notes[0].kind, &notes[0].author), (notes::NoteKind::HeldUp, &None));
    assert!(notes[0].body.contains("did not go public at its time"), "{}", notes[0].body);
    assert!(publish_due(&mut desk.conn, &[], desk.now).await.unwrap().is_none(), "it is not tried again");
}

#[actix_web::test]
async fn a_withdrawal_in_between_holds_it_up() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&a_statement(7)).await;
    let (statement, based_on) = (Some(first.statement), Some(first.revision));
    let next = Save { statement, based_on, words: words("Second"), ..a_statement(7) };
    desk.save(desk.people.editor, &next).await.unwrap();
    let named = desk.latest(7).await;
    let at = moment("2026-03-02T13:00:00Z", "UTC");
    let wanted = Appointment { named, moment: at, change: None };
    let (publisher, now) = (desk.people.publisher, desk.now);
    // What publishing would ask is asked now.
    problem_with("change_kind", commands::schedule(&mut desk.conn, publisher, wanted.clone(), now).await);
    let change = Some((ChangeKind::Correction, "A name was wrong.".to_owned()));
    let wanted = Appointment { change, ..wanted };
    commands::schedule(&mut desk.conn, publisher, wanted, now).await.done();
    desk.withdraw(&first, english()).await.done();
    desk.wait(60);
    let due = publish_due(&mut desk.conn, &[], desk.now).await.unwrap().unwrap();
    let why = conflict(due.outcome);
    assert!(why.contains("withdrawn"), "{why}");
    assert!(matches!(desk.read(7, english()).await, Found::Gone(_)));
}

#[actix_web::test]
async fn the_note_to_readers_is_kept_until_then() {
    let mut desk = Desk::open().await;
    let first = desk.put_on_record(&a_statement(7)).await;
    let (statement, based_on) = (Some(first.statement), Some(first.revision));
    let next = Save { statement, based_on, words: words("Second"), ..a_statement(7) };
    desk.save(desk.people.editor, &next).await.unwrap();
    let change = Some((ChangeKind::Update, "They are free.".to_owned()));
    let named = desk.latest(7).await;
    let wanted = Appointment { named, moment: moment("2026-03-02T13:00:00Z", "UTC"), change };
    commands::schedule(&mut desk.conn, desk.people.publisher, wanted, desk.now).await.done();
    desk.wait(60);
    publish_due(&mut desk.conn, &[], desk.now).await.unwrap().unwrap().outcome.done();
    let text = desk.text(7, english()).await;
    assert_eq!((text.title(), text.n()), ("Second", 2));
    let told = changes::of(&mut desk.conn, &text).await.unwrap();
    assert_eq!(told.notes[0].note, "They are free.");
}

#[actix_web::test]
async fn a_time_that_is_past_or_years_away_is_refused() {
    let mut desk = Desk::open().await;
    desk.submitted(desk.people.author, 7).await;
    for at in ["2026-03-02T12:00:00Z", "2026-03-02T11:00:00Z", "2062-03-02T12:00:00Z"] {
        problem_with("time", desk.schedule_as(desk.people.publisher, 7, moment(at, "UTC")).await);
    }
    for by in [desk.people.author, desk.people.editor] {
        forbidden(desk.schedule_as(by, 7, moment("2026-03-03T12:00:00Z", "UTC")).await);
    }
}
