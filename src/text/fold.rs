//! One form for spellings that people take for the same: full and half width, letter case, accents,
//! Simplified and Traditional signs.

use std::ops::Range;

use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// A text folded: compatibility forms are plain ones (NFKC), letters are small and without marks,
/// Traditional signs are their Simplified ones, Arabic is without vowel signs. Punctuation and spaces stay.
pub fn fold(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    each_letter(text, |folded, _| plain.push_str(folded));
    fast2s::convert(&plain)
}

/// A folded text that knows of each of its letters where in the text it comes from.
#[derive(Clone, Debug)]
pub struct Folded {
    letters: Vec<char>,
    from: Vec<Range<usize>>,
}

impl Folded {
    /// Folds a text, as [`fold`] does.
    pub fn of(text: &str) -> Self {
        let (mut plain, mut from) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        each_letter(text, |folded, range| {
            plain.push_str(folded);
            from.extend(folded.chars().map(|_| range.clone()));
        });
        // A sign for a sign: their number stays.
        Self { letters: fast2s::convert(&plain).chars().collect(), from }
    }

    /// Its letters, each with its place among them.
    pub fn letters(&self) -> impl Iterator<Item = (usize, char)> {
        self.letters.iter().copied().enumerate()
    }

    /// The bytes of the text that a stretch of letters comes from.
    pub fn from(&self, letters: Range<usize>) -> Range<usize> {
        let start = self.from.get(letters.start).map_or(0, |range| range.start);
        let last = letters.end.saturating_sub(1);
        start..self.from.get(last).map_or(start, |range| range.end.max(start))
    }
}

/// Folds letter by letter, each with the marks on it; what the letter comes from is handed along.
fn each_letter(text: &str, mut each: impl FnMut(&str, Range<usize>)) {
    let mut buffer = [0; 4];
    let mut rest = text.char_indices().peekable();
    while let Some((start, letter)) = rest.next() {
        let mut end = start + letter.len_utf8();
        while let Some((at, mark)) = rest.next_if(|(_, next)| goes_on(*next)) {
            end = at + mark.len_utf8();
        }
        let is_alone = end == start + letter.len_utf8();
        match letter {
            letter if is_alone && letter.is_ascii() => {
                each(letter.to_ascii_lowercase().encode_utf8(&mut buffer), start..end);
            }
            '\u{4E00}'..='\u{9FFF}' if is_alone => each(letter.encode_utf8(&mut buffer), start..end),
            _ => each(&plain(&text[start..end]), start..end),
        }
    }
}

/// Whether a sign belongs to the letter before it: a mark, or a part of a Hangul syllable.
fn goes_on(c: char) -> bool {
    if c.is_ascii() || ('\u{4E00}'..='\u{9FFF}').contains(&c) {
        return false;
    }
    matches!(c, '\u{1160}'..='\u{11FF}' | '\u{FF9E}' | '\u{FF9F}')
        || CanonicalCombiningClassMapBorrowed::new().get_u8(c) != 0
}

fn plain(letter: &str) -> String {
    let small = ComposingNormalizerBorrowed::new_nfkc().normalize(letter).to_lowercase();
    // The small sigma at the end of a word is no other letter.
    without_marks(&small).replace('ς', "σ")
}

/// Letters without the marks on them: `é` is `e`, `ł` is `l`. What is no Latin letter keeps its marks, which
/// make other words there; only the vowel signs of Arabic, which are written or not, go.
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
        match without_bar(c) {
            Some(letters) => plain.push_str(letters),
            None if matches!(c, '\u{640}' | '\u{64B}'..='\u{652}' | '\u{670}') => {}
            None => plain.push(c),
        }
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(&plain).into_owned()
}

/// Latin letters that Unicode does not take apart, as those write them who do not have them.
fn without_bar(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ø' => "o",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
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
            ("ΟΔΟΣ", "οδος"),
            ("Łukasz Đặng Øyvind Strauß", "lukasz dang oyvind strauss"),
            ("İzmir Işık", "izmir isik"),
            ("حُقُوق", "حقوق"),
            ("حقــوق", "حقوق"),
            ("ｶﾞ", "ガ"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_is_another_word_stays_another() {
        for (one, other) in [("й", "и"), ("ئا", "يا"), ("が", "か"), ("西藏", "新疆"), ("a b", "ab")]
        {
            assert_ne!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn each_letter_knows_where_it_comes_from() {
        let text = "Ｅ\u{301}lan ﬁrst ㎏ 獲釋";
        let folded = Folded::of(text);
        let letters: String = folded.letters().map(|(_, letter)| letter).collect();
        assert_eq!(letters, fold(text));
        assert_eq!(letters, "elan first kg 获释");
        for (letters, from) in [
            (0..1, "Ｅ\u{301}"),
            (0..4, "Ｅ\u{301}lan"),
            (5..7, "ﬁ"),
            (6..8, "ﬁr"),
            (11..12, "㎏"),
            (14..16, "獲釋"),
        ] {
            assert_eq!(&text[folded.from(letters)], from);
        }
        assert_eq!(folded.from(90..99), 0..0);
    }
}
