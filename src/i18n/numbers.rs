//! Whole numbers and plural categories as each language has them (CLDR, through ICU4X).

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_plurals::{PluralCategory, PluralRules};

use super::{Locale, Phrase};

/// A whole number with the digits and separators of the language: `10,000`.
pub fn whole(number: u64, locale: Locale) -> String {
    decimal(&number.into(), locale)
}

/// How large a file is, to one place: `740 kB`, `1.2 MB` (a kilobyte has a thousand bytes, as in SI).
pub fn file_size(bytes: u64, locale: Locale) -> Phrase {
    let words = locale.words();
    if bytes < 999_500 {
        let kilobytes = bytes.div_ceil(1000).max(1);
        return words.kilobytes.with("n", whole(kilobytes, locale));
    }
    let mut megabytes = Decimal::from((bytes + 50_000) / 100_000);
    megabytes.multiply_pow10(-1);
    words.megabytes.with("n", decimal(&megabytes, locale))
}

fn decimal(number: &Decimal, locale: Locale) -> String {
    match DecimalFormatter::try_new(locale.icu().into(), Default::default()) {
        Ok(formatter) => formatter.format(number).to_string(),
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
            locale.words().statements.of(n, locale).plain().into_owned()
        };
        assert_eq!(said("en", 1), "1 statement");
        assert_eq!(said("en", 10_000), "10,000 statements");
        assert_eq!(said("zh-Hans", 1), "1篇");
    }

    #[test]
    fn sizes_are_short() {
        let said = |bytes| file_size(bytes, Locale::english()).plain().into_owned();
        assert_eq!(said(0), "1 kB");
        assert_eq!(said(740_100), "741 kB");
        assert_eq!(said(1_240_000), "1.2 MB");
        assert_eq!(said(12_000_000), "12.0 MB");
    }
}
