//! A language that the site does not use (any more): what there is in it is kept, and shown to nobody.

use onrecord::domain::statements::published::Found;
use onrecord::domain::statements::store;

use crate::record::{self, IN_MANY, IN_NONE, ORIGINAL_NOT_USED, locale};

#[actix_web::test]
async fn its_addresses_are_not_there_and_break_nothing() {
    let app = record::filled().await;
    for path in [
        "",
        "/statements",
        "/statements/2800",
        "/statements/2801",
        "/topics/torture",
        "/statements/2800/versions",
    ] {
        app.visitor().get(&format!("/zh-hant{path}")).await.expect(404).html();
    }
    for tag in ["en", "ug"] {
        app.visitor().get(&format!("/{tag}/statements/{IN_NONE}")).await.expect(404);
    }
}

#[actix_web::test]
async fn no_page_names_it() {
    let app = record::filled().await;
    for tag in ["en", "zh-Hans", "ug"] {
        for path in record::pages(locale(tag)) {
            let answer = app.visitor().get(&path).await;
            let text = answer.text();
            let body = text.split_once("<body").map_or("", |(_, body)| body);
            for word in ["zh-hant", "zh-Hant", "繁體中文", "聲明"] {
                assert!(!body.contains(word), "{path} has {word}");
            }
        }
    }
    // The original is what everybody else would be led to: here the first that there is.
    let page = app.visitor().page(&format!("/en/statements/{ORIGINAL_NOT_USED}")).await;
    assert_eq!(page.attrs("link[rel=alternate]", "hreflang"), ["en", "x-default"]);
}

#[actix_web::test]
async fn the_desk_neither_lists_nor_opens_it() {
    let app = record::filled().await;
    let mut publisher = app.signed_in_as("publisher").await;
    let list = publisher.page("/admin/statements").await;
    assert!(!list.has("[lang='zh-Hant']") && list.has("[lang='ug']"));
    let none = app.id_of(IN_NONE).await;
    assert!(!list.attrs("a", "href").iter().any(|href| href.contains(&format!("/statements/{none}/"))));
    let id = app.id_of(IN_MANY).await;
    for act in ["", "/preview", "/history", "/publication"] {
        publisher.get(&format!("/admin/statements/{id}/zh-hant{act}")).await.expect(404);
        publisher.get(&format!("/admin/statements/{id}/en{act}")).await;
    }
    publisher.get("/admin").await.expect(200);
    publisher.get("/admin/audit").await;
}

#[actix_web::test]
async fn what_there_is_in_it_is_kept() {
    let mut app = record::filled().await;
    let before =
        app.rows("select name as line from topic_names where locale = 'zh-Hant' order by name").await;
    assert!(before.len() > 100);
    let mut administrator = app.signed_in_as("administrator").await;
    let number = app.rows("select number::text as line from topics t join topic_slugs s on s.topic_id = t.id where slug = 'torture'").await;
    let page = administrator.page(&format!("/admin/topics/{}", number[0])).await;
    let form = page.form("main form").with("ug.name", "قىيناش");
    administrator.submit(&form).await.expect(303);
    let after = app.rows("select name as line from topic_names where locale = 'zh-Hant' order by name").await;
    assert_eq!(before, after);
    let uyghur = app.rows("select name as line from topic_names where locale = 'ug'").await;
    assert_eq!(uyghur, ["قىيناش"]);
    assert_eq!(app.visitor().page("/ug/topics/torture").await.text("h1"), "قىيناش");
    // The text itself is as public as it was: whoever uses the language again finds it.
    assert!(matches!(app.desk.read(IN_NONE, locale("zh-Hant")).await, Found::Here(_)));
    let languages = store::languages(&mut app.desk.conn).await.unwrap();
    assert_eq!(languages.iter().map(|l| l.tag()).collect::<Vec<_>>(), ["en", "ug", "zh-Hans", "zh-Hant"]);
}
