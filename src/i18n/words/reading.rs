//! From files of words to words: the English file says what there has to be, and fills what another lacks.

use toml::{Table, Value};

use super::Words;
use crate::i18n::{Locale, embedded};

impl Words {
    /// The words of a locale, with English ones where its file has none.
    #[expect(clippy::expect_used, reason = "the words are part of the program, and every test reads them")]
    pub(in crate::i18n) fn of(locale: Locale) -> Self {
        let english = embedded::english().file.as_ref().expect("the English words can be read");
        let empty = Table::new();
        let own = locale.0.file.as_ref().unwrap_or(&empty);
        let mut filled = fill(english, own, locale);
        filled.remove("own_name");
        filled.try_into().expect("the English words are those that are used")
    }
}

/// The words of both: a string where it is the locale's own, else the English one with the locale.
fn fill(english: &Table, own: &Table, locale: Locale) -> Table {
    let words = english.iter().map(|(name, english)| {
        let filled = match (english, own.get(name)) {
            (Value::String(_), Some(Value::String(own))) => {
                Value::String(own.replace("{own_name}", locale.own_name()))
            }
            (Value::Table(english), Some(Value::Table(own))) if is_plural(english) => {
                // Its own categories, whatever English has.
                Value::Table(fill(if is_plural(own) { own } else { english }, own, locale))
            }
            (Value::Table(english), Some(Value::Table(own))) => Value::Table(fill(english, own, locale)),
            (english, _) => lent(english, locale),
        };
        (name.clone(), filled)
    });
    words.collect()
}

/// English words on pages in another language.
fn lent(english: &Value, locale: Locale) -> Value {
    match english {
        Value::Table(table) => {
            Value::Table(table.iter().map(|(name, word)| (name.clone(), lent(word, locale))).collect())
        }
        word => Value::Table(Table::from_iter([
            ("english".to_owned(), word.clone()),
            ("lacking_in".to_owned(), Value::String(locale.tag().to_owned())),
        ])),
    }
}

/// Whether a table is one phrase with its plural forms: they come from one language or not at all.
fn is_plural(table: &Table) -> bool {
    table.contains_key("other")
}

/// The words that the file of a locale lacks: `errors.gone.title`.
pub fn lacking(locale: Locale) -> Vec<String> {
    let tables = embedded::english().file.as_ref().ok().zip(locale.0.file.as_ref().ok());
    tables.map(|(english, own)| only_in(english, own)).unwrap_or_default()
}

/// What keeps the file of a locale from being used.
pub(in crate::i18n) fn check(locale: Locale) -> Result<(), String> {
    let own = locale.0.file.as_ref().map_err(Clone::clone)?;
    let english = embedded::english().file.as_ref().map_err(Clone::clone)?;
    if !own.get("own_name").is_some_and(Value::is_str) {
        return Err(format!("{locale}.toml: own_name has to say what the language is called in itself"));
    }
    match only_in(own, english).first() {
        Some(unknown) => Err(format!("{locale}.toml: {unknown} is no word of the interface")),
        None => Ok(()),
    }
}

/// The names that one table has and another has not, or has otherwise.
fn only_in(one: &Table, other: &Table) -> Vec<String> {
    const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    let mut found = Vec::new();
    for (name, word) in one {
        match (word, other.get(name)) {
            (Value::String(_), Some(Value::String(_))) => {}
            (Value::Table(one), Some(Value::Table(other))) if is_plural(one) && is_plural(other) => {
                let unknown = one.keys().filter(|form| !FORMS.contains(&form.as_str()));
                found.extend(unknown.map(|form| format!("{name}.{form}")));
            }
            (Value::Table(one), Some(Value::Table(other))) => {
                found.extend(only_in(one, other).into_iter().map(|inner| format!("{name}.{inner}")));
            }
            _ => found.push(name.clone()),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        text.parse().unwrap()
    }

    #[test]
    fn the_languages_that_are_shipped_have_every_word() {
        for locale in crate::i18n::parse(crate::i18n::USUAL).unwrap() {
            assert_eq!(lacking(locale), Vec::<String>::new(), "{locale} lacks words");
            locale.words();
        }
    }

    #[test]
    fn what_is_unknown_or_lacking_is_named() {
        let english = table(
            "own_name = 'English'\na = 'A'\n[n]\none = '1'\nother = '2'\n[e.x]\ntitle = 'X'\ntext = 'x'",
        );
        let other = table("a = 'Ä'\nb = 'B'\n[n]\nother = '2'\n[e.x]\ntitle = 'X'\n[e.y]\ntitle = 'Y'");
        assert_eq!(only_in(&other, &english), ["b", "e.y"]);
        assert_eq!(only_in(&english, &other), ["e.x.text", "own_name"]);
        let wrong = table("a = { other = 'A' }\n[n]\nother = '2'\nsome = '3'");
        assert_eq!(only_in(&wrong, &english), ["a", "n.some"]);
    }
}
