//! Submit, review, approve, publish: exactly what was approved goes out, and four eyes are two people.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use onrecord::domain::audit::Verb;
use onrecord::domain::policy::Actor;
use onrecord::domain::statements::commands::{self, Named, Save, Saved};
use onrecord::domain::statements::draft::Facts;
use onrecord::domain::statements::notes::{self, NoteKind};
use onrecord::domain::statements::published::Found;
use onrecord::domain::statements::{DeskState, Kind, review};
use onrecord::infra::db::schema::audit_events;

use crate::support::cast::{a_statement, english, issued, simplified, words};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, forbidden, problem_with};
use crate::support::way::named;

async fn state(desk: &mut Desk, saved: &Saved) -> DeskState {
    desk.translation(saved.statement, english()).await.desk_state
}

fn again(saved: &Saved, title: &str) -> Save {
    let (statement, based_on) = (Some(saved.statement), Some(saved.revision));
    Save { statement, based_on, words: words(title), ..a_statement(7) }
}

#[actix_web::test]
async fn a_text_goes_from_hand_to_hand_and_out() {
    let mut desk = Desk::open().await;
    let (author, editor, publisher, now) =
        (desk.people.author, desk.people.editor, desk.people.publisher, desk.now);
    let saved = desk.submitted(author, 7).await;
    assert_eq!(state(&mut desk, &saved).await, DeskState::InReview);
    commands::request_changes(&mut desk.conn, editor, named(&saved), "Name the source.", now).await.done();
    assert_eq!(state(&mut desk, &saved).await, DeskState::ChangesRequested);
    let second = desk.save(author, &again(&saved, "With the source")).await.unwrap();
    assert_eq!(second.fell_back_from, None);
    assert_eq!(state(&mut desk, &saved).await, DeskState::ChangesRequested, "until it is submitted again");
    commands::submit(&mut desk.conn, author, named(&second), now).await.done();
    commands::approve(&mut desk.conn, publisher, named(&second), now).await.done();
    let text = desk.translation(saved.statement, english()).await;
    assert_eq!((text.desk_state, text.submitted_revision_id), (DeskState::Approved, Some(second.revision)));
    assert!(matches!(desk.read(7, english()).await, Found::Nothing), "not before it is published");
    desk.publish(&second, english(), None).await.done();
    assert_eq!(desk.text(7, english()).await.title(), "With the source");
    let text = desk.translation(saved.statement, english()).await;
    assert_eq!((text.desk_state, text.submitted_revision_id), (DeskState::None, None));

    let verbs: Vec<Verb> = audit_events::table
        .filter(audit_events::statement_id.eq(saved.statement))
        .order(audit_events::id)
        .select(audit_events::verb)
        .load(&mut desk.conn)
        .await
        .unwrap();
    use Verb::{Approved, ChangesRequested, Published, Submitted};
    let steps: Vec<Verb> = verbs
        .into_iter()
        .filter(|verb| [Submitted, ChangesRequested, Approved, Published].contains(verb))
        .collect();
    assert_eq!(steps, [Submitted, ChangesRequested, Submitted, Approved, Published]);
}

#[actix_web::test]
async fn a_later_save_voids_what_was_approved_and_says_so() {
    let mut desk = Desk::open().await;
    let (author, now) = (desk.people.author, desk.now);
    let saved = desk.submitted(author, 7).await;
    desk.approve(7).await;
    let later = desk.save(author, &again(&saved, "Slipped in")).await.unwrap();
    assert_eq!(later.fell_back_from, Some(DeskState::Approved));
    let text = desk.translation(saved.statement, english()).await;
    assert_eq!((text.desk_state, text.submitted_revision_id), (DeskState::Draft, None));
    let told = review::of(&mut desk.conn, text.id).await.unwrap();
    assert_eq!(told.fell_back_from, Some(DeskState::Approved));
    // A second save does not hide it; the next decision does.
    let later = desk.save(author, &again(&later, "And more")).await.unwrap();
    assert_eq!(later.fell_back_from, None);
    let told = review::of(&mut desk.conn, text.id).await.unwrap();
    assert_eq!(told.fell_back_from, Some(DeskState::Approved));
    // Neither the old save nor an old approval takes anything out.
    conflict(desk.publish(&saved, english(), None).await);
    conflict(commands::approve(&mut desk.conn, desk.people.publisher, named(&saved), now).await);
    conflict(commands::submit(&mut desk.conn, author, named(&saved), now).await);
    commands::submit(&mut desk.conn, author, named(&later), now).await.done();
    let told = review::of(&mut desk.conn, text.id).await.unwrap();
    assert_eq!(told.fell_back_from, None);
}

#[actix_web::test]
async fn other_facts_void_what_was_approved_in_every_language() {
    let mut desk = Desk::open().await;
    let (editor, now) = (desk.people.editor, desk.now);
    let saved = desk.submitted(editor, 7).await;
    let chinese = Save {
        statement: Some(saved.statement),
        locale: simplified(),
        words: words("第七号"),
        ..a_statement(7)
    };
    let chinese = desk.save(editor, &chinese).await.unwrap();
    let in_chinese = Named { locale: simplified(), ..named(&chinese) };
    commands::submit(&mut desk.conn, editor, in_chinese, now).await.done();
    desk.approve(7).await;
    // The same words; only the date is another.
    let facts = Facts { number: 7, kind: Kind::Statement, issued: issued("1998-06-04") };
    let moved =
        Save { statement: Some(saved.statement), based_on: Some(saved.revision), facts, ..a_statement(7) };
    let moved = desk.save(editor, &moved).await.unwrap();
    assert_eq!(moved.fell_back_from, Some(DeskState::Approved));
    for locale in [english(), simplified()] {
        let text = desk.translation(saved.statement, locale).await;
        assert_eq!(text.desk_state, DeskState::Draft, "{locale}");
    }
    // To save what is there already changes nothing.
    commands::submit(&mut desk.conn, editor, named(&moved), now).await.done();
    let same =
        Save { statement: Some(saved.statement), based_on: Some(moved.revision), facts, ..a_statement(7) };
    assert_eq!(desk.save(editor, &same).await.unwrap().fell_back_from, None);
    assert_eq!(state(&mut desk, &saved).await, DeskState::InReview);
}

