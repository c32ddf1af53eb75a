//! `onrecord import PATH…`: Markdown files into the record.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

use super::database::Open;
use super::{Failure, runtime};
use crate::config::Config;
use crate::domain::interchange::{self, Entry, How, Progress, Report};
use crate::infra::clock::Clock;

/// Imports the files at these paths. What there is to know of a file goes to standard error, a line
/// each; how many files ended how, to standard output. The exit code is 1 where anything was wrong
/// with any file.
pub(super) fn run(config: &Config, paths: &[PathBuf], announce: bool) -> Result<ExitCode, Failure> {
    let open = Open::new(config)?;
    let outcome = runtime().block_on(async {
        open.prepare(config).await?;
        import(&open, paths, announce).await
    });
    open.close();
    let all_well = outcome?;
    Ok(if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How many statements go in at the same time: while one waits for the database, another is made ready.
const ABREAST: usize = 4;

async fn import(open: &Open, paths: &[PathBuf], announce: bool) -> Result<bool, Failure> {
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
    let now = Clock::default().now();
    let connection = || async { open.database.connection().await.map_err(|error| error.to_string()) };
    let mut conn = connection().await?;
    let mut more = Vec::new();
    for _ in 1..ABREAST {
        more.push(connection().await?);
    }
    let report = if io::stderr().is_terminal() {
        interchange::run_abreast(&mut conn, &mut more, &sources, how, now, &mut Bar::default()).await
    } else {
        interchange::run_abreast(&mut conn, &mut more, &sources, how, now, &mut Lines::default()).await
    };
    let mut report = report.map_err(|error| format!("the database failed: {error}"))?;
    report.entries.splice(0..0, unread);
    tell(&report);
    Ok(report.all_well())
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
