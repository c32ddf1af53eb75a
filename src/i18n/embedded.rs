//! The files of words that are part of the program: one a locale, named by its tag. No list of them stands
//! anywhere.

use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

use icu_locale::LocaleDirectionality;
use rust_embed::RustEmbed;
use toml::Table;

use super::Words;

/// A locale with its words as they stand in its file.
pub(super) struct Embedded {
    pub(super) tag: String,
    pub(super) path: String,
    pub(super) own_name: String,
    pub(super) icu: icu_locale::Locale,
    pub(super) is_right_to_left: bool,
    /// What the file says; or why it cannot be read.
    pub(super) file: Result<Table, String>,
    pub(super) words: OnceLock<Words>,
}

#[derive(RustEmbed)]
#[folder = "src/i18n/words"]
#[include = "*.toml"]
struct Files;

/// Languages that are far from translated, for tests of what that does to pages. No release has them.
#[cfg(debug_assertions)]
#[derive(RustEmbed)]
#[folder = "tests/locales/words"]
#[include = "*.toml"]
struct Fixtures;

static ALL: LazyLock<Vec<Embedded>> = LazyLock::new(|| {
    let mut all: Vec<Embedded> =
        Files::iter().filter_map(|name| Embedded::of_file(&name, &Files::get(&name)?.data)).collect();
    #[cfg(debug_assertions)]
    {
        let fixture = |name: std::borrow::Cow<'_, str>| Embedded::of_file(&name, &Fixtures::get(&name)?.data);
        all.extend(Fixtures::iter().filter_map(fixture));
        let english = all.iter().find(|known| known.tag == ENGLISH).and_then(|known| known.file.clone().ok());
        all.extend(english.and_then(|words| Embedded::new(super::pseudo::TAG, Ok(super::pseudo::of(words)))));
    }
    all.sort_by(|one, two| one.tag.cmp(&two.tag));
    all
});

const ENGLISH: &str = "en";

/// All locales that have a file.
pub(super) fn all() -> &'static [Embedded] {
    &ALL
}

/// English, which has every word.
#[expect(clippy::expect_used, reason = "the file is part of the program, and every test reads it")]
pub(super) fn english() -> &'static Embedded {
    all().iter().find(|known| known.tag == ENGLISH).expect("English is embedded")
}

/// The locale of a tag, which may have no file (any more): it then has nothing but English words. Those are
/// remembered for as long as the process lives; there are no more of them than there are in the database.
pub(super) fn of(tag: &str) -> Option<&'static Embedded> {
    static WITHOUT_FILE: Mutex<Vec<&'static Embedded>> = Mutex::new(Vec::new());
    if let Some(known) = all().iter().find(|known| known.tag == tag) {
        return Some(known);
    }
    let mut without_file = WITHOUT_FILE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = without_file.iter().find(|known| known.tag == tag) {
        return Some(known);
    }
    let made: &'static Embedded = Box::leak(Box::new(Embedded::new(tag, Ok(Table::new()))?));
    without_file.push(made);
    Some(made)
}

impl Embedded {
    fn of_file(name: &str, bytes: &[u8]) -> Option<Self> {
        let tag = name.strip_suffix(".toml")?;
        let read = str::from_utf8(bytes).map_err(|error| error.to_string());
        let file = read.and_then(|text| text.parse::<Table>().map_err(|error| error.to_string()));
        Self::new(tag, file.map_err(|why| format!("{name}: {}", why.trim_end())))
    }

    fn new(tag: &str, file: Result<Table, String>) -> Option<Self> {
        let icu: icu_locale::Locale = tag.parse().ok()?;
        let said = file.as_ref().ok().and_then(|file| file.get("own_name")?.as_str());
        Some(Self {
            path: tag.to_ascii_lowercase(),
            own_name: said.unwrap_or(tag).to_owned(),
            is_right_to_left: LocaleDirectionality::new_extended().is_right_to_left(&icu.id),
            tag: tag.to_owned(),
            icu,
            file,
            words: OnceLock::new(),
        })
    }
}