#[actix_web::test]
async fn with_four_eyes_whoever_submitted_lets_nothing_out() {
    let mut desk = Desk::open().await;
    desk.demand_four_eyes().await;
    let (publisher, administrator, now) = (desk.people.publisher, desk.people.administrator, desk.now);
    let saved = desk.submitted(publisher, 7).await;
    let why = forbidden(commands::approve(&mut desk.conn, publisher, named(&saved), now).await);
    assert!(why.contains("another publisher"), "{why}");
    forbidden(desk.publish(&saved, english(), None).await);
    let tomorrow = crate::support::way::moment("2026-03-03T12:00:00Z", "UTC");
    forbidden(desk.schedule_as(publisher, 7, tomorrow.clone()).await);
    commands::approve(&mut desk.conn, administrator, named(&saved), now).await.done();
    forbidden(desk.publish(&saved, english(), None).await);
    desk.schedule_as(administrator, 7, tomorrow).await.done();
    forbidden(commands::unschedule(&mut desk.conn, publisher, (saved.statement, english()), now).await);
    desk.publish_as(administrator, &saved, english(), None).await.done();
}

#[actix_web::test]
async fn with_four_eyes_a_draft_goes_out_by_somebody_who_did_not_write_it() {
    let mut desk = Desk::open().await;
    let (publisher, administrator) = (desk.people.publisher, desk.people.administrator);
    let saved = desk.save(publisher, &a_statement(7)).await.unwrap();
    desk.demand_four_eyes().await;
    forbidden(desk.publish(&saved, english(), None).await);
    let theirs = desk.save(administrator, &again(&saved, "Theirs")).await.unwrap();
    forbidden(desk.publish_as(administrator, &theirs, english(), None).await);
    desk.publish(&theirs, english(), None).await.done();
}

#[actix_web::test]
async fn without_four_eyes_a_publisher_publishes_their_own_draft() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.publisher, &a_statement(7)).await.unwrap();
    desk.publish(&saved, english(), None).await.done();
}

#[actix_web::test]
async fn each_step_is_for_those_who_are_trusted_with_it() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.author, &a_statement(7)).await.unwrap();
    let (people, now) = (desk.people, desk.now);
    forbidden(commands::submit(&mut desk.conn, people.colleague, named(&saved), now).await);
    commands::submit(&mut desk.conn, people.author, named(&saved), now).await.done();
    forbidden(commands::request_changes(&mut desk.conn, people.author, named(&saved), "No.", now).await);
    for by in [people.author, people.editor] {
        forbidden(commands::approve(&mut desk.conn, by, named(&saved), now).await);
    }
    let text = (saved.statement, english());
    forbidden(commands::take_back(&mut desk.conn, people.colleague, text, now).await);
    commands::take_back(&mut desk.conn, people.author, text, now).await.done();
    assert_eq!(state(&mut desk, &saved).await, DeskState::Draft);
}

#[actix_web::test]
async fn steps_out_of_order_are_refused_in_words() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.author, &a_statement(7)).await.unwrap();
    let (people, now) = (desk.people, desk.now);
    let text = (saved.statement, english());
    for refused in [
        commands::approve(&mut desk.conn, people.publisher, named(&saved), now).await,
        commands::take_back(&mut desk.conn, people.author, text, now).await,
        commands::request_changes(&mut desk.conn, people.editor, named(&saved), "No.", now).await,
        commands::unschedule(&mut desk.conn, people.publisher, text, now).await,
    ] {
        let why = conflict(refused);
        assert!(why.starts_with("This text is not "), "{why}");
    }
    commands::submit(&mut desk.conn, people.author, named(&saved), now).await.done();
    conflict(commands::submit(&mut desk.conn, people.author, named(&saved), now).await);
    conflict(commands::discard(&mut desk.conn, people.author, saved.statement, english(), now).await);
    problem_with(
        "note",
        commands::request_changes(&mut desk.conn, people.editor, named(&saved), " ", now).await,
    );
    commands::request_changes(&mut desk.conn, people.editor, named(&saved), "Shorter.", now).await.done();
    for by in [people.publisher, Actor::OPERATOR] {
        conflict(desk.publish_as(by, &saved, english(), None).await);
    }
    let notes = notes::of_statement(&mut desk.conn, saved.statement, 10).await.unwrap();
    assert_eq!(
        (notes.len(), notes[0].kind, notes[0].body.as_str()),
        (1, NoteKind::ChangesRequested, "Shorter.")
    );
    assert_eq!(notes[0].about.map(|(revision, _)| revision), Some(saved.revision));
}

#[actix_web::test]
async fn what_cannot_go_out_is_not_submitted() {
    let mut desk = Desk::open().await;
    let (author, now) = (desk.people.author, desk.now);
    let untitled = desk.save(author, &Save { words: words(""), ..a_statement(7) }).await.unwrap();
    problem_with("title", commands::submit(&mut desk.conn, author, named(&untitled), now).await);
}
