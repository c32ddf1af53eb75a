//! Finding files.

use onrecord::domain::interchange::{self, How};
use onrecord::domain::outcome::Change;
use onrecord::domain::statements::lists::{Period, Shelf};

use super::{file, original};
use crate::support::cast::simplified;
use crate::support::counted;
use crate::support::desk::Desk;

#[actix_web::test]
async fn files_are_found_in_folders_and_taken_once() {
    let mut desk = Desk::open().await;
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("1997");
    std::fs::create_dir_all(below.join(".git")).unwrap();
    std::fs::write(below.join("2800.md"), original(2800, "en", "").bytes).unwrap();
    std::fs::write(below.join("notes.txt"), "no statement").unwrap();
    std::fs::write(below.join(".git/2801.md"), "no statement either").unwrap();
    let found = interchange::find(&[folder.path().to_owned(), below.join("2800.md")]);
    let sources: Vec<_> = found.files.iter().map(|path| interchange::read(path).unwrap()).collect();
    let report = interchange::run(&mut desk.conn, &sources, How::default(), desk.now, &mut ()).await.unwrap();
    assert!(report.all_well() && report.entries.len() == 1, "{report:?}");
    assert!(matches!(report.change, Change::Statement(_)));
    assert_eq!(interchange::find(&[folder.path().join("none")]).faults.len(), 1);
}

#[actix_web::test]
async fn statements_go_in_abreast_and_each_after_its_original() {
    let mut desk = Desk::open().await;
    let mut sources = Vec::new();
    for number in 2800..2830 {
        // The translation's file comes first: it has to wait for its original all the same.
        sources.push(file(number, "zh-Hans", ""));
        sources.push(original(number, "en", ""));
    }
    let mut more = Vec::new();
    for _ in 0..3 {
        more.push(desk.db.connection().await);
    }
    let how = How::default();
    let report =
        interchange::run_abreast(&mut desk.conn, &mut more, &sources, how, desk.now, &mut ()).await.unwrap();
    assert!(report.all_well(), "{report:?}");
    let told: Vec<_> = report.entries.iter().map(|entry| entry.file.as_str()).collect();
    let given: Vec<_> = sources.iter().map(|source| source.file.as_str()).collect();
    assert_eq!(told, given, "the report keeps the order of the files");
    assert_eq!(desk.list(Shelf::Archive, simplified(), Period::All).await.overview.total, 30);
    counted::assert_right(&mut desk.conn).await;
}

#[actix_web::test]
async fn folders_and_links_are_walked_once() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("b.md"), folder.path().join("a.MD"));
    std::fs::write(&one, "").unwrap();
    std::fs::write(&two, "").unwrap();
    std::os::unix::fs::symlink(&one, folder.path().join("c.md")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("round")).unwrap();
    let found = interchange::find(&[folder.path().to_owned()]);
    assert_eq!(found.files, [two, one]);
    assert!(found.faults.is_empty());
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(interchange::find(&[empty.path().to_owned()]).faults.len(), 1);
}
