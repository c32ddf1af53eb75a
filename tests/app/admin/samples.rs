//! The samples: one button removes them all.

use super::record::{PUBLIC, SAMPLE, fill};
use crate::support::app::TestApp;

const BUTTON: &str = "form[action='/admin/samples/removal']";

#[actix_web::test]
async fn administrators_remove_them_all_and_only_them() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    assert!(!app.signed_in_as("publisher").await.page("/admin/statements").await.has(BUTTON));
    let mut administrator = app.signed_in_as("administrator").await;
    let button = administrator.page("/admin/statements").await.form(BUTTON);
    let done = administrator.submit(&button).await;
    let done = administrator.follow(&done).await.html();
    assert!(done.text("[role=status]").contains("removed"));
    assert!(!done.has(BUTTON), "there is nothing left to remove");
    app.visitor().get(&format!("/en/statements/{SAMPLE}")).await.expect(410);
    app.visitor().get(&format!("/en/statements/{PUBLIC}")).await.expect(200);
    assert!(!app.visitor().page("/en/statements").await.has(&format!("a[href$='{SAMPLE}']")));
}
