//! What can go wrong, said to the person who has to put it right.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why there is no private PostgreSQL.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No programs.
    #[error(
        "PostgreSQL is not installed: there is no `initdb` with a `postgres` in PATH or in \
         /usr/lib/postgresql. Install version 15 or newer: apt-get install postgresql"
    )]
    NotInstalled,

    /// Only programs from before what we need.
    #[error(
        "The installed PostgreSQL {found} ({}) is too old. Install version 15 or newer: \
         apt-get install postgresql", .bin.display()
    )]
    TooOld {
        /// The newest version there is.
        found: u32,
        /// The folder of its programs.
        bin: PathBuf,
    },

    /// The database was made by another version than those installed.
    #[error(
        "The database in {} was made by PostgreSQL {made_by}, and only version {found} is \
         installed. Install that version too: apt-get install postgresql-{made_by}",
        .cluster.display()
    )]
    OtherVersion {
        /// The folder of the database.
        cluster: PathBuf,
        /// The version that made it.
        made_by: u32,
        /// The newest version there is.
        found: u32,
    },

    /// The folder is there, but holds something else.
    #[error(
        "{} is not a database of PostgreSQL: it has no readable file PG_VERSION. Move it away \
         to start with an empty database, or put back what was there",
        .cluster.display()
    )]
    NotADatabase {
        /// The folder.
        cluster: PathBuf,
    },

    /// Neither `postgres` nor `nobody` to run as.
    #[error(
        "PostgreSQL refuses to run as root, and this system has neither a user `postgres` nor \
         a user `nobody`. Install the one with: apt-get install postgresql"
    )]
    NoUser,

    /// The folder is someone else's.
    #[error(
        "{} belongs to user {theirs}, but PostgreSQL would run as {ours}. Run this program as \
         {theirs} or as root, or use another data folder", .folder.display()
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// Its owner.
        theirs: String,
        /// Who the server would run as.
        ours: String,
    },

    /// The folder protects the database, and others can get in.
    #[error(
        "{} is open to other users (mode {mode:o}), and whoever gets in can read and change \
         the database. Close it: chmod 700 {}", .folder.display(), .folder.display()
    )]
    NotPrivate {
        /// The folder.
        folder: PathBuf,
        /// Its permissions.
        mode: u32,
    },

    /// The user of the server cannot get to its folder.
    #[error(
        "PostgreSQL runs as user {user} and cannot get to {}, because {} is closed to that \
         user. Open it: chmod o+x {}", .folder.display(), .closed.display(), .closed.display()
    )]
    Closed {
        /// Where it has to get to.
        folder: PathBuf,
        /// The first folder on the way that is closed.
        closed: PathBuf,
        /// Who the server runs as.
        user: String,
    },

    /// No folder with a path that is fit for the socket.
    #[error(
        "The path {} is too long for a socket, or has a comma in it, and there is no other \
         private folder for the socket: neither XDG_RUNTIME_DIR nor the temporary folder can be \
         used. Use a data folder with a shorter path", .folder.display()
    )]
    NoSocketFolder {
        /// The folder of the database.
        folder: PathBuf,
    },

    /// A setting that is none.
    #[error("`{0}` is not a setting of PostgreSQL: write it as name=value")]
    Setting(String),

    /// The operating system refused something.
    #[error("Cannot {doing} {}: {source}", .path.display())]
    File {
        /// A verb: create, read, …
        doing: &'static str,
        /// What it was done to.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },

    /// No thread for the keeper.
    #[error("Cannot start a thread that looks after PostgreSQL: {0}")]
    Thread(io::Error),

    /// The database could not be made.
    #[error(
        "Cannot make a database: {program} failed ({how}). The log {} ends with:\n{last_words}",
        .log.display()
    )]
    NotMade {
        /// Which step failed.
        program: &'static str,
        /// How it ended.
        how: String,
        /// Where it wrote to.
        log: PathBuf,
        /// The end of it.
        last_words: String,
    },

    /// The server ended by itself.
    #[error(
        "PostgreSQL ended unasked ({how}). Its log {} ends with:\n{last_words}", .log.display()
    )]
    Died {
        /// How it ended.
        how: String,
        /// Where it wrote to.
        log: PathBuf,
        /// The end of it.
        last_words: String,
    },

    /// An earlier server does not go away.
    #[error(
        "An earlier PostgreSQL still uses {} and cannot be ended (processes {pids}). End it, \
         then try again", .cluster.display()
    )]
    Lingers {
        /// The folder of the database.
        cluster: PathBuf,
        /// Its processes.
        pids: String,
    },

    /// Nobody's server became ready.
    #[error(
        "PostgreSQL in {} accepts no connections after {} seconds. If its log {} shows that it \
         is still recovering, wait and start again. It ends with:\n{last_words}",
        .folder.display(), .waited.as_secs(), .log.display()
    )]
    Late {
        /// The folder of the database and its log.
        folder: PathBuf,
        /// How long we waited.
        waited: Duration,
        /// Where the server writes to.
        log: PathBuf,
        /// The end of it.
        last_words: String,
    },

    /// The caller gave the server up while it was being prepared.
    #[error("PostgreSQL was told to stop before it was ready")]
    Stopped,
}

impl Error {
    /// For `map_err`: what was being done, and to which file.
    pub(super) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { doing, path: path.to_owned(), source }
    }
}
