//! What comes after a publication, from the desk: versions closed, texts removed, links made.

use super::record::{CORRECTED, PUBLIC, at, fill};
use crate::site::links::assert_well_built;
use crate::support::app::TestApp;

#[actix_web::test]
async fn a_version_is_closed_with_a_reason_and_opened_from_the_page_that_confirms_it() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    let path = at(&app, CORRECTED, "").await;
    let editor = publisher.page(&path).await;
    let closing = format!("{path}/versions/1/closing");
    let offered = editor.attrs(".versions a[href$='/closing']", "href");
    assert_eq!(offered.join(" "), closing, "not the live one");
    let form = publisher.page(&closing).await.form("main form");
    let page = publisher.submit(&form).await.expect(422).html();
    assert!(!page.problem_at("reason").is_empty());
    assert_well_built(&closing, &page);
    let done = publisher.submit(&form.with("reason", "A name & more.")).await;
    let done = publisher.follow(&done).await.html();
    assert!(done.text(".versions").contains("A name & more."));
    let public = format!("/en/statements/{CORRECTED}/versions/1");
    app.visitor().get(&public).await.expect(410);
    publisher.submit(&done.form("[role=status] form")).await.expect(303);
    app.visitor().get(&public).await.expect(200);
    // By hand, for the one that readers have: refused in words, with the reason still there.
    let live = format!("{path}/versions/2/closing");
    let page = publisher.post(&live, &[("reason", "Kept.")]).await.expect(409).html();
    assert!(page.text("[role=alert]").contains("Publish a correction first"));
    assert_eq!(page.form("main form").value("reason"), "Kept.");
    publisher.get(&format!("{path}/versions/3/closing")).await.expect(404);
    publisher.post(&format!("{path}/versions/3/closing"), &[("reason", "x")]).await.expect(404);
    publisher.post(&format!("{path}/versions/1/reopening"), &[]).await.expect(409);
}

#[actix_web::test]
async fn a_text_is_removed_only_when_its_number_is_typed() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut administrator = app.signed_in_as("administrator").await;
    let path = at(&app, PUBLIC, "").await;
    let removal = format!("{path}/removal");
    assert!(administrator.page(&path).await.has(&format!("a[href='{removal}']")));
    let form = administrator.page(&removal).await.form("main form").with("reason", "Somebody was in danger.");
    let page = administrator.submit(&form).await.expect(422).html();
    assert_eq!(page.form("main form").value("reason"), "Somebody was in danger.");
    assert!(page.problem_at("number").contains(&PUBLIC.to_string()));
    administrator.submit(&form.clone().with("number", "12")).await.expect(422);
    app.visitor().get(&format!("/en/statements/{PUBLIC}")).await.expect(200);
    administrator.submit(&form.with("number", &PUBLIC.to_string())).await.expect(303);
    let gone = app.visitor().get(&format!("/en/statements/{PUBLIC}")).await.expect(410);
    assert!(gone.text().contains("Somebody was in danger.") && !gone.text().contains("Statement 11"));
    administrator.post(&removal, &[("number", "11"), ("reason", "x")]).await.expect(409);
    let editor = administrator.page(&path).await;
    assert!(!editor.has(&format!("a[href='{removal}']")) && !editor.has("a[href$='/preview-links']"));
}

#[actix_web::test]
async fn a_translation_goes_out_with_what_it_follows() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    let path = at(&app, CORRECTED, "").await.replace("/en", "/zh-hans");
    assert!(publisher.page(&path).await.has("#behind"));
    let publish = async |publisher: &mut crate::support::visitor::Visitor<'_>, body: &str, follows: usize| {
        let form = publisher.page(&path).await.form("form#editor").with("body", body);
        publisher.submit(&form.with("then", "publish")).await.expect(303);
        let page = publisher.page(&format!("{path}/publication")).await;
        let options = page.attrs("select[name=follows] option", "value");
        assert_eq!(options.len(), 2);
        let form = page.form("main form").with("change_kind", "small-fix").with("follows", &options[follows]);
        publisher.submit(&form).await.expect(303);
    };
    let waits = publisher.page("/admin").await.texts("section.waits h2");
    assert!(waits.contains(&"Translations behind their original".to_owned()), "{waits:?}");
    publish(&mut publisher, "改了一个字", 1).await;
    let public = format!("/zh-hans/statements/{CORRECTED}");
    assert!(app.visitor().page(&public).await.text("header .note").contains("尚未跟进"), "still version 1");
    publish(&mut publisher, "跟上了", 0).await;
    assert!(!app.visitor().page(&public).await.has("header .note"));
    let waits = publisher.page("/admin").await.texts("section.waits h2");
    assert!(!waits.contains(&"Translations behind their original".to_owned()), "{waits:?}");
    let wrong = [("revision", "1"), ("follows", "4711")];
    let page = publisher.post(&format!("{path}/publication"), &wrong).await.expect(422).html();
    assert!(page.text("[role=alert]").contains("no such version"), "{}", page.text("[role=alert]"));
}

#[actix_web::test]
async fn a_preview_link_is_shown_once_and_taken_back() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut editor = app.signed_in_as("editor").await;
    let links = at(&app, CORRECTED, "/preview-links").await;
    let form =
        editor.page(&at(&app, CORRECTED, "").await).await.form("form#editor").with("body", "Not yet public.");
    editor.submit(&form).await.expect(303);
    let form = editor.page(&links).await.form("main form");
    assert_eq!(form.value("life"), "week");
    let page = editor.submit(&form.clone().with("label", "Radio")).await.expect(200).html();
    let link = page.attr("#link", "value");
    let path = link.strip_prefix("http://localhost").unwrap().to_owned();
    assert!(path.starts_with("/preview/") && path.len() > 40);
    assert!(app.visitor().page(&path).await.text(".body").contains("Not yet public."));
    let again = editor.get(&links).await.expect(200);
    assert!(!again.text().contains(&path), "it is not shown again");
    let rows = again.html();
    let revocation = rows.attrs("form[action$='/revocation']", "action");
    editor.post(&revocation[0], &[]).await.expect(303);
    app.visitor().get(&path).await.expect(410);
    editor.post(&revocation[0], &[]).await.expect(409);
    // What is typed wrongly stays.
    let page = editor.submit(&form.clone().with("label", &"x".repeat(101))).await.expect(422).html();
    assert_eq!(page.form("main form").value("label").len(), 101);
    let page =
        editor.submit(&form.clone().with("life", "ever").with("label", "Radio")).await.expect(422).html();
    assert_eq!(page.form("main form").value("label"), "Radio");
    editor.submit(&form.clone().with("revision", "x")).await.expect(400);
    editor.submit(&form.with("revision", "4711")).await.expect(404);
}
