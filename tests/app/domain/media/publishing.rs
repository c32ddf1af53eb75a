//! What a text shows when it goes public, and what keeps it from doing so.

use onrecord::domain::media::commands;
use onrecord::domain::media::words::Words;
use onrecord::domain::statements::commands::Save;
use onrecord::infra::blobs::Blobs;

use super::{describe, upload};
use crate::support::cast::{a_statement, english, simplified, words};
use crate::support::desk::Desk;
use crate::support::documents::Pdf;
use crate::support::pictures::{jpeg, photo};
use crate::support::refusals::{Done as _, problem_with};

fn that_says(number: i64, body: &str) -> Save {
    let mut save = a_statement(number);
    save.words.body = body.to_owned();
    save
}

#[actix_web::test]
async fn a_text_goes_public_with_its_pictures_and_files() {
    let mut desk = Desk::open().await;
    let blobs = Blobs::in_memory();
    let picture = upload(&mut desk, &blobs, &jpeg(&photo(1000, 500))).await;
    let file = upload(&mut desk, &blobs, &Pdf::new().written()).await;
    describe(&mut desk, picture, "A march").await;
    desk.put_on_record(&that_says(7, &format!("![](media:{picture})\n\n[Read](media:{file})"))).await;
    let html = desk.text(7, english()).await.body().as_str().to_owned();
    assert!(
        html.contains(r#"width="1000" height="500" alt="A march""#) && html.contains(" 480w, /media/"),
        "{html}"
    );
    assert!(html.contains("march.pdf\"") && html.contains("<small>(PDF, 1 kB)</small>"), "{html}");
}

#[actix_web::test]
async fn a_picture_has_to_be_described_in_the_language_of_the_text() {
    let mut desk = Desk::open().await;
    let picture = upload(&mut desk, &Blobs::in_memory(), &jpeg(&photo(60, 40))).await;
    let body = format!("![](media:{picture})");
    let saved = desk.save(desk.people.editor, &that_says(7, &body)).await.unwrap();
    let outcome = desk.publish(&saved, english(), None).await;
    assert!(problem_with("body", outcome).contains("no description in English"));
    describe(&mut desk, picture, "A march").await;
    desk.publish(&saved, english(), None).await.done();

    let chinese = Save {
        statement: Some(saved.statement),
        locale: simplified(),
        words: words("声明"),
        ..that_says(7, "")
    };
    let chinese = Save { words: that_says(7, &body).words, ..chinese };
    let saved = desk.save(desk.people.editor, &chinese).await.unwrap();
    assert!(problem_with("body", desk.publish(&saved, simplified(), None).await).contains("简体中文"));
    let decorative = [Words::typed(simplified(), "", true, "", "")];
    commands::describe(&mut desk.conn, desk.people.editor, picture, "", &decorative, desk.now).await.unwrap();
    desk.publish(&saved, simplified(), None).await.done();
    assert!(desk.text(7, simplified()).await.body().as_str().contains(r#"alt="" loading"#));
}

#[actix_web::test]
async fn the_words_of_the_text_itself_will_do() {
    let mut desk = Desk::open().await;
    let picture = upload(&mut desk, &Blobs::in_memory(), &jpeg(&photo(60, 40))).await;
    desk.put_on_record(&that_says(7, &format!("![A march](media:{picture} \"In spring\")"))).await;
    let html = desk.text(7, english()).await.body().as_str().to_owned();
    assert!(
        html.contains(r#"alt="A march""#) && html.contains("<figcaption>In spring</figcaption>"),
        "{html}"
    );
}

#[actix_web::test]
async fn what_is_not_there_or_no_picture_keeps_a_text_back() {
    let mut desk = Desk::open().await;
    let file = upload(&mut desk, &Blobs::in_memory(), &Pdf::new().written()).await;
    for (number, body, said) in [
        (7, "![A march](media:999)".to_owned(), "no picture or file media:999"),
        (8, "[A report](media:999)".to_owned(), "no picture or file media:999"),
        (9, format!("![A report](media:{file})"), "is a file, not a picture"),
    ] {
        let saved = desk.save(desk.people.editor, &that_says(number, &body)).await.unwrap();
        assert!(problem_with("body", desk.publish(&saved, english(), None).await).contains(said), "{body}");
    }
}

#[actix_web::test]
async fn a_text_of_nothing_but_names_is_kept_all_the_same() {
    let mut desk = Desk::open().await;
    let many: String = (1..30_000).map(|number| format!("![](media:{number})\n")).collect();
    let saved = desk.save(desk.people.editor, &that_says(7, &many)).await.unwrap();
    assert!(problem_with("body", desk.publish(&saved, english(), None).await).contains("at most 200"));
    let far = format!("![](media:{})", "9".repeat(40));
    desk.save(desk.people.editor, &that_says(8, &far)).await.unwrap();
}
