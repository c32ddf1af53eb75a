//! A draft for some people only: for all others it does not exist, whatever they ask.

use onrecord::domain::policy::Actor;
use onrecord::domain::statements::commands::{self, Save};
use onrecord::domain::statements::desk::{self as desk_queries, Filter};
use onrecord::domain::statements::people;
use onrecord::domain::statements::published::Found;
use onrecord::domain::statements::waiting::{self, Pile};

use crate::support::cast::{a_statement, english, words};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, not_found, problem_with};
use crate::support::way::named;

async fn in_the_list(desk: &mut Desk, who: Actor) -> bool {
    let by_words = Filter { text: "Statement 7".to_owned(), ..Filter::default() };
    let by_number = Filter { text: "7".to_owned(), ..Filter::default() };
    let mut found = Vec::new();
    for filter in [Filter::default(), by_words, by_number] {
        let rows = desk_queries::list(&mut desk.conn, who, &filter).await.unwrap();
        found.push(rows.iter().any(|row| row.number == 7));
    }
    assert!(found.iter().all(|is| *is == found[0]), "the list and its filters agree: {found:?}");
    found[0]
}

#[actix_web::test]
async fn only_the_named_who_began_it_and_administrators_find_it() {
    let mut desk = Desk::open().await;
    let (people, now) = (desk.people, desk.now);
    let saved = desk.submitted(people.author, 7).await;
    desk.save(people.author, &a_statement(8)).await.unwrap();
    let named_people = [people.publisher.user.unwrap()];
    commands::limit_to(&mut desk.conn, people.author, saved.statement, &named_people, now).await.done();
    for (who, sees) in [
        (people.author, true),
        (people.publisher, true),
        (people.administrator, true),
        (people.colleague, false),
        (people.editor, false),
    ] {
        assert_eq!(in_the_list(&mut desk, who).await, sees, "{who:?}");
        let waits = waiting::pile(&mut desk.conn, who, Pile::ToReview, 10).await.unwrap();
        let expected = sees && who != people.author;
        assert_eq!(!waits.is_empty(), expected, "{who:?} on the dashboard");
    }
    // No command tells it from one that does not exist.
    let (editor, text) = (people.editor, (saved.statement, english()));
    let again = Save {
        statement: Some(saved.statement),
        based_on: Some(saved.revision),
        words: words("Mine"),
        ..a_statement(7)
    };
    not_found(desk.save(editor, &again).await);
    not_found(commands::discard(&mut desk.conn, editor, saved.statement, english(), now).await);
    not_found(commands::submit(&mut desk.conn, editor, named(&saved), now).await);
    not_found(commands::request_changes(&mut desk.conn, editor, named(&saved), "No.", now).await);
    not_found(commands::take_back(&mut desk.conn, editor, text, now).await);
    not_found(commands::leave_note(&mut desk.conn, editor, text, "Hello", None, now).await);
    not_found(commands::set_embargo(&mut desk.conn, editor, saved.statement, None, now).await);
    not_found(commands::limit_to(&mut desk.conn, editor, saved.statement, &[], now).await);
    not_found(commands::file_under(&mut desk.conn, editor, saved.statement, &[], now).await);
}

#[actix_web::test]
async fn a_publisher_who_is_not_named_publishes_nothing_of_it() {
    let mut desk = Desk::open().await;
    let (people, now) = (desk.people, desk.now);
    let saved = desk.submitted(people.author, 7).await;
    let only = [people.editor.user.unwrap()];
    commands::limit_to(&mut desk.conn, people.author, saved.statement, &only, now).await.done();
    not_found(desk.publish(&saved, english(), None).await);
    not_found(commands::approve(&mut desk.conn, people.publisher, named(&saved), now).await);
    // What an administrator makes public is public.
    desk.publish_as(people.administrator, &saved, english(), None).await.done();
    assert!(matches!(desk.read(7, english()).await, Found::Here(_)));
    not_found(desk.withdraw(&saved, english()).await);
}

#[actix_web::test]
async fn nobody_locks_themselves_out() {
    let mut desk = Desk::open().await;
    let (people, now) = (desk.people, desk.now);
    let saved = desk.save(people.author, &a_statement(7)).await.unwrap();
    let only = [people.colleague.user.unwrap()];
    commands::limit_to(&mut desk.conn, people.editor, saved.statement, &only, now).await.done();
    let mut named = people::limited_to(&mut desk.conn, saved.statement).await.unwrap();
    named.sort();
    let mut expected = [people.colleague.user.unwrap(), people.editor.user.unwrap()];
    expected.sort();
    assert_eq!(named, expected);
    assert!(in_the_list(&mut desk, people.editor).await);
    commands::limit_to(&mut desk.conn, people.editor, saved.statement, &[], now).await.done();
    assert!(in_the_list(&mut desk, people.publisher).await);
}

#[actix_web::test]
async fn only_people_with_an_account_can_be_named() {
    let mut desk = Desk::open().await;
    let saved = desk.save(desk.people.author, &a_statement(7)).await.unwrap();
    let stranger = [onrecord::domain::ids::UserId(4711)];
    let (author, now) = (desk.people.author, desk.now);
    problem_with("people", commands::limit_to(&mut desk.conn, author, saved.statement, &stranger, now).await);
}
