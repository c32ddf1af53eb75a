//! The search, as a reader asks it.

use onrecord::domain::statements::Kind;
use onrecord::domain::statements::commands::{self, OneVersion, Removal, Save, Saved};
use onrecord::domain::statements::draft::{Facts, Words};
use onrecord::i18n::Locale;

use crate::support::app::TestApp;
use crate::support::cast::{a_statement, english, issued, simplified, traditional};
use crate::support::record::{change, topic};
use crate::support::refusals::Done as _;
use crate::support::visitor::Visitor;

/// A few texts that people look for.
async fn fill(app: &mut TestApp) -> Vec<Saved> {
    let uyghurs = topic(&mut app.desk, "uighurs").await;
    let mut all = Vec::new();
    for (number, locale, date, title, summary, body, topics) in [
        (
            1,
            english(),
            "1989-06-05",
            "Political prisoners released",
            "Forty-nine people.",
            "Élan and the rule of law. Wang Dan’s mother spoke.",
            vec![],
        ),
        (
            2,
            simplified(),
            "1998-03",
            "四十九名政治犯获释",
            "",
            "天安门母亲 (Tiananmen Mothers) 表示欢迎。",
            vec![],
        ),
        (3, traditional(), "1997", "王丹獲釋", "", "他是政治犯。中國人權在紐約。", vec![]),
        (
            4,
            english(),
            "2008-08-08",
            "A letter about sport",
            "",
            "Before the games, a prisoner wrote. The law of the rule is another thing. No. 2800.",
            vec![uyghurs],
        ),
        (2800, english(), "1997-11-16", "Another matter", "", "Nothing of the kind.", vec![]),
    ] {
        let words = Words::typed(title, summary, body, "Example Person\nDirector of Liaison", "");
        let kind = if number == 4 { Kind::OpenLetter } else { Kind::Statement };
        let facts = Facts { number, kind, issued: issued(date) };
        let save = Save { locale, facts, words, topics, ..a_statement(number) };
        all.push(app.desk.put_on_record(&save).await);
    }
    // The first has a translation.
    let words = Words::typed("政治犯获释", "", "四十九人。", "", "");
    let facts = Facts { number: 1, kind: Kind::Statement, issued: issued("1989-06-05") };
    let of = Save { statement: Some(all[0].statement), locale: simplified(), facts, words, ..a_statement(1) };
    app.desk.put_on_record(&of).await;
    app.app.apply(onrecord::domain::outcome::Change::Everything);
    all
}

fn asking(locale: &str, fields: &[(&str, &str)]) -> String {
    format!("/{locale}/search?{}", serde_urlencoded::to_string(fields).unwrap())
}

/// The hits as `language/number`, in their order.
async fn hits(visitor: &mut Visitor<'_>, locale: &str, fields: &[(&str, &str)]) -> Vec<String> {
    let page = visitor.page(&asking(locale, fields)).await;
    let links = page.attrs(".entries h2 a", "href");
    links.iter().map(|href| href.trim_start_matches('/').replace("/statements", "")).collect()
}

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
        ("en", "政治犯獲釋", &["zh-hans/2", "zh-hans/1"]),
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

#[actix_web::test]
async fn a_new_alias_is_found_at_once_and_a_merge_and_its_undoing_too() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    assert!(hits(&mut app.visitor(), "en", &[("q", "East Turkestan")]).await.is_empty());
    let before = app.rows("select max(xmin::text::bigint)::text as line from search_documents").await;
    app.sql("insert into topic_aliases select topic_id, 'East Turkestan' from topic_slugs where slug = 'uyghurs-uighurs'").await;
    app.app.apply(onrecord::domain::outcome::Change::Topics);
    assert_eq!(hits(&mut app.visitor(), "en", &[("q", "east turkestan")]).await, ["en/4"]);
    assert_eq!(app.rows("select max(xmin::text::bigint)::text as line from search_documents").await, before);

    let (from, into) = (topic(&mut app.desk, "uighurs").await, topic(&mut app.desk, "torture").await);
    let (by, now) = (app.desk.people.administrator, app.desk.now);
    let (merge, done) =
        onrecord::domain::filing::merge(&mut app.desk.conn, by, from, into, now).await.unwrap();
    app.app.apply(done);
    for (name, value) in [("q", "torture"), ("q", "uighurs")] {
        assert_eq!(hits(&mut app.visitor(), "en", &[(name, value)]).await, ["en/4"], "{value}");
    }
    assert_eq!(hits(&mut app.visitor(), "en", &[("q", "sport"), ("topic", "torture")]).await, ["en/4"]);
    let four = app.id_of(4).await;
    commands::file_under(&mut app.desk.conn, by, four, &[into, from], now).await.done();
    let undone = onrecord::domain::filing::unmerge(&mut app.desk.conn, by, merge, now).await.unwrap();
    app.app.apply(undone);
    assert_eq!(hits(&mut app.visitor(), "en", &[("q", "uighurs")]).await, ["en/4"]);
    assert!(hits(&mut app.visitor(), "en", &[("q", "sport"), ("topic", "torture")]).await.is_empty());
}

