//! Programs that end when we do, however we end.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long a program may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a program until standard input closes, as it does when we are gone. Then it ends the program, and
/// whatever that left behind in its process group: a chromedriver leaves Chromium.
const SCRIPT: &str =
    r#""$@" & exec >&-; trap '' TERM; read -r _; kill -TERM $!; wait $!; sleep 0.1; kill -TERM 0"#;

/// A running program. It ends when this is dropped.
pub struct Leash(Child);

impl Leash {
    /// Starts a program, and waits for a line of its standard output from which something can be read.
    pub fn start<T>(command: &Command, read: impl Fn(&str) -> Option<T>) -> (Self, T) {
        let mut errors = tempfile::tempfile().unwrap();
        let mut holder = Command::new("sh");
        holder.args(["-c", SCRIPT, "leash"]).arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => holder.env(name, value),
                None => holder.env_remove(name),
            };
        }
        holder.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut leash = Self(holder.stderr(errors.try_clone().unwrap()).spawn().unwrap());
        let said = BufReader::new(leash.0.stdout.take().unwrap());
        let (send, lines) = mpsc::channel();
        // Reads to the end even when nobody listens any more, so that the program can go on talking.
        thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        loop {
            match lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    if let Some(found) = read(&line) {
                        return (leash, found);
                    }
                }
                Err(why) => panic!("{command:?} did not start, {why}: {}", everything(&mut errors)),
            }
        }
    }
}

fn everything(file: &mut File) -> String {
    let mut text = String::new();
    let _ = file.rewind().and_then(|()| file.read_to_string(&mut text));
    text
}

impl Drop for Leash {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}
