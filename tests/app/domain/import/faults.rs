//! Bad files.

use onrecord::domain::interchange::{Outcome, Source};
use onrecord::domain::statements::desk;

use super::{add, file, import, import_one, original, why};
use crate::support::desk::Desk;

#[actix_web::test]
async fn a_bad_file_says_where_and_why_and_the_good_ones_go_in() {
    let mut desk = Desk::open().await;
    let mut nul = original(3, "en", "");
    nul.bytes.extend(b"\nan end\0");
    let files = [
        original(1, "en", ""),
        original(2, "en", "kind: essay\nauthor: me"),
        nul,
        original(4, "en", "title: ''"),
        file(5, "en", ""),
        original(1, "en", ""),
    ];
    let report = import(&mut desk, &files).await;
    assert!(!report.all_well());
    assert_eq!(report.count(|outcome| *outcome == Outcome::Added), 1, "{report:?}");
    let told: Vec<String> = report.entries.iter().map(ToString::to_string).collect();
    assert_eq!(told[0], "");
    assert!(told[1].starts_with("2.en.md:9: there is no key \"author\""), "{told:?}");
    assert!(told[2].starts_with("3.en.md:13: U+0000"), "{told:?}");
    assert!(told[3].starts_with("4.en.md:7: title: "), "{told:?}");
    assert!(told[4].starts_with("5.en.md:1: issued_on: is missing"), "{told:?}");
    assert!(told[5].starts_with("1.en.md:3: locale: number 1 in en stands in an earlier file"), "{told:?}");
}

#[actix_web::test]
async fn a_file_goes_in_as_a_whole_or_not_at_all() {
    let mut desk = Desk::open().await;
    // It can be saved, but not published: it has no text.
    let empty = Source {
        file: "empty.md".to_owned(),
        bytes: b"---\nnumber: 7\nlocale: en\nissued_on: 1997\ntitle: A title\nstatus: published\n---\n"
            .to_vec(),
    };
    let entry = import_one(&mut desk, &empty).await;
    assert!(why(&entry).starts_with("empty.md:8: body: "), "{entry}");
    assert!(!desk::has_statements(&mut desk.conn).await.unwrap());
    // So the number is free, and the file is as good as new once it is mended.
    add(&mut desk, &[original(7, "en", "")]).await;
}
