//! Pictures and files on the desk: uploading, the library, the words, the way into a text.

use actix_web::http::Method;

use crate::support::app::TestApp;
use crate::support::documents::{Pdf, that_acts};
use crate::support::pictures::{drawing, jpeg, jpeg_that_tells, photo, png, png_that_claims};
use crate::support::visitor::Visitor;

async fn uploaded(visitor: &mut Visitor<'_>, name: &str, content: &[u8]) -> String {
    visitor.upload("/admin/media", name, content).await.expect(303).location().to_owned()
}

#[actix_web::test]
async fn an_upload_leads_to_its_page_where_its_words_are_asked_for() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let path = uploaded(&mut author, "The March.JPG", &jpeg_that_tells(&photo(1000, 600))).await;
    let page = author.page(&path).await;
    assert!(page.text("[role=status]").contains("say what it shows"));
    let form = page.form("main form[data-guard]");
    assert_eq!(form.value("name"), "the-march");
    let form = form.with("en.alt", "A march").with("zh-hans.alt", "游行").with("en.credit", "Photo: A.");
    author.submit(&form).await.expect(303);
    let page = author.page(&path).await;
    assert_eq!(page.form("main form[data-guard]").value("zh-hans.alt"), "游行");
    assert_eq!(page.attr("main .large img", "alt"), "A march");
    let src = page.attr("main .large img", "src");
    let content = author.get(&src).await.expect(200);
    assert_eq!(content.header("content-type"), "image/jpeg");
    assert!(content.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    assert!(!content.body.windows(6).any(|found| found == b"SECRET"));
}

#[actix_web::test]
async fn what_is_not_taken_is_said_at_the_field() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let hint = author.page("/admin/media/new").await.text("#file-hint");
    assert!(hint.contains("20 MB") && hint.contains("50 MB") && hint.contains("40 million pixels"), "{hint}");
    for (name, content, said) in [
        ("picture.png", b"<svg onload='alert(1)'></svg>".to_vec(), "whatever its name says"),
        ("picture.jpg", b"<!doctype html><script>alert(1)</script>".to_vec(), "whatever its name says"),
        ("bomb.png", png_that_claims(50_000, 50_000), "40 million pixels"),
        ("half.jpg", jpeg(&photo(90, 60))[..900].to_vec(), "not complete"),
        ("nothing.jpg", vec![], "choose a file"),
        ("large.jpg", [b"\xff\xd8\xff".to_vec(), vec![0; 20_000_000]].concat(), "more than 20 MB"),
        ("short", b"x".to_vec(), "whatever its name says"),
    ] {
        let page = author.upload("/admin/media", name, &content).await.expect(422).html();
        assert!(page.problem_at("file").contains(said), "{name}: {}", page.problem_at("file"));
    }
    assert!(author.page("/admin/media").await.has(".nothing"), "nothing of it is kept");
}

#[actix_web::test]
async fn a_name_is_only_a_name() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    for (name, address) in [
        ("../../etc/passwd.html", "etc-passwd"),
        ("游行.jpg", "file"),
        ("a.svg", "a"),
        ("%00%2e%2e.png", "00-2e-2e"),
        (&"long ".repeat(100), "long-long-long-long-long-long-long-long-long-long-long-long"),
    ] {
        let path = uploaded(&mut author, name, &png(&drawing(30, 20))).await;
        assert_eq!(author.page(&path).await.form("main form[data-guard]").value("name"), address, "{name}");
    }
}

#[actix_web::test]
async fn a_form_that_is_none_or_too_much_is_refused() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let part = |name: &str| {
        format!("--w\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"x\"\r\n\r\nabc\r\n")
    };
    let many = part("other").repeat(9) + "--w--\r\n";
    let cut_off = "--w\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nabc";
    for (content_type, body) in [
        ("multipart/form-data", "x"),
        ("multipart/form-data; boundary=w", "x"),
        ("multipart/form-data; boundary=w", cut_off),
        ("multipart/form-data; boundary=w", &many),
        ("application/x-www-form-urlencoded", "file=abc"),
        ("application/json", "{}"),
    ] {
        let sent = Some((content_type, body.to_owned().into()));
        let answer = author.send(Method::POST, "/admin/media", sent).await;
        assert_eq!(answer.status, 400, "{content_type} {body:.20}: {}", answer.gist());
        answer.html().one("h1");
    }
}

#[actix_web::test]
async fn two_files_at_once_are_refused_in_words() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let one = png(&drawing(30, 20));
    let head = b"--w\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";
    let body = [head, &one[..], b"\r\n", head, &one[..], b"\r\n--w--\r\n"].concat();
    let sent = Some(("multipart/form-data; boundary=w", body.into()));
    let page = author.send(Method::POST, "/admin/media", sent).await.expect(422).html();
    assert!(page.problem_at("file").contains("one file at a time"));
}

#[actix_web::test]
async fn a_script_is_told_what_it_has_to_know() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await.with("accept", "application/json");
    let answer = author.upload("/admin/media", "report.pdf", &that_acts()).await.expect(201);
    let told: serde_json::Value = serde_json::from_str(answer.text()).unwrap();
    assert!(told["markdown"].as_str().unwrap().starts_with("[Words](media:"));
    assert_eq!(told["isPicture"], false);
    assert_eq!(told["warnings"].as_array().unwrap().len(), 4);
    let answer = author.upload("/admin/media", "x.png", b"<svg></svg>").await.expect(422);
    assert!(answer.text().contains("whatever its name says"), "{}", answer.text());
}

