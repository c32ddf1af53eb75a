//! A draft by a link, as somebody outside gets it: the real page, and nothing of the link goes any further.

use actix_web::http::Method;
use jiff::SignedDuration;
use onrecord::domain::statements::commands::{self, Life, NewPreviewLink, Save};

use crate::site::links::assert_well_built;
use crate::support::app::TestApp;
use crate::support::cast::{a_statement, simplified};
use crate::support::record;
use crate::support::visitor::Answer;

/// A link to a draft in Simplified Chinese.
async fn a_link(app: &mut TestApp) -> String {
    record::name_the_site(&mut app.desk).await;
    let (now, editor) = (app.app.clock.now(), app.desk.people.editor);
    let draft = Save { locale: simplified(), words: record::a_long_text(), ..a_statement(7) };
    let saved = app.desk.save(editor, &draft).await.unwrap();
    let link = NewPreviewLink {
        statement: saved.statement,
        locale: simplified(),
        revision: saved.revision,
        life: Life::Week,
        label: "Zqlabel".to_owned(),
    };
    let token = commands::make_preview_link(&mut app.desk.conn, editor, link, now).await.unwrap();
    format!("/preview/{token}")
}

#[track_caller]
fn assert_kept_apart(answer: &Answer) {
    assert_eq!(answer.header("referrer-policy"), "no-referrer", "{}", answer.path);
    assert_eq!(answer.header("cache-control"), "no-store", "{}", answer.path);
    assert_eq!(answer.header("x-robots-tag"), "noindex, nofollow", "{}", answer.path);
    assert!(!answer.headers.contains_key("set-cookie"), "{}", answer.path);
}

#[actix_web::test]
async fn it_is_the_real_page_under_a_notice_in_its_language() {
    let mut app = TestApp::start().await;
    let path = a_link(&mut app).await;
    let answer = app.visitor().get(&path).await.expect(200);
    assert_kept_apart(&answer);
    let page = answer.html();
    assert_well_built(&path, &page);
    assert_eq!(page.attr("html", "lang"), "zh-Hans");
    assert_eq!(page.text("h1"), "The first statement");
    assert!(page.text("header .note").starts_with("草稿，尚未发布"), "{}", page.text("header .note"));
    assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
    assert_eq!(page.attr("meta[name=referrer]", "content"), "no-referrer");
    assert!(!page.has("link[rel=canonical]") && !page.has("link[rel=alternate]"));
    let token = path.trim_start_matches("/preview/");
    assert!(!answer.text().contains(token), "no link of the page leads back here, or carries it along");
    assert!(!answer.text().contains("Zqlabel"));
    // What readers have is as it was: nothing.
    app.visitor().get("/zh-hans/statements/7").await.expect(404);
}

#[actix_web::test]
async fn it_runs_out_and_is_unknown_in_plain_words() {
    let mut app = TestApp::start().await;
    let path = a_link(&mut app).await;
    for unknown in ["/preview/x", "/preview/", "/preview", "/preview/x/y", "/preview/%E4%B8%AD"] {
        let answer = app.visitor().get(unknown).await.expect(404);
        assert_kept_apart(&answer);
    }
    let answer = app.visitor().send(Method::POST, &path, None).await.expect(405);
    assert_kept_apart(&answer);
    app.app.clock.advance(SignedDuration::from_hours(7 * 24));
    let answer = app.visitor().get(&path).await.expect(410);
    assert_kept_apart(&answer);
    let page = answer.html();
    assert_eq!((page.attr("html", "lang").as_str(), page.text("h1").as_str()), ("zh-Hans", "预览已失效"));
    assert!(!answer.text().contains("The first statement"));
    assert_well_built(&path, &page);
}

#[actix_web::test]
async fn a_look_whether_it_is_there_does_not_count() {
    let mut app = TestApp::start().await;
    let path = a_link(&mut app).await;
    app.visitor().head(&path).await.expect(200);
    app.visitor().get(&path).await.expect(200);
    let mut editor = app.signed_in_as("editor").await;
    let desk = format!("/admin/statements/{}/zh-hans/preview-links", app.id_of(7).await);
    let page = editor.page(&desk).await;
    assert!(page.text("tbody tr").contains("1 time, last"), "{}", page.text("tbody tr"));
    assert!(page.text("tbody tr").contains("Zqlabel"));
    assert!(!page.has("#link"), "the link itself is not shown again");
}

#[actix_web::test]
async fn while_the_database_is_away_it_is_as_secret() {
    let mut app = TestApp::start().await;
    let path = a_link(&mut app).await;
    app.sql("alter table preview_links rename to away").await;
    let answer = app.visitor().get(&path).await.expect(500);
    assert_kept_apart(&answer);
    assert!(!answer.text().contains(path.trim_start_matches("/preview/")));
}
