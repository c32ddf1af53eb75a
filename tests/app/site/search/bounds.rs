//! Whatever is typed, and whatever fails: a page, soon.

use diesel_async::SimpleAsyncConnection as _;
use onrecord::i18n::Locale;

use super::{asking, fill, hits};
use crate::support::app::TestApp;
use crate::support::cast::a_statement;

#[actix_web::test]
async fn whatever_is_typed_there_is_a_page() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut visitor = app.visitor();
    let long = "word ".repeat(200);
    let signs = "犯".repeat(3_000);
    let ors = "a OR ".repeat(300);
    for question in [
        "的",
        "a",
        "%",
        "_",
        "*",
        "prison*",
        "\"unclosed",
        "\"",
        "-",
        "--",
        "-\"",
        "'",
        "\\",
        "!a & b | (c",
        "a <-> b",
        "a:*",
        ":A",
        "^prison",
        "=en",
        "'=en'",
        "^",
        "=",
        "<script>alert(1)</script>",
        "💥",
        "\u{200b}",
        "\u{202e}abc",
        "བོད་",
        "ئۇيغۇر",
        "OR",
        "OR OR",
        &long,
        &signs,
        &ors,
        "((((((((((",
        "-a -b -c",
        "\u{1112}\u{1161}",
        "0",
        "-1",
        "99999999999999999999",
    ] {
        for order in ["", "newest"] {
            let path = asking("zh-hans", &[("q", question), ("order", order)]);
            let page = visitor.page(&path).await;
            assert!(!page.has("main script"), "{question}");
        }
    }
    assert!(hits(&mut visitor, "en", &[("q", "=en")]).await.is_empty(), "marks are no words");
    assert!(hits(&mut visitor, "en", &[("q", "^political")]).await.contains(&"en/1".to_owned()));
    visitor.get("/en/search?q=%00").await.expect(400);
    visitor.get("/en/search?q=%ff").await.expect(400);
    for odd in
        ["page=0", "page=-1", "page=99999", "page=x", "q", "&&&", "year=99999999999", "language=%F0%9F%92%A5"]
    {
        visitor.page(&format!("/en/search?q=the&{odd}")).await;
    }
    visitor.post("/en/search", &[("q", "a")]).await.expect(405);
    visitor.head("/en/search?q=a").await.expect(200);
}

#[actix_web::test]
async fn a_search_that_takes_too_long_says_so_and_costs_nobody_else_anything() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut other = app.desk.db.connection().await;
    other.batch_execute("begin; lock table search_documents in access exclusive mode").await.unwrap();
    let answer = app.visitor().get("/en/search?q=prisoners").await.expect(422);
    let page = answer.html();
    assert!(page.text(".nothing").starts_with("This search took too long"));
    assert_eq!(page.attr("input[name=q]", "value"), "prisoners");
    app.visitor().page("/en/statements/1").await;
    other.batch_execute("rollback").await.unwrap();
    assert!(app.visitor().page("/en/search?q=prisoners").await.has(".entries li"));
}

#[actix_web::test]
async fn many_hits_are_counted_honestly_and_gone_through() {
    let mut app = TestApp::start().await;
    for number in 1..=45 {
        app.desk.put_on_record(&a_statement(number)).await;
    }
    let mut visitor = app.visitor();
    let (mut path, mut seen) = ("/en/search?q=statement&order=newest".to_owned(), Vec::new());
    loop {
        let page = visitor.page(&path).await;
        assert!(page.texts("p[role=status]").contains(&"45 in English".to_owned()));
        seen.extend(page.attrs(".entries h2 a", "href"));
        let Some(next) = page.attrs("a[rel=next]", "href").pop() else { break };
        path = next;
    }
    assert_eq!(seen.len(), 45);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 45);
}

#[actix_web::test]
async fn the_search_is_offered_everywhere_and_kept_out_of_search_engines() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut visitor = app.visitor();
    for path in ["/en", "/en/statements/1", "/en/topics", "/en/search"] {
        let page = visitor.page(path).await;
        assert_eq!(page.attr("#navigation a[href='/en/search']", "href"), "/en/search");
        assert_eq!(page.attr("link[rel=search]", "href"), "/en/opensearch.xml");
    }
    let missing = visitor.get("/en/nothing").await.expect(404).html();
    assert_eq!(missing.attr("form[role=search]", "action"), "/en/search");
    let answer = visitor.get("/en/search?q=prisoners").await.expect(200);
    let page = answer.html();
    assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
    assert!(!page.has("link[rel=canonical], link[rel=alternate]"));
    assert_eq!(page.attrs(".languages a", "href")[0], "/zh-hans/search?q=prisoners");
    assert!(page.has("datalist option[value='Torture']"));
    for locale in Locale::all() {
        let description = visitor.get(&format!("/{}/opensearch.xml", locale.path())).await.expect(200);
        assert!(description.header("content-type").starts_with("application/opensearchdescription+xml"));
        let template = format!("template=\"http://localhost/{}/search?q={{searchTerms}}\"", locale.path());
        assert!(description.text().contains(&template), "{}", description.text());
    }
}
