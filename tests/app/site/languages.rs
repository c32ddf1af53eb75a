//! `lang`, `rel=canonical` and `hreflang` of every sort of page.

use onrecord::i18n::Locale;

use crate::support::app::{BASE_URL, TestApp};
use crate::support::record::{self, CHINESE_ONLY};

#[actix_web::test]
async fn every_page_says_its_language_its_address_and_its_other_languages() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut visitor = app.visitor();
    for locale in Locale::all() {
        for path in record::addresses(locale) {
            let page = visitor.page(&path).await;
            assert_eq!(page.attr("html", "lang"), locale.tag(), "{path}");
            assert_eq!(page.attr("link[rel=canonical]", "href"), format!("{BASE_URL}{path}"));
            let mut expected: Vec<(String, String)> = Locale::all()
                .filter(|other| !path.contains("/pages/") || other.tag() != "zh-Hant")
                .map(|other| (other.tag().to_owned(), at(&path, other)))
                .collect();
            expected.push(("x-default".to_owned(), at(&path, Locale::default_locale())));
            let found: Vec<(String, String)> = page
                .all("link[rel=alternate]")
                .iter()
                .map(|link| {
                    (link.attr("hreflang").unwrap().to_owned(), link.attr("href").unwrap().to_owned())
                })
                .collect();
            assert_eq!(found, expected, "{path}");
            let others: Vec<_> =
                expected.iter().take(expected.len() - 1).map(|(tag, _)| tag.clone()).collect();
            let mut shown = page.attrs(".languages a", "hreflang");
            shown.push(locale.tag().to_owned());
            shown.sort();
            assert_eq!(shown, others, "{path}");
        }
    }
}

fn at(path: &str, locale: Locale) -> String {
    let rest = path.splitn(3, '/').nth(2).map_or(String::new(), |rest| format!("/{rest}"));
    format!("{BASE_URL}/{}{rest}", locale.path())
}

#[actix_web::test]
async fn the_default_of_a_statement_is_its_original() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let path = format!("/zh-hans/statements/{CHINESE_ONLY}");
    let page = app.visitor().page(&path).await;
    assert_eq!(page.attrs("link[rel=alternate]", "hreflang"), ["zh-Hans", "x-default"]);
    assert_eq!(
        page.attrs("link[rel=alternate]", "href"),
        [format!("{BASE_URL}{path}"), format!("{BASE_URL}{path}")]
    );
}

#[actix_web::test]
async fn nothing_but_the_front_door_looks_at_what_a_browser_likes() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut paths = record::all_addresses();
    paths.extend(
        [
            "/EN",
            "/en/nothing",
            "/nothing",
            "/robots.txt",
            "/favicon.ico",
            "/health/live",
            "/preview/none",
            "/en/statements/2801",
            "/en/statements/2803",
            "/en/statements/2804",
            "/media/none/none",
            "/static/none/none",
        ]
        .map(str::to_owned),
    );
    for path in paths {
        let plain = app.visitor().get(&path).await;
        for liked in ["zh-TW,zh;q=0.9", "ug", "*", "en;q=0"] {
            let answer = app.visitor().with("accept-language", liked).get(&path).await;
            assert_eq!(answer.status, plain.status, "{path} with {liked}");
            assert_eq!(answer.location(), plain.location(), "{path} with {liked}");
            assert!(answer.body == plain.body, "{path} is another page with {liked}");
        }
        assert!(!plain.header("vary").to_lowercase().contains("accept-language"), "{path}");
    }
    for (liked, home) in [("zh-TW", "/zh-hant"), ("fr", "/en"), ("zh", "/zh-hans")] {
        let answer = app.visitor().with("accept-language", liked).get("/").await.expect(302);
        assert_eq!((answer.location(), answer.header("vary")), (home, "Accept-Language"), "{liked}");
    }
}
