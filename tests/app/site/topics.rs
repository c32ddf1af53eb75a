//! The index of topics, and a topic's own page.

use crate::support::app::TestApp;
use crate::support::record;

#[actix_web::test]
async fn the_index_is_alphabetical_in_each_language() {
    let app = TestApp::start().await;
    let english = app.visitor().page("/en/topics").await.texts("main .columns a");
    assert_eq!(english.len(), 124);
    let mut sorted = english.clone();
    sorted.sort_by_key(|name| name.to_lowercase());
    let bare =
        |names: &[String]| names.iter().map(|n| n.to_lowercase().replace([' ', '-', ','], "")).collect();
    let (english, sorted): (Vec<String>, Vec<String>) = (bare(&english), bare(&sorted));
    assert_eq!(english.first(), sorted.first());
    assert_eq!(english.last(), sorted.last());

    // Āi, bā, cā, …: the sounds of the first signs never go back.
    for (locale, names) in [
        ("zh-hans", ["北京", "儿童", "环境", "酷刑", "女", "西藏", "中国共产党"]),
        ("zh-hant", ["北京", "兒童", "環境", "酷刑", "女", "西藏", "中國共產黨"]),
    ] {
        let all = app.visitor().page(&format!("/{locale}/topics")).await.texts("main .columns a");
        let places: Vec<usize> =
            names.iter().filter_map(|name| all.iter().position(|topic| topic.starts_with(name))).collect();
        assert!(places.len() >= 5, "{locale}: only {places:?} of {names:?} are topics");
        assert!(places.is_sorted(), "{locale}: {names:?} stand at {places:?}");
    }
}

#[actix_web::test]
async fn every_page_ends_with_the_topics() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let page = app.visitor().page("/zh-hans/statements/2800").await;
    assert_eq!(page.text("#explore"), "浏览主题");
    assert_eq!(page.all("section[aria-labelledby=explore] a").len(), 124);
}

#[actix_web::test]
async fn a_renamed_address_leads_to_the_new_one_with_its_period_for_a_day() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    rename(&app, "torture", "ill-treatment").await;
    for (old, new) in [
        ("/en/topics/torture", "/en/topics/ill-treatment"),
        ("/zh-hans/topics/torture/1997", "/zh-hans/topics/ill-treatment/1997"),
        ("/en/topics/torture/1997/11/16", "/en/topics/ill-treatment/1997/11/16"),
        ("/en/topics/torture/1997/00", "/en/topics/ill-treatment/1997/00"),
    ] {
        let answer = app.visitor().get(old).await.expect(301);
        assert_eq!(answer.location(), new);
        assert!(answer.header("cache-control").contains("max-age=86400"));
        app.visitor().get(new).await.expect(200);
    }
    let page = app.visitor().page("/en/topics/ill-treatment").await;
    assert_eq!(page.attr("link[rel=canonical]", "href"), "http://localhost/en/topics/ill-treatment");

    rename(&app, "ill-treatment", "torture").await;
    app.visitor().get("/en/topics/torture").await.expect(200);
    let back = app.visitor().get("/en/topics/ill-treatment/1997").await.expect(301);
    assert_eq!(back.location(), "/en/topics/torture/1997");
}

async fn rename(app: &TestApp, old: &str, new: &str) {
    let mut editor = app.signed_in_as("editor").await;
    let list = editor.page("/admin/topics").await;
    let links = list.all("td a");
    let link = links.iter().find(|link| link.inner_html() == old).unwrap();
    let path = link.attr("href").unwrap();
    let form = editor.page(path).await.form("main form");
    editor.submit(&form.with("slug", new)).await.expect(303);
}

#[actix_web::test]
async fn a_topic_is_introduced_in_its_language() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut editor = app.signed_in_as("editor").await;
    let number = app.app.topics().await.meant_by("torture").unwrap().number;
    let form = editor.page(&format!("/admin/topics/{number}")).await.form("main form");
    let form = form.with("en.intro", "What is done to people in cells.").with("zh-hans.name", "");
    editor.submit(&form).await.expect(303);
    let english = app.visitor().page("/en/topics/torture").await;
    assert_eq!(english.text("h1"), "Torture");
    assert_eq!(english.text(".summary"), "What is done to people in cells.");
    assert!(!app.visitor().page("/en/topics/torture/1997").await.has(".list > .summary"));
    // Without a name in the language of the page it is shown in another, and says which.
    let chinese = app.visitor().page("/zh-hans/topics/torture").await;
    assert_eq!((chinese.text("h1"), chinese.attr("h1 bdi", "lang")), ("Torture".to_owned(), "en".to_owned()));
    assert!(!chinese.has(".summary"));
}

