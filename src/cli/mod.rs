//! The command line: one program, the same commands as the desk, while it serves or not.

mod check;
mod database;
mod import;
mod migrate;
mod serve;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Given;
use crate::i18n;

/// Publishes statements and keeps them on the record.
///
/// Every setting is a flag and an environment variable of the same name.
#[derive(Parser)]
#[command(name = "onrecord", version)]
struct Line {
    #[command(flatten)]
    given: Given,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site and the desk (what `onrecord` alone does).
    Serve,
    /// Bring the database to the schema of this program.
    Migrate,
    /// Say whether what is kept beside the record (lists, search, pictures and files) agrees with it.
    Check {
        /// Keep the search anew from the record before. Readers go on searching meanwhile.
        #[arg(long)]
        reindex: bool,
    },
    /// People who may sign in.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Take in statements from Markdown files with front matter.
    Import {
        /// Files, or folders with files that end in .md.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Show what is published under "Newly on record".
        #[arg(long)]
        announce: bool,
    },
}

/// Why a command ended early, in words for the person at the terminal.
type Failure = String;

/// Runs the command of this process's arguments.
pub fn run() -> ExitCode {
    let line = Line::parse();
    let config = match line.given.check() {
        Ok(config) => config,
        Err(mistakes) => return fail(&mistakes.to_string()),
    };
    env_logger::Builder::new().parse_filters(&config.log).init();
    if !i18n::choose(config.locales.clone()) {
        return fail("the languages of the site were asked for before they were chosen");
    }
    let outcome = match line.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&config),
        Command::Migrate => migrate::run(&config),
        Command::Check { reindex } => check::run(&config, reindex),
        Command::User(command) => user::run(&config, &command),
        Command::Import { paths, announce } => import::run(&config, &paths, announce),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => fail(&failure),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("onrecord: {message}");
    ExitCode::FAILURE
}

/// A runtime for one command.
fn runtime() -> actix_web::rt::SystemRunner {
    actix_web::rt::System::new()
}
