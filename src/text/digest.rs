//! Digests and unguessable values: SHA-256 (FIPS 180-4) over fields that cannot run together.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// The SHA-256 of some bytes.
pub fn of(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// The SHA-256 of named fields. Each name and value goes in behind its length (eight bytes, big
/// endian), so that no two different records can ever be the same stream of bytes.
pub fn of_fields<'a>(fields: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for (name, value) in fields {
        for part in [name.as_bytes(), value] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().to_vec()
}

/// A keyed digest of some fields (HMAC-SHA-256, RFC 2104): who lacks the key can neither make it nor try
/// out what it is of. Each field goes in behind its length.
pub fn keyed(key: &[u8], fields: &[&[u8]]) -> Vec<u8> {
    // A key of any length will do, so that there is no error to hand on.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    for field in fields {
        mac.update(&(field.len() as u64).to_be_bytes());
        mac.update(field);
    }
    mac.finalize().into_bytes().to_vec()
}

/// The first `characters` of a digest in hexadecimal, for addresses of static files.
pub fn short_hex(bytes: &[u8], characters: usize) -> String {
    let mut hex = HEXLOWER.encode(&of(bytes));
    hex.truncate(characters);
    hex
}

/// Bytes from the operating system's random source; an error where it has none to give.
pub fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// An unguessable token of 160 bits for an address: lower-case letters and digits that survive being
/// read out, typed in capitals, or wrapped by a mail program.
pub fn token() -> Result<String, getrandom::Error> {
    Ok(BASE32_NOPAD.encode(&random::<20>()?).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_run_together() {
        let one = of_fields([("title", b"ab".as_slice()), ("body", b"c")]);
        let two = of_fields([("title", b"a".as_slice()), ("body", b"bc")]);
        assert_ne!(one, two);
    }

    #[test]
    fn a_keyed_digest_depends_on_its_key_and_on_where_its_fields_end() {
        let one = keyed(b"key", &[b"ab", b"c"]);
        assert_eq!(one.len(), 32);
        assert_ne!(one, keyed(b"kez", &[b"ab", b"c"]));
        assert_ne!(one, keyed(b"key", &[b"a", b"bc"]));
        assert_ne!(keyed(b"", &[]), keyed(b"x", &[]));
    }

    #[test]
    fn tokens_differ_and_are_plain() {
        let (one, two) = (token().unwrap(), token().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 32);
        assert!(one.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
    }
}
