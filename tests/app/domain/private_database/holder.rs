//! A process of its own that holds a private database: this very program, asked for one test only.

use std::env;
use std::io::{BufRead as _, BufReader, Lines, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use onrecord::infra::db::private::Private;

use super::QUICK;

const FOLDER: &str = "ONRECORD_TEST_HOLDS";
const NAME: &str = "domain::private_database::holder::holds_a_folder_until_its_input_ends";

pub(super) struct Holder {
    process: Child,
    /// Open to the end: the test runner in there says how the test went.
    _out: Lines<BufReader<ChildStdout>>,
    pub(super) url: String,
    pub(super) place: PathBuf,
}

impl Holder {
    pub(super) fn command(data: &Path) -> Command {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args([NAME, "--exact", "--ignored", "--nocapture"]).env(FOLDER, data);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    }

    /// Starts it and waits until it says where its database is, or why there is none.
    pub(super) fn open(command: &mut Command) -> Result<Self, String> {
        let mut process = command.spawn().unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap()).lines();
        while let Some(line) = out.next() {
            let line = line.unwrap();
            // The test runner may have begun the line.
            if let Some((_, words)) = line.split_once("holds\t") {
                let (url, place) = words.split_once('\t').unwrap();
                return Ok(Self { process, _out: out, url: url.to_owned(), place: place.into() });
            }
            if let Some((_, error)) = line.split_once("refused\t") {
                process.wait().unwrap();
                return Err(error.to_owned());
            }
        }
        panic!("the holder said nothing: {:?}", process.wait());
    }

    pub(super) fn start(data: &Path) -> Self {
        Self::open(&mut Self::command(data)).unwrap()
    }

    /// Lets it end in order.
    pub(super) fn close(mut self) {
        drop(self.process.stdin.take());
        assert!(self.process.wait().unwrap().success());
    }

    /// Ends it as a failure would.
    pub(super) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
#[ignore = "other tests start this as a process of its own"]
fn holds_a_folder_until_its_input_ends() {
    let Ok(folder) = env::var(FOLDER) else { return };
    match Private::open_with(Path::new(&folder), &QUICK) {
        Ok(private) => {
            println!("holds\t{}\t{}", private.url(), private.place().display());
            std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
        }
        Err(error) => println!("refused\t{}", error.to_string().replace('\n', " ")),
    }
}
