//! Languages: which there are, what the interface says in each, how dates, numbers and names read.
//!
//! A locale is data: one embedded file of words. Which of them a site uses is a setting; the database keeps
//! locales as text, also those that are not used (any more).

pub mod dates;
mod embedded;
pub mod lists;
pub mod negotiation;
pub mod numbers;
pub mod order;
mod phrase;
#[cfg(debug_assertions)]
mod pseudo;
pub mod words;

use std::fmt;
use std::sync::OnceLock;

use serde::Deserialize;

use embedded::Embedded;
pub use phrase::{Phrase, Piece};
pub use words::Words;

/// A language. Cheap to copy; the site is there in those of [`Locale::all`].
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub struct Locale(&'static Embedded);

/// What a site uses that was told nothing else, the default first.
pub const USUAL: &str = "en,zh-Hans,zh-Hant";

static USED: OnceLock<Vec<Locale>> = OnceLock::new();

/// Chooses the locales of this process, the default first. To be called once, before anything else asks
/// for them; gives whether it was in time.
pub fn choose(locales: Vec<Locale>) -> bool {
    !locales.is_empty() && USED.set(locales).is_ok()
}

/// The locales of a list of tags with commas between them; or what is wrong with it.
pub fn parse(tags: &str) -> Result<Vec<Locale>, String> {
    let mut locales: Vec<Locale> = Vec::new();
    for tag in tags.split(',').map(str::trim) {
        let found = embedded::all().iter().find(|known| known.tag.eq_ignore_ascii_case(tag)).map(Locale);
        let locale = found.ok_or_else(|| {
            let known: Vec<&str> = embedded::all().iter().map(|known| known.tag.as_str()).collect();
            format!("there is no file of words for {tag:?}; there are {}", known.join(", "))
        })?;
        if locales.contains(&locale) {
            return Err(format!("{locale} stands there twice"));
        }
        words::check(locale)?;
        locales.push(locale);
    }
    Ok(locales)
}

impl Locale {
    /// The locales that the site is there in, the default first.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        let usual = || parse(USUAL).unwrap_or_else(|_| vec![Self::english()]);
        USED.get_or_init(usual).iter().copied()
    }

    /// What a reader gets who asked for nothing we have.
    pub fn default_locale() -> Self {
        Self::all().next().unwrap_or_else(Self::english)
    }

    /// English: the language of the desk and of every word that a file lacks, whether the site uses it or not.
    pub fn english() -> Self {
        Self(embedded::english())
    }

    /// The locale of a BCP 47 tag in any letter case (RFC 5646, 2.1.1); `None` for one that the site does
    /// not use.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::all().find(|locale| locale.0.tag.eq_ignore_ascii_case(tag))
    }

    /// The locale of a tag as it stands in the database, used or not; `None` for what is no tag at all.
    pub fn stored(tag: &str) -> Option<Self> {
        Self::all().find(|locale| locale.0.tag == tag).or_else(|| embedded::of(tag).map(Self))
    }

    /// Whether the site is there in it. What the database has in others is kept, and shown to nobody.
    pub fn is_used(self) -> bool {
        Self::all().any(|used| used == self)
    }

    /// Where it stands among the locales of the site; behind them all where it is not used.
    pub fn place(self) -> usize {
        Self::all().position(|used| used == self).unwrap_or(usize::MAX)
    }

    /// The BCP 47 tag, as in `lang` and in the database: `zh-Hans`.
    pub fn tag(self) -> &'static str {
        &self.0.tag
    }

    /// The first segment of its addresses: `zh-hans`.
    pub fn path(self) -> &'static str {
        &self.0.path
    }

    /// In which direction its script runs, as in `dir`: `ltr` or `rtl`.
    pub fn dir(self) -> &'static str {
        if self.0.is_right_to_left { "rtl" } else { "ltr" }
    }

    /// The interface's words.
    pub fn words(self) -> &'static Words {
        self.0.words.get_or_init(|| Words::of(self))
    }

    /// Its name in itself: 简体中文.
    pub fn own_name(self) -> &'static str {
        &self.0.own_name
    }

    /// Every locale of the site but this.
    pub fn others(self) -> impl Iterator<Item = Self> {
        Self::all().filter(move |other| *other != self)
    }

    fn icu(self) -> &'static icu_locale::Locale {
        &self.0.icu
    }
}

impl TryFrom<String> for Locale {
    type Error = String;
    fn try_from(tag: String) -> Result<Self, String> {
        Self::stored(&tag).ok_or_else(|| format!("{tag:?} is no tag of a language"))
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
        self.0.tag.cmp(&other.0.tag)
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_in_any_case() {
        assert_eq!(Locale::parse("ZH-hans").map(Locale::tag), Some("zh-Hans"));
        assert_eq!(Locale::parse("cn"), None);
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        let tags = |list| parse(list).map(|all| all.iter().map(|l| l.tag()).collect::<Vec<_>>());
        assert_eq!(tags("zh-hant, en"), Ok(vec!["zh-Hant", "en"]));
        let unknown = tags("en,cn").unwrap_err();
        assert!(unknown.contains("\"cn\"") && unknown.contains("en, "), "{unknown}");
        assert!(tags("en,zh-Hans,EN").unwrap_err().contains("twice"));
        assert!(tags("en,,zh-Hans").is_err());
    }

    #[test]
    fn what_the_database_has_is_read_whether_the_site_uses_it_or_not() {
        let kept = Locale::stored("tlh-Latn").unwrap();
        assert_eq!((kept.tag(), kept.own_name(), kept.is_used()), ("tlh-Latn", "tlh-Latn", false));
        assert_eq!(kept, Locale::stored("tlh-Latn").unwrap());
        assert!(kept.place() > Locale::default_locale().place());
        assert_eq!(kept.words().topics.plain(), "Topics");
        assert_eq!(Locale::stored("no tag"), None);
    }

    #[test]
    fn scripts_run_as_they_do() {
        for (tag, dir) in
            [("en", "ltr"), ("zh-Hant", "ltr"), ("ug", "rtl"), ("ar-XB", "rtl"), ("bo", "ltr"), ("he", "rtl")]
        {
            assert_eq!(Locale::stored(tag).unwrap().dir(), dir, "{tag}");
        }
    }
}
