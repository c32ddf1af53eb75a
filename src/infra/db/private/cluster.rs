//! The files of the database, and a server for them. How the files come to be
//! is told in `making`.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::bell::Bell;
use super::place::Place;
use super::programs::Programs;
use super::{Error, journal, remains};

/// For a small server that nobody looks after. What is not here is as
/// PostgreSQL has it; above all, every commit is on the disk before it counts.
const SETTINGS: [&str; 9] = [
    "cluster_name=onrecord",
    // Reachable through the private folder only.
    "listen_addresses=",
    "unix_socket_permissions=0700",
    // The URL names no port, so this has to be the usual one.
    "port=5432",
    "timezone=UTC",
    "log_timezone=UTC",
    // Every five minutes, a line of no interest.
    "log_checkpoints=off",
    // Costs more than it gains in short queries.
    "jit=off",
    // Shared memory in files of the cluster: containers give little of the
    // other kind, and systemd takes it from users who log out.
    "dynamic_shared_memory_type=mmap",
];

/// A cluster, as PostgreSQL calls the databases of one server.
#[derive(Debug)]
pub(super) struct Cluster {
    pub(super) place: Place,
    pub(super) programs: Programs,
    settings: Vec<String>,
}

impl Cluster {
    pub(super) fn new(place: Place, settings: &[&str]) -> Result<Self, Error> {
        if let Some(wrong) = settings.iter().find(|setting| !is_setting(setting)) {
            return Err(Error::Setting((*wrong).to_owned()));
        }
        Ok(Self {
            programs: Programs::find(&place.cluster())?,
            place,
            settings: settings.iter().map(ToString::to_string).collect(),
        })
    }

    /// Ends what an earlier server left behind.
    pub(super) fn clear(&self, bell: &Bell) -> Result<(), Error> {
        let locks = [self.postmaster_pid(), self.place.socket.lock()];
        remains::clear(&self.place.cluster(), &locks, bell)
    }

    /// Starts a server. It ends with the calling thread.
    pub(super) fn start(&self) -> Result<Child, Error> {
        let cluster = self.place.cluster();
        let mut server = self.command(&self.programs.postgres(), &cluster)?;
        server.arg("-D").arg(&cluster);
        let ours = SETTINGS.map(OsString::from).into_iter();
        let theirs = self.settings.iter().map(OsString::from);
        for setting in ours.chain([self.place.socket.setting()]).chain(theirs) {
            server.arg("-c").arg(setting);
        }
        (server.spawn()).map_err(Error::file("run", &self.programs.postgres()))
    }

    /// Whether a server accepts connections, whoever started it.
    pub(super) fn is_ready(&self) -> bool {
        // The eighth line, padded with spaces: starting, ready, stopping.
        let says_so = fs::read(self.postmaster_pid()).is_ok_and(|bytes| {
            let status = bytes.split(|&byte| byte == b'\n').nth(7);
            status.is_some_and(|status| status.trim_ascii() == b"ready")
        });
        says_so && self.place.socket.answers()
    }

    pub(super) fn died(&self, how: String) -> Error {
        Error::Died { how, last_words: journal::last_words(&self.place.log()), log: self.place.log() }
    }

    pub(super) fn late(&self, waited: Duration) -> Error {
        Error::Late {
            folder: self.place.folder.clone(),
            waited,
            last_words: journal::last_words(&self.place.log()),
            log: self.place.log(),
        }
    }

    fn postmaster_pid(&self) -> PathBuf {
        self.place.cluster().join("postmaster.pid")
    }

    /// A command that writes what it has to say to the log.
    pub(super) fn command(&self, program: &Path, folder: &Path) -> Result<Command, Error> {
        let owner = &self.place.owner;
        let log = journal::open(&self.place.log(), owner)?;
        let mut command = owner.command(program, folder);
        command.stdout(Stdio::null()).stderr(log);
        Ok(command)
    }

    /// Whether the caller values speed more than the data.
    pub(super) fn is_careless(&self) -> bool {
        self.settings.iter().any(|setting| setting == "fsync=off")
    }
}

fn is_setting(text: &str) -> bool {
    let name = text.split_once('=').map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty()) && !text.contains('\0')
}
