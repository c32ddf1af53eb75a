//! Pictures and files as readers get them: with the text, and gone with it.

use actix_web::http::Method;

use crate::support::app::TestApp;
use crate::support::cast::{a_statement, english};
use crate::support::documents::Pdf;
use crate::support::pictures::{jpeg, photo};
use crate::support::refusals::Done as _;
use onrecord::domain::ids::MediaId;
use onrecord::domain::media::{commands, prepare};
use onrecord::domain::statements::commands::{
    Life, NewPreviewLink, Saved, limit_to, make_preview_link, remove_samples,
};

async fn upload(app: &mut TestApp, content: &[u8]) -> MediaId {
    let (by, now) = (app.desk.people.editor, app.desk.now);
    let blobs = app.app.blobs.clone();
    let prepared = prepare(content).unwrap();
    commands::keep(&mut app.desk.conn, &blobs, by, prepared, "march.jpg", now).await.unwrap()
}

/// Puts a statement on record that shows a picture and links a file.
async fn on_record(app: &mut TestApp, number: i64, is_sample: bool) -> Saved {
    let picture = upload(app, &jpeg(&photo(1000, 500))).await;
    let file = upload(app, &Pdf::new().written()).await;
    let mut save = a_statement(number);
    save.is_sample = is_sample;
    save.words.body = format!("![A march](media:{picture} \"In spring\")\n\n[The report](media:{file})");
    app.desk.put_on_record(&save).await
}

#[actix_web::test]
async fn a_page_shows_its_pictures_without_moving_and_without_asking_anybody_else() {
    let mut app = TestApp::start().await;
    on_record(&mut app, 7, false).await;
    let answer = app.visitor().get("/en/statements/7").await.expect(200);
    assert!(answer.header("content-security-policy").contains("img-src 'self'"));
    let page = answer.html();
    let img =
        "main figure img[loading=lazy][decoding=async][sizes][alt='A march'][width='1000'][height='500']";
    assert_eq!(page.text("main figcaption"), "In spring");
    let mut addresses = vec![page.attr(img, "src"), page.attr("main .body a", "href")];
    addresses
        .extend(page.attr(img, "srcset").split(", ").map(|one| one.split(' ').next().unwrap().to_owned()));
    assert_eq!(addresses.len(), 4);
    assert_eq!(page.text("main .body a"), "The report (PDF, 1 kB)");
    for address in addresses {
        assert!(address.starts_with("/media/"), "{address}");
        let content = app.visitor().get(&address).await.expect(200);
        assert_eq!(content.header("x-content-type-options"), "nosniff");
        assert!(content.header("content-security-policy").contains("default-src 'none'"));
        assert!(content.header("content-disposition").starts_with("inline; filename=\"march."));
        assert_eq!(content.header("cache-control"), "private, max-age=31536000, immutable");
        assert!(content.header("set-cookie").is_empty());
    }
}

/// The addresses of the picture and the file of a page.
async fn addresses(app: &TestApp, path: &str) -> [String; 2] {
    let page = app.visitor().page(path).await;
    [page.attr("main figure img", "src"), page.attr("main .body a", "href")]
}

#[actix_web::test]
async fn a_withdrawal_takes_them_at_once_and_a_reinstatement_gives_them_back() {
    let mut app = TestApp::start().await;
    let saved = on_record(&mut app, 7, false).await;
    let addresses = addresses(&app, "/en/statements/7").await;
    let tag = app.visitor().get(&addresses[0]).await.header("etag").to_owned();
    app.desk.withdraw(&saved, english()).await.done();
    for address in &addresses {
        let answer = app.visitor().get(address).await.expect(410);
        assert_eq!(answer.header("cache-control"), "no-cache");
        // Whoever has it already is told too.
        app.visitor().with("if-none-match", &tag).get(address).await.expect(410);
        app.visitor().with("range", "bytes=0-1").get(address).await.expect(410);
    }
    app.desk.reinstate(&saved, english()).await.done();
    for address in &addresses {
        app.visitor().get(address).await.expect(200);
    }
}

#[actix_web::test]
async fn a_removal_takes_them_for_good() {
    let mut app = TestApp::start().await;
    on_record(&mut app, 900_001, true).await;
    let addresses = addresses(&app, "/en/statements/900001").await;
    let (by, now) = (app.desk.people.administrator, app.desk.now);
    remove_samples(&mut app.desk.conn, by, now).await.done();
    for address in &addresses {
        app.visitor().get(address).await.expect(410);
    }
}

