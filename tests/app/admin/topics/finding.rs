//! The list of topics: searched, narrowed, counted.

use onrecord::domain::statements::commands::Save;

use crate::support::app::TestApp;
use crate::support::cast::a_statement;
use crate::support::record::topic;

#[actix_web::test]
async fn a_topic_is_found_by_any_of_its_words_however_they_are_spelled() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    for (typed, slug) in [
        ("TORTURE", "torture"),
        ("酷刑", "torture"),
        ("維吾爾人", "uyghurs-uighurs"),
        ("ＩＣＣＰＲ", "international-covenant-on-civil-and-political-rights-iccpr"),
        ("laojiao", "reeducation-through-labor"),
        ("camps labor", "labor-camps"),
        ("june-fourth", "june-fourth"),
    ] {
        let query = serde_urlencoded::to_string([("text", typed)]).unwrap();
        let page = author.page(&format!("/admin/topics?{query}")).await;
        let found = page.texts("tbody td:last-child");
        assert!(found.contains(&slug.to_owned()) && found.len() < 4, "{typed}: {found:?}");
        assert_eq!(page.one("#text").attr("value"), Some(typed));
    }
    let none = author.page("/admin/topics?text=no+such+thing").await;
    assert_eq!(
        (none.all("tbody tr").len(), none.text("[data-found]").as_str()),
        (0, "No topic is like that.")
    );
    let hostile = author.page("/admin/topics?text=%25%3Cscript%3E&facet=x&show=x").await;
    assert!(hostile.all("script:not([src])").is_empty());
}

#[actix_web::test]
async fn the_list_is_narrowed_by_facet_and_counts_what_is_public() {
    let mut app = TestApp::start().await;
    let torture = topic(&mut app.desk, "torture").await;
    app.desk.put_on_record(&Save { topics: vec![torture], ..a_statement(1) }).await;
    app.desk.put_on_record(&Save { topics: vec![torture], ..a_statement(2) }).await;
    let draft = Save { topics: vec![torture], ..a_statement(3) };
    app.desk.save(app.desk.people.author, &draft).await.unwrap();
    let mut editor = app.signed_in_as("editor").await;
    let places = editor.page("/admin/topics?facet=place").await;
    assert!(places.texts("tbody td:last-child").contains(&"tibet".to_owned()));
    assert!(!places.texts("tbody td:last-child").contains(&"torture".to_owned()));
    let one = editor.page("/admin/topics?text=torture&facet=issue").await;
    assert_eq!(one.texts("tbody td:nth-last-child(2)"), ["2 public statements, listed"]);
    let listed = editor.page(&one.attr("tbody td:nth-last-child(2) a", "href")).await;
    assert_eq!(listed.all("tbody tr").len(), 3);
}
