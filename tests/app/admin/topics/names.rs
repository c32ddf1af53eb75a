//! Names confirmed one by one or several at once, corrected in place.

use crate::support::app::TestApp;

const PATH: &str = "/admin/topics?show=unconfirmed";

#[actix_web::test]
async fn one_topic_is_confirmed_by_its_button_with_what_was_corrected() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = editor.page(PATH).await.form("main form");
    assert_eq!(form.value("10.zh-hant.name"), "審查制度");
    let form = form.with("10.zh-hant.name", "審查").with("13.zh-hant.name", "公民行动者").with("only", "10");
    let page = editor.submit(&form).await.expect(303);
    let page = editor.follow(&page).await.html();
    assert!(page.text(".flash").contains("1 topic"));
    assert_eq!(page.all("tbody tr").len(), 105);
    let topics = app.app.topics().await;
    let censorship = topics.by_number(10).unwrap();
    assert!(!censorship.is_to_be_confirmed());
    assert_eq!(censorship.name(crate::support::cast::traditional()), "審查");
    // What was typed in another row is another row's: its button was not pressed.
    assert_eq!(topics.by_number(13).unwrap().name(crate::support::cast::traditional()), "公民行動");
}

#[actix_web::test]
async fn several_are_confirmed_at_once_by_what_is_ticked() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = editor.page(PATH).await.form("main form");
    let form = form
        .and("10.zh-hans.confirmed", "yes")
        .and("10.zh-hant.confirmed", "yes")
        .and("13.zh-hans.confirmed", "yes")
        .with("12.zh-hans.name", "中国的法律");
    editor.submit(&form).await.expect(303);
    let topics = app.app.topics().await;
    let open = |number| topics.by_number(number).unwrap().is_to_be_confirmed();
    assert_eq!((open(10), open(13), open(12)), (false, true, true));
    assert_eq!(topics.by_number(12).unwrap().names[1].name, "中国的法律");
}

#[actix_web::test]
async fn nothing_is_overwritten_and_nothing_lost_where_somebody_was_faster() {
    let app = TestApp::start().await;
    let (mut editor, mut other) = (app.signed_in_as("editor").await, app.signed_in_as("publisher").await);
    let form = editor.page(PATH).await.form("main form");
    let theirs = other.page("/admin/topics/10").await.form("main form").with("zh-hans.name", "书报检查");
    other.submit(&theirs).await.expect(303);
    let form = form.with("10.zh-hans.name", "审查").and("13.zh-hant.confirmed", "yes");
    let page = editor.submit(&form).await.expect(422).html();
    assert!(page.text("[role=alert]").contains("书报检查"), "{}", page.text("[role=alert]"));
    let kept = page.form("main form");
    assert_eq!((kept.value("10.zh-hans.name"), kept.value("13.zh-hant.confirmed")), ("审查", "yes"));
    assert_eq!(app.app.topics().await.by_number(10).unwrap().names[1].name, "书报检查");
    // Sent again, now that it was seen, it is taken.
    editor.submit(&kept).await.expect(303);
    assert_eq!(app.app.topics().await.by_number(10).unwrap().names[1].name, "审查");
}

#[actix_web::test]
async fn a_name_that_cannot_be_is_refused() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    for name in ["", "儿童", &"长".repeat(121)] {
        let form = editor.page(PATH).await.form("main form").with("10.zh-hans.name", name);
        let page = editor.submit(&form).await.expect(422).html();
        assert!(page.text("[role=alert]").contains("Topic 10"), "{name}");
    }
    let form = editor.page(PATH).await.form("main form");
    let form = form.with("10.zh-hans.name", "同名").with("12.zh-hans.name", "同名");
    editor.submit(&form).await.expect(422);
}

#[actix_web::test]
async fn who_may_not_confirm_sees_which_wait() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let page = author.page(PATH).await;
    assert_eq!((page.all("tbody tr").len(), page.has("main form[method=post]")), (106, false));
}

#[actix_web::test]
async fn the_dashboard_says_how_many_wait_to_those_who_may_confirm() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let page = editor.page("/admin").await;
    assert!(page.text("main").contains("106 topics"), "{}", page.text("main"));
    assert!(page.attrs("main a", "href").contains(&PATH.to_owned()));
    assert!(!app.signed_in_as("author").await.page("/admin").await.text("main").contains("106 topics"));
    app.sql("update topic_names set confirmed = true").await;
    app.app.apply(onrecord::domain::outcome::Change::Topics);
    assert!(!editor.page("/admin").await.text("main").contains("to be confirmed"));
}

#[actix_web::test]
async fn whoever_saves_a_topic_second_is_told_and_shown_what_stands_now() {
    let app = TestApp::start().await;
    let (mut editor, mut other) = (app.signed_in_as("editor").await, app.signed_in_as("publisher").await);
    let mine = editor.page("/admin/topics/10").await.form("main form");
    let theirs = other.page("/admin/topics/10").await.form("main form");
    other.submit(&theirs.with("zh-hans.name", "书报检查").with("en.intro", "Theirs")).await.expect(303);
    let mine = mine.with("zh-hans.name", "审查").with("en.intro", "Theirs").with("slug", "censors");
    let page = editor.submit(&mine).await.expect(409).html();
    assert!(page.text("[role=alert]").contains("Somebody changed this topic"));
    assert_eq!(page.texts(".now dt"), ["Address", "Name, 简体中文"]);
    assert_eq!(page.texts(".now dd"), ["censorship", "书报检查"]);
    let again = page.form("main form");
    assert_eq!(again.value("zh-hans.name"), "审查");
    editor.submit(&again).await.expect(303);
    let topics = app.app.topics().await;
    let censorship = topics.by_number(10).unwrap();
    assert_eq!((censorship.slug.as_str(), censorship.names[1].name.as_str()), ("censors", "审查"));
}
