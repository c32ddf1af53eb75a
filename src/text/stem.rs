//! English words in the form that their inflections share: prisoners, prisoner's, prisoner.

use snowball_stemmers_rs::{Algorithm, Stemmer};

/// The stem of a folded word. What is not written in plain Latin letters stays as it is.
pub fn stem(word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// English words that nearly every text has: where something else is asked for too, they are not needed.
pub fn is_common(word: &str) -> bool {
    const COMMON: &str = " a about after all also an and any are as at be because been before being but by can could \
        did do does for from had has have he her his how i if in into is it its may more most my no not of on or our \
        out over she should so some such than that the their them then there these they this those to was we were \
        what when where which who whom why will with would you your ";
    let found = COMMON.find(word);
    !word.is_empty() && found.is_some() && COMMON.split_whitespace().any(|common| common == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_meet() {
        for (one, other) in [
            ("prisoners", "prisoner"),
            ("released", "release"),
            ("detaining", "detained"),
            ("womens", "women"),
            ("families", "family"),
        ] {
            assert_eq!(stem(one), stem(other), "{one}, {other}");
        }
        for word in ["2800", "wang", "uyghur", "政治", "维", "g20"] {
            assert_eq!(stem(word), word);
        }
        assert!(
            is_common("the") && is_common("a") && !is_common("rights") && !is_common("") && !is_common("t")
        );
    }
}
