//! What happened to each file.

use std::fmt;

use crate::domain::outcome::Change;

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the file, counted from 1; `None` where it is about the file as a whole.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub why: String,
}

impl Fault {
    /// About the file as a whole.
    pub(super) fn of_file(why: impl Into<String>) -> Self {
        Self { line: None, why: why.into() }
    }

    /// About one line.
    pub(super) fn at(line: usize, why: impl Into<String>) -> Self {
        Self { line: Some(line), why: why.into() }
    }
}

/// What happened to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is a new text of the record.
    Added,
    /// It changed one.
    Changed,
    /// It says what the record says already.
    Unchanged,
    /// It has something to say, but the desk has the last word; this is why.
    LeftAlone(String),
    /// Nothing of it went in.
    Failed(Vec<Fault>),
}

/// A file and what happened to it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file, as it was named or found.
    pub file: String,
    /// What happened.
    pub outcome: Outcome,
    /// What whoever ran the import should know all the same.
    pub remarks: Vec<String>,
}

impl Entry {
    pub(super) fn failed(file: String, faults: Vec<Fault>) -> Self {
        Self { file, outcome: Outcome::Failed(faults), remarks: Vec::new() }
    }
}

/// One line for each thing to know: `file:line: why`. A file that simply went in says nothing.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = &self.file;
        match &self.outcome {
            Outcome::Failed(faults) => {
                for Fault { line, why } in faults {
                    match line {
                        Some(line) => writeln!(f, "{file}:{line}: {why}")?,
                        None => writeln!(f, "{file}: {why}")?,
                    }
                }
            }
            Outcome::LeftAlone(why) => writeln!(f, "{file}: left alone: {why}")?,
            Outcome::Added | Outcome::Changed | Outcome::Unchanged => {}
        }
        self.remarks.iter().try_for_each(|remark| writeln!(f, "{file}: remark: {remark}"))
    }
}

/// What happened to all of them.
#[derive(Debug)]
pub struct Report {
    /// Each file, in the order in which they were named or found.
    pub entries: Vec<Entry>,
    /// What must be made known.
    pub change: Change,
    /// Why the run ended before it had tried every file, if it did.
    pub interrupted: Option<String>,
}

impl Report {
    /// Whether every file was read and nothing was wrong with any.
    pub fn all_well(&self) -> bool {
        self.interrupted.is_none() && self.count(|outcome| matches!(outcome, Outcome::Failed(_))) == 0
    }

    /// How many files ended in a certain way.
    pub fn count(&self, which: impl Fn(&Outcome) -> bool) -> usize {
        self.entries.iter().filter(|entry| which(&entry.outcome)).count()
    }

    /// One line: "12 added, 3 changed, 4985 unchanged, 0 left alone, 0 failed".
    pub fn summary(&self) -> String {
        format!(
            "{} added, {} changed, {} unchanged, {} left alone, {} failed",
            self.count(|outcome| *outcome == Outcome::Added),
            self.count(|outcome| *outcome == Outcome::Changed),
            self.count(|outcome| *outcome == Outcome::Unchanged),
            self.count(|outcome| matches!(outcome, Outcome::LeftAlone(_))),
            self.count(|outcome| matches!(outcome, Outcome::Failed(_))),
        )
    }
}

/// Somebody who wants to see how far an import has come.
pub trait Progress: Send {
    /// It begins, with so many files.
    fn begins(&mut self, files: usize);
    /// It is done with one of them.
    fn done_with(&mut self, entry: &Entry);
}

/// Nobody.
impl Progress for () {
    fn begins(&mut self, _: usize) {}
    fn done_with(&mut self, _: &Entry) {}
}
