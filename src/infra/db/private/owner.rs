//! The user to whom the database belongs and as whom its server runs.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::os::unix::fs::{fchown, lchown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::fcntl::OFlag;
use nix::unistd::{Gid, Uid, User};

use super::Error;
use super::tether::end_with_us;

/// Ourselves, or, because PostgreSQL refuses to run as root, someone humbler.
#[derive(Debug)]
pub(super) struct Owner {
    uid: Uid,
    gid: Gid,
    pub(super) name: String,
    /// We are root and have to become this user.
    switch: bool,
}

impl Owner {
    /// Who the server of this folder is to run as.
    pub(super) fn of(folder: &Path) -> Result<Self, Error> {
        let us = Uid::effective();
        if !us.is_root() {
            return Ok(Self { uid: us, gid: Gid::effective(), name: name_of(us), switch: false });
        }
        // What a user has begun without us goes on as that user.
        if let Ok(found) = fs::symlink_metadata(folder)
            && found.uid() != 0
        {
            let uid = Uid::from_raw(found.uid());
            return Ok(Self { uid, gid: Gid::from_raw(found.gid()), name: name_of(uid), switch: true });
        }
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| User::from_name(name).ok().flatten())
            .map(|user| Self { uid: user.uid, gid: user.gid, name: user.name, switch: true })
            .ok_or(Error::NoUser)
    }

    /// A command that will run as the owner, in this folder. It ends with us,
    /// even when we are killed, but not by the Ctrl-C that is meant for us.
    ///
    /// When it has to become another user, [`Command::uid`] also leaves all
    /// the groups of root, and none are needed instead.
    pub(super) fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            // Neither our secrets nor PGPORT and the like are for the server.
            .env_clear()
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .process_group(0);
        if self.switch {
            command.uid(self.uid.as_raw()).gid(self.gid.as_raw());
        }
        end_with_us(&mut command);
        command
    }

    /// Tries it out, because modes, access lists and mounts all have a say.
    pub(super) fn can_enter(&self, folder: &Path) -> Result<bool, Error> {
        if !self.switch {
            return Ok(true);
        }
        // The command changes to the folder after it has become the owner.
        let mut nothing = self.command(Path::new("/bin/sh"), folder);
        match nothing.args(["-c", ":"]).status() {
            Ok(_) => Ok(true),
            Err(refusal) if refusal.kind() == io::ErrorKind::PermissionDenied => Ok(false),
            Err(source) => Err(Error::file("enter", folder)(source)),
        }
    }

    /// Makes the folder if it is missing, and makes sure that it is the owner's
    /// and nobody else's.
    pub(super) fn make_private(&self, folder: &Path) -> Result<(), Error> {
        match fs::DirBuilder::new().mode(0o700).create(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(Error::file("create", folder)(error));
            }
            _ => {}
        }
        // Nothing is followed: in a temporary folder, anyone may leave links.
        let found = fs::symlink_metadata(folder).map_err(Error::file("look at", folder))?;
        if !found.is_dir() {
            let error = io::Error::from(io::ErrorKind::NotADirectory);
            return Err(Error::file("use", folder)(error));
        }
        if self.switch && found.uid() == 0 {
            let (uid, gid) = (self.uid.as_raw(), self.gid.as_raw());
            lchown(folder, Some(uid), Some(gid)).map_err(Error::file("give away", folder))?;
        } else if found.uid() != self.uid.as_raw() {
            return Err(Error::Foreign {
                folder: folder.to_owned(),
                theirs: name_of(Uid::from_raw(found.uid())),
                ours: self.name.clone(),
            });
        }
        match found.mode() & 0o777 {
            mode if mode & 0o077 != 0 => Err(Error::NotPrivate { folder: folder.to_owned(), mode }),
            _ => Ok(()),
        }
    }

    /// Opens a file of the owner to append to it, and makes it if it is missing.
    pub(super) fn open_file(&self, path: &Path) -> Result<fs::File, Error> {
        let file = fs::OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .custom_flags(OFlag::O_NOFOLLOW.bits())
            .open(path)
            .map_err(Error::file("open", path))?;
        if self.switch {
            let (uid, gid) = (self.uid.as_raw(), self.gid.as_raw());
            fchown(&file, Some(uid), Some(gid)).map_err(Error::file("give away", path))?;
        }
        Ok(file)
    }
}

fn name_of(uid: Uid) -> String {
    match User::from_uid(uid) {
        Ok(Some(user)) => user.name,
        _ => uid.to_string(),
    }
}
