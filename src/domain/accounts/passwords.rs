//! Passwords: argon2id with the crate's defaults (OWASP's minimum), never truncated, never logged.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

/// The fewest characters of a password without a second factor (NIST SP 800-63B-4, 3.1.1.2).
pub const MIN_CHARACTERS: usize = 15;

/// The most bytes that are taken at all; more is refused, not cut.
pub const MAX_BYTES: usize = 1024;

/// A password as typed. It prints as nothing.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Takes it as it is: spaces and signs of every script count.
    pub fn typed(password: impl Into<String>) -> Self {
        Self(password.into())
    }

    /// How many characters it has: code points, as NIST counts them.
    pub fn characters(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether it may be chosen; says what to do when not.
    pub fn check(&self) -> Result<(), String> {
        if self.0.chars().count() < MIN_CHARACTERS {
            return Err(format!(
                "Please use at least {MIN_CHARACTERS} characters: three or four unrelated words are good."
            ));
        }
        if self.0.len() > MAX_BYTES {
            return Err(format!("Please use at most {MAX_BYTES} bytes."));
        }
        let first = self.0.chars().next();
        if self.0.chars().all(|c| Some(c) == first) {
            return Err("Please use more than one character over and over.".to_owned());
        }
        Ok(())
    }

    /// The hash to keep, in PHC form. Takes tens of milliseconds of a processor: not for an async thread.
    pub fn hash(&self) -> Result<String, argon2::password_hash::Error> {
        Ok(Argon2::default().hash_password(self.0.as_bytes())?.to_string())
    }

    /// Whether it is the one that was hashed. Without a hash it takes as long, and is wrong.
    pub fn matches(&self, hash: Option<&str>) -> bool {
        let matches = |hash: &str| {
            PasswordHash::new(hash)
                .is_ok_and(|hash| Argon2::default().verify_password(self.0.as_bytes(), &hash).is_ok())
        };
        match hash {
            Some(hash) => self.0.len() <= MAX_BYTES && matches(hash),
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
    fn nobodys_hash_costs_what_a_real_one_costs() {
        let real = Password::typed("correct horse battery").hash().unwrap();
        let nobodys = PasswordHash::new(NOBODYS).unwrap();
        assert_eq!(PasswordHash::new(&real).unwrap().params, nobodys.params);
    }

    #[test]
    fn short_ones_are_refused_in_words() {
        assert!(Password::typed("fourteen chars").check().is_err());
        assert!(Password::typed("fifteen chars !").check().is_ok());
        assert!(Password::typed("一二三四五六七八九十百千萬億兆").check().is_ok());
        assert!(Password::typed("aaaaaaaaaaaaaaaaaaaa").check().is_err());
    }
}
