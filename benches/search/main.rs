//! How long a reader's search takes with 100,000 statements: `cargo bench --bench search`.
//!
//! The record is that of the bench of the desk, published: a third of the originals in each language, words and
//! signs as frequent as in a language. Each kind of question is asked many times, each time with other words,
//! through the whole program but without a network; nothing is kept between two. `ONRECORD_BENCH_STATEMENTS`
//! takes another number.
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

use onrecord::domain::ids::StatementId;
use onrecord::domain::statements::commands;
use onrecord::i18n::Locale;
use support::app::TestApp;
use support::refusals::Done as _;
use support::visitor::Visitor;

/// What nearly every search of one or two words takes less than.
const MOST: Duration = Duration::from_millis(25);

/// Where in the order of how frequent they are the words stand that are asked for.
const PLACES: [usize; 12] = [24, 27, 35, 50, 80, 150, 300, 600, 1_200, 2_500, 5_000, 7_900];

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
    let texts = filling::fill(&mut app, statements).await;
    let kept = filling::publish(&mut app).await;
    app.app.apply(onrecord::domain::outcome::Change::Everything);
    println!("{statements} statements, {texts} texts; the search kept them in {kept:.0?}");
    for line in app.rows(SIZES).await {
        println!("{line}");
    }
    println!("\n{:<52} {:>9} {:>9} {:>9}", "question", "p50", "p95", "slowest");
    let mut visitor = app.visitor();
    let (mut usual, mut worst) = (Vec::new(), Vec::new());
    for (name, is_usual, locale, questions) in questions() {
        let times = measure(&mut visitor, locale, &questions).await;
        say(name, &times);
        if is_usual { usual.extend(times) } else { worst.extend(times) }
    }
    say("all of one or two words", &usual);
    say("all that are meant to be bad", &worst);
    leave(&mut app).await;
    let (left, came_back) = leave(&mut app).await;
    println!("\na withdrawal takes {left:.1?}, a reinstatement {came_back:.1?}");
    usual.sort();
    let is_quick = usual[usual.len() * 95 / 100] < MOST;
    println!("\n95 of 100 of one or two words {} under 25 ms.", if is_quick { "are" } else { "are NOT" });
}

/// How long a text takes to leave the record, search and all, and to come back.
async fn leave(app: &mut TestApp) -> (Duration, Duration) {
    let id = StatementId(filling::one_in_the_middle(app).await);
    let (by, now, english) = (app.desk.people.publisher, app.desk.now, Locale::english());
    let began = Instant::now();
    commands::withdraw(&mut app.desk.conn, by, id, english, "A name is at risk.", now).await.done();
    let left = began.elapsed();
    let began = Instant::now();
    commands::reinstate(&mut app.desk.conn, by, id, english, now).await.done();
    (left, began.elapsed())
}

const SIZES: &str = "select 'documents ' || pg_size_pretty(pg_table_size('search_documents')) || ', the index of words beside them '
    || pg_size_pretty(pg_relation_size('search_documents_words')) as line";

type Kind = (&'static str, bool, &'static str, Vec<String>);

fn questions() -> Vec<Kind> {
    let words: Vec<String> = PLACES.iter().map(|place| filling::word(*place)).collect();
    let signs: Vec<char> = PLACES.iter().map(|place| filling::sign(place / 4)).collect();
    let two = |at: usize| format!("{} {}", words[at], words[(at + 5) % words.len()]);
    let pairs: Vec<String> = signs
        .iter()
        .flat_map(|one| signs.iter().map(move |other| format!("{one}{other}")))
        .step_by(5)
        .collect();
    vec![
        ("one English word", true, "en", words.clone()),
        (
            "one English word, of the most frequent",
            true,
            "en",
            strings(&["rights", "prisoners", "released", "people"]),
        ),
        ("two English words", true, "en", (0..words.len()).map(two).collect()),
        (
            "two English words, of the most frequent",
            true,
            "en",
            strings(&["prisoners released", "government rights"]),
        ),
        ("a Chinese word of two signs", true, "zh-hans", pairs.clone()),
        ("the same, in the other script", true, "zh-hant", pairs.clone()),
        ("the most frequent one", true, "zh-hans", strings(&["人权", "人權"])),
        ("two Chinese words", true, "zh-hans", pairs.windows(2).map(|two| two.join(" ")).collect()),
        (
            "a Chinese word of three or more signs",
            true,
            "zh-hant",
            strings(&["政治犯", "政治犯獲釋", "人权一", "的人权"]),
        ),
        ("a rare word", true, "en", strings(&["zephyrine", "firstborn", "鹤"])),
        ("both scripts in one", true, "en", strings(&["人权 rights", "政治犯 zephyrine"])),
        ("newest first", true, "en", words.iter().map(|word| format!("{word}&order=newest")).collect()),
        ("one sign that every text has", false, "zh-hans", strings(&["的", "一", "人"])),
        ("a word that every text has", false, "en", strings(&["the", "of"])),
        ("200 words", false, "en", vec!["word ".repeat(200), "the rights ".repeat(100)]),
        (
            "a phrase of frequent words that none has",
            false,
            "en",
            strings(&["\"the of and to in that\"", "\"of the of the\""]),
        ),
        ("a frequent phrase", false, "en", strings(&["\"the people\"", "\"of the\""])),
        (
            "a run of frequent signs that none has",
            false,
            "zh-hans",
            strings(&["的一是在不了有和人这", "的的的的的的"]),
        ),
        ("OR of many", false, "en", vec![words.join(" OR "), pairs[..12].join(" OR ")]),
        ("all but one", false, "en", strings(&["the -rights", "the -\"of the\""])),
        ("wildcards and signs", false, "en", strings(&["%", "pri* *", "\"", "! & |"])),
        ("nothing has it", false, "en", strings(&["qqqqqqqq", "prisnoers relased", "zephirine"])),
        ("the tenth page", false, "en", strings(&["the&page=10", "rights&page=10&order=newest"])),
        (
            "a year, a kind, a topic",
            false,
            "en",
            strings(&["the&year=1990", "the&kind=testimony", "the&topic=made-up-500"]),
        ),
    ]
}

fn strings(questions: &[&str]) -> Vec<String> {
    questions.iter().map(|question| (*question).to_owned()).collect()
}

/// Asks each question once for the connection's sake, and then ten times.
async fn measure(visitor: &mut Visitor<'_>, locale: &str, questions: &[String]) -> Vec<Duration> {
    let mut times = Vec::new();
    for turn in 0..=10 {
        for question in questions {
            let (question, more) =
                question.split_once('&').filter(|(_, more)| more.contains('=')).unwrap_or((question, ""));
            let asked = serde_urlencoded::to_string([("q", question)]).unwrap();
            let began = Instant::now();
            visitor.get(&format!("/{locale}/search?{asked}&{more}")).await.expect(200);
            if turn > 0 {
                times.push(began.elapsed());
            }
        }
    }
    times
}

fn say(name: &str, times: &[Duration]) {
    let mut times = times.to_vec();
    times.sort();
    let (p50, p95) = (times[times.len() / 2], times[times.len() * 95 / 100]);
    println!("{name:<52} {p50:>9.1?} {p95:>9.1?} {:>9.1?}", times[times.len() - 1]);
}
