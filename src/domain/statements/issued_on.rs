//! The date on a statement: a calendar date, as exact as we know it, never a moment in time.

use jiff::civil::Date;

use crate::i18n::{Locale, dates};

crate::words_enum! {
    /// How exactly a date is known. The words stand in this order alphabetically too, so that a list
    /// can be sorted by them: what is known less exactly stands last in its month or year.
    Precision {
        /// To the day.
        Day = "day",
        /// To the month.
        Month = "month",
        /// To the year.
        Year = "year",
    }
}

/// The date on a statement. Where only month or year are known, the date is their first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssuedOn {
    /// The date.
    pub date: Date,
    /// How much of it is known.
    pub precision: Precision,
}

impl IssuedOn {
    /// A date known to the day.
    pub fn day(date: Date) -> Self {
        Self { date, precision: Precision::Day }
    }

    /// Reads what people type: `1997-11-16`, `1997-11`, `1997`, `16 November 1997`, `November 16, 1997`,
    /// `Nov 1997`, `1997年11月16日`, `1997年11月`, `1997年`. Not `11/16/1997`: half of the world reads it
    /// otherwise.
    pub fn parse(typed: &str) -> Option<Self> {
        let spaced: String = typed
            .chars()
            .map(|c| if c == ',' || c == '.' || c.is_whitespace() { ' ' } else { c.to_ascii_lowercase() })
            .collect();
        let parts: Vec<&str> = spaced.split_whitespace().collect();
        match parts[..] {
            [one] => Self::parse_numbers(one),
            [month, year] => Self::of(year, month_number(month)?, None),
            [one, two, year] => match month_number(two) {
                Some(month) => Self::of(year, month, Some(one)),
                None => Self::of(year, month_number(one)?, Some(two)),
            },
            _ => None,
        }
    }

    fn parse_numbers(word: &str) -> Option<Self> {
        let word = word.replace(['年', '月'], "-").replace('日', "");
        let mut parts = word.trim_end_matches('-').splitn(3, '-');
        let year = parts.next()?;
        match parts.next() {
            None => Self::checked(year, 1, 1, Precision::Year),
            Some(month) => Self::of(year, digits(month, 2)?, parts.next()),
        }
    }

    fn of(year: &str, month: i8, day: Option<&str>) -> Option<Self> {
        match day {
            None => Self::checked(year, month, 1, Precision::Month),
            Some(day) => Self::checked(year, month, digits(day, 2)?, Precision::Day),
        }
    }

    fn checked(year: &str, month: i8, day: i8, precision: Precision) -> Option<Self> {
        if year.len() != 4 {
            return None;
        }
        let year: i16 = digits(year, 4)?;
        let date = (year >= 1000).then(|| Date::new(year, month, day).ok()).flatten()?;
        Some(Self { date, precision })
    }

    /// As readers get it: "November 16, 1997", "November 1997", "1997".
    pub fn long(self, locale: Locale) -> String {
        match self.precision {
            Precision::Day => dates::day(self.date, locale),
            Precision::Month => dates::month(self.date, locale),
            Precision::Year => dates::year(self.date, locale),
        }
    }

    /// As machines get it (HTML's `datetime`, ISO 8601): `1997-11-16`, `1997-11`, `1997`.
    pub fn iso(self) -> String {
        let pattern = match self.precision {
            Precision::Day => "%Y-%m-%d",
            Precision::Month => "%Y-%m",
            Precision::Year => "%Y",
        };
        self.date.strftime(pattern).to_string()
    }
}

fn digits<N: std::str::FromStr>(text: &str, at_most: usize) -> Option<N> {
    let all_digits = !text.is_empty() && text.len() <= at_most && text.bytes().all(|b| b.is_ascii_digit());
    all_digits.then(|| text.parse().ok()).flatten()
}

fn month_number(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let place = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word))?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_read() {
        for (typed, iso) in [
            ("1997-11-16", "1997-11-16"),
            ("16 November 1997", "1997-11-16"),
            ("November 16, 1997", "1997-11-16"),
            ("nov 16 1997", "1997-11-16"),
            ("1997年11月16日", "1997-11-16"),
            ("1997-11", "1997-11"),
            ("November 1997", "1997-11"),
            ("1997年11月", "1997-11"),
            (" 1997 ", "1997"),
            ("1997年", "1997"),
            ("1997-1-2", "1997-01-02"),
        ] {
            assert_eq!(IssuedOn::parse(typed).map(IssuedOn::iso).as_deref(), Some(iso), "{typed}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for typed in
            ["", "yesterday", "11/16/1997", "1997-02-30", "1997-13", "97", "0097", "-1997", "1997-11-16-1"]
        {
            assert_eq!(IssuedOn::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_long_form_can_be_typed_again() {
        for iso in ["1997-11-16", "1997-11", "1997"] {
            let issued = IssuedOn::parse(iso).unwrap();
            for locale in Locale::all() {
                assert_eq!(IssuedOn::parse(&issued.long(locale)), Some(issued), "{locale}");
            }
        }
    }
}
