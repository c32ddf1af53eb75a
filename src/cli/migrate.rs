//! `onrecord migrate`.

use std::process::ExitCode;

use super::database::Open;
use super::{Failure, runtime};
use crate::config::Config;

pub(super) fn run(config: &Config) -> Result<ExitCode, Failure> {
    let open = Open::new(config)?;
    let steps = runtime().block_on(open.migrate())?;
    for step in &steps {
        println!("applied {step}");
    }
    println!("The database is up to date.");
    open.close();
    Ok(ExitCode::SUCCESS)
}
