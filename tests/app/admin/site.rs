//! The site's names and pages, from the desk.

use crate::support::app::TestApp;

#[actix_web::test]
async fn what_is_saved_shows_at_once() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    app.visitor().page("/en").await;
    let form = administrator.page("/admin/site").await.form("main form");
    let form = form
        .with("en.name", "A & B")
        .with("en.short_name", "AB")
        .with("zh-hant.name", "甲乙")
        .with("zh-hant.reuse", "可以轉載。");
    administrator.submit(&form).await.expect(303);
    let home = app.visitor().page("/en").await;
    assert_eq!((home.text("h1"), home.text("title")), ("A & B".to_owned(), "A & B · AB".to_owned()));
    assert!(!home.has("footer a[href*='/pages/']"));
    assert_eq!(
        app.visitor().page("/zh-hant").await.attrs("footer a[href*='/pages/']", "href"),
        ["/zh-hant/pages/reuse"]
    );
    assert_eq!(app.visitor().page("/zh-hant/pages/reuse").await.text(".body"), "可以轉載。");
    assert_eq!(app.visitor().page("/zh-hans").await.text("h1"), "立此存照");
    // What is emptied is gone.
    let form = administrator.page("/admin/site").await.form("main form");
    assert_eq!(form.value("zh-hant.reuse"), "可以轉載。");
    administrator.submit(&form.with("zh-hant.reuse", "")).await.expect(303);
    app.visitor().get("/zh-hant/pages/reuse").await.expect(404);
}

#[actix_web::test]
async fn an_organisation_without_a_name_is_asked_for_one_and_loses_nothing() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    let form = administrator.page("/admin/site").await.form("main form");
    let page = administrator.submit(&form.with("en.about", "Typed & kept")).await.expect(422).html();
    assert!(page.has("#problems a[href='#name']") && page.has("#name"));
    assert_eq!(page.form("main form").value("en.about"), "Typed & kept");
}

#[actix_web::test]
async fn whoever_saves_second_is_told_and_shown_what_stands_now() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    let first = administrator.page("/admin/site").await.form("main form");
    let second = first.clone().with("en.about", "By the second").with("en.name", "A & B");
    let first = first.with("en.about", "By the <first>").with("en.name", "A & B");
    administrator.submit(&first).await.expect(303);
    let page = administrator.submit(&second).await.expect(409).html();
    assert!(
        page.text("[role=alert]").contains("Somebody changed the names and pages"),
        "{}",
        page.text("[role=alert]")
    );
    assert_eq!(page.texts(".now dt"), ["About, English"]);
    assert_eq!(page.texts(".now dd"), ["By the <first>"]);
    let again = page.form("main form");
    assert_eq!(again.value("en.about"), "By the second");
    administrator.submit(&again).await.expect(303);
    assert_eq!(app.visitor().page("/en/pages/about").await.text(".body"), "By the second");
}
