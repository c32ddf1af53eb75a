//! The site under test: the real program, with a data folder of its own.

use std::env;
use std::fs::Permissions;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use tempfile::TempDir;

use super::leash::Leash;

/// A running site with nobody yet who may sign in. It stops when this is dropped.
pub struct Site {
    /// Its address: `http://127.0.0.1:34567`.
    pub base: String,
    /// The link to set it up with.
    pub set_up: String,
    // In the order in which they have to go.
    _program: Leash,
    folder: TempDir,
}

impl Site {
    /// Starts the program on a free port, with nothing on record.
    pub fn start() -> Self {
        Self::start_with(&["--no-samples"], "127.0.0.1")
    }

    /// Starts the program on a free port, with the sample record.
    pub fn start_with_samples() -> Self {
        Self::start_with(&[], "127.0.0.1")
    }

    /// Starts the program with the sample record, in these languages.
    pub fn start_in(locales: &str) -> Self {
        Self::start_with(&["--locales", locales], "127.0.0.1")
    }

    /// The same at a name: browsers know no passkeys at a number.
    pub fn start_at_localhost() -> Self {
        Self::start_with(&["--no-samples"], "localhost")
    }

    fn start_with(args: &[&str], host: &str) -> Self {
        // The database's user has to reach the folder, which it cannot in one that is only ours.
        let folder = tempfile::Builder::new()
            .prefix("onrecord-browser-")
            .permissions(Permissions::from_mode(0o755))
            .tempdir()
            .unwrap();
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
        let listen = free.to_string();
        let base = format!("http://{host}:{}", free.port());
        let mut command = program(&folder);
        command.args(["--listen", &listen, "--base-url", &base]).args(args);
        let (program, set_up) =
            Leash::start(&command, |line| line.contains("/admin/set-up/").then(|| line.to_owned()));
        Self { base, set_up, _program: program, folder }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Runs another command on the site's database while it serves; gives what it printed.
    pub fn run(&self, args: &[&str]) -> String {
        let output =
            program(&self.folder).args(["--base-url", &self.base]).args(args).output().expect("the program");
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

/// The program with its data in a folder, and with no setting of whoever runs the tests.
fn program(folder: &TempDir) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("ONRECORD_") || name.starts_with("DATABASE_")) {
            program.env_remove(name);
        }
    }
    program.arg("--data-dir").arg(folder.path().join("data"));
    program
}
