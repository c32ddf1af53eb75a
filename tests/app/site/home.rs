//! The home page, and the choice of a language before it.

use crate::support::app::TestApp;
use crate::support::record::{self, CHINESE_ONLY, IN_THREE_LANGUAGES, OF_A_YEAR, SAMPLE};

#[actix_web::test]
async fn it_leads_to_what_is_new_and_to_the_archive() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let home = app.visitor().page("/en").await;
    assert_eq!(home.text("h1"), "The organisation in en");
    let newest = home.attrs("section[aria-labelledby=newest] h3 a", "href");
    let expected = [SAMPLE, OF_A_YEAR, IN_THREE_LANGUAGES].map(|n| format!("/en/statements/{n}"));
    assert_eq!(newest, expected);
    assert_eq!(home.texts("nav[aria-label=Years] li"), ["1997 3"]);
    assert_eq!(home.texts("nav[aria-label='By kind'] li"), ["Statements 2", "Articles 1"]);
    assert_eq!(home.attr("main a[hreflang=zh-Hans]", "href"), "/zh-hans/statements");
    assert_eq!(home.text("main a[hreflang=zh-Hans]"), "1 more in 简体中文");
}

#[actix_web::test]
async fn in_chinese_it_is_in_chinese() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let home = app.visitor().page("/zh-hans").await;
    assert_eq!(home.attr("html", "lang"), "zh-Hans");
    assert_eq!(home.text("#newest"), "最新存照");
    let newest = home.attrs("section[aria-labelledby=newest] h3 a", "href");
    let expected = [CHINESE_ONLY, IN_THREE_LANGUAGES].map(|n| format!("/zh-hans/statements/{n}"));
    assert_eq!(newest, expected);
}

#[actix_web::test]
async fn an_empty_record_says_so() {
    let app = TestApp::start().await;
    let home = app.visitor().page("/en").await;
    assert_eq!(home.text(".nothing"), "Nothing is on record here in English yet.");
    assert_eq!(home.text("h1"), "On record");
    assert!(!home.has("footer a[href*='/pages/']"), "there is no standing page to lead to");
}

#[actix_web::test]
async fn only_the_root_chooses_a_language() {
    let app = TestApp::start().await;
    for (wanted, path) in [("", "/en"), ("zh-TW,zh;q=0.9", "/zh-hant"), ("zh-CN", "/zh-hans"), ("fr", "/en")]
    {
        let answer = app.visitor().with("accept-language", wanted).get("/").await.expect(302);
        assert_eq!(answer.location(), path, "{wanted}");
        assert!(
            answer.header("vary").to_lowercase().contains("accept-language"),
            "{}",
            answer.header("vary")
        );
    }
}
