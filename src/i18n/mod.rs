//! Languages: which there are, what the interface says in each, how dates, numbers and names read.
//!
//! A locale is data: one embedded file of words. The database keeps locales as text.

pub mod dates;
pub mod negotiation;
pub mod numbers;
pub mod order;
pub mod words;

use std::fmt;
use std::sync::LazyLock;

pub use words::Words;

/// One of the languages of the site. Cheap to copy; there is always at least the default.
#[derive(Clone, Copy)]
pub struct Locale(&'static Embedded);

struct Embedded {
    tag: &'static str,
    path: String,
    icu: icu_locale::Locale,
    words: Words,
}

/// Tag (BCP 47) and words of each locale, the default first.
const FILES: [(&str, &str); 3] = [
    ("en", include_str!("words/en.toml")),
    ("zh-Hans", include_str!("words/zh-Hans.toml")),
    ("zh-Hant", include_str!("words/zh-Hant.toml")),
];

#[expect(clippy::expect_used, reason = "the files are part of the program, and a test reads them all")]
static EMBEDDED: LazyLock<Vec<Embedded>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|&(tag, file)| Embedded {
            tag,
            path: tag.to_ascii_lowercase(),
            icu: tag.parse().expect("an embedded locale has a valid tag"),
            words: toml::from_str(file).expect("an embedded locale has all its words"),
        })
        .collect()
});

impl Locale {
    /// All locales, the default first.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        EMBEDDED.iter().map(Self)
    }

    /// What a reader gets who asked for nothing we have.
    pub fn default_locale() -> Self {
        Self(&EMBEDDED[0])
    }

    /// The locale of a BCP 47 tag in any letter case (RFC 5646, 2.1.1); `None` for one we lack.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::all().find(|locale| locale.0.tag.eq_ignore_ascii_case(tag))
    }

    /// The BCP 47 tag, as in `lang` and in the database: `zh-Hans`.
    pub fn tag(self) -> &'static str {
        self.0.tag
    }

    /// The first segment of its addresses: `zh-hans`.
    pub fn path(self) -> &'static str {
        &self.0.path
    }

    /// The interface's words.
    pub fn words(self) -> &'static Words {
        &self.0.words
    }

    /// Its name in itself: 简体中文.
    pub fn own_name(self) -> &'static str {
        &self.0.words.own_name
    }

    /// Every locale but this.
    pub fn others(self) -> impl Iterator<Item = Self> {
        Self::all().filter(move |other| *other != self)
    }

    fn icu(self) -> &'static icu_locale::Locale {
        &self.0.icu
    }
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        self.0.tag == other.0.tag
    }
}

impl Eq for Locale {}

impl std::hash::Hash for Locale {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.tag.hash(state);
    }
}

impl PartialOrd for Locale {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Locale {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.tag.cmp(other.0.tag)
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.tag)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_has_every_word() {
        // Reading them is the test: a missing or unknown word is an error of the file.
        assert_eq!(Locale::all().len(), 3);
        for locale in Locale::all() {
            assert!(!locale.own_name().is_empty());
        }
    }

    #[test]
    fn tags_are_found_in_any_case() {
        assert_eq!(Locale::parse("ZH-hans").map(Locale::tag), Some("zh-Hans"));
        assert_eq!(Locale::parse("cn"), None);
    }
}
