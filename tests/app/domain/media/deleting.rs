//! What nothing shows can be deleted, and what is removed takes its pictures along.

use onrecord::domain::ids::MediaId;
use onrecord::domain::media::{Blob, commands, library, store};
use onrecord::domain::statements::commands::{Save, remove_samples};
use onrecord::infra::blobs::{self, Blobs};

use super::upload;
use crate::support::cast::a_statement;
use crate::support::desk::Desk;
use crate::support::pictures::{jpeg, photo};
use crate::support::refusals::{Done as _, conflict};

async fn blobs_of(desk: &mut Desk, id: MediaId) -> Vec<Blob> {
    store::blobs_of(&mut desk.conn, &[id]).await.unwrap()
}

async fn are_stored(blobs: &Blobs, all: &[Blob]) -> bool {
    let mut stored = Vec::new();
    for blob in all {
        stored.push(match blobs.read(&blob.hash, None).await {
            Ok(_) => true,
            Err(blobs::Error::NotFound(_)) => false,
            Err(error) => panic!("{error}"),
        });
    }
    assert!(stored.iter().all(|is| *is == stored[0]), "half of it is there: {stored:?}");
    stored[0]
}

fn showing(number: i64, id: MediaId) -> Save {
    let mut save = a_statement(number);
    save.words.body = format!("![A march](media:{id})");
    save
}

#[actix_web::test]
async fn what_a_text_shows_is_kept_and_what_none_shows_goes() {
    let mut desk = Desk::open().await;
    let store_of_blobs = Blobs::in_memory();
    let id = upload(&mut desk, &store_of_blobs, &jpeg(&photo(600, 40))).await;
    let editor = desk.people.editor;
    let saved = desk.save(editor, &showing(7, id)).await.unwrap();
    conflict(commands::delete(&mut desk.conn, editor, id, desk.now).await);
    let without = Save { statement: Some(saved.statement), based_on: Some(saved.revision), ..a_statement(7) };
    desk.save(editor, &without).await.unwrap();
    let all = blobs_of(&mut desk, id).await;
    commands::delete(&mut desk.conn, editor, id, desk.now).await.unwrap();
    assert!(store::by_id(&mut desk.conn, id).await.unwrap().is_none());
    assert!(are_stored(&store_of_blobs, &all).await);
    assert_eq!(commands::sweep(&mut desk.conn, &store_of_blobs, desk.now).await.unwrap(), all.len());
    assert!(!are_stored(&store_of_blobs, &all).await);
    assert_eq!(commands::sweep(&mut desk.conn, &store_of_blobs, desk.now).await.unwrap(), 0);
}

#[actix_web::test]
async fn the_same_picture_uploaded_twice_is_stored_once_and_kept_for_the_other() {
    let mut desk = Desk::open().await;
    let blobs = Blobs::in_memory();
    let content = jpeg(&photo(60, 40));
    let (one, two) = (upload(&mut desk, &blobs, &content).await, upload(&mut desk, &blobs, &content).await);
    let all = blobs_of(&mut desk, one).await;
    commands::delete(&mut desk.conn, desk.people.editor, one, desk.now).await.unwrap();
    commands::sweep(&mut desk.conn, &blobs, desk.now).await.unwrap();
    assert!(are_stored(&blobs, &all).await);
    commands::delete(&mut desk.conn, desk.people.editor, two, desk.now).await.unwrap();
    commands::sweep(&mut desk.conn, &blobs, desk.now).await.unwrap();
    assert!(!are_stored(&blobs, &all).await);
}

#[actix_web::test]
async fn the_removal_of_a_statement_takes_what_nothing_else_shows() {
    let mut desk = Desk::open().await;
    let blobs = Blobs::in_memory();
    let only_here = upload(&mut desk, &blobs, &jpeg(&photo(60, 40))).await;
    let elsewhere_too = upload(&mut desk, &blobs, &jpeg(&photo(64, 40))).await;
    let mut sample = Save { is_sample: true, ..showing(900_001, only_here) };
    sample.words.body.push_str(&format!("\n\n![A crowd](media:{elsewhere_too})"));
    desk.put_on_record(&sample).await;
    desk.put_on_record(&showing(7, elsewhere_too)).await;
    let (gone, kept) = (blobs_of(&mut desk, only_here).await, blobs_of(&mut desk, elsewhere_too).await);

    remove_samples(&mut desk.conn, desk.people.administrator, desk.now).await.done();
    assert!(store::by_id(&mut desk.conn, only_here).await.unwrap().is_none());
    assert!(store::by_id(&mut desk.conn, elsewhere_too).await.unwrap().is_some());
    commands::sweep(&mut desk.conn, &blobs, desk.now).await.unwrap();
    assert!(!are_stored(&blobs, &gone).await && are_stored(&blobs, &kept).await);
}

#[actix_web::test]
async fn the_library_is_found_by_words_and_by_use() {
    let mut desk = Desk::open().await;
    let blobs = Blobs::in_memory();
    let (one, two) = (
        upload(&mut desk, &blobs, &jpeg(&photo(60, 40))).await,
        upload(&mut desk, &blobs, &jpeg(&photo(64, 40))).await,
    );
    super::describe(&mut desk, one, "A 100% quiet march").await;
    desk.save(desk.people.editor, &showing(7, two)).await.unwrap();
    for (text, used, expected) in [
        ("", None, vec![two, one]),
        ("QUIET", None, vec![one]),
        ("100%", None, vec![one]),
        ("quiet nothing", None, vec![]),
        ("_", None, vec![]),
        ("march", None, vec![two, one]),
        (&*format!("media:{two}"), None, vec![two]),
        ("", Some(true), vec![two]),
        ("", Some(false), vec![one]),
    ] {
        let filter = library::Filter { text: text.to_owned(), used, ..library::Filter::default() };
        let found = library::list(&mut desk.conn, &filter).await.unwrap();
        assert_eq!(
            found.iter().map(|entry| entry.medium.id).collect::<Vec<_>>(),
            expected,
            "{text:?} {used:?}"
        );
        assert!(found.iter().all(|entry| entry.thumbnail().is_some()));
    }
}
