//! The mirrored pseudo-locale: English in disguise, longer, and from right to left. Its tag is CLDR's own for
//! this, so that plurals, dates and direction are those of Arabic. Only tests and builds for them have it.

use toml::{Table, Value};

/// CLDR's tag of it.
pub(super) const TAG: &str = "ar-XB";

/// Every word of the English file in disguise.
pub(super) fn of(english: Table) -> Table {
    let disguised = english.into_iter().map(|(name, word)| {
        let word = match word {
            Value::String(word) => Value::String(disguise(&word)),
            Value::Table(table) => Value::Table(of(table)),
            other => other,
        };
        (name, word)
    });
    disguised.collect()
}

/// A phrase with strange letters, about a third longer, in brackets that show what is cut off; in an override
/// (UAX #9, RLO and PDF between RLM) that makes letters run from right to left. Places for values stay as they are.
fn disguise(phrase: &str) -> String {
    if !phrase.chars().any(char::is_alphabetic) {
        return phrase.to_owned();
    }
    let mut disguised = String::from("[");
    for (at, part) in phrase.split_inclusive(['{', '}']).enumerate() {
        // Every second part is a place, up to its closing brace.
        match (at % 2 == 1, part) {
            (true, place) => {
                disguised.push('{');
                disguised.push_str(place);
            }
            (false, words) => {
                let words = words.trim_end_matches('{');
                let letters: String = words.chars().map(strange).collect();
                disguised.push_str(&format!("\u{200f}\u{202e}{letters}\u{202c}\u{200f}"));
            }
        }
    }
    let more = phrase.chars().count().div_ceil(3);
    disguised.push_str(&"~".repeat(more));
    disguised.push(']');
    disguised
}

fn strange(letter: char) -> char {
    const PLAIN: &str = "aceghiklnorstuwyzACEGHIKLNORSTUWYZ";
    const STRANGE: &str = "âçéĝĥíķļñöŕšţûŵýžÅÇÉĜĤÎĶĻÑÖŔŠŢÛŴÝŽ";
    PLAIN.chars().position(|plain| plain == letter).and_then(|at| STRANGE.chars().nth(at)).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_disguised_and_places_are_not() {
        assert_eq!(disguise("Home"), "[\u{200f}\u{202e}Ĥömé\u{202c}\u{200f}~~]");
        let said = disguise("{count} more in {language}");
        assert!(said.contains("{count}") && said.contains("{language}") && said.contains("möŕé"), "{said}");
        assert_eq!(disguise(", "), ", ");
    }

    #[test]
    fn it_has_every_word_and_arabic_rules() {
        let locale = crate::i18n::parse(TAG).unwrap()[0];
        assert_eq!((locale.tag(), locale.dir()), (TAG, "rtl"));
        assert!(crate::i18n::words::lacking(locale).is_empty());
    }
}
