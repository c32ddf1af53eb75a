//! The log file of the server.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::Error;
use super::owner::Owner;

/// Beyond this, the next start begins a new log.
const FULL: u64 = 4 << 20;
/// What is enough to see what happened.
const END: u64 = 2 << 10;
const LINES: usize = 5;

/// Opens the log for the server to write to. The caller holds the lock.
pub(super) fn open(log: &Path, owner: &Owner) -> Result<File, Error> {
    let file = owner.open_file(log)?;
    let size = file.metadata().map_err(Error::file("look at", log))?.len();
    if size > FULL {
        file.set_len(0).map_err(Error::file("empty", log))?;
    }
    Ok(file)
}

/// The last lines of the log, for people.
pub(super) fn last_words(log: &Path) -> String {
    let read = || {
        let mut file = File::open(log)?;
        let size = file.metadata()?.len();
        file.seek(SeekFrom::Start(size.saturating_sub(END)))?;
        let mut bytes = Vec::new();
        file.take(END).read_to_end(&mut bytes)?;
        std::io::Result::Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let text = match read() {
        Ok(text) => text,
        Err(error) => return format!("  (cannot be read: {error})"),
    };
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let end = &lines[lines.len().saturating_sub(LINES)..];
    format!("  {}", end.join("\n  "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn ends_with_the_last_lines() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("postgres.log");
        assert!(last_words(&log).contains("cannot be read"));
        let lines: Vec<String> = (1..=1000).map(|n| format!("line {n}")).collect();
        std::fs::write(&log, lines.join("\n")).unwrap();
        let expected = "  line 996\n  line 997\n  line 998\n  line 999\n  line 1000";
        assert_eq!(last_words(&log), expected);
    }

    #[test]
    fn begins_anew_when_full() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("postgres.log");
        let owner = Owner::of(&log).unwrap();
        std::fs::write(&log, vec![b'x'; FULL as usize]).unwrap();
        assert_eq!(open(&log, &owner).unwrap().metadata().unwrap().len(), FULL);
        std::fs::write(&log, vec![b'x'; FULL as usize + 1]).unwrap();
        assert_eq!(open(&log, &owner).unwrap().metadata().unwrap().len(), 0);
    }
}