/// Puts a topic under another and beside a third.
async fn relate(app: &TestApp, topic: &str, parent: &str, see_also: &str) {
    let mut editor = app.signed_in_as("editor").await;
    let index = app.app.topics().await;
    let id = |slug| index.meant_by(slug).unwrap().id.to_string();
    let path = format!("/admin/topics/{}", index.meant_by(topic).unwrap().number);
    let form = editor.page(&path).await.form("main form");
    let form = form.with("parent", &id(parent)).and("see_also", &id(see_also));
    editor.submit(&form).await.expect(303);
}

#[actix_web::test]
async fn a_topic_names_the_topics_around_it_in_its_own_language() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    relate(&app, "torture", "police-brutality", "black-jail").await;
    relate(&app, "police-brutality", "legal-system", "black-jail").await;
    // One of them has no name in this language, and says in which language it stands.
    let mut editor = app.signed_in_as("editor").await;
    let number = app.app.topics().await.meant_by("black-jail").unwrap().number;
    let form = editor.page(&format!("/admin/topics/{number}")).await.form("main form");
    editor.submit(&form.with("zh-hant.name", "")).await.expect(303);

    for (locale, facts, wider, also) in [
        ("en", "Part of Legal System › Police Brutality", "Legal System", "See also Black Jail"),
        ("zh-hans", "属于 法律制度 › 警察暴力", "法律制度", "另见 黑监狱"),
        ("zh-hant", "屬於 法律制度 › 警察暴力", "法律制度", "另見 Black Jail"),
    ] {
        let page = app.visitor().page(&format!("/{locale}/topics/torture")).await;
        let said = page.texts("main .facts");
        assert!(said[0].ends_with(facts), "{locale}: {said:?}");
        assert!(said.contains(&also.to_owned()), "{locale}: {said:?}");
        assert!(page.texts("main .facts a").contains(&wider.to_owned()), "{locale}");
        let links = page.attrs("main .facts a", "href");
        assert_eq!(links[1], format!("/{locale}/topics/police-brutality"));
        let foreign = page.attrs("main .facts a[lang]", "lang");
        assert_eq!(foreign, if locale == "zh-hant" { vec!["en"] } else { vec![] }, "{locale}");
    }
    let above = app.visitor().page("/en/topics/police-brutality").await;
    assert!(above.texts("main .facts").contains(&"Narrower topics Torture".to_owned()));
    let jail = app.visitor().page("/en/topics/black-jail").await;
    assert!(jail.texts("main .facts").contains(&"See also Police Brutality, Torture".to_owned()));
    // A period is about its time.
    assert!(!app.visitor().page("/en/topics/torture/1997").await.text("main").contains("See also"));
}

#[actix_web::test]
async fn every_address_of_a_merged_topic_leads_on_for_a_day_until_the_merge_is_undone() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    rename(&app, "torture", "ill-treatment").await;
    let index = app.app.topics().await;
    let number = |word| index.meant_by(word).unwrap().number.to_string();
    let mut editor = app.signed_in_as("editor").await;
    let path = format!("/admin/topics/{}/merge", number("torture"));
    let done = editor.post(&path, &[("into", &number("police-brutality"))]).await.expect(303);
    let undo = editor.follow(&done).await.html().form(".flash form");
    let periods = ["", "/1997", "/1997/11", "/1997/11/16", "/1997/00"];
    for locale in ["en", "zh-hans", "zh-hant"] {
        for slug in ["torture", "ill-treatment"] {
            for period in periods {
                let answer = app.visitor().get(&format!("/{locale}/topics/{slug}{period}")).await.expect(301);
                assert_eq!(answer.location(), format!("/{locale}/topics/police-brutality{period}"));
                assert!(answer.header("cache-control").contains("max-age=86400"));
            }
        }
    }
    let page = app.visitor().page("/en/topics/police-brutality").await;
    assert_eq!(page.all("ol.entries li").len(), 2);
    let statement = app.visitor().page("/en/statements/2800").await;
    assert!(statement.attrs("aside a", "href").contains(&"/en/topics/police-brutality".to_owned()));
    let topics = app.visitor().page("/en/topics").await;
    assert_eq!(topics.all("main .columns a").len(), 123);
    assert!(!topics.attrs("a", "href").contains(&"/en/topics/ill-treatment".to_owned()));

    editor.submit(&undo).await.expect(303);
    for period in periods {
        app.visitor().get(&format!("/en/topics/ill-treatment{period}")).await.expect(200);
        let old = app.visitor().get(&format!("/en/topics/torture{period}")).await.expect(301);
        assert_eq!(old.location(), format!("/en/topics/ill-treatment{period}"));
    }
}
