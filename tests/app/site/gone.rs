//! What stands where a text was taken away.

use crate::support::app::TestApp;
use crate::support::record::{self, REMOVED_SAMPLE, WITHDRAWN};

#[actix_web::test]
async fn a_withdrawn_text_leaves_title_date_and_reason() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let answer = app.visitor().get(&format!("/en/statements/{WITHDRAWN}")).await.expect(410);
    let page = answer.html();
    assert_eq!(page.text("h1"), format!("Statement {WITHDRAWN}"));
    assert_eq!(page.text("main time"), "November 16, 1997");
    assert_eq!(
        page.texts("main .note p"),
        ["This text was withdrawn on March 2, 2026.", "Reason: A name is at risk."]
    );
    assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
    assert!(!answer.text().contains("The text of") && !answer.text().contains("About Statement"));
}

#[actix_web::test]
async fn a_removed_sample_leaves_its_number_and_the_reason_only() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let answer = app.visitor().get(&format!("/en/statements/{REMOVED_SAMPLE}")).await.expect(410);
    let page = answer.html();
    assert_eq!(page.text("h1"), "No longer available");
    assert_eq!(page.text("main .facts"), format!("No. {REMOVED_SAMPLE}"));
    assert!(page.texts("main .note p")[1].contains("sample"));
    assert!(!answer.text().contains(&format!("Statement {REMOVED_SAMPLE}")), "its title is gone too");
    assert!(!page.has("main time"), "so is its date");
}

#[actix_web::test]
async fn it_is_gone_from_every_list_when_the_command_returns_and_back_after_it() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    let mut reader = app.visitor();
    let path = "/en/statements/2800";
    let lists =
        ["/en", "/en/statements", "/en/archive/1997/11/16", "/en/kinds/statement", "/en/topics/tibet"];
    let id = app.id_of(2800).await;
    let desk = format!("/admin/statements/{id}/en");
    publisher.post(&format!("{desk}/withdrawal"), &[("reason", "At risk.")]).await.expect(303);
    reader.get(path).await.expect(410);
    for list in lists {
        assert!(!reader.page(list).await.has(&format!("a[href='{path}']")), "{list}");
    }
    // The other languages stay, and no longer offer it.
    let chinese = reader.page("/zh-hans/statements/2800").await;
    assert!(!chinese.has("[hreflang=en]"));

    publisher.post(&format!("{desk}/reinstatement"), &[]).await.expect(303);
    reader.get(path).await.expect(200);
    for list in lists {
        assert!(reader.page(list).await.has(&format!("a[href='{path}']")), "{list}");
    }
}
