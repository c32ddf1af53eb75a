//! How a cluster is made, so that it is there as a whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::bell::Bell;
use super::cluster::Cluster;
use super::{Error, journal, remains};

const GLANCE: Duration = Duration::from_millis(20);
/// How long programs may go on working after the death of their keeper.
const STRAGGLERS: Duration = Duration::from_secs(5);
/// How the name of an unfinished cluster begins.
const UNFINISHED: &str = "cluster.new.";

impl Cluster {
    /// Makes the cluster unless it is there. It is made under another name and
    /// renamed when everything is in it: so whatever has the right name is
    /// whole, and everything else is rubbish.
    pub(super) fn make_if_missing(&self, bell: &Bell) -> Result<(), Error> {
        self.remove_unfinished(bell)?;
        let cluster = self.place.cluster();
        if cluster.exists() {
            return Ok(());
        }
        log::info!("making a database in {}", self.place.folder.display());
        let unfinished = format!("{UNFINISHED}{}", std::process::id());
        let unfinished = self.place.folder.join(unfinished);
        self.run("initdb", self.initdb(&unfinished)?, "", bell)?;
        let create = "CREATE DATABASE onrecord;\n";
        self.run("postgres --single", self.single(&unfinished)?, create, bell)?;
        fs::rename(&unfinished, &cluster).map_err(Error::file("rename", &unfinished))?;
        // Makes sure that the new name survives a power failure.
        fs::File::open(&self.place.folder)
            .and_then(|folder| folder.sync_all())
            .map_err(Error::file("write", &self.place.folder))
    }

    fn initdb(&self, cluster: &Path) -> Result<Command, Error> {
        let mut initdb = self.command(&self.programs.initdb(), &self.place.folder)?;
        initdb.args(["-U", "onrecord", "-E", "UTF8", "--locale=C.UTF-8"]);
        // Without a password: the private folder is the guard.
        initdb.args(["--auth-local=trust", "--auth-host=reject"]);
        initdb.arg("--no-instructions").arg("-D").arg(cluster);
        if self.is_careless() {
            initdb.arg("--no-sync");
        }
        Ok(initdb)
    }

    /// A server for one session, which it reads from its input.
    fn single(&self, cluster: &Path) -> Result<Command, Error> {
        let mut single = self.command(&self.programs.postgres(), &self.place.folder)?;
        single.arg("--single").arg("-D").arg(cluster);
        // Otherwise it would call any outcome a success.
        single.args(["-c", "exit_on_error=on", "-c", "log_checkpoints=off"]);
        if self.is_careless() {
            single.args(["-c", "fsync=off"]);
        }
        single.arg("postgres");
        Ok(single)
    }

    /// Runs a step of the making, and ends it early when the bell rings.
    fn run(
        &self,
        program: &'static str,
        mut command: Command,
        input: &str,
        bell: &Bell,
    ) -> Result<(), Error> {
        let path = Path::new(command.get_program()).to_owned();
        let refused = |error| Error::file("run", &path)(error);
        let mut child = command.stdin(Stdio::piped()).spawn().map_err(refused)?;
        if let Some(mut stdin) = child.stdin.take() {
            // If it has ended already, its status and its log say why.
            let _ = stdin.write_all(input.as_bytes());
        }
        loop {
            match child.try_wait().map_err(refused)? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(self.not_made(program, status)),
                None if bell.rings_within(GLANCE) => {
                    remains::end(&mut child);
                    return Err(Error::Stopped);
                }
                None => {}
            }
        }
    }

    fn not_made(&self, program: &'static str, status: ExitStatus) -> Error {
        Error::NotMade {
            program,
            how: status.to_string(),
            last_words: journal::last_words(&self.place.log()),
            log: self.place.log(),
        }
    }

    /// What an earlier attempt left that did not come to its end. If its keeper
    /// was killed only now, its last programs may still be at work in there.
    fn remove_unfinished(&self, bell: &Bell) -> Result<(), Error> {
        let folder = &self.place.folder;
        let entries = fs::read_dir(folder).map_err(Error::file("read", folder))?;
        for entry in entries.flatten() {
            if !entry.file_name().as_bytes().starts_with(UNFINISHED.as_bytes()) {
                continue;
            }
            let path = entry.path();
            let start = Instant::now();
            while let Err(error) = fs::remove_dir_all(&path) {
                if error.kind() == io::ErrorKind::NotFound && !path.exists() {
                    break;
                }
                if bell.rings_within(GLANCE) {
                    return Err(Error::Stopped);
                }
                if start.elapsed() > STRAGGLERS {
                    return Err(Error::file("remove", &path)(error));
                }
            }
        }
        Ok(())
    }
}
