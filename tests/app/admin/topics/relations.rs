//! Other words, wider and related topics, on a topic's form.

use super::number;
use crate::support::app::TestApp;

#[actix_web::test]
async fn other_words_find_a_topic_in_the_picker_and_are_never_another_s() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let torture = number(&app, "torture").await;
    let form = editor.page(&format!("/admin/topics/{torture}")).await.form("main form");
    let taken = form.clone().with("aliases", "ill-treatment\r\nTIBET");
    let page = editor.submit(&taken).await.expect(422).html();
    assert!(page.problem_at("aliases").contains("“TIBET” is a name of the topic “Tibet”"));
    assert_eq!(page.form("main form").value("aliases"), "ill-treatment\nTIBET");
    let form = form.with("aliases", "  Ill-treatment\r\n\r\n虐待\r\nill-treatment\r\nTorture");
    editor.submit(&form).await.expect(303);
    let form = editor.page(&format!("/admin/topics/{torture}")).await.form("main form");
    assert_eq!(form.value("aliases"), "Ill-treatment\n虐待");
    let picker = editor.page("/admin/statements/new").await;
    assert!(picker.attrs("[data-picker] label", "data-words").iter().any(|words| words.contains("虐待")));
    // Saved again, it keeps them; readers do not see them.
    editor.submit(&form).await.expect(303);
    assert!(app.app.topics().await.meant_by("虐待").is_some());
    assert!(!app.visitor().get("/en/topics/torture").await.text().contains("虐待"));
}

#[actix_web::test]
async fn a_wider_topic_is_chosen_and_no_ring_is_made() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let id = async |word: &str| app.app.topics().await.meant_by(word).unwrap().id.to_string();
    let mut chain = ["ethnic-minorities", "uyghurs-uighurs", "xinjiang", "tibet", "torture"].to_vec();
    for pair in chain.windows(2).take(3) {
        let path = format!("/admin/topics/{}", number(&app, pair[1]).await);
        let form = editor.page(&path).await.form("main form").with("parent", &id(pair[0]).await);
        editor.submit(&form).await.expect(303);
    }
    let top = format!("/admin/topics/{}", number(&app, chain[0]).await);
    let page = editor.page(&top).await;
    let offered = page.attrs("#parent option", "value");
    for below in &chain[..4] {
        assert!(!offered.contains(&id(below).await), "{below} cannot stand above what it stands under");
    }
    let form = page.form("main form");
    let ring = form.clone().with("parent", &id("xinjiang").await);
    let page = editor.submit(&ring).await.expect(422).html();
    assert!(page.problem_at("parent").contains("stands under this topic already"));
    let own = form.with("parent", &id(chain[0]).await);
    editor.submit(&own).await.expect(422);
    chain.reverse();
    let path = format!("/admin/topics/{}", number(&app, chain[0]).await);
    let deep = editor.page(&path).await.form("main form").with("parent", &id(chain[1]).await);
    let page = editor.submit(&deep).await.expect(422).html();
    assert!(page.problem_at("parent").contains("4 levels"));
}

#[actix_web::test]
async fn related_topics_name_each_other() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let (torture, jail) = (number(&app, "torture").await, number(&app, "black-jail").await);
    let id = async |number| app.app.topics().await.by_number(number).unwrap().id.to_string();
    let path = format!("/admin/topics/{torture}");
    let form = editor.page(&path).await.form("main form").and("see_also", &id(jail).await);
    editor.submit(&form).await.expect(303);
    let other = editor.page(&format!("/admin/topics/{jail}")).await.form("main form");
    assert_eq!(other.values("see_also"), [id(torture).await]);
    let mut parted = other;
    parted.fields.retain(|(name, _)| name != "see_also");
    editor.submit(&parted).await.expect(303);
    assert!(editor.page(&path).await.form("main form").values("see_also").is_empty());
}
