//! Finds the programs of PostgreSQL.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Error;

/// The oldest version the project is made for: that of Debian 12.
const OLDEST: u32 = 15;
/// Where Debian keeps them, a folder for each version and none in PATH.
const DEBIAN: &str = "/usr/lib/postgresql";

/// An installed PostgreSQL.
#[derive(Debug, Clone)]
pub(super) struct Programs {
    bin: PathBuf,
    version: u32,
}

impl Programs {
    /// The programs for this cluster: of the version that made it, because no
    /// other can read its files; for a new one, of the newest version.
    pub(super) fn find(cluster: &Path) -> Result<Self, Error> {
        let path = env::var_os("PATH").unwrap_or_default();
        let debian = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
        let folders = env::split_paths(&path).chain(debian.map(|entry| entry.path().join("bin")));
        Self::choose(folders.filter_map(Self::in_folder).collect(), cluster)
    }

    pub(super) fn initdb(&self) -> PathBuf {
        self.bin.join("initdb")
    }

    pub(super) fn postgres(&self) -> PathBuf {
        self.bin.join("postgres")
    }

    fn choose(installed: Vec<Self>, cluster: &Path) -> Result<Self, Error> {
        let made_by = version_of(cluster)?;
        let newest = (installed.iter().max_by_key(|it| it.version)).ok_or(Error::NotInstalled)?;
        match made_by {
            Some(made_by) => (installed.iter().find(|it| it.version == made_by).cloned()).ok_or_else(|| {
                Error::OtherVersion { cluster: cluster.to_owned(), made_by, found: newest.version }
            }),
            None if newest.version < OLDEST => {
                Err(Error::TooOld { found: newest.version, bin: newest.bin.clone() })
            }
            None => Ok(newest.clone()),
        }
    }

    fn in_folder(bin: PathBuf) -> Option<Self> {
        // A relative folder in PATH would mean another one after a `cd`.
        if !bin.is_absolute() || !bin.join("initdb").is_file() {
            return None;
        }
        let answer = Command::new(bin.join("postgres"))
            .arg("--version")
            .current_dir("/")
            .stdin(Stdio::null())
            .output()
            .ok()?;
        let version = parse_version(&String::from_utf8_lossy(&answer.stdout))?;
        Some(Self { bin, version })
    }
}

/// The version whose files these are; `None` if there are none yet.
fn version_of(cluster: &Path) -> Result<Option<u32>, Error> {
    if !cluster.exists() {
        return Ok(None);
    }
    fs::read_to_string(cluster.join("PG_VERSION"))
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .map(Some)
        .ok_or_else(|| Error::NotADatabase { cluster: cluster.to_owned() })
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `… 19beta1`
fn parse_version(answer: &str) -> Option<u32> {
    let words = answer.trim().strip_prefix("postgres (PostgreSQL) ")?;
    let digits = words.find(|c: char| !c.is_ascii_digit());
    words[..digits.unwrap_or(words.len())].parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn installed(versions: &[u32]) -> Vec<Programs> {
        let bin = PathBuf::from("/bin");
        let one = |&version| Programs { bin: bin.clone(), version };
        versions.iter().map(one).collect()
    }

    #[test]
    fn reads_versions() {
        let debian = "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n";
        assert_eq!(parse_version(debian), Some(15));
        assert_eq!(parse_version("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(parse_version("postgres (PostgreSQL) 17"), Some(17));
        assert_eq!(parse_version("bash"), None);
    }

    #[test]
    fn takes_the_newest_for_a_new_cluster() {
        let nothing = Path::new("/nonexistent");
        let newest = Programs::choose(installed(&[15, 17, 16]), nothing).unwrap();
        assert_eq!(newest.version, 17);
        let none = Programs::choose(vec![], nothing).unwrap_err().to_string();
        assert!(none.contains("apt-get install postgresql"), "{none}");
        let old = Programs::choose(installed(&[13]), nothing).unwrap_err();
        assert!(old.to_string().contains("15 or newer"), "{old}");
    }

    #[test]
    fn takes_the_maker_of_an_old_cluster() {
        let cluster = tempfile::tempdir().unwrap();
        let broken = Programs::choose(installed(&[17]), cluster.path()).unwrap_err();
        assert!(matches!(broken, Error::NotADatabase { .. }), "{broken}");
        fs::write(cluster.path().join("PG_VERSION"), "15\n").unwrap();
        let maker = Programs::choose(installed(&[17, 15]), cluster.path()).unwrap();
        assert_eq!(maker.version, 15);
        let gone = Programs::choose(installed(&[17]), cluster.path()).unwrap_err();
        assert!(gone.to_string().contains("install postgresql-15"), "{gone}");
    }
}
