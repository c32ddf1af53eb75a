//! Passwords: argon2id with the crate's defaults (OWASP's minimum), never truncated, never logged.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use icu_normalizer::ComposingNormalizerBorrowed;

/// The fewest characters of a password that stands alone (NIST SP 800-63B-4, 3.1.1.2).
pub const MIN_CHARACTERS: usize = 15;

/// The fewest characters of one that a second factor stands beside (the same).
pub const MIN_WITH_FACTOR: usize = 8;

/// The most bytes that are taken at all; more is refused, not cut.
pub const MAX_BYTES: usize = 1024;

/// A password as typed. It prints as nothing.
#[derive(Clone)]
pub struct Password {
    /// In the normal form NFKC, which NIST SP 800-63B-4, 3.1.1.2 has for passwords: the same keys give the
    /// same password, on whichever system they are pressed.
    normal: String,
    is_too_long: bool,
}

impl Password {
    /// Takes it as it is: spaces and signs of every script count.
    pub fn typed(password: impl AsRef<str>) -> Self {
        let typed = password.as_ref();
        // What is too long to be one is not worth the work.
        let is_too_long = typed.len() > MAX_BYTES;
        let normal = if is_too_long {
            typed.to_owned()
        } else {
            ComposingNormalizerBorrowed::new_nfkc().normalize(typed).into_owned()
        };
        Self { normal, is_too_long }
    }

    /// How many characters it has: code points, as NIST counts them.
    pub fn characters(&self) -> usize {
        self.normal.chars().count()
    }

    /// The text, for whoever judges it.
    pub(super) fn text(&self) -> &str {
        &self.normal
    }

    /// Whether there is more of it than is taken.
    pub(super) fn is_too_long(&self) -> bool {
        self.is_too_long
    }

    /// The hash to keep, in PHC form. Takes tens of milliseconds of a processor: not for an async thread.
    pub fn hash(&self) -> Result<String, argon2::password_hash::Error> {
        Ok(Argon2::default().hash_password(self.normal.as_bytes())?.to_string())
    }

    /// Whether it is the one that was hashed. Without a hash it takes as long, and is wrong.
    pub fn matches(&self, hash: Option<&str>) -> bool {
        let matches = |hash: &str| {
            PasswordHash::new(hash)
                .is_ok_and(|hash| Argon2::default().verify_password(self.normal.as_bytes(), &hash).is_ok())
        };
        match hash {
            Some(hash) => !self.is_too_long && matches(hash),
            None => {
                matches(NOBODYS);
                false
            }
        }
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// A hash that no password is known for: checked where there is no such user, so that the time an
/// answer takes does not tell who has an account.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$\
                       bm9ib2R5aXNoZXJlYXRhbGw$pMSHSyS1xr0fQsSGSIrz0yyu5cL1wsFVWcd/YFqCRVU";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_itself_only() {
        let hash = Password::typed("correct horse battery").hash().unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(Password::typed("correct horse battery").matches(Some(&hash)));
        assert!(!Password::typed("correct horse batterz").matches(Some(&hash)));
        assert!(!Password::typed("correct horse battery").matches(None));
    }

    #[test]
    fn every_byte_counts_up_to_the_end() {
        let long = "é".repeat(512);
        let hash = Password::typed(&long).hash().unwrap();
        assert!(Password::typed(&long).matches(Some(&hash)));
        assert!(!Password::typed(format!("{}x", "é".repeat(511))).matches(Some(&hash)));
        assert!(!Password::typed(format!("{long}é")).matches(Some(&hash)), "too long is not cut");
    }

    #[test]
    fn it_is_the_same_however_its_signs_are_put_together() {
        for (one, other) in [
            ("Cafe\u{301} au lait, encore", "Caf\u{e9} au lait, encore"),
            ("\u{ff11}\u{ff12}３ ｆｕｌｌ ｗｉｄｔｈ", "123 full width"),
            ("\u{1112}\u{1161}\u{11ab}국어 비밀번호입니다", "한국어 비밀번호입니다"),
        ] {
            let hash = Password::typed(one).hash().unwrap();
            assert!(Password::typed(other).matches(Some(&hash)), "{one} {other}");
        }
        let plain = Argon2::default().hash_password(b" spaces count: always ").unwrap().to_string();
        assert!(Password::typed(" spaces count: always ").matches(Some(&plain)), "ASCII stays as it was");
        assert!(!Password::typed("spaces count: always").matches(Some(&plain)));
    }

    #[test]
    fn nobodys_hash_costs_what_a_real_one_costs() {
        let real = Password::typed("correct horse battery").hash().unwrap();
        let nobodys = PasswordHash::new(NOBODYS).unwrap();
        assert_eq!(PasswordHash::new(&real).unwrap().params, nobodys.params);
    }

    #[test]
    fn it_prints_as_nothing() {
        assert_eq!(format!("{:?}", Password::typed("hunter2")), "Password(…)");
    }
}
