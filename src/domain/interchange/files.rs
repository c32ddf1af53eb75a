//! Finding and reading files.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::report::{Entry, Fault};

/// A file with what is in it.
#[derive(Clone, Debug)]
pub struct Source {
    /// What to call it in a report.
    pub file: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What stands at some paths.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, each once; those of a folder in alphabetical order.
    pub files: Vec<PathBuf>,
    /// Paths at which there is nothing to import, and why.
    pub faults: Vec<Entry>,
}

/// More than the longest text can need: what is bigger was named by mistake.
const BIGGEST: u64 = 4 * 1024 * 1024;

/// Finds the files at these paths: a file as it is named, and of a folder every `*.md` in it and
/// below. What begins with a dot is left out, and no link to a folder is followed.
pub fn find(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    for path in paths {
        let mut files = Vec::new();
        let outcome = if path.is_dir() { below(path, &mut files) } else { named(path, &mut files) };
        let fault = match outcome {
            Err(error) => Some(format!("cannot be read: {error}")),
            Ok(()) if files.is_empty() => Some("there is no *.md file in this folder".to_owned()),
            Ok(()) => None,
        };
        if let Some(why) = fault {
            found.faults.push(Entry::failed(path.display().to_string(), vec![Fault::of_file(why)]));
        }
        // A file that is named twice, or named and found, is one file.
        found.files.extend(files.into_iter().filter(|file| match fs::canonicalize(file) {
            Ok(place) => seen.insert(place),
            Err(_) => true,
        }));
    }
    found
}

fn named(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    fs::metadata(path)?;
    files.push(path.to_owned());
    Ok(())
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type()?.is_dir() {
            below(&path, files)?;
        } else if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md")) && !path.is_dir() {
            files.push(path);
        }
    }
    Ok(())
}

/// Reads a file; gives the entry for the report where that is not possible.
pub fn read(path: &Path) -> Result<Source, Entry> {
    let file = path.display().to_string();
    let size = fs::metadata(path).map(|data| data.len());
    let bytes = match size {
        Ok(size) if size > BIGGEST => Err(format!("is bigger than {} MB", BIGGEST / 1024 / 1024)),
        Ok(_) => fs::read(path).map_err(|error| format!("cannot be read: {error}")),
        Err(error) => Err(format!("cannot be read: {error}")),
    };
    match bytes {
        Ok(bytes) => Ok(Source { file, bytes }),
        Err(why) => Err(Entry::failed(file, vec![Fault::of_file(why)])),
    }
}
