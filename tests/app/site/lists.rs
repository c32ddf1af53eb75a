//! The archive, the kinds, and their periods.

use onrecord::domain::statements::commands::Save;
use onrecord::domain::statements::draft::Facts;

use crate::support::app::TestApp;
use crate::support::cast::a_statement;
use crate::support::record::{self, CHINESE_ONLY, IN_THREE_LANGUAGES, OF_A_YEAR, SAMPLE};
use crate::support::visitor::Visitor;

async fn numbers(visitor: &mut Visitor<'_>, path: &str) -> Vec<i64> {
    let page = visitor.page(path).await;
    let links = page.attrs(".entries h2 a", "href");
    links.iter().map(|href| href.rsplit('/').next().unwrap().parse().unwrap()).collect()
}

#[actix_web::test]
async fn each_list_shows_what_belongs_in_it() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut visitor = app.visitor();
    for (path, expected) in [
        ("/en/statements", &[SAMPLE, IN_THREE_LANGUAGES, OF_A_YEAR][..]),
        ("/en/archive/1997", &[SAMPLE, IN_THREE_LANGUAGES, OF_A_YEAR]),
        ("/en/archive/1997/11", &[SAMPLE, IN_THREE_LANGUAGES]),
        ("/en/archive/1997/11/16", &[SAMPLE, IN_THREE_LANGUAGES]),
        ("/en/archive/1997/00", &[OF_A_YEAR]),
        ("/en/archive/1998/03/00", &[]),
        ("/en/kinds/article", &[OF_A_YEAR]),
        ("/en/kinds/statement/1997/11", &[SAMPLE, IN_THREE_LANGUAGES]),
        ("/en/topics/torture", &[IN_THREE_LANGUAGES, OF_A_YEAR]),
        ("/en/topics/torture/1997/11/16", &[IN_THREE_LANGUAGES]),
        ("/en/topics/torture/1997/00", &[OF_A_YEAR]),
        ("/zh-hans/statements", &[CHINESE_ONLY, IN_THREE_LANGUAGES]),
        ("/zh-hans/archive/1998/03/00", &[CHINESE_ONLY]),
        ("/zh-hant/statements", &[IN_THREE_LANGUAGES]),
    ] {
        assert_eq!(numbers(&mut visitor, path).await, expected, "{path}");
    }
}

#[actix_web::test]
async fn a_period_is_named_and_leads_up_and_down() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut visitor = app.visitor();
    let whole = visitor.page("/en/statements").await;
    assert_eq!(whole.attrs("nav[aria-label=Years] a", "href"), ["/en/archive/1997"]);
    let month = visitor.page("/en/archive/1997/11").await;
    assert_eq!(month.text("h1"), "Archive November 1997");
    assert_eq!(month.text("title"), "Archive: November 1997 · Org en");
    assert_eq!(month.attr(".list > .facts a", "href"), "/en/archive/1997");
    let unknown = visitor.page("/en/archive/1997/00").await;
    assert_eq!(unknown.text("h1 .period"), "1997, month not known");
    let chinese = visitor.page("/zh-hans/archive/1998/03/00").await;
    assert_eq!(chinese.text("h1 .period"), "1998年3月，日期不详");
}

#[actix_web::test]
async fn what_is_in_other_languages_only_is_named_and_linked() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let page = app.visitor().page("/zh-hant/archive/1997").await;
    assert_eq!(page.texts(".elsewhere a"), ["另有2篇English文本"]);
    assert_eq!(page.attrs(".elsewhere a", "href"), ["/en/archive/1997"]);
}

#[actix_web::test]
async fn a_period_in_which_nothing_ever_was_is_not_there() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut visitor = app.visitor();
    for path in [
        "/en/archive/1996",
        "/en/archive/1997/12",
        "/en/kinds/report/1997",
        "/en/topics/tibet/1997/00",
        "/en/kinds/poem",
        "/en/topics/nothing",
        "/en/pages/nothing",
    ] {
        visitor.get(path).await.expect(404);
    }
    visitor.get("/en/kinds/testimony").await.expect(200);
}

#[actix_web::test]
async fn a_long_list_goes_on_by_period_and_a_long_day_by_number() {
    let mut app = TestApp::start().await;
    for number in 1..=103 {
        app.desk.put_on_record(&a_statement(number)).await;
    }
    let facts = Facts { issued: crate::support::cast::issued("1998-01-05"), ..a_statement(200).facts };
    app.desk.put_on_record(&Save { facts, ..a_statement(200) }).await;
    let mut visitor = app.visitor();
    let year = visitor.page("/en/archive/1997").await;
    assert_eq!(year.all(".entries > li").len(), 100);
    assert_eq!(year.texts("nav[aria-label=Months] li"), ["November 1997 103"]);
    assert!(!year.has("a[rel=next]"), "a year has months to go on by");

    let day = "/en/archive/1997/11/16";
    let first = visitor.page(day).await;
    assert_eq!(first.attr("a[rel=next]", "href"), format!("{day}?below=4"));
    let rest = visitor.page(&format!("{day}?below=4")).await;
    assert_eq!(rest.attrs(".entries h2 a", "href"), [3, 2, 1].map(|n| format!("/en/statements/{n}")));
    assert_eq!(rest.attr("meta[name=robots]", "content"), "noindex");
    assert_eq!(rest.attr(".facts a[href='/en/archive/1997/11/16']", "href"), day);
}