#[actix_web::test]
async fn a_part_can_be_asked_for_and_what_is_known_is_not_sent_again() {
    let mut app = TestApp::start().await;
    on_record(&mut app, 7, false).await;
    let [_, file] = addresses(&app, "/en/statements/7").await;
    let whole = app.visitor().get(&file).await.expect(200);
    let (size, tag) = (whole.body.len(), whole.header("etag").to_owned());
    let part = app.visitor().with("range", "bytes=5-8").get(&file).await.expect(206);
    assert_eq!(part.body, whole.body[5..9]);
    assert_eq!(part.header("content-range"), format!("bytes 5-8/{size}"));
    let outside = app.visitor().with("range", &format!("bytes={size}-")).get(&file).await.expect(416);
    assert_eq!(outside.header("content-range"), format!("bytes */{size}"));
    let other =
        app.visitor().with("range", "bytes=5-8").with("if-range", "\"x\"").get(&file).await.expect(200);
    assert_eq!(other.body, whole.body);
    let known = app.visitor().with("if-none-match", &tag).get(&file).await.expect(304);
    assert!(known.body.is_empty());
    let head = app.visitor().head(&file).await.expect(200);
    assert_eq!((head.header("etag"), head.header("accept-ranges")), (&*tag, "bytes"));
}

#[actix_web::test]
async fn addresses_that_lead_nowhere_say_so() {
    let mut app = TestApp::start().await;
    on_record(&mut app, 7, false).await;
    let [picture, _] = addresses(&app, "/en/statements/7").await;
    for wrong in [
        "/media/0123456789abcdef0123456789abcdef/march.jpg",
        "/media/x/y",
        &picture.replace("march", "march-2"),
        &picture.replace(".jpg", ".svg"),
        &picture.to_uppercase(),
    ] {
        app.visitor().get(wrong).await.expect(404);
    }
    app.visitor().get("/media/%2e%2e/passwd").await.expect(404);
    let answer = app.visitor().send(Method::POST, &picture, None).await.expect(405);
    assert_eq!(answer.header("allow"), "GET, HEAD");
}

#[actix_web::test]
async fn a_preview_for_outsiders_shows_its_own_and_no_others() {
    let mut app = TestApp::start().await;
    let (mine, other) =
        (upload(&mut app, &jpeg(&photo(60, 40))).await, upload(&mut app, &jpeg(&photo(64, 40))).await);
    let mut save = a_statement(7);
    save.words.body = format!("![A march](media:{mine})");
    let (by, now) = (app.desk.people.editor, app.app.clock.now());
    let saved = app.desk.save(by, &save).await.unwrap();
    let link = NewPreviewLink {
        statement: saved.statement,
        locale: english(),
        revision: saved.revision,
        life: Life::Week,
        label: String::new(),
    };
    let token = make_preview_link(&mut app.desk.conn, by, link, now).await.unwrap();
    let src = app.visitor().page(&format!("/preview/{token}")).await.attr("main figure img", "src");
    let answer = app.visitor().get(&src).await.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    app.visitor().get(&src.replace(&token, "another")).await.expect(404);
    app.visitor().get(&src.replace(&format!("/preview/{token}"), "")).await.expect(404);
    let blob = &onrecord::domain::media::store::blobs_of(&mut app.desk.conn, &[other]).await.unwrap()[0];
    app.visitor().get(&format!("/preview/{token}/media/{}/march.jpg", blob.hash)).await.expect(404);
}

#[actix_web::test]
async fn nobody_comes_to_see_a_hidden_picture_by_naming_it_in_a_draft_of_their_own() {
    let mut app = TestApp::start().await;
    let picture = upload(&mut app, &jpeg(&photo(60, 40))).await;
    let (people, now) = (app.desk.people, app.app.clock.now());
    let mut save = a_statement(7);
    save.words.body = format!("![Who was there](media:{picture})");
    let limited = app.desk.save(people.editor, &save).await.unwrap();
    let only = [people.author.user.unwrap()];
    limit_to(&mut app.desk.conn, people.administrator, limited.statement, &only, now).await.done();
    let mut save = a_statement(8);
    save.words.body = format!("![](media:{picture})");
    let own = app.desk.save(people.colleague, &save).await.unwrap();
    let preview = format!("/admin/statements/{}/en/preview", own.statement);
    assert!(!app.signed_in_as("colleague").await.page(&preview).await.has("main figure"));
    assert!(app.signed_in_as("administrator").await.page(&preview).await.has("main figure"));
    let address = app.signed_in_as("administrator").await.page(&preview).await.attr("main figure img", "src");
    let link = NewPreviewLink {
        statement: own.statement,
        locale: english(),
        revision: own.revision,
        life: Life::Week,
        label: String::new(),
    };
    let token = make_preview_link(&mut app.desk.conn, people.colleague, link, now).await.unwrap();
    assert!(!app.visitor().page(&format!("/preview/{token}")).await.has("main figure"));
    let content = address.split("/files/").nth(1).unwrap();
    app.visitor().get(&format!("/preview/{token}/media/{content}")).await.expect(404);
    let told = app.signed_in_as("publisher").await.page(&preview.replace("preview", "publication")).await;
    assert!(told.text("[role=alert]").contains("There is no picture"), "{}", told.text("main"));
}
