//! The real program, started as its operator starts it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

/// Longer than a first start takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A folder that the user of the private database may enter.
pub fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    for (name, _) in
        std::env::vars().filter(|(name, _)| name.starts_with("ONRECORD_") || name.starts_with("DATABASE_"))
    {
        command.env_remove(name);
    }
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What came of a command that ends by itself.
pub struct Ended {
    pub ok: bool,
    /// Everything that it wrote.
    pub said: String,
}

pub fn run(arguments: &[&str], typed: &str) -> Ended {
    let mut child = command(arguments).spawn().unwrap();
    // A command that reads nothing may have ended already.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    Ended { ok: output.status.success(), said: String::from_utf8(said).unwrap() }
}

/// A program that serves. It is killed with this.
pub struct Program {
    child: Child,
    lines: Receiver<String>,
    /// Where it listens.
    pub address: String,
    /// The link to set the site up, when it printed one.
    pub link: Option<String>,
}

impl Program {
    /// Starts it on a free port and waits until it serves.
    #[track_caller]
    pub fn start(arguments: &[&str]) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let mut child = command(&[&["--listen", &free], arguments].concat()).spawn().unwrap();
        let (say, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let errors = say.clone();
        std::thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| say.send(line)));
        std::thread::spawn(move || {
            stderr.lines().map_while(Result::ok).try_for_each(|line| errors.send(line))
        });
        let mut program = Self { child, lines, address: free, link: None };
        let mut said = Vec::new();
        loop {
            match program.lines.recv_timeout(PATIENCE) {
                Ok(line) => said.push(line),
                Err(why) => panic!("it does not serve ({why}): {said:#?}"),
            }
            if said.last().unwrap().starts_with("Serving ") {
                break;
            }
        }
        // The link follows at once, when there is one.
        while let Ok(line) = program.lines.recv_timeout(Duration::from_millis(300)) {
            if line.starts_with("http://") {
                program.link = Some(line);
            }
        }
        program
    }

    pub fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id().cast_signed()), signal).unwrap();
    }

    /// Waits for its end.
    pub fn ended(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(
                Instant::now() < until,
                "it does not end: {:?}",
                self.lines.try_iter().collect::<Vec<_>>()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until it serves again, and goes on doing so for a second.
    pub fn serves_again(&self) {
        let until = Instant::now() + PATIENCE;
        let address = format!("http://{}/en", self.address);
        let mut in_a_row = 0;
        while in_a_row < 10 {
            assert!(Instant::now() < until, "it does not serve again");
            in_a_row = if ureq::get(&address).call().is_ok() { in_a_row + 1 } else { 0 };
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
