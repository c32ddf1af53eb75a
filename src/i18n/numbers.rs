//! Whole numbers and plural categories as each language has them (CLDR, through ICU4X).

use icu_decimal::DecimalFormatter;
use icu_plurals::{PluralCategory, PluralRules};

use super::Locale;

/// A whole number with the separators of the language: `10,000`.
pub fn whole(number: u64, locale: Locale) -> String {
    if number < 1000 {
        return number.to_string();
    }
    match DecimalFormatter::try_new(locale.icu().into(), Default::default()) {
        Ok(formatter) => formatter.format(&number.into()).to_string(),
        Err(_) => number.to_string(),
    }
}

/// The plural category of a number; `Other` where a language is not known.
pub(super) fn plural_category(number: u64, locale: Locale) -> PluralCategory {
    PluralRules::try_new(locale.icu().into(), Default::default())
        .map_or(PluralCategory::Other, |rules| rules.category_for(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_in_english_only() {
        let said = |tag, n| {
            let locale = Locale::parse(tag).unwrap();
            locale.words().statements.of(n, locale).to_string()
        };
        assert_eq!(said("en", 1), "1 statement");
        assert_eq!(said("en", 10_000), "10,000 statements");
        assert_eq!(said("zh-Hans", 1), "1篇");
    }
}
