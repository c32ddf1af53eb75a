//! Pasting from other programs, the page beside the text, and what it weighs.

use super::record::{DRAFT, PUBLIC, READY, at, fill};
use crate::support::app::TestApp;
use crate::support::cast::a_statement;
use crate::support::record::a_long_text;

const RICH: &str = "<h1>News</h1><p><b>Bold</b>, <img src='https://elsewhere.example/x.png'><script>x()</script></p>\
                    <p>said<a name='r' href='#n'>1</a></p><p><a name='n' href='#r'>1</a> A note</p>";

#[actix_web::test]
async fn what_is_pasted_becomes_markdown() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let answer = author.post("/admin/paste", &[("html", RICH), ("notes_before", "2")]).await.expect(200);
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.text(), "## News\n\n**Bold**,\n\nsaid[^3]\n\n[^3]: A note");
    assert_eq!(answer.header("x-pictures-left-out"), "1");
    let plain = author.post("/admin/paste", &[("html", "<span>only words</span>")]).await.expect(204);
    assert!(plain.body.is_empty());
    author.post("/admin/paste", &[]).await.expect(204);
    app.visitor().post("/admin/paste", &[("html", RICH)]).await.expect(403);
}

#[actix_web::test]
async fn without_script_a_page_makes_the_text() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let form = author.page("/admin/paste").await.form("form.medium");
    let page = author.submit(&form.clone().with("html", RICH)).await.expect(200).html();
    assert!(
        page.text("#markdown").contains("**Bold**") && page.text("#markdown-hint").contains("One picture")
    );
    assert_eq!(page.form("form.medium").value("html"), RICH, "what was handed over is still there");
    let page = author.submit(&form.with("html", "<script>x()</script>")).await.expect(200).html();
    assert_eq!(page.text("[role=status]"), "There are no words in this.");
}

#[actix_web::test]
async fn the_page_beside_the_text_is_the_readers_own_and_keeps_nothing() {
    let mut app = TestApp::start().await;
    let save = onrecord::domain::statements::commands::Save { words: a_long_text(), ..a_statement(7) };
    app.desk.save(app.desk.people.author, &save).await.unwrap();
    let mut author = app.signed_in_as("author").await;
    let (path, revision, events) = (at(&app, 7, "").await, app.latest_revision(7).await, app.events().await);
    let editor = author.page(&path).await;
    let address = editor.attr("form#editor", "data-draft-preview");
    assert_eq!(address, format!("{path}/draft-preview"));
    let form = editor.form("form#editor").with("issued_on", "no date").with("kind", "report");
    let fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let answer = author.post(&address, &fields).await.expect(200);
    let (typed, saved) = (answer.html(), author.page(&format!("{path}/preview")).await);
    for selector in ["h1", ".summary", ".body", ".sign-off", ".credit"] {
        assert_eq!(typed.texts(selector), saved.texts(selector), "{selector}");
    }
    assert_eq!(typed.text("article > header b"), "Report");
    assert!(!typed.has("script"));
    assert!(answer.header("x-page-weight").starts_with("light "), "{}", answer.header("x-page-weight"));
    assert_eq!((app.latest_revision(7).await, app.events().await), (revision, events));
}

#[actix_web::test]
async fn a_statement_can_be_looked_at_before_it_is_begun() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let new = author.page("/admin/statements/new").await;
    let address = new.attr("form#editor", "data-draft-preview");
    assert!(new.one("#weight").attr("hidden").is_some());
    let form = new.form("form#editor").with("title", "标题").with("body", "正文").with("locale", "zh-Hans");
    let fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let page = author.post(&address, &fields).await.expect(200).html();
    assert_eq!((page.text("h1"), page.attr("html", "lang")), ("标题".to_owned(), "zh-Hans".to_owned()));
    author.post(&address, &[("locale", "xx")]).await.expect(400);
}

#[actix_web::test]
async fn the_weight_is_that_of_the_readers_page() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    let said = publisher.page(&at(&app, PUBLIC, "").await).await.text("#weight");
    let page = app.visitor().with("accept-encoding", "br").get(&format!("/en/statements/{PUBLIC}")).await;
    assert_eq!(page.header("content-encoding"), "br");
    let said: f64 = said.split(' ').next().unwrap().parse().unwrap();
    let real = page.body.len() as f64 / 1000.0;
    assert!((said - real).abs() < 0.5, "{said} kB said, {real} kB sent");
    let publication = publisher.page(&at(&app, READY, "/publication").await).await;
    assert!(publication.texts("dd").iter().any(|text| text.contains("kB for a reader, of 14")));
}

#[actix_web::test]
async fn a_heavy_page_is_said_to_be_one_and_goes_out_all_the_same() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    // Words that nothing can be compressed of.
    let long: String =
        (0..6_000u64).map(|n| format!("{:x} ", n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    let path = at(&app, DRAFT, "").await;
    let mut publisher = app.signed_in_as("publisher").await;
    let form = publisher.page(&path).await.form("form#editor").with("body", &long);
    publisher.submit(&form).await.expect(303);
    let editor = publisher.page(&path).await;
    assert!(editor.has("#weight.heavy") && editor.text("#weight").contains("more than the 14 kB"));
    let page = publisher.page(&format!("{path}/publication")).await;
    assert!(page.text("main").contains("more than the 14 kB") && page.has("button.main"));
}