#[actix_web::test]
async fn what_leaves_the_record_leaves_the_search_with_it() {
    let mut app = TestApp::start().await;
    let all = fill(&mut app).await;
    let (by, now) = (app.desk.people.administrator, app.desk.now);
    let found =
        async |app: &TestApp, question: &str| hits(&mut app.visitor(), "en", &[("q", question)]).await;
    let words = "select word as line from search_spellings where word in ('games', 'political', 'elan')";

    app.desk.withdraw(&all[0], english()).await.done();
    assert_eq!(found(&app, "elan").await, [""; 0]);
    assert_eq!(found(&app, "political prisoners").await, [""; 0], "not even as a guess");
    assert_eq!(app.rows(words).await, ["games"], "no word is left behind");
    assert_eq!(found(&app, "四十九人").await, ["zh-hans/1"], "the other language stays");
    app.desk.reinstate(&all[0], english()).await.done();
    assert_eq!(found(&app, "elan").await, ["en/1"]);

    let corrected = Words::typed("Political prisoners released", "", "Corrected.", "", "");
    let facts = Facts { number: 1, kind: Kind::Statement, issued: issued("1989-06-05") };
    let save = Save { facts, words: corrected, ..a_statement(1) };
    change(&mut app.desk, &all[0], save, "A word was wrong.").await;
    assert_eq!(found(&app, "elan").await, [""; 0], "what was said before is not searched");
    assert_eq!(found(&app, "corrected").await, ["en/1"]);
    let one = OneVersion { statement: all[0].statement, locale: english(), n: 1 };
    commands::close_version(&mut app.desk.conn, by, one, "So.", now).await.done();
    assert_eq!(found(&app, "corrected").await, ["en/1"]);

    let removal = Removal {
        statement: all[3].statement,
        locale: english(),
        number_typed: "4".to_owned(),
        reason: "It had to go.".to_owned(),
    };
    app.desk.withdraw(&all[3], english()).await.done();
    commands::remove(&mut app.desk.conn, by, removal, now).await.done();
    assert_eq!(found(&app, "games").await, [""; 0]);
    assert_eq!(app.rows("select word as line from search_spellings where word = 'games'").await, [""; 0]);

    let sample = Save {
        is_sample: true,
        words: Words::typed("Specimen", "", "Of samples.", "", ""),
        ..a_statement(900_001)
    };
    app.desk.put_on_record(&sample).await;
    assert_eq!(found(&app, "specimen").await, ["en/900001"]);
    commands::remove_samples(&mut app.desk.conn, by, now).await.done();
    assert_eq!(found(&app, "specimen").await, [""; 0]);

    let draft = Save { words: Words::typed("Unspoken", "", "A draft.", "", ""), ..a_statement(77) };
    app.desk.save(app.desk.people.author, &draft).await.unwrap();
    assert_eq!(found(&app, "unspoken").await, [""; 0]);
    let wrong = "select 'x' as line from search_documents d full join list_entries e using (translation_id)
                 where d.translation_id is null or e.translation_id is null";
    assert_eq!(app.rows(wrong).await, [""; 0]);
}

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
    use diesel_async::SimpleAsyncConnection as _;
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
