//! The socket of the server: where it is, what its URL is, who answers.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Error;
use super::owner::Owner;
use super::place::digest;

/// PostgreSQL's name for the socket of port 5432.
const NAME: &str = ".s.PGSQL.5432";
/// A socket address of Linux has room for 108 bytes, the last one a zero.
const LONGEST: usize = 107;
/// How long a living server may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The folder that holds the socket; PostgreSQL names the socket itself.
#[derive(Debug)]
pub(super) struct Socket {
    folder: PathBuf,
}

impl Socket {
    /// The place itself, or a folder with a shorter and plainer path.
    ///
    /// The choice depends on the environment, and all processes have to agree.
    /// So the first one leaves a link for the others.
    pub(super) fn choose(place: &Path, owner: &Owner) -> Result<Self, Error> {
        let here = Self { folder: place.to_owned() };
        if here.can_be_named() {
            return Ok(here);
        }
        let link = place.join("socket");
        if let Some(agreed) = Self::agreed(&link, owner) {
            return Ok(agreed);
        }
        // If there is a link, its folder is gone and cannot be made again.
        let _ = fs::remove_file(&link);
        let bases = [env::var_os("XDG_RUNTIME_DIR"), Some(env::temp_dir().into())];
        for base in bases.into_iter().flatten().map(PathBuf::from) {
            let folder = base.join(format!("onrecord-{}", digest(place)));
            let short = Self { folder };
            if base.is_absolute()
                && short.can_be_named()
                && owner.can_enter(&base).unwrap_or(false)
                && owner.make_private(&short.folder).is_ok()
            {
                // Another process may be quicker: then its choice counts.
                let _ = symlink(&short.folder, &link);
                break;
            }
        }
        Self::agreed(&link, owner).ok_or_else(|| Error::NoSocketFolder { folder: place.to_owned() })
    }

    fn agreed(link: &Path, owner: &Owner) -> Option<Self> {
        let folder = fs::read_link(link).ok()?;
        owner.make_private(&folder).ok()?;
        Some(Self { folder })
    }

    fn path(&self) -> PathBuf {
        self.folder.join(NAME)
    }

    /// The file by which PostgreSQL reserves the socket.
    pub(super) fn lock(&self) -> PathBuf {
        self.folder.join(format!("{NAME}.lock"))
    }

    /// Whether clients can be told this folder. A comma, however it is encoded,
    /// makes libpq take it for two.
    fn can_be_named(&self) -> bool {
        let path = self.path();
        let bytes = path.as_os_str().as_bytes();
        bytes.len() <= LONGEST && !bytes.contains(&b',')
    }

    /// Where clients connect to. Everything in the path that has or might have
    /// a meaning in a URL is encoded.
    pub(super) fn url(&self, database: &str) -> String {
        let host = encode(self.folder.as_os_str().as_bytes());
        format!("postgres://onrecord@{host}/{}", encode(database.as_bytes()))
    }

    /// The setting of the server. Its value is a list, hence the quotes, which
    /// keep spaces.
    pub(super) fn setting(&self) -> OsString {
        let mut setting = b"unix_socket_directories=\"".to_vec();
        for &byte in self.folder.as_os_str().as_bytes() {
            setting.extend(if byte == b'"' { vec![byte; 2] } else { vec![byte] });
        }
        setting.push(b'"');
        OsString::from_vec(setting)
    }

    /// Whether a PostgreSQL answers. It is asked whether it would encrypt, the
    /// one question that needs no user, leaves no trace in the log, and that it
    /// answers over such a socket with `N`.
    pub(super) fn answers(&self) -> bool {
        let ask = || {
            let mut stream = UnixStream::connect(self.path())?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.write_all(&[0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])?;
            let mut answer = [0];
            stream.read_exact(&mut answer)?;
            std::io::Result::Ok(answer)
        };
        ask().is_ok_and(|answer| &answer == b"N")
    }
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    for &byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(byte));
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn socket(folder: &str) -> Socket {
        Socket { folder: folder.into() }
    }

    #[test]
    fn has_a_url() {
        let url = socket("/a b/c,d@ü%").url("onrecord");
        let expected = "postgres://onrecord@%2Fa%20b%2Fc%2Cd%40%C3%BC%25/onrecord";
        assert_eq!(url, expected);
    }

    #[test]
    fn quotes_its_setting() {
        let expected = r#"unix_socket_directories="/a, ""b""""#;
        assert_eq!(socket(r#"/a, "b""#).setting(), expected);
    }

    #[test]
    fn can_be_named_up_to_the_last_byte() {
        let room = LONGEST - NAME.len() - "/".len();
        let longest = format!("/{}", "x".repeat(room - 1));
        assert!(socket(&longest).can_be_named());
        assert!(!socket(&format!("{longest}x")).can_be_named());
        assert!(!socket("/a,b").can_be_named());
    }
}
