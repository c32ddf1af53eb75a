//! Finding files, and the command line.

use onrecord::cli;
use onrecord::domain::interchange;
use onrecord::domain::outcome::Change;

use super::original;
use crate::support::desk::Desk;

#[actix_web::test]
async fn the_command_line_finds_files_in_folders_and_says_what_went_wrong() {
    let desk = Desk::open().await;
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("1997");
    std::fs::create_dir_all(below.join(".git")).unwrap();
    std::fs::write(below.join("2800.md"), original(2800, "en", "").bytes).unwrap();
    std::fs::write(below.join("notes.txt"), "no statement").unwrap();
    std::fs::write(below.join(".git/2801.md"), "no statement either").unwrap();
    let named = below.join("2800.md");
    let paths = [folder.path().to_owned(), named];
    let finished = cli::import::run(&desk.db.database, desk.now, &paths, false).await.unwrap();
    assert!(finished.all_well && matches!(finished.change, Change::Statement(_)), "{finished:?}");

    let paths = [folder.path().join("none")];
    let finished = cli::import::run(&desk.db.database, desk.now, &paths, false).await.unwrap();
    assert!(!finished.all_well, "a path that leads nowhere is no success");
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
