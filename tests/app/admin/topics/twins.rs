//! Twins: found, merged, said to be none, asked about before they are made.

use crate::support::app::TestApp;

#[actix_web::test]
async fn a_twin_is_asked_about_once_before_it_is_made() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = editor.page("/admin/topics/new").await.form("main form");
    let form =
        form.with("en.name", "Lawyers’ Right").with("zh-hans.name", "只此一家").with("facet", "people");
    let page = editor.submit(&form).await.expect(422).html();
    assert!(page.text("#is_no_twin .problem").contains("“Lawyer's rights”"), "{}", page.text("#is_no_twin"));
    let asked = page.form("main form");
    assert_eq!((asked.value("en.name"), asked.value("zh-hans.name")), ("Lawyers’ Right", "只此一家"));
    assert_eq!(asked.value("facet"), "people");
    editor.submit(&asked.and("is_no_twin", "yes")).await.expect(303);
    // It is remembered: neither is it listed, nor asked about when the topic is saved again.
    assert!(!editor.page("/admin/topics/twins").await.has(".pairs h2"));
    let new = app.app.topics().await.meant_by("lawyers-right").unwrap().number;
    let form = editor.page(&format!("/admin/topics/{new}")).await.form("main form");
    assert!(form.fields.iter().all(|(name, _)| name != "is_no_twin"));
    editor.submit(&form.with("en.intro", "An intro.")).await.expect(303);
}

#[actix_web::test]
async fn twins_are_listed_until_they_are_merged_or_said_to_be_none() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    for name in ["Book reviews", "ＴＩＢＥＴ"] {
        let form = editor.page("/admin/topics/new").await.form("main form").with("en.name", name);
        let form = form.with("slug", if name.starts_with('B') { "" } else { "tibet-again" });
        editor.submit(&form.and("is_no_twin", "yes")).await.expect(303);
    }
    app.sql("delete from topic_not_twins").await;
    let list = editor.page("/admin/topics").await;
    assert!(list.text("main > .facts").contains("2 pairs of twins"), "{}", list.text("main > .facts"));
    let page = editor.page("/admin/topics/twins").await;
    assert_eq!(page.texts(".pairs h2"), ["Book Review and Book reviews", "Tibet and ＴＩＢＥＴ"]);

    let not_twins = &page.all(".pairs form")[0];
    let said = editor.submit(&crate::support::form::Form::read(*not_twins)).await.expect(303);
    let page = editor.follow(&said).await.html();
    assert_eq!(page.texts(".pairs h2"), ["Tibet and ＴＩＢＥＴ"]);
    editor.submit(&page.form("form[action$='/back']")).await.expect(303);
    assert_eq!(editor.page("/admin/topics/twins").await.all(".pairs h2").len(), 2);

    let merge = page.attrs(".pairs a.button", "href");
    let preview = editor.page(&merge[1]).await;
    editor.submit(&preview.form("form[method=post][action$='/merge']")).await.expect(303);
    let page = editor.page("/admin/topics/twins").await;
    assert_eq!(page.texts(".pairs h2"), ["Book Review and Book reviews"]);
    let tibet = app.visitor().get("/en/topics/tibet-again").await.expect(301);
    assert_eq!(tibet.location(), "/en/topics/tibet");
}

#[actix_web::test]
async fn what_is_no_pair_is_refused() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    for (one, other, status) in [("1", "1", 404), ("1", "4711", 404), ("x", "1", 400), ("", "", 400)] {
        editor.post("/admin/topics/twins", &[("one", one), ("other", other)]).await.expect(status);
    }
    editor.post("/admin/topics/twins/back", &[("one", "1"), ("other", "2")]).await.expect(404);
}
