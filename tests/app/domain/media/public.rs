//! Readers get what a public text shows, as long as it is public.

use diesel::{ExpressionMethods as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;
use onrecord::domain::ids::MediaId;
use onrecord::domain::media::library::{self, Filter};
use onrecord::domain::media::store;
use onrecord::domain::statements::commands::{self, OneVersion, Save};
use onrecord::domain::statements::showing::{self, Found};
use onrecord::infra::blobs::Blobs;
use onrecord::infra::db::schema::media_blobs;

use super::{describe, upload};
use crate::support::cast::{a_statement, english};
use crate::support::desk::Desk;
use crate::support::pictures::{drawing, jpeg, photo, png};
use crate::support::refusals::Done as _;

/// What a reader finds at the address of a picture.
async fn found(desk: &mut Desk, id: MediaId) -> &'static str {
    let conn = &mut desk.conn;
    // The address was known once, whatever became of the picture.
    let all = media_blobs::table.filter(media_blobs::media_id.eq(id));
    let (hash, format): (String, String) =
        all.select((media_blobs::hash, media_blobs::format)).first(conn).await.unwrap();
    let ending = if format == "jpeg" { "jpg" } else { &format };
    match showing::by_address(conn, &hash, &format!("march.{ending}")).await.unwrap() {
        Found::Here(_) => "here",
        Found::Gone => "gone",
        Found::Nothing => "nothing",
    }
}

fn showing_of(number: i64, id: MediaId) -> Save {
    let mut save = a_statement(number);
    save.words.body = format!("![A march](media:{id})");
    save
}

#[actix_web::test]
async fn a_picture_is_public_from_the_publication_to_the_withdrawal() {
    let mut desk = Desk::open().await;
    let id = upload(&mut desk, &Blobs::in_memory(), &jpeg(&photo(60, 40))).await;
    assert_eq!(found(&mut desk, id).await, "nothing", "in the library");
    let saved = desk.save(desk.people.editor, &showing_of(7, id)).await.unwrap();
    assert_eq!(found(&mut desk, id).await, "nothing", "in a draft");
    desk.publish(&saved, english(), None).await.done();
    assert_eq!(found(&mut desk, id).await, "here");
    desk.withdraw(&saved, english()).await.done();
    assert_eq!(found(&mut desk, id).await, "gone");
    desk.reinstate(&saved, english()).await.done();
    assert_eq!(found(&mut desk, id).await, "here");
}

#[actix_web::test]
async fn a_picture_of_two_texts_stays_for_the_other() {
    let mut desk = Desk::open().await;
    let id = upload(&mut desk, &Blobs::in_memory(), &png(&drawing(60, 40))).await;
    let one = desk.put_on_record(&showing_of(7, id)).await;
    let two = desk.put_on_record(&showing_of(8, id)).await;
    desk.withdraw(&one, english()).await.done();
    assert_eq!(found(&mut desk, id).await, "here");
    desk.withdraw(&two, english()).await.done();
    assert_eq!(found(&mut desk, id).await, "gone");
}

#[actix_web::test]
async fn where_it_is_used_is_told() {
    let mut desk = Desk::open().await;
    let id = upload(&mut desk, &Blobs::in_memory(), &png(&drawing(60, 40))).await;
    describe(&mut desk, id, "A march").await;
    desk.put_on_record(&showing_of(7, id)).await;
    desk.save(desk.people.author, &showing_of(8, id)).await.unwrap();
    let uses = showing::uses(&mut desk.conn, desk.people.editor, id).await.unwrap();
    let told: Vec<_> = uses.iter().map(|used| (used.number, used.is_public)).collect();
    assert_eq!(told, [(8, false), (7, true)]);
    assert!(store::by_id(&mut desk.conn, id).await.unwrap().unwrap().first_published_at.is_some());
}

#[actix_web::test]
async fn a_version_that_is_closed_takes_what_it_alone_shows() {
    let mut desk = Desk::open().await;
    let id = upload(&mut desk, &Blobs::in_memory(), &jpeg(&photo(60, 40))).await;
    let first = desk.put_on_record(&showing_of(7, id)).await;
    let without = Save { statement: Some(first.statement), based_on: Some(first.revision), ..a_statement(7) };
    let second = desk.save(desk.people.editor, &without).await.unwrap();
    desk.publish(&second, english(), Some("The picture was of another march.")).await.done();
    assert_eq!(found(&mut desk, id).await, "here", "in the earlier version");
    let (by, now) = (desk.people.publisher, desk.now);
    let version = OneVersion { statement: first.statement, locale: english(), n: 1 };
    commands::close_version(&mut desk.conn, by, version, "At risk.", now).await.done();
    assert_eq!(found(&mut desk, id).await, "gone");
    commands::reopen_version(&mut desk.conn, by, version, now).await.done();
    assert_eq!(found(&mut desk, id).await, "here");
}

#[actix_web::test]
async fn what_was_put_into_a_limited_draft_first_is_hidden_from_the_others() {
    let mut desk = Desk::open().await;
    let id = upload(&mut desk, &Blobs::in_memory(), &jpeg(&photo(60, 40))).await;
    let people = desk.people;
    let saved = desk.save(people.editor, &showing_of(7, id)).await.unwrap();
    let only = [people.author.user.unwrap()];
    commands::limit_to(&mut desk.conn, people.administrator, saved.statement, &only, desk.now).await.done();
    // Nobody comes to see it by naming it in a text of their own.
    desk.save(people.colleague, &showing_of(8, id)).await.unwrap();
    for (person, sees) in [
        (people.author, true),
        (people.editor, true),
        (people.administrator, true),
        (people.colleague, false),
        (people.publisher, false),
    ] {
        let minding = person.minding();
        let filter = Filter { minding, ..Filter::default() };
        let listed = library::list(&mut desk.conn, &filter).await.unwrap();
        assert_eq!(listed.len(), usize::from(sees), "{person:?}");
        assert_eq!(library::entry(&mut desk.conn, minding, id).await.unwrap().is_some(), sees);
        let uses = showing::uses(&mut desk.conn, person, id).await.unwrap();
        assert_eq!(uses.len(), if sees { 2 } else { 1 }, "{person:?}");
    }
}
