//! Lists of what is public: the archive, a kind, a topic, and their periods. Kept when something is
//! published, so that reading one neither counts nor joins texts.

mod changes;
mod check;
mod keep;
mod read;

pub use changes::{ChangeEntry, ChangeListing, changes};
pub use check::faults;
pub use keep::{hold_counts, put_up, recount, take_down};
pub use read::{
    Entry, Listing, Overview, count_by_topic, kinds, listing, locales_of, newest, overview, related,
};

use jiff::civil::Date;

use super::{IssuedOn, Kind, Precision};
use crate::domain::ids::TopicId;

/// The most entries that one page shows.
pub const MOST: usize = 100;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Everything.
    Archive,
    /// All of one kind.
    Kind(Kind),
    /// All under one topic.
    Topic(TopicId),
}

impl Shelf {
    fn key(self) -> String {
        match self {
            Self::Archive => "all".to_owned(),
            Self::Kind(kind) => format!("kind:{kind}"),
            Self::Topic(id) => format!("topic:{id}"),
        }
    }
}

/// Which part of a list. A month or day of 0 is what is not known that closely: `1997-00` are the
/// statements of 1997 whose month nobody wrote down. So every entry of a long list can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// The whole list.
    All,
    /// A year.
    Year(i16),
    /// A month of it.
    Month(i16, i8),
    /// A day of it.
    Day(i16, i8, i8),
}

impl Period {
    /// As it stands in `list_counts` and, with slashes, in addresses.
    pub fn key(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Year(year) => format!("{year:04}"),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Day(year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
        }
    }

    /// Reads the parts of a key or an address; `None` for what is no period of the calendar.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        let number = |text: &str, length: usize| -> Option<i16> {
            (text.len() == length && text.bytes().all(|b| b.is_ascii_digit()))
                .then(|| text.parse().ok())
                .flatten()
        };
        let small = |text: &str| number(text, 2).and_then(|n| i8::try_from(n).ok());
        let period = match parts {
            [] => Self::All,
            [year] => Self::Year(number(year, 4)?),
            [year, month] => Self::Month(number(year, 4)?, small(month)?),
            [year, month, day] => Self::Day(number(year, 4)?, small(month)?, small(day)?),
            _ => return None,
        };
        (period == Self::All || period.first_day().is_some()).then_some(period)
    }

    fn of_key(key: &str) -> Option<Self> {
        if key == "all" { Some(Self::All) } else { Self::parse(&key.split('-').collect::<Vec<_>>()) }
    }

    /// Its first day; `None` for the whole list, and for what the calendar does not have.
    pub fn first_day(self) -> Option<Date> {
        let (year, month, day) = match self {
            Self::All => return None,
            Self::Year(year) | Self::Month(year, 0) => (year, 1, 1),
            Self::Month(year, month) | Self::Day(year, month, 0) => (year, month, 1),
            Self::Day(year, month, day) => (year, month, day),
        };
        if year < 1000 {
            return None;
        }
        Date::new(year, month, day).ok()
    }

    /// Its last day, as [`Period::first_day`].
    fn last_day(self) -> Option<Date> {
        let first = self.first_day()?;
        Some(match self {
            Self::Year(_) => first.last_of_year(),
            Self::Month(_, month) if month > 0 => first.last_of_month(),
            _ => first,
        })
    }

    /// The precision of all its entries, where they have one.
    fn only_precision(self) -> Option<Precision> {
        match self {
            Self::Month(_, 0) => Some(Precision::Year),
            Self::Day(_, _, 0) => Some(Precision::Month),
            Self::Day(..) => Some(Precision::Day),
            _ => None,
        }
    }

    /// Whether it has no parts: then what does not fit on a page goes on by number.
    pub fn is_leaf(self) -> bool {
        matches!(self, Self::Month(_, 0) | Self::Day(..))
    }

    /// The date as readers get it, where it is one.
    pub fn as_issued_on(self) -> Option<IssuedOn> {
        let precision = match self {
            Self::All | Self::Month(_, 0) | Self::Day(_, _, 0) => return None,
            Self::Year(_) => Precision::Year,
            Self::Month(..) => Precision::Month,
            Self::Day(..) => Precision::Day,
        };
        Some(IssuedOn { date: self.first_day()?, precision })
    }

    /// The next longer period.
    pub fn part_of(self) -> Option<Self> {
        match self {
            Self::All => None,
            Self::Year(_) => Some(Self::All),
            Self::Month(year, _) => Some(Self::Year(year)),
            Self::Day(year, month, _) => Some(Self::Month(year, month)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_periods_of_the_calendar_are_read() {
        assert_eq!(Period::parse(&["1997", "11", "16"]), Some(Period::Day(1997, 11, 16)));
        assert_eq!(Period::parse(&["1997", "00"]), Some(Period::Month(1997, 0)));
        for bad in [&["97"][..], &["1997", "13"], &["1997", "02", "30"], &["1997", "1"], &["0500"], &["+997"]]
        {
            assert_eq!(Period::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_key_reads_back() {
        for period in [Period::All, Period::Year(1989), Period::Month(1989, 6), Period::Day(1989, 6, 0)] {
            assert_eq!(Period::of_key(&period.key()), Some(period));
        }
    }
}
