//! Several files, one statement.

use onrecord::domain::outcome::Change;
use onrecord::domain::statements::{Kind, desk, store};
use onrecord::domain::topics;

use super::{add, file, import, import_one, original, topics_of, why};
use crate::support::cast::{a_statement, english, simplified, traditional};
use crate::support::desk::Desk;

#[actix_web::test]
async fn several_languages_become_one_statement() {
    let mut desk = Desk::open().await;
    let files = [
        file(2800, "zh-hans", "title: 标题"),
        file(2800, "ZH-HANT", "title: 標題"),
        original(2800, "en", "kind: open-letter"),
    ];
    let report = import(&mut desk, &files).await;
    assert!(report.all_well() && report.entries.iter().all(|entry| entry.remarks.is_empty()), "{report:?}");
    assert_eq!(report.summary(), "3 added, 0 changed, 0 unchanged, 0 left alone, 0 failed");
    let names: Vec<&str> = report.entries.iter().map(|entry| entry.file.as_str()).collect();
    assert_eq!(names, ["2800.zh-hans.md", "2800.ZH-HANT.md", "2800.en.md"], "in the order of the files");
    assert!(matches!(report.change, Change::Statement(_)), "{:?}", report.change);

    for locale in [english(), simplified(), traditional()] {
        let text = desk.text(2800, locale).await;
        assert_eq!((text.kind(), text.issued().iso().as_str()), (Kind::OpenLetter, "1997-11-16"));
    }
    let statement = store::by_number(&mut desk.conn, 2800).await.unwrap().unwrap();
    assert_eq!(statement.original_locale, english());
}

#[actix_web::test]
async fn topics_are_meant_by_slug_or_by_name_in_any_language() {
    let mut desk = Desk::open().await;
    let topic = desk.topic(1).await;
    let index = topics::index::load(&mut desk.conn).await.unwrap();
    let topic = index.get(topic).unwrap();
    for (number, word) in [
        (1, topic.slug.as_str()),
        (2, topic.name(english())),
        (3, topic.name(simplified())),
        (4, topic.name(traditional())),
    ] {
        add(&mut desk, &[original(number, "en", &format!("topics: [\"{word}\"]"))]).await;
        assert_eq!(topics_of(&mut desk, number).await, [1], "{word}");
    }
}

#[actix_web::test]
async fn a_translation_whose_facts_differ_goes_in_with_a_remark() {
    let mut desk = Desk::open().await;
    let differs = "kind: report\nissued_on: 1997\ntopics: [children, no-such-topic]";
    let report = import(&mut desk, &[original(2800, "en", ""), file(2800, "zh-Hans", differs)]).await;
    assert!(report.all_well(), "{report:?}");
    let remarks = &report.entries[1].remarks;
    assert_eq!(remarks.len(), 3, "{remarks:?}");
    assert_eq!(remarks[0], "kind: the file has report, the statement statement");
    assert_eq!(desk.text(2800, simplified()).await.issued().iso(), "1997-11-16");
}

#[actix_web::test]
async fn a_translation_needs_its_original() {
    let mut desk = Desk::open().await;
    let translation = file(2800, "zh-Hans", "original: false");
    let entry = import_one(&mut desk, &translation).await;
    assert!(why(&entry).contains("the original is neither"), "{entry}");

    // An original that fails takes its translations along, and nothing of either stays.
    let bad = original(2800, "en", "topics: [no-such-topic]");
    let report = import(&mut desk, &[translation.clone(), bad]).await;
    assert!(why(&report.entries[0]).contains("its original did not go in"), "{report:?}");
    assert!(why(&report.entries[1]).contains("no-such-topic"), "{report:?}");
    assert!(!desk::has_statements(&mut desk.conn).await.unwrap());

    // One that is on the record already will do, wherever it came from.
    let save = a_statement(2800);
    desk.put_on_record(&save).await;
    add(&mut desk, &[translation]).await;
    assert_eq!(desk.text(2800, simplified()).await.title(), "A title");
}
