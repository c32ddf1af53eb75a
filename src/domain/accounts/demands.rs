//! What a password has to be, and why one will not do, in words (NIST SP 800-63B-4, 3.1.1.2: long, not
//! common, not made of what everybody knows of its owner; no rules about digits and signs).

use zxcvbn::feedback::Warning;
use zxcvbn::{Score, zxcvbn};

use super::passwords::{MAX_BYTES, MIN_CHARACTERS, MIN_WITH_FACTOR, Password};

/// What is asked of the password of one person.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    own_words: Vec<String>,
    has_second_factor: bool,
}

/// What everybody tries who knows which program this is.
const PROGRAM: &str = "onrecord";

/// What will do.
const ADVICE: &str = "Three or four unrelated words are good.";

impl Demands {
    /// For somebody who is known by these: name, e-mail address, organisation.
    pub fn of<'a>(known_by: impl IntoIterator<Item = &'a str>, has_second_factor: bool) -> Self {
        let mut own_words = vec![PROGRAM.to_owned()];
        for known in known_by {
            let known = known.to_lowercase();
            let parts = known.split(|c: char| !c.is_alphanumeric()).filter(|part| part.chars().count() >= 3);
            own_words.extend(parts.map(str::to_owned));
            own_words.push(known);
        }
        own_words.retain(|word| word.chars().count() >= 2);
        // The longest first: "an@example.org" is taken out of a password before "example" is.
        own_words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        own_words.dedup();
        Self { own_words, has_second_factor }
    }

    /// The fewest characters.
    pub fn min(&self) -> usize {
        if self.has_second_factor { MIN_WITH_FACTOR } else { MIN_CHARACTERS }
    }

    /// Whether a password may be chosen; says what to do when not.
    pub fn check(&self, password: &Password) -> Result<(), String> {
        let min = self.min();
        if password.is_too_long() {
            return Err(format!("Please use at most {MAX_BYTES} bytes."));
        }
        if password.characters() < min {
            return Err(format!("Please use at least {min} characters. {ADVICE}"));
        }
        if self.rest(password.text()) < min / 2 {
            return Err(format!(
                "This is little more than your name, your address, or the name of your organisation, which is tried first. \
                 {ADVICE}"
            ));
        }
        let own: Vec<&str> = self.own_words.iter().map(String::as_str).collect();
        let judged = zxcvbn(password.text(), &own);
        // A short one stands beside a second factor: what a machine would have to try is less for it.
        let enough = if password.characters() < MIN_CHARACTERS { Score::Two } else { Score::Three };
        if judged.score() < enough {
            let why = judged
                .feedback()
                .and_then(zxcvbn::feedback::Feedback::warning)
                .map_or("This is guessed quickly by those who try common passwords.", why_it_is_weak);
            return Err(format!("{why} {ADVICE}"));
        }
        Ok(())
    }

    /// How many letters and digits are left of a password without what its owner is known by.
    fn rest(&self, password: &str) -> usize {
        let mut rest = password.to_lowercase();
        for word in &self.own_words {
            rest = rest.replace(word, " ");
        }
        rest.chars().filter(|c| c.is_alphanumeric()).count()
    }
}

fn why_it_is_weak(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess => {
            "Rows of keys are tried early."
        }
        Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => {
            "The same over and over is hardly better than once."
        }
        Warning::SequencesLikeAbcAreEasyToGuess => "Sequences such as abcdef or 123456 are tried early.",
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => {
            "This is, or is much like, one of the passwords that are tried first."
        }
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => {
            "Years and dates are tried early."
        }
        Warning::AWordByItselfIsEasyToGuess
        | Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => "A common word or name is tried early.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(password: &str, has_second_factor: bool) -> Result<(), String> {
        let known_by = ["Grace Liu", "grace.liu@example.org", "Human Rights in Somewhere", "HRS"];
        Demands::of(known_by, has_second_factor).check(&Password::typed(password))
    }

    #[test]
    fn short_ones_are_refused_in_words() {
        assert!(said("fourteen chars", false).unwrap_err().contains("at least 15 characters"));
        assert!(said("seven c", true).unwrap_err().contains("at least 8 characters"));
        assert!(said(&"x".repeat(1025), false).unwrap_err().contains("1024"));
    }

    #[test]
    fn good_ones_are_taken() {
        for password in [
            "fifteen chars !",
            "five small boats at sea",
            "seven quiet lanterns burn",
            "一二三四五六七八九十百千萬億兆",
            "沉默的河流 穿过 三座旧桥 向南",
            "b7#Qz!w0Lk2@pR9",
        ] {
            assert_eq!(said(password, false), Ok(()), "{password}");
        }
        assert_eq!(said("b7#Qz!w0", true), Ok(()));
        assert_eq!(said("quiet lantern", true), Ok(()));
        assert_eq!(said(&format!("{}é", "quiet lanterns burn ".repeat(30)), false), Ok(()));
    }

    #[test]
    fn common_ones_are_refused_with_the_reason() {
        for password in [
            "passwordpassword",
            "password12345678",
            "aaaaaaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabc",
            "qwertyuiopasdfghjkl",
            "123456789012345",
            "1234567890123456789",
            "iloveyouiloveyou",
        ] {
            assert!(said(password, false).is_err(), "{password}");
        }
        for password in ["password", "12345678", "iloveyou1", "qwertyuiop", "Password1"] {
            assert!(said(password, true).is_err(), "{password}");
        }
    }

    #[test]
    fn what_everybody_knows_of_somebody_is_no_password() {
        for password in [
            "grace.liu@example.org",
            "Grace Liu Grace Liu",
            "onrecord onrecord",
            "HumanRightsInSomewhere1",
            "GraceLiuOnrecord!!",
            "human rights hrs 1997",
        ] {
            let why = said(password, false).unwrap_err();
            assert!(why.contains("your name"), "{password}: {why}");
        }
        assert_eq!(said("grace sees quiet lanterns burn", false), Ok(()));
    }
}
