//! `onrecord import PATH…`: Markdown files into the record.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;

use crate::domain::interchange::{self, Entry, How, Progress, Report};
use crate::domain::outcome::Change;
use crate::infra::db::{Database, Unavailable};

/// How an import ended.
#[derive(Clone, Copy, Debug)]
pub struct Finished {
    /// What must be made known, also where some files failed.
    pub change: Change,
    /// Whether every file was read and nothing was wrong with any: else the exit code is 1.
    pub all_well: bool,
}

/// Why an import could not even begin.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database is away.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It fails.
    #[error("the database failed: {0}")]
    Database(#[from] diesel::result::Error),
}

/// Imports the files at these paths. What there is to know of a file goes to standard error, a line
/// each; how many files ended how, to standard output.
pub async fn run(
    database: &Database,
    now: Timestamp,
    paths: &[PathBuf],
    announce: bool,
) -> Result<Finished, Error> {
    let found = interchange::find(paths);
    let mut unread = found.faults;
    let mut sources = Vec::new();
    for path in &found.files {
        match interchange::read(path) {
            Ok(source) => sources.push(source),
            Err(entry) => unread.push(entry),
        }
    }
    let how = How { announced: announce, samples: false };
    let mut conn = database.connection().await?;
    let mut report = if io::stderr().is_terminal() {
        interchange::run(&mut conn, &sources, how, now, &mut Bar::default()).await?
    } else {
        interchange::run(&mut conn, &sources, how, now, &mut Lines::default()).await?
    };
    report.entries.splice(0..0, unread);
    tell(&report);
    Ok(Finished { change: report.change, all_well: report.all_well() })
}

/// A reader of the output that goes away early is no reason to fail: the files are in already.
fn tell(report: &Report) {
    let mut errors = io::stderr().lock();
    for entry in &report.entries {
        let _ = write!(errors, "{entry}");
    }
    if let Some(why) = &report.interrupted {
        let _ = writeln!(errors, "the database went away, and the rest was not tried: {why}");
    }
    let _ = writeln!(io::stdout(), "{}", report.summary());
}

/// On a terminal: a bar.
#[derive(Default)]
struct Bar(Option<ProgressBar>);

impl Progress for Bar {
    fn begins(&mut self, files: usize) {
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len} files, {eta} left");
        let bar = ProgressBar::new(files as u64);
        self.0 = Some(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())));
    }

    fn done_with(&mut self, _: &Entry) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
            if Some(bar.position()) == bar.length() {
                bar.finish_and_clear();
            }
        }
    }
}

/// Elsewhere: a line now and then.
#[derive(Default)]
struct Lines {
    files: usize,
    done: usize,
}

const EVERY: usize = 500;

impl Progress for Lines {
    fn begins(&mut self, files: usize) {
        self.files = files;
    }

    fn done_with(&mut self, _: &Entry) {
        self.done += 1;
        if self.done.is_multiple_of(EVERY) {
            let _ = writeln!(io::stderr(), "{} of {} files", self.done, self.files);
        }
    }
}
