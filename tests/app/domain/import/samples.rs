//! The samples that come with the program.

use onrecord::domain::interchange::{self, How, samples};
use onrecord::domain::statements::lists;

use super::{file, import_one, why};
use crate::support::cast::english;
use crate::support::desk::Desk;

#[actix_web::test]
async fn every_sample_goes_in_and_only_where_there_is_nothing() {
    let mut desk = Desk::open().await;
    let how = How { announced: true, samples: true };
    let files = samples::files();
    let report = interchange::run(&mut desk.conn, &files, how, desk.now, &mut ()).await.unwrap();
    let told: String = report.entries.iter().map(ToString::to_string).collect();
    assert!(report.all_well() && files.len() >= 20, "{told}");
    assert_eq!(told, "", "not even a remark");
    assert_eq!(samples::load(&mut desk.conn, desk.now).await.unwrap(), 0, "there are statements already");
}

#[actix_web::test]
async fn samples_go_in_at_once_and_their_numbers_are_theirs() {
    let mut desk = Desk::open().await;
    let loaded = samples::load(&mut desk.conn, desk.now).await.unwrap();
    assert_eq!(loaded, samples::files().len());
    let newest = lists::newest(&mut desk.conn, english(), 1).await.unwrap();
    assert!(newest[0].is_sample);
    let number = newest[0].number;
    let entry = import_one(&mut desk, &file(number, "zh-Hant", "")).await;
    assert!(why(&entry).contains("belongs to a sample"), "{entry}");
}
