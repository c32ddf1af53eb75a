//! Where pictures and files are: a folder of this machine, or a bucket that speaks S3.
//!
//! A blob is named by its content, written once and never changed: under a passing name first, and under
//! its own when all of it has reached the disk. So a reader never gets half of one.

use std::fs;
use std::ops::Range;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt as _, PutPayload};

/// The store of blobs. Cheap to copy.
#[derive(Clone)]
pub struct Blobs(Place);

#[derive(Clone)]
enum Place {
    /// Made with the first blob, so that a site without pictures has no empty folder.
    Folder(PathBuf),
    Store(Arc<dyn ObjectStore>),
}

/// Why a blob was not written, read or deleted.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such blob.
    #[error("the store has no blob {0}")]
    NotFound(String),
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// Anything else.
    #[error("the store of pictures and files failed: {0}")]
    Failed(String),
}

/// A blob as it is read, piece by piece.
pub type Pieces = BoxStream<'static, Result<Bytes, Error>>;

impl Blobs {
    /// In a folder of this machine, which belongs to the user of this process alone.
    pub fn folder(folder: PathBuf) -> Self {
        Self(Place::Folder(folder))
    }

    /// In a bucket, under a prefix. Who we are there and where it is, is in the usual `AWS_…` variables.
    pub fn bucket(bucket: &str, prefix: &str) -> Result<Self, Error> {
        let store = AmazonS3Builder::from_env().with_bucket_name(bucket).build().map_err(failed)?;
        Ok(Self(Place::Store(Arc::new(PrefixStore::new(store, Path::from(prefix))))))
    }

    /// In memory, until the process ends: for tests.
    pub fn in_memory() -> Self {
        Self(Place::Store(Arc::new(InMemory::new())))
    }

    /// Keeps a blob. One that is there already is written once more: whoever comes second may be the
    /// one who mends a damaged disk.
    pub async fn put(&self, hash: &str, bytes: Bytes) -> Result<(), Error> {
        let store = self.open(true)?;
        store.put(&path(hash), PutPayload::from(bytes)).await.map(|_| ()).map_err(|error| known(error, hash))
    }

    /// Reads a blob, or a part of it.
    pub async fn read(&self, hash: &str, part: Option<Range<u64>>) -> Result<Pieces, Error> {
        use futures_util::StreamExt as _;
        let store = self.open(false)?;
        let options = GetOptions { range: part.map(GetRange::Bounded), ..GetOptions::default() };
        let found = store.get_opts(&path(hash), options).await.map_err(|error| known(error, hash))?;
        Ok(found.into_stream().map(|piece| piece.map_err(failed)).boxed())
    }

    /// Deletes a blob; one that is not there is no failure.
    pub async fn delete(&self, hash: &str) -> Result<(), Error> {
        let store = self.open(false)?;
        match store.delete(&path(hash)).await.map_err(|error| known(error, hash)) {
            Err(Error::NotFound(_)) => Ok(()),
            outcome => outcome,
        }
    }

    fn open(&self, make: bool) -> Result<Arc<dyn ObjectStore>, Error> {
        let folder = match &self.0 {
            Place::Store(store) => return Ok(Arc::clone(store)),
            Place::Folder(folder) => folder,
        };
        if make {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(of_disk)?;
        }
        match LocalFileSystem::new_with_prefix(folder) {
            Ok(store) => Ok(Arc::new(store.with_fsync(true))),
            // Nothing was ever kept here: there is nothing to read and nothing to delete.
            Err(_) if !folder.exists() => Ok(Arc::new(InMemory::new())),
            Err(error) => Err(failed(error)),
        }
    }
}

/// A folder of its own for each of 256 beginnings: none grows so large that it is slow to list.
fn path(hash: &str) -> Path {
    let beginning = hash.get(..2).unwrap_or("00");
    Path::from_iter([beginning, hash])
}

fn known(error: object_store::Error, hash: &str) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::NotFound(hash.to_owned()),
        other => failed(other),
    }
}

/// Looks through what a library wraps around the refusal of a full disk.
fn failed(error: object_store::Error) -> Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(inner) = cause {
        if inner.downcast_ref::<std::io::Error>().is_some_and(is_full) {
            return Error::Full;
        }
        cause = inner.source();
    }
    Error::Failed(error.to_string())
}

fn of_disk(error: std::io::Error) -> Error {
    if is_full(&error) { Error::Full } else { Error::Failed(error.to_string()) }
}

fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind as Kind;
    matches!(error.kind(), Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge)
}
