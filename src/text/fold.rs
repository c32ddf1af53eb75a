//! One form for spellings that people take for the same: full and half width, letter case, accents,
//! Simplified and Traditional signs.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// A text folded: compatibility forms are plain ones (NFKC), letters are small and without marks,
/// Traditional signs are their Simplified ones. Punctuation and spaces stay.
pub fn fold(text: &str) -> String {
    let plain = ComposingNormalizerBorrowed::new_nfkc().normalize(text).to_lowercase();
    fast2s::convert(&without_marks(&plain))
}

/// Letters without the marks on them: `é` is `e`. What is no Latin letter keeps its marks, which make
/// other words there.
fn without_marks(text: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    let mut plain = String::with_capacity(text.len());
    let mut on_latin = false;
    for c in decomposed.chars() {
        if ('\u{300}'..='\u{36f}').contains(&c) {
            if !on_latin {
                plain.push(c);
            }
            continue;
        }
        on_latin = c.is_ascii_alphabetic();
        plain.push(c);
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_for_the_same_becomes_the_same() {
        for (one, other) in [
            ("Élan", "elan"),
            ("ＵＮ", "un"),
            ("維吾爾", "维吾尔"),
            ("政治犯獲釋", "政治犯获释"),
            ("ﬁling", "filing"),
            ("e\u{301}tat", "état"),
            ("①", "1"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_is_another_word_stays_another() {
        for (one, other) in [("й", "и"), ("が", "か"), ("西藏", "新疆"), ("a b", "ab")] {
            assert_ne!(fold(one), fold(other), "{one} and {other}");
        }
    }
}
