//! The list of statements: its filters, and its pages.

use onrecord::domain::statements::Kind;
use onrecord::domain::statements::commands::Save;

use super::record::{
    APPROVED, CORRECTED, DISCARDED, DRAFT, IN_REVIEW, IN_REVIEW_TOO, PUBLIC, READY, SAMPLE, SCHEDULED,
    TO_SCHEDULE, TO_SUBMIT, WITHDRAWN, fill,
};
use crate::support::app::TestApp;
use crate::support::cast::{a_statement, issued, simplified, words};
use crate::support::record::topic;
use crate::support::visitor::Visitor;

async fn numbers(visitor: &mut Visitor<'_>, query: &str) -> Vec<i64> {
    let page = visitor.page(&format!("/admin/statements{query}")).await;
    let mut numbers: Vec<i64> =
        page.texts("td.number").iter().map(|n| n.trim_end_matches("Sample").parse().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

#[actix_web::test]
async fn it_narrows_to_what_was_asked_for() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut special = Save { locale: simplified(), words: words("百分之50%_特别"), ..a_statement(20) };
    special.facts.kind = Kind::Report;
    special.facts.issued = issued("1989-06");
    special.topics = vec![topic(&mut app.desk, "tibet").await];
    app.desk.save(app.desk.people.author, &special).await.unwrap();
    app.desk
        .save(app.desk.people.author, &Save { words: words("50 and \\ back"), ..a_statement(21) })
        .await
        .unwrap();
    let tibet = app.app.topics().await.meant_by("tibet").unwrap().number;
    let by_topic = format!("?topic={tibet}");
    let mut editor = app.signed_in_as("editor").await;
    let all = [
        CORRECTED,
        TO_SUBMIT,
        TO_SCHEDULE,
        IN_REVIEW,
        IN_REVIEW_TOO,
        APPROVED,
        SCHEDULED,
        DRAFT,
        PUBLIC,
        WITHDRAWN,
        READY,
        20,
        21,
        SAMPLE,
    ];
    let waiting: Vec<i64> =
        all.into_iter().filter(|n| ![CORRECTED, PUBLIC, WITHDRAWN, SAMPLE].contains(n)).collect();
    for (query, expected) in [
        ("", &all[..]),
        ("?state=waiting", &waiting),
        ("?state=draft", &[TO_SUBMIT, TO_SCHEDULE, DRAFT, READY, 20, 21]),
        ("?state=in-review", &[IN_REVIEW, IN_REVIEW_TOO]),
        ("?state=changes-requested", &[]),
        ("?state=approved", &[APPROVED]),
        ("?state=scheduled", &[SCHEDULED]),
        ("?state=published", &[CORRECTED, PUBLIC, SAMPLE]),
        ("?state=withdrawn", &[WITHDRAWN]),
        ("?state=discarded", &[DISCARDED]),
        ("?state=removed", &[]),
        ("?language=zh-hans", &[CORRECTED, 20]),
        ("?language=zh-hans&state=published", &[CORRECTED]),
        ("?kind=report", &[20]),
        ("?year=1989", &[20]),
        (by_topic.as_str(), &[20]),
        ("?text=%25", &[]),
        ("?text=_", &[]),
        ("?text=50%25_%5C", &[20, 21]),
        ("?text=back+AND", &[21]),
        ("?text=%E7%99%BE%E5%88%86%E4%B9%8B%E4%BA%94%E5%8D%81", &[]),
        ("?text=%E7%89%B9%E5%88%A5", &[20]),
        ("?text=%E5%88%AB", &[20]),
        ("?text=state+11+about", &[PUBLIC]),
        ("?text=ment", &[]),
        ("?text=back&year=1989", &[]),
        ("?text=50", &[20, 21]),
        ("?text=20", &[20]),
        ("?text=STATEMENT+11", &[PUBLIC]),
        ("?text=%27+or+1%3D1", &[]),
        ("?text=%E7%89%B9%E5%88%AB", &[20]),
        ("?year=x&kind=nothing&language=xx&topic=y&older=z", &all),
    ] {
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(numbers(&mut editor, query).await, expected, "{query}");
    }
    let page = editor.page("/admin/statements?text=%3Cb%3E&kind=report&year=1989").await;
    let form = page.form("form.filter");
    assert_eq!((form.value("text"), form.value("kind"), form.value("year")), ("<b>", "report", "1989"));
    assert_eq!(page.text(".nothing"), "No statement is like that.");
}

#[actix_web::test]
async fn a_row_says_where_each_language_stands() {
    let mut app = TestApp::start().await;
    let first = app.desk.put_on_record(&a_statement(7)).await;
    let chinese = Save {
        statement: Some(first.statement),
        locale: simplified(),
        words: words("第七"),
        ..a_statement(7)
    };
    app.desk.save(app.desk.people.publisher, &chinese).await.unwrap();
    let mut editor = app.signed_in_as("editor").await;
    let page = editor.page("/admin/statements").await;
    assert_eq!(page.texts("td .texts a"), ["Statement 7", "第七"]);
    assert_eq!(page.texts("td .state"), ["English · Published · editor", "简体中文 · Draft · publisher"]);
}

#[actix_web::test]
async fn it_goes_on_beyond_fifty_and_keeps_its_filter() {
    let mut app = TestApp::start().await;
    for number in 1..=53 {
        app.desk.wait(1);
        app.desk.save(app.desk.people.author, &a_statement(number)).await.unwrap();
    }
    let mut editor = app.signed_in_as("editor").await;
    let page = editor.page("/admin/statements?state=draft&text=statement").await;
    assert_eq!(page.all("tbody tr").len(), 50);
    assert_eq!(page.texts("td.number")[0], "53");
    let older = page.attr("a[rel=next]", "href");
    assert!(older.contains("state=draft") && older.contains("text=statement"), "{older}");
    let rest = editor.page(&older).await;
    assert_eq!(rest.texts("td.number"), ["3", "2", "1"]);
    assert!(!rest.has("a[rel=next]"));
}
