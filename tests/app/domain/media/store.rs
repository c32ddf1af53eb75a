//! The store: a folder of our own, or a bucket that speaks S3. All of an upload is kept or nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use onrecord::domain::media::{commands, library, prepare};
use onrecord::domain::outcome::Refused;
use onrecord::infra::blobs::{Blobs, Error};

use crate::support::desk::Desk;
use crate::support::pictures::{jpeg, photo};

const HASH: &str = "0123456789abcdef0123456789abcdef";

async fn read(blobs: &Blobs, part: Option<std::ops::Range<u64>>) -> Result<Vec<u8>, Error> {
    let pieces: Vec<Bytes> = blobs.read(HASH, part).await?.try_collect().await?;
    Ok(pieces.concat())
}

async fn assert_keeps(blobs: &Blobs) {
    assert!(matches!(read(blobs, None).await, Err(Error::NotFound(_))));
    blobs.delete(HASH).await.unwrap();
    blobs.put(HASH, Bytes::from_static(b"a picture")).await.unwrap();
    blobs.put(HASH, Bytes::from_static(b"a picture")).await.unwrap();
    assert_eq!(read(blobs, None).await.unwrap(), b"a picture");
    assert_eq!(read(blobs, Some(2..6)).await.unwrap(), b"pict");
    blobs.delete(HASH).await.unwrap();
    assert!(matches!(read(blobs, None).await, Err(Error::NotFound(_))));
}

#[actix_web::test]
async fn a_folder_keeps_them_for_us_alone() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("data/media");
    let blobs = Blobs::folder(folder.clone());
    assert_keeps(&blobs).await;
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    blobs.put(HASH, Bytes::from_static(b"a picture")).await.unwrap();
    let names: Vec<_> =
        fs::read_dir(folder.join("01")).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, [HASH], "and nothing half written beside it");
}

#[actix_web::test]
async fn a_folder_is_made_with_the_first_and_not_before() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("media");
    let blobs = Blobs::folder(folder.clone());
    assert!(matches!(read(&blobs, None).await, Err(Error::NotFound(_))));
    assert!(!folder.exists());
}

#[actix_web::test]
async fn a_bucket_behaves_like_a_folder() {
    assert_keeps(&Blobs::in_memory()).await;
}

#[actix_web::test]
async fn nothing_is_half_kept_when_the_disk_says_no() {
    let mut desk = Desk::open().await;
    let place = tempfile::tempdir().unwrap();
    // A file where the folder has to be: the first blob fails.
    let folder = place.path().join("media");
    fs::write(&folder, "").unwrap();
    let prepared = prepare(&jpeg(&photo(600, 400))).unwrap();
    let blobs = Blobs::folder(folder.clone());
    let outcome = commands::keep(&mut desk.conn, &blobs, desk.people.editor, prepared, "x", desk.now).await;
    match outcome {
        Err(Refused::Conflict(said)) => assert!(said.contains("nothing of this was kept"), "{said}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(library::count(&mut desk.conn).await.unwrap(), 0);

    // The second blob fails: its place is taken by a file that is no folder.
    fs::remove_file(&folder).unwrap();
    let prepared = prepare(&jpeg(&photo(600, 400))).unwrap();
    let hashes: Vec<String> = prepared.blobs.iter().map(|blob| blob.hash.clone()).collect();
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(&hashes[1][..2]), "").unwrap();
    assert_ne!(hashes[0][..2], hashes[1][..2], "the test has to draw another picture");
    commands::keep(&mut desk.conn, &blobs, desk.people.editor, prepared, "x", desk.now).await.unwrap_err();
    assert_eq!(library::count(&mut desk.conn).await.unwrap(), 0);
    assert!(!folder.join(&hashes[0][..2]).join(&hashes[0]).exists(), "the first is taken back");
}
