//! The words by which a text is found: the same cut for what is kept and for what is asked.
//!
//! Spellings that people take for the same are folded first ([`fold`]). Runs of Han, kana, Hangul and what else
//! has no spaces, or other endings than words of their own, become overlapping pairs, and each sign by itself: 政治犯 is 政治, 治犯, 政, 治, 犯. So a question of
//! one sign, of two or of many finds what holds it. Everything else is words. Order and number are not kept.

use std::collections::BTreeSet;
use std::ops::Range;

use super::fold::fold;

/// Which form of cutting this is. Raise it with every change of what comes out: what an older one has cut
/// is then cut again when the program starts.
pub const FORM: i32 = 3;

/// The most letters of a word that count.
const LONGEST: usize = 60;

/// The most bytes of all words of one text: what PostgreSQL's `tsvector` holds is a little more.
const MOST_BYTES: usize = 900_000;

/// The most parts of a question: whoever pastes a page gets what its beginning finds.
const MOST_ASKED: usize = 24;

/// A stretch of text that is looked up as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// A word, and which letters of the folded text it is.
    Word(String, Range<usize>),
    /// Signs that are written without spaces, each with its place in the folded text.
    Signs(Vec<(char, usize)>),
}

/// All words of a text, each once.
pub fn of_text<'a>(parts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut words = BTreeSet::new();
    let mut bytes = 0;
    let mut add = |word: String| {
        if bytes < MOST_BYTES {
            let size = word.len();
            bytes += if words.insert(word) { size + 8 } else { 0 };
        }
    };
    for part in parts {
        for stretch in stretches(fold(part).chars().enumerate()) {
            match stretch {
                Stretch::Word(word, _) => add(word),
                Stretch::Signs(signs) => {
                    signs.windows(2).for_each(|two| add(pair(two)));
                    signs.iter().for_each(|(sign, _)| add(sign.to_string()));
                }
            }
        }
    }
    words.into_iter().collect()
}

/// A part of a question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// A word, a pair or a sign, as it stands.
    Whole(String),
    /// The beginning of a word.
    Beginning(String),
}

/// What somebody asks for: all of it has to be in the text. Empty where there is no word in it.
pub fn of_question(question: &str) -> Vec<Asked> {
    // Longer than any question, and all that is folded.
    let question: String = question.chars().take(1_000).collect();
    let mut asked = Vec::new();
    for stretch in stretches(fold(&question).chars().enumerate()) {
        match stretch {
            // A number is a number: 20 is not the beginning of 2026.
            Stretch::Word(word, _) if word.chars().all(char::is_numeric) || word.chars().count() < 2 => {
                asked.push(Asked::Whole(word));
            }
            Stretch::Word(word, _) => asked.push(Asked::Beginning(word)),
            Stretch::Signs(signs) if signs.len() == 1 => asked.push(Asked::Whole(pair(&signs))),
            Stretch::Signs(signs) => {
                asked.extend(signs.windows(2).map(|two| Asked::Whole(pair(two))));
            }
        }
    }
    let mut seen = BTreeSet::new();
    asked.retain(|part| seen.insert(part.clone()));
    asked.truncate(MOST_ASKED);
    asked
}

fn pair(signs: &[(char, usize)]) -> String {
    signs.iter().map(|(sign, _)| sign).collect()
}

/// Cuts a folded text, of which each letter comes with its place.
pub fn stretches(letters: impl IntoIterator<Item = (usize, char)>) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut signs: Vec<(char, usize)> = Vec::new();
    let (mut word, mut at) = (String::new(), 0..0);
    let mut count = 0;
    for (place, c) in letters {
        if !matches!(c, '\'' | '\u{2019}' | '\u{2BC}' | '\u{AD}' | '\u{200B}'..='\u{200D}') {
            let (is_sign, is_letter) = (has_no_spaces(c), c.is_alphanumeric() || is_mark(c));
            if !is_sign && !signs.is_empty() {
                found.push(Stretch::Signs(std::mem::take(&mut signs)));
            }
            if (is_sign || !is_letter) && !word.is_empty() {
                found.push(Stretch::Word(std::mem::take(&mut word), at.clone()));
                count = 0;
            }
            if is_sign {
                signs.push((c, place));
            } else if is_letter {
                at = if word.is_empty() { place..place + 1 } else { at.start..place + 1 };
                if count < LONGEST {
                    word.push(c);
                    count += 1;
                }
            }
        }
    }
    if !signs.is_empty() {
        found.push(Stretch::Signs(signs));
    }
    if !word.is_empty() {
        found.push(Stretch::Word(word, at));
    }
    found
}

