//! What is found, in which order, and what a hit shows.

use onrecord::domain::search::MOST_RANKED;
use onrecord::domain::statements::Kind;
use onrecord::domain::statements::commands::Save;
use onrecord::domain::statements::draft::{Facts, Words};

use super::{asking, fill, hits};
use crate::support::app::TestApp;
use crate::support::cast::{a_statement, issued};

#[actix_web::test]
async fn what_people_write_finds_what_they_mean() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut visitor = app.visitor();
    for (locale, question, found) in [
        ("en", "prisoner", &["en/1", "en/4"][..]),
        ("en", "PRISONERS releasing", &["en/1"]),
        ("en", "\"political prisoners\"", &["en/1"]),
        ("en", "\"prisoners political\"", &[]),
        ("en", "\"rule of law\"", &["en/1"]),
        ("en", "rule law", &["en/4", "en/1"]),
        ("en", "prisoner -political", &["en/4"]),
        ("en", "prisoner -\"rule of law\"", &["en/4"]),
        ("en", "sport OR elan", &["en/4", "en/1"]),
        ("en", "elan", &["en/1"]),
        ("en", "ÉLAN", &["en/1"]),
        ("en", "ｅｌａｎ", &["en/1"]),
        ("en", "wang dan's", &["en/1"]),
        ("en", "liaison games", &["en/4"]),
        ("en", "2800", &["en/2800", "en/4"]),
        ("zh-hans", "政治犯", &["zh-hans/2", "zh-hans/1", "zh-hant/3"]),
        ("zh-hant", "政治犯", &["zh-hant/3", "zh-hans/2", "zh-hans/1"]),
        ("en", "政治犯獲釋", &["zh-hans/2", "zh-hans/1", "zh-hant/3"]),
        ("zh-hant", "獲釋", &["zh-hant/3", "zh-hans/2", "zh-hans/1"]),
        ("zh-hans", "犯", &["zh-hans/2", "zh-hans/1", "zh-hant/3"]),
        ("zh-hans", "中国人", &["zh-hant/3"]),
        ("zh-hans", "国人权在纽约", &["zh-hant/3"]),
        ("zh-hans", "治犯人", &[]),
        ("zh-hans", "天安门 mothers", &["zh-hans/2"]),
        ("zh-hans", "tiananmen 天安門母親", &["zh-hans/2"]),
        ("en", "Uighurs", &["en/4"]),
        ("zh-hans", "維吾爾人", &["en/4"]),
        ("en", "uyghur games", &["en/4"]),
        ("en", "uyghur -games", &[]),
        ("en", "the", &["en/4", "en/2800", "en/1"]),
        ("en", "nothing -kind", &[]),
    ] {
        let mut expected: Vec<&str> = found.to_vec();
        let mut got = hits(&mut visitor, locale, &[("q", question)]).await;
        if ["the", "rule law", "prisoner", "sport OR elan"].contains(&question) {
            // Which of them is first is for the next test.
            got.sort();
            expected.sort_unstable();
        }
        assert_eq!(got, expected, "{locale}: {question}");
    }
}

#[actix_web::test]
async fn other_scripts_and_spellings_are_found_and_marked_as_they_are_written() {
    let mut app = TestApp::start().await;
    let body = "수감자들의 인권을 지켜라. สิทธิมนุษยชนของทุกคน حُقُوقُ السجناء མི་ཡི་ཐོབ་ཐང་། Łukasz Strauß saw Đặng in İzmir.";
    let words = Words::typed("A page of greetings", "", body, "", "");
    app.desk.put_on_record(&Save { words, ..a_statement(7) }).await;
    app.app.apply(onrecord::domain::outcome::Change::Everything);
    let mut visitor = app.visitor();
    for (question, marked) in [
        ("인권", "인권"),
        ("มนุษย", "มนุษย"),
        ("حقوق", "حُقُوقُ"),
        ("ཐོབ་ཐང", "ཐོབ ཐང"),
        ("lukasz strauss", "Łukasz Strauß"),
        ("dang IZMIR", "Đặng İzmir"),
    ] {
        let page = visitor.page(&asking("en", &[("q", question)])).await;
        assert_eq!(page.texts(".entries mark").join(" "), marked, "{question}");
    }
    assert_eq!(hits(&mut visitor, "en", &[("q", "인간")]).await, [""; 0]);
}

#[actix_web::test]
async fn an_old_title_is_found_among_more_new_texts_than_are_ranked() {
    let mut app = TestApp::start().await;
    let about = |number, date, title, body| {
        let facts = Facts { number, kind: Kind::Statement, issued: issued(date) };
        Save { facts, words: Words::typed(title, "", body, "", ""), ..a_statement(number) }
    };
    app.desk.put_on_record(&about(1, "1989-06-05", "The lighthouse", "It is dark.")).await;
    for number in 2..=MOST_RANKED as i64 + 20 {
        app.desk.put_on_record(&about(number, "2008-08-08", "Another matter", "By the lighthouse.")).await;
    }
    app.app.apply(onrecord::domain::outcome::Change::Everything);
    let mut visitor = app.visitor();
    let found = hits(&mut visitor, "en", &[("q", "lighthouse")]).await;
    assert_eq!((found.len(), found[0].as_str()), (20, "en/1"));
    // From a page in another language too, in which nothing is found.
    assert_eq!(hits(&mut visitor, "zh-hans", &[("q", "lighthouse")]).await[0], "en/1");
    let page = visitor.page(&asking("en", &[("q", "lighthouse"), ("page", "10")])).await;
    assert!(page.texts("p[role=status]").contains(&"220 in English".to_owned()));
}