#[actix_web::test]
async fn a_document_says_what_was_taken_out_of_it() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let path = uploaded(&mut author, "report.pdf", &that_acts()).await;
    let page = author.page(&path).await;
    let said = page.texts(".note li").join(" ");
    assert!(said.contains("scripts") && said.contains("attached") && said.contains("form"), "{said}");
    let content = author.get(&page.attrs("main dl a", "href")[0]).await.expect(200);
    assert_eq!(content.header("content-type"), "application/pdf");
    assert!(!content.body.windows(6).any(|found| found == b"SECRET"));
}

#[actix_web::test]
async fn the_editor_offers_the_newest_and_the_preview_shows_them() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let path = uploaded(&mut author, "march.png", &png(&drawing(60, 40))).await;
    let page = author.page("/admin/statements/new").await;
    let markdown = page.text(".media-panel code");
    assert!(page.has(".media-panel img[loading=lazy][width][height]"));
    assert!(page.has(&format!(".media-panel a[href='{path}']")));
    let form = page.form("form#editor").with("number", "20").with("title", "T").with("body", &markdown);
    let answer = author.submit(&form.with("then", "preview")).await;
    let preview = author.follow(&answer).await.html();
    let src = preview.attr("main figure img", "src");
    assert!(src.starts_with("/admin/media/files/"), "{src}");
    author.get(&src).await.expect(200);
    let uses = author.page(&path).await.texts("main section[aria-labelledby=uses] li");
    assert!(uses.len() == 1 && uses[0].contains("not public"), "{uses:?}");
    author.post(&format!("{path}/removal"), &[]).await.expect(409);
}

#[actix_web::test]
async fn what_is_missing_is_said_before_a_text_goes_public() {
    let app = TestApp::start().await;
    let mut publisher = app.signed_in_as("publisher").await;
    let path = uploaded(&mut publisher, "march.png", &png(&drawing(60, 40))).await;
    let id = path.rsplit('/').next().unwrap();
    let form = publisher.page("/admin/statements/new").await.form("form#editor");
    let form = form.with("number", "20").with("title", "T").with("body", &format!("![](media:{id})"));
    let answer = publisher.submit(&form.with("then", "publish")).await;
    let page = publisher.follow(&answer).await.html();
    assert!(page.text("[role=alert]").contains("has no description in English"));
    let form = page.form("main form");
    let page = publisher.submit(&form).await.expect(422).html();
    assert!(page.text("[role=alert]").contains("has no description in English"));
    publisher.post(&path, &[("en.alt", "A march")]).await.expect(303);
    publisher.submit(&form).await.expect(303);
}

#[actix_web::test]
async fn words_that_cannot_be_kept_stay_in_the_form() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let path = uploaded(&mut author, "march.png", &png(&drawing(60, 40))).await;
    let long = "字".repeat(601);
    let fields = [("en.alt", "A march"), ("en.decorative", "yes"), ("zh-hant.alt", &long)];
    let page = author.post(&path, &fields).await.expect(422).html();
    let form = page.form("main form[data-guard]");
    assert_eq!((form.value("en.alt"), form.value("zh-hant.alt")), ("A march", &*long));
    assert_eq!(form.value("en.decorative"), "yes");
    assert!(page.texts("[role=alert] li").len() == 2);
    let mut colleague = app.signed_in_as("colleague").await;
    let page = colleague.post(&path, &[("en.alt", "An hour of work")]).await.expect(403).html();
    assert_eq!(page.form("main form[data-guard]").value("en.alt"), "An hour of work");
}

#[actix_web::test]
async fn what_is_deleted_answers_nobody() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let path = uploaded(&mut author, "march.pdf", &Pdf::new().written()).await;
    let content = author.page(&path).await.attrs("main dl a", "href")[0].clone();
    let hash = content.split('/').nth(4).unwrap().to_owned();
    assert!(app.app.blobs.read(&hash, None).await.is_ok());
    author.post(&format!("{path}/removal"), &[]).await.expect(303);
    author.get(&path).await.expect(404);
    author.get(&content).await.expect(404);
    assert!(app.app.blobs.read(&hash, None).await.is_err(), "its bytes are gone too");
}

#[actix_web::test]
async fn the_content_on_the_desk_is_for_those_who_are_signed_in() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let path = uploaded(&mut author, "march.png", &png(&drawing(60, 40))).await;
    let content = author.page(&path).await.attrs("main dl a", "href")[0].clone();
    app.visitor().get(&content).await.expect(303);
    app.visitor().get(&content.replace("/admin/media/files", "/media")).await.expect(404);
    assert_eq!(author.get(&content).await.header("cache-control"), "no-store");
    for wrong in
        ["/admin/media/files/x/y", "/admin/media/0", "/admin/media/x", "/admin/media/99999999999999999999"]
    {
        author.get(wrong).await.expect(404);
    }
}