/// Han and kana are written without spaces, and so are Thai, Lao, Burmese and Khmer; a word of Korean is
/// written together with what is said of it.
fn has_no_spaces(c: char) -> bool {
    let is_han_or_kana = matches!(c, '\u{3005}' | '\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    let is_south_eastern = matches!(c, '\u{E01}'..='\u{E4E}' | '\u{E81}'..='\u{ECF}' | '\u{1000}'..='\u{103F}'
        | '\u{1050}'..='\u{108F}' | '\u{1780}'..='\u{17D3}');
    let is_hangul = matches!(c, '\u{AC00}'..='\u{D7A3}');
    (is_han_or_kana && c != '\u{30FB}') || (is_south_eastern && c != '\u{E3F}') || is_hangul
}

/// Marks that belong to the letter before them: vowels of Tibetan, Uyghur and Indian scripts.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}'
        | '\u{93C}' | '\u{94D}' | '\u{F35}' | '\u{F37}' | '\u{F39}' | '\u{F71}'..='\u{F84}' | '\u{F90}'..='\u{FBC}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(question: &str, text: &str) -> bool {
        let words = of_text([text]);
        let asked = of_question(question);
        !asked.is_empty()
            && asked.iter().all(|part| match part {
                Asked::Whole(word) => words.contains(word),
                Asked::Beginning(word) => words.iter().any(|known| known.starts_with(word.as_str())),
            })
    }

    #[test]
    fn what_people_take_for_the_same_is_found() {
        for (question, text) in [
            ("政治犯獲釋", "四十九名政治犯获释。"),
            ("获释", "政治犯獲釋"),
            ("犯", "政治犯"),
            ("PRISON", "Political prisoners were released."),
            ("released prisoners", "Prisoners, political ones, were released."),
            ("Élan", "elan"),
            ("ｗｏｍｅｎ", "the Women’s rights"),
            ("women's", "Women’s"),
            ("don’t", "DON'T"),
            ("2800", "No. 2800, issued"),
            ("6月4日", "1989年6月4日"),
            ("བོད་", "བོད་རང་སྐྱོང་ལྗོངས།"),
            ("ئۇيغۇر", "ئۇيغۇرلار"),
            ("天安门 mothers", "天安門母親 (Tiananmen Mothers)"),
            ("〇", "二〇〇八年"),
            ("인권", "세계인권선언은"),
            ("สิทธิ", "ปฏิญญาว่าด้วยสิทธิมนุษยชน"),
            ("သတ္တ", "သတ္တဝါ၊ လူ"),
            ("ມະນຸດ", "ສິດທິມະນຸດ"),
            ("មនុស្ស", "សិទ្ធិមនុស្ស"),
        ] {
            assert!(finds(question, text), "{question} in {text}");
        }
    }

    #[test]
    fn what_is_something_else_is_not_found() {
        for (question, text) in [
            ("20", "2026"),
            ("犯人", "犯罪的人"),
            ("prisoners freed", "Prisoners were released."),
            ("%", "50%"),
            ("' or 1=1 --", "one or one"),
            ("", "anything"),
            ("  _ \\ ", "anything"),
        ] {
            assert!(!finds(question, text), "{question} in {text}");
        }
    }

    #[test]
    fn there_is_an_end_to_everything() {
        let long = (0..200).map(|n| format!("word{n} ")).collect::<String>();
        assert_eq!(of_question(&long).len(), MOST_ASKED);
        let endless = "x".repeat(100_000);
        assert_eq!(of_text([endless.as_str()])[0].len(), LONGEST);
        let many: String = (0..200_000).map(|n| format!("w{n:x} ")).collect();
        let words = of_text([many.as_str()]);
        assert!(words.iter().map(|word| word.len() + 8).sum::<usize>() < 1_000_000);
    }
}
