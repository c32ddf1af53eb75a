//! How long the desk takes with 100,000 statements and 1,000 topics: `cargo bench --bench desk`.
//!
//! A private PostgreSQL with its usual memory is filled with texts of a few hundred words whose frequencies
//! fall off as those of a language do. Then each page is asked for fifty times, through the whole program
//! (session, permissions, queries, template) but without a network, and the middle, the slow end and the
//! size of the answers are printed. `ONRECORD_BENCH_STATEMENTS` takes another number.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the support of the tests is used, and not all of it"
)]

#[path = "../filling/mod.rs"]
mod filling;
#[path = "../../tests/app/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use support::app::TestApp;
use support::visitor::Visitor;

/// How often each page is asked for.
const TIMES: usize = 50;
/// What no page may take.
const MOST: Duration = Duration::from_millis(100);

fn main() {
    // `cargo test --all-targets` runs this too, and means something else.
    if std::env::args().any(|argument| argument == "--bench") {
        actix_web::rt::System::new().block_on(run());
    }
}

async fn run() {
    let statements = std::env::var("ONRECORD_BENCH_STATEMENTS").ok().and_then(|n| n.parse().ok());
    let statements: i64 = statements.unwrap_or(100_000);
    let mut app = TestApp::start().await;
    let began = Instant::now();
    let texts = filling::fill(&mut app, statements).await;
    filling::cut_for_the_desk(&mut app, texts).await;
    println!("{statements} statements, {texts} texts, 1,000 topics; filled in {:.0?}\n", began.elapsed());
    let deep = filling::one_in_the_middle(&mut app).await;
    println!("{:<58} {:>9} {:>9} {:>9}", "page", "p50", "p95", "bytes");
    let mut slow = 0;
    for role in ["administrator", "author"] {
        let mut visitor = app.signed_in_as(role).await;
        for (name, path) in pages(deep) {
            let (p50, p95, bytes) = measure(&mut visitor, &path).await;
            println!("{:<58} {p50:>9.1?} {p95:>9.1?} {bytes:>9}", format!("{role}: {name}"));
            slow += usize::from(p95 > MOST);
        }
    }
    println!(
        "\n{}",
        if slow == 0 { "All are under 100 ms.".to_owned() } else { format!("{slow} are not under 100 ms.") }
    );
}

fn pages(deep: i64) -> Vec<(&'static str, String)> {
    let list = |query: &str| format!("/admin/statements?{query}");
    let hostile: String = (0..200).map(|n| format!("word{n}+")).collect();
    vec![
        ("the list", list("")),
        ("page in the middle", list(&format!("older={deep}"))),
        ("state: waiting", list("state=waiting")),
        ("state: withdrawn", list("state=withdrawn")),
        ("state: discarded, of which there are none", list("state=discarded")),
        ("language", list("language=zh-hant")),
        ("kind", list("kind=report")),
        ("year", list("year=1989")),
        ("topic", list("topic=7")),
        ("large topic", list("topic=1")),
        ("large topic, year, language", list("topic=1&year=1990&language=zh-hans")),
        ("kind and language that never meet", list("kind=testimony&language=zh-hant")),
        ("everything at once", list("state=published&language=en&kind=statement&year=1995&topic=1&text=the")),
        ("text: in every English text (the)", list("text=the")),
        ("text: the same, in the middle", list(&format!("text=the&older={deep}"))),
        ("text: the same, where there is none", list("text=the&language=zh-hans")),
        ("text: the same, in one year", list("text=the&year=1989")),
        ("text: the same, in a topic", list("text=the&topic=7")),
        ("text: one sign in every Chinese text (的)", list("text=%E7%9A%84")),
        ("text: one rare sign (鹤)", list("text=%E9%B9%A4")),
        ("text: a common pair (人权)", list("text=%E4%BA%BA%E6%9D%83")),
        (
            "text: in Traditional signs (政治犯獲釋)",
            list("text=%E6%94%BF%E6%B2%BB%E7%8A%AF%E7%8D%B2%E9%87%8B"),
        ),
        ("text: a rare word", list("text=zephyrine")),
        ("text: a rare word among common ones", list("text=the+of+zephyrine")),
        ("text: only in the oldest", list("text=firstborn")),
        ("text: the beginning of many words (co)", list("text=co")),
        ("text: the beginning of few words (zephy)", list("text=zephy")),
        ("text: a number", list("text=77777")),
        ("text: nothing has it", list("text=qqqqq")),
        ("text: 200 words", list(&format!("text={hostile}"))),
        ("text: quotes and signs", list("text=%27%25_%22%5C+%26+%7C+%21")),
        ("editor, with the picker", format!("/admin/statements/{deep}/en")),
        ("new statement, with the picker", "/admin/statements/new".to_owned()),
    ]
}

async fn measure(visitor: &mut Visitor<'_>, path: &str) -> (Duration, Duration, usize) {
    let mut bytes = 0;
    let mut times: Vec<Duration> = Vec::new();
    // The first fills what a running program has at hand.
    for turn in 0..=TIMES {
        let began = Instant::now();
        let answer = visitor.get(path).await.expect(200);
        if turn > 0 {
            times.push(began.elapsed());
        }
        bytes = answer.body.len();
    }
    times.sort();
    (times[TIMES / 2], times[TIMES * 95 / 100], bytes)
}
