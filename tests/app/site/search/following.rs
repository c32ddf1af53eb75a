//! The search follows the record, and the topics, at once.

use onrecord::domain::statements::Kind;
use onrecord::domain::statements::commands::{self, OneVersion, Removal, Save};
use onrecord::domain::statements::draft::{Facts, Words};

use super::{fill, hits};
use crate::support::app::TestApp;
use crate::support::cast::{a_statement, english, issued};
use crate::support::record::{change, topic};
use crate::support::refusals::Done as _;

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
    let words = "select word as line from search_spellings where word in ('rule', 'political', 'elan')";

    app.desk.withdraw(&all[0], english()).await.done();
    assert_eq!(found(&app, "elan").await, [""; 0]);
    assert_eq!(found(&app, "political prisoners").await, [""; 0], "not even as a guess");
    assert_eq!(app.rows(words).await, ["rule"], "no word is left behind but what another text has");
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
async fn a_large_record_is_asked_stretch_by_stretch_and_answers_the_same() {
    let mut app = TestApp::start().await;
    let all = fill(&mut app).await;
    let questions = ["prisoner OR 政治犯", "\"rule of law\"", "elan", "犯", "the -games"];
    let mut before = Vec::new();
    for question in questions {
        before.push(hits(&mut app.visitor(), "en", &[("q", question)]).await);
    }
    // As if each of its four years were long enough to be a stretch.
    app.sql("update list_counts set entries = 500000 where list = 'all'").await;
    for (question, before) in questions.iter().zip(before) {
        assert!(!before.is_empty(), "{question}");
        assert_eq!(hits(&mut app.visitor(), "en", &[("q", question)]).await, before, "{question}");
    }
    // `another` is in a text of 1997, `rule` in one of 2008, `elan` in no other.
    let kept =
        "select word as line from search_spellings where word in ('another', 'rule', 'elan') order by word";
    assert_eq!(app.rows(kept).await, ["another", "elan", "rule"]);
    app.desk.withdraw(&all[0], english()).await.done();
    app.desk.withdraw(&all[3], english()).await.done();
    assert_eq!(app.rows(kept).await, ["another"]);
}
