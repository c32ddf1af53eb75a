//! The folder in which the database lives.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::Error;
use super::owner::Owner;
use super::socket::Socket;

/// For databases whose data folder is closed to the user of the server.
const ELSEWHERE: &str = "/var/lib/onrecord";

/// A private folder, ready for a database.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) folder: PathBuf,
    pub(super) moved: bool,
    pub(super) owner: Owner,
    pub(super) socket: Socket,
}

impl Place {
    /// Finds the place of this data folder, or makes it.
    pub(super) fn prepare(data_dir: &Path) -> Result<Self, Error> {
        fs::create_dir_all(data_dir).map_err(Error::file("create", data_dir))?;
        // One name for one folder, whichever way a process came to it.
        let data = fs::canonicalize(data_dir).map_err(Error::file("look at", data_dir))?;
        let inside = data.join("postgres");
        let folder = match fs::read_link(&inside) {
            Ok(target) => data.join(target),
            Err(_) if inside.exists() => inside,
            Err(_) if Owner::of(&inside)?.can_enter(&data)? => inside,
            Err(_) => move_elsewhere(&inside)?,
        };
        let owner = Owner::of(&folder)?;
        owner.make_private(&folder)?;
        if !owner.can_enter(&folder)? {
            return Err(closed(folder, owner));
        }
        let folder = fs::canonicalize(&folder).map_err(Error::file("look at", &folder))?;
        Ok(Self {
            moved: !folder.starts_with(&data),
            socket: Socket::choose(&folder, &owner)?,
            folder,
            owner,
        })
    }

    pub(super) fn cluster(&self) -> PathBuf {
        self.folder.join("cluster")
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.folder.join("keeper.lock")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.folder.join("postgres.log")
    }
}

/// Leaves a link instead of the folder: so the database is still found when the
/// data folder is renamed or opened, and people see where it is.
fn move_elsewhere(inside: &Path) -> Result<PathBuf, Error> {
    let elsewhere = Path::new(ELSEWHERE);
    if !elsewhere.exists() {
        fs::create_dir_all(elsewhere).map_err(Error::file("create", elsewhere))?;
        let open = fs::Permissions::from_mode(0o755);
        fs::set_permissions(elsewhere, open).map_err(Error::file("open", elsewhere))?;
    }
    let data = inside.parent().unwrap_or(inside);
    let folder = elsewhere.join(digest(data));
    match symlink(&folder, inside) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(Error::file("create", inside)(error))
        }
        _ => Ok(folder),
    }
}

fn closed(folder: PathBuf, owner: Owner) -> Error {
    let above: Vec<&Path> = folder.ancestors().collect();
    let closed = (above.into_iter().rev())
        .find(|above| !owner.can_enter(above).unwrap_or(false))
        .unwrap_or(&folder)
        .to_owned();
    Error::Closed { folder, closed, user: owner.name }
}

/// A short name for a path, always the same and hardly another one's.
pub(super) fn digest(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_bytes());
    HEXLOWER.encode(&digest[..8])
}
