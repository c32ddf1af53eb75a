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

/// How large a file is, to one place: `740 kB`, `1.2 MB` (a kilobyte has a thousand bytes, as in SI).
pub fn file_size(bytes: u64, locale: Locale) -> String {
    if bytes < 999_500 {
        return format!("{} kB", (bytes.div_ceil(1000)).max(1));
    }
    let tenths = (bytes + 50_000) / 100_000;
    let mut megabytes = icu_decimal::input::Decimal::from(tenths);
    megabytes.multiply_pow10(-1);
    match DecimalFormatter::try_new(locale.icu().into(), Default::default()) {
        Ok(formatter) => format!("{} MB", formatter.format(&megabytes)),
        Err(_) => format!("{megabytes} MB"),
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

    #[test]
    fn sizes_are_short() {
        let said = |bytes| file_size(bytes, Locale::default_locale());
        assert_eq!(said(0), "1 kB");
        assert_eq!(said(740_100), "741 kB");
        assert_eq!(said(1_240_000), "1.2 MB");
        assert_eq!(said(12_000_000), "12.0 MB");
    }
}
