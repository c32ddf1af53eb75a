//! Texts that come from files: Markdown with front matter, as `docs/import.md` describes it.

mod report;
mod files;
mod decode;
mod front_matter;
mod document;
mod reader;
mod plan;
mod ledger;
mod import;
mod record;
mod facts;
mod turn;
mod run;
pub mod samples;

pub use files::{Found, Source, find, read};
pub use report::{Entry, Fault, Outcome, Progress, Report};
pub use run::{How, run, run_abreast};