#[actix_web::test]
async fn a_title_counts_more_than_a_body_and_the_newest_can_come_first() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut visitor = app.visitor();
    assert_eq!(hits(&mut visitor, "en", &[("q", "prisoner")]).await, ["en/1", "en/4"]);
    assert_eq!(hits(&mut visitor, "en", &[("q", "prisoner"), ("order", "newest")]).await, ["en/4", "en/1"]);
    let newest = hits(&mut visitor, "en", &[("q", "政治犯 OR prisoner"), ("order", "newest")]).await;
    assert_eq!(newest, ["en/4", "zh-hans/2", "zh-hant/3", "en/1"]);
}

#[actix_web::test]
async fn a_search_can_be_narrowed() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut visitor = app.visitor();
    for (name, value, found) in [
        ("language", "zh-hant", &["zh-hant/3"][..]),
        ("language", "en", &["en/1", "en/4"]),
        ("year", "1998", &["zh-hans/2"]),
        ("kind", "open-letter", &["en/4"]),
        ("topic", "uyghurs-uighurs", &["en/4"]),
        ("year", "1234", &[]),
        ("kind", "no-such-kind", &["en/1", "en/4", "zh-hans/2", "zh-hant/3"]),
    ] {
        let fields = [("q", "prisoner OR 政治犯"), (name, value)];
        assert_eq!(hits(&mut visitor, "en", &fields).await, found, "{name}={value}");
    }
    let page = visitor.page(&asking("en", &[("q", "prisoner"), ("year", "2008")])).await;
    assert_eq!(page.attr("select[name=year] option[selected]", "value"), "2008");
    assert_eq!(page.attr("input[name=q]", "value"), "prisoner");
    assert_eq!(page.texts("select[name=year] option"), ["All years", "2008", "1998", "1997", "1989"]);
}

#[actix_web::test]
async fn a_hit_says_what_it_is_and_shows_where() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut visitor = app.visitor();
    let page = visitor.page(&asking("en", &[("q", "政治犯获释 OR “rule of law”")])).await;
    let english = page.one(".entries li:nth-child(1)");
    assert!(english.html().contains("<mark>rule</mark>"), "{}", english.html());
    assert_eq!(page.texts(".entries li:nth-child(1) .kind"), ["Statement", "Also in 简体中文"]);
    assert_eq!(page.attr(".entries li:nth-child(1) .kind a", "href"), "/zh-hans/statements/1");
    let page = visitor.page(&asking("zh-hans", &[("q", "获释")])).await;
    assert_eq!(page.texts(".entries li:last-child mark"), ["獲釋"]);
    assert_eq!(page.attr(".entries li:last-child h2", "lang"), "zh-Hant");
    assert_eq!(page.texts(".entries li:last-child time"), ["1997年"]);
    let page = visitor.page(&asking("en", &[("q", "elan")])).await;
    assert_eq!(page.texts(".entries mark"), ["Élan"]);
    assert!(page.texts("[role=status]").contains(&"1 in English".to_owned()));
}

#[actix_web::test]
async fn a_slip_of_the_fingers_is_forgiven_and_said() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut visitor = app.visitor();
    for (typed, meant) in
        [("prisners", "prisoners"), ("Tiananmn", "tiananmen"), ("elna", "elan"), ("moters", "mothers")]
    {
        let page = visitor.page(&asking("en", &[("q", typed)])).await;
        assert!(page.has(".entries li"), "{typed}");
        let said = page.text("p.note");
        assert!(
            said.contains(&format!("“{}”", typed.to_lowercase())) && said.contains(&format!("“{meant}”")),
            "{said}"
        );
    }
    assert!(!visitor.page(&asking("en", &[("q", "qqqqqqq")])).await.has(".entries, p.note"));
}

#[actix_web::test]
async fn an_empty_result_helps() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut visitor = app.visitor();
    let page = visitor.page(&asking("en", &[("q", "prisoner sport elan"), ("year", "1989")])).await;
    assert_eq!(page.texts(".nothing"), ["Nothing that is on record here has all of this."]);
    let ways = page.attrs("ul.elsewhere a", "href");
    assert_eq!(ways[0], "/en/search?q=prisoner+sport+elan");
    assert!(visitor.page(&ways[1]).await.has(".entries li"));
    let page = visitor.page(&asking("en", &[("q", "tortured zzz")])).await;
    assert!(page.attrs("main p.elsewhere a", "href").contains(&"/en/topics/torture".to_owned()));
    let page = visitor.page(&asking("zh-hant", &[("q", "酷刑")])).await;
    assert_eq!(page.attrs("main p.elsewhere a", "href"), ["/zh-hant/topics/torture"], "the topic itself");
    let page = visitor.page(&asking("en", &[("q", "-only")])).await;
    assert!(page.text(".nothing").starts_with("Please type a word"));
}
