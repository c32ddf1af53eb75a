//! How a date reads: "November 16, 1997", "1997年11月16日" (CLDR long forms, through ICU4X).

use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{Y, YM, YMD};
use icu_datetime::input::Date as IcuDate;
use icu_locale::Locale as IcuLocale;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Locale;

/// The date by the pattern of some fields; a macro, because each field set is a type of its own.
///
/// Always in the Gregorian calendar, whatever a language prefers: what is called a year or a month here is
/// what the addresses of the archive call so.
macro_rules! written {
    ($date:expr, $locale:expr, $fields:expr) => {{
        let (month, day) = ($date.month().unsigned_abs(), $date.day().unsigned_abs());
        let by = |locale: &IcuLocale| {
            let date = IcuDate::try_new_gregorian(i32::from($date.year()), month, day).ok()?;
            let formatter =
                FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale.into(), $fields).ok()?;
            Some(formatter.format(&date).to_string())
        };
        // "1997 M11 16" is what stands there for a language of which nothing is known: ISO 8601 reads better.
        by($locale).filter(|written| by(&IcuLocale::UNKNOWN).as_ref() != Some(written))
    }};
}

/// A date known to the day.
pub fn day(date: Date, locale: Locale) -> String {
    day_by(date, locale.icu())
}

fn day_by(date: Date, locale: &IcuLocale) -> String {
    written!(date, locale, YMD::long()).unwrap_or_else(|| date.to_string())
}

/// A month of a year; the day of `date` is not looked at.
pub fn month(date: Date, locale: Locale) -> String {
    month_by(date, locale.icu())
}

fn month_by(date: Date, locale: &IcuLocale) -> String {
    written!(date, locale, YM::long()).unwrap_or_else(|| date.strftime("%Y-%m").to_string())
}

/// A year; month and day of `date` are not looked at.
pub fn year(date: Date, locale: Locale) -> String {
    written!(date, locale.icu(), Y::long()).unwrap_or_else(|| date.year().to_string())
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

    #[test]
    fn months_are_those_of_the_archive_in_every_language() {
        // Persian and Thai count their years, and Persian its months, otherwise.
        for (tag, written) in [("fa", "نوامبر ۱۹۹۷"), ("th", "พฤศจิกายน ค.ศ. 1997")]
        {
            assert_eq!(month_by(date(1997, 11, 1), &tag.parse().unwrap()), written);
        }
        assert!(day_by(date(1997, 11, 16), &"ug".parse().unwrap()).contains("16-نويابىر"));
        // Of Tibetan these data know no months.
        let tibetan = "bo".parse().unwrap();
        assert_eq!(day_by(date(1997, 11, 16), &tibetan), "1997-11-16");
        assert_eq!(month_by(date(1997, 11, 1), &tibetan), "1997-11");
    }
}
