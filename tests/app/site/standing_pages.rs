//! About, contact, terms of reuse.

use crate::support::app::TestApp;
use crate::support::record;

#[actix_web::test]
async fn a_page_stands_where_it_was_written_and_nowhere_else() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut visitor = app.visitor();
    let about = visitor.page("/zh-hans/pages/about").await;
    assert_eq!(about.text("h1"), "关于我们");
    assert_eq!(about.text(".body h2"), "Who we are");
    assert_eq!(about.attrs("footer a[href*='/pages/']", "href"), ["/zh-hans/pages/about"]);
    assert_eq!(about.attrs("link[rel=alternate]", "hreflang"), ["en", "zh-Hans", "x-default"]);
    visitor.get("/zh-hant/pages/about").await.expect(404);
    assert!(!visitor.page("/zh-hant").await.has("footer a[href*='/pages/']"));
    visitor.get("/en/pages/contact").await.expect(404);
}
