//! How a date reads: "November 16, 1997", "1997年11月16日" (CLDR long forms, through ICU4X).

use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::{Y, YM, YMD};
use icu_datetime::input::Date as IcuDate;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Locale;

/// The date by the pattern of some fields; a macro, because each field set is a type of its own.
macro_rules! written {
    ($date:expr, $locale:expr, $fields:expr) => {{
        let (month, day) = ($date.month().unsigned_abs(), $date.day().unsigned_abs());
        let date = IcuDate::try_new_iso(i32::from($date.year()), month, day).ok();
        let formatter = DateTimeFormatter::try_new($locale.icu().into(), $fields).ok();
        date.zip(formatter).map(|(date, formatter)| formatter.format(&date).to_string())
    }};
}

/// A date known to the day.
pub fn day(date: Date, locale: Locale) -> String {
    written!(date, locale, YMD::long()).unwrap_or_else(|| date.to_string())
}

/// A month of a year; the day of `date` is not looked at.
pub fn month(date: Date, locale: Locale) -> String {
    written!(date, locale, YM::long()).unwrap_or_else(|| date.strftime("%Y-%m").to_string())
}

/// A year; month and day of `date` are not looked at.
pub fn year(date: Date, locale: Locale) -> String {
    written!(date, locale, Y::long()).unwrap_or_else(|| date.year().to_string())
}

/// The calendar date of a moment, in UTC: the same for every reader, wherever the server stands.
pub fn of_moment(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_read_as_people_write_them() {
        let read = |tag| {
            let locale = Locale::parse(tag).unwrap();
            let date = date(1997, 11, 16);
            [day(date, locale), month(date, locale), year(date, locale)]
        };
        assert_eq!(read("en"), ["November 16, 1997", "November 1997", "1997"]);
        assert_eq!(read("zh-Hans"), ["1997年11月16日", "1997年11月", "1997年"]);
        assert_eq!(read("zh-Hant"), ["1997年11月16日", "1997年11月", "1997年"]);
    }
}
