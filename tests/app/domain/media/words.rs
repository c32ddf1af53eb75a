//! The words that stand with a picture, in each language.

use onrecord::domain::media::words::Words;
use onrecord::domain::media::{commands, store};
use onrecord::infra::blobs::Blobs;

use super::{describe, upload, upload_as};
use crate::support::cast::{a_statement, english, simplified};
use crate::support::desk::Desk;
use crate::support::pictures::{jpeg, photo};
use crate::support::refusals::{forbidden, problem_with};

#[actix_web::test]
async fn each_language_has_its_own() {
    let mut desk = Desk::open().await;
    let id = upload(&mut desk, &Blobs::in_memory(), &jpeg(&photo(60, 40))).await;
    let words = [
        Words::typed(english(), " A  march ", false, "The march", "Photo: A."),
        Words::typed(simplified(), "", true, "", ""),
    ];
    commands::describe(&mut desk.conn, desk.people.editor, id, "The March!", &words, desk.now).await.unwrap();
    let kept = store::words_in_all(&mut desk.conn, id).await.unwrap();
    assert_eq!(kept.len(), 3);
    assert_eq!((kept[0].alt.as_str(), kept[0].credit.as_str()), ("A march", "Photo: A."));
    assert_eq!(kept[1].alternative().as_deref(), Some(""));
    assert_eq!(kept[2].alternative(), None);
    assert_eq!(store::by_id(&mut desk.conn, id).await.unwrap().unwrap().name, "the-march");
}

#[actix_web::test]
async fn what_decorates_says_nothing_and_nothing_is_endless() {
    let mut desk = Desk::open().await;
    let id = upload(&mut desk, &Blobs::in_memory(), &jpeg(&photo(60, 40))).await;
    for words in [
        Words::typed(english(), "A march", true, "", ""),
        Words::typed(english(), &"x".repeat(601), false, "", ""),
        Words::typed(english(), "", false, &"x".repeat(1001), ""),
    ] {
        let outcome =
            commands::describe(&mut desk.conn, desk.people.editor, id, "", &[words], desk.now).await;
        assert!(problem_with("words", outcome).starts_with("English"));
    }
}

#[actix_web::test]
async fn authors_describe_what_they_uploaded() {
    let mut desk = Desk::open().await;
    let (author, colleague) = (desk.people.author, desk.people.colleague);
    let id = upload_as(&mut desk, &Blobs::in_memory(), author, &jpeg(&photo(60, 40))).await;
    let words = [Words::typed(english(), "A march", false, "", "")];
    forbidden(commands::describe(&mut desk.conn, colleague, id, "", &words, desk.now).await);
    forbidden(commands::delete(&mut desk.conn, colleague, id, desk.now).await);
    commands::describe(&mut desk.conn, author, id, "", &words, desk.now).await.unwrap();
    commands::delete(&mut desk.conn, author, id, desk.now).await.unwrap();
}

#[actix_web::test]
async fn what_readers_have_keeps_its_description_and_its_address() {
    let mut desk = Desk::open().await;
    let id = upload(&mut desk, &Blobs::in_memory(), &jpeg(&photo(60, 40))).await;
    describe(&mut desk, id, "A march").await;
    let mut save = a_statement(7);
    save.words.body = format!("![](media:{id})");
    desk.put_on_record(&save).await;
    let none = [Words::none(english())];
    let outcome = commands::describe(&mut desk.conn, desk.people.editor, id, "other", &none, desk.now).await;
    assert!(problem_with("words", outcome).contains("not taken away"));
    let better = [Words::typed(english(), "A march of thousands", false, "", "")];
    commands::describe(&mut desk.conn, desk.people.editor, id, "other", &better, desk.now).await.unwrap();
    assert_eq!(store::by_id(&mut desk.conn, id).await.unwrap().unwrap().name, "march");
    assert!(desk.text(7, english()).await.body().as_str().contains(r#"alt="A march""#), "as it went out");
}
