//! What cannot be read is answered with a page of our own, whatever reads it.

use crate::support::app::TestApp;
use crate::support::record;

const NOWHERE: &[&str] = &[
    "/nothing",
    "/cn",
    "/en/nothing",
    "/en/statements/x",
    "/en/statements/0",
    "/en/statements/-1",
    "/en/statements/+2800",
    "/en/statements/2800.5",
    "/en/statements/%202800",
    "/en/statements/99999999999999999999999999",
    "/en/statements/9223372036854775807",
    "/en/archive/97",
    "/en/archive/0997",
    "/en/archive/1997/13",
    "/en/archive/1997/02/30",
    "/en/archive/+997",
    "/en/topics/torture/x",
    "/en/topics/torture/1997/11/32",
    "/en/kinds/statement/19970",
    "/en/topics/%2e%2e",
    "/en/topics/..%2f..%2fetc",
    "/static/x",
    "/static/none/site.css",
    "/static/../Cargo.toml",
    "/adminx",
];

const UNREADABLE: &[&str] = &[
    "/en/%00",
    "/en/topics/a%00b",
    "/en/topics/a%0Ab",
    "/en/topics/a%09b",
    "/en/topics/%7F",
    "/en/topics/%C2%85",
    "/en/topics/%EF%BF%BF",
    "/en/%FF%FE",
    "/en/topics/%zz",
    "/en/topics/100%",
    "/en/topics/%4",
    "/%00",
    "/static/%00/x",
    "/en/statements?below=x",
    "/en/statements?below=",
    "/en/statements?below=%00",
    "/en/statements?below=99999999999999999999",
    "/en/archive/1997?below=1e3",
    "/en/statements?x=%FF",
    "/en/statements?x=%zz",
    "/en/statements/2800?x=%00",
    "/en/topics/torture?below=1&below=2",
];

#[actix_web::test]
async fn what_is_not_there_is_a_page_of_ours() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    for path in NOWHERE {
        let page = app.visitor().get(path).await.expect(404).html();
        assert_eq!(page.text("h1"), "There is no such page", "{path}");
        assert!(page.has("nav#navigation") && page.has("link[rel=icon]"), "{path}");
        assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
    }
}

#[actix_web::test]
async fn what_cannot_be_read_is_a_page_of_ours() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    for path in UNREADABLE {
        let page = app.visitor().get(path).await.expect(400).html();
        assert_eq!(page.text("h1"), "This address cannot be read", "{path}");
        assert!(page.has("nav#navigation"), "{path}");
    }
}

#[actix_web::test]
async fn the_page_is_in_the_language_of_the_address() {
    let app = TestApp::start().await;
    let page = app.visitor().get("/zh-hant/statements/x").await.expect(404).html();
    assert_eq!(page.attr("html", "lang"), "zh-Hant");
    assert_eq!(page.text("h1"), "沒有這個頁面");
    let page = app.visitor().get("/zh-hans/statements?below=x").await.expect(400).html();
    assert_eq!(page.attr("html", "lang"), "zh-Hans");
    assert_eq!(page.text("h1"), "无法识别这个地址");
}

#[actix_web::test]
async fn a_page_about_an_address_does_not_repeat_it() {
    let app = TestApp::start().await;
    for path in ["/en/visit-evil-example", "/en/topics/visit-evil-example?below=evil"] {
        let answer = app.visitor().get(path).await;
        assert!(!answer.text().contains("evil"), "{path}");
    }
}
