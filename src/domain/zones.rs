//! Time zones by their names in the IANA database, which knows when clocks are put forward and back.

use std::fmt;
use std::sync::LazyLock;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone, db};

use crate::i18n::{Locale, dates};

/// A time zone that is known here: `Europe/Berlin`, `Asia/Hong_Kong`, `UTC`.
#[derive(Clone, Debug, PartialEq, Eq, FromSqlRow, AsExpression)]
#[diesel(sql_type = Text)]
pub struct Zone(TimeZone);

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

/// The regions whose names are places. The others are left-overs such as `US/Pacific` and `SystemV/PST8`.
const REGIONS: [&str; 10] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
];

impl Zone {
    /// The zone of a name, `None` where there is none: a place, or `UTC`.
    pub fn parse(name: &str) -> Option<Self> {
        let zone = TimeZone::get(name.trim()).ok()?;
        let is_a_place = |name: &str| name == "UTC" || REGIONS.iter().any(|region| name.starts_with(region));
        zone.iana_name().is_some_and(is_a_place).then(|| Self(zone))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// What the clocks there do.
    pub fn clocks(&self) -> &TimeZone {
        &self.0
    }

    /// Which moments the clocks there show as this date and time.
    pub fn read(&self, wall: DateTime) -> Result<Reading, jiff::Error> {
        Ok(match self.0.to_ambiguous_timestamp(wall).offset() {
            AmbiguousOffset::Unambiguous { offset } => Reading::Once(offset.to_timestamp(wall)?),
            AmbiguousOffset::Fold { before, after } => {
                let in_the_zone = |at| Moment { at, zone: self.clone() };
                Reading::Twice(
                    in_the_zone(before.to_timestamp(wall)?),
                    in_the_zone(after.to_timestamp(wall)?),
                )
            }
            AmbiguousOffset::Gap { before, after } => {
                // The clocks are put forward between the two moments that this could stand for.
                let put_forward = self.0.following(after.to_timestamp(wall)?).next();
                let at = put_forward.map_or(before.to_timestamp(wall)?, |change| change.timestamp());
                Reading::Never { from: before.to_datetime(at), to: after.to_datetime(at) }
            }
        })
    }

    /// Every name, `UTC` first, to be chosen from.
    pub fn all() -> &'static [String] {
        static ALL: LazyLock<Vec<String>> = LazyLock::new(|| {
            let mut names: Vec<String> = db()
                .available()
                .map(|name| name.as_str().to_owned())
                .filter(|name| REGIONS.iter().any(|region| name.starts_with(region)))
                .collect();
            names.sort();
            names.dedup();
            names.insert(0, "UTC".to_owned());
            names
        });
        &ALL
    }
}

/// What the clocks of a zone show at some moment or other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// At this moment.
    Once(Timestamp),
    /// At these two: the clocks are put back between them.
    Twice(Moment, Moment),
    /// At none: they are put forward over it.
    Never {
        /// From this time on the wall.
        from: DateTime,
        /// To this.
        to: DateTime,
    },
}

/// A moment, and the zone in which it was chosen and is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The moment.
    pub at: Timestamp,
    /// The zone.
    pub zone: Zone,
}

impl Moment {
    /// As the clocks of its zone show it: "March 2, 2026, 14:30".
    pub fn here(&self) -> String {
        let wall = self.wall();
        format!("{}, {}", dates::day(wall.date(), Locale::english()), time(wall))
    }

    /// Date and time on the wall there.
    pub fn wall(&self) -> DateTime {
        self.zone.0.to_datetime(self.at)
    }

    /// How far the clocks there are from UTC then: "UTC+01:00".
    pub fn offset(&self) -> String {
        let seconds = self.zone.0.to_offset(self.at).seconds();
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
        format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// In UTC: the time, and the date where it is another one there.
    pub fn utc(&self) -> String {
        let utc = TimeZone::UTC.to_datetime(self.at);
        if utc.date() == self.wall().date() {
            format!("{} UTC", time(utc))
        } else {
            format!("{}, {} UTC", dates::day(utc.date(), Locale::english()), time(utc))
        }
    }
}

/// Both times: "March 2, 2026, 14:30 in Europe/Berlin (13:30 UTC)".
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.zone == Zone::default() {
            return write!(f, "{} UTC", self.here());
        }
        write!(f, "{} in {} ({})", self.here(), self.zone.name(), self.utc())
    }
}

/// A time of day, with seconds where there are any.
pub fn time(wall: DateTime) -> String {
    wall.strftime(if wall.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

impl FromSql<Text, Pg> for Zone {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let name = <String as FromSql<Text, Pg>>::from_sql(bytes)?;
        Self::parse(&name).ok_or_else(|| format!("this program knows no time zone {name:?}").into())
    }
}

impl ToSql<Text, Pg> for Zone {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <str as ToSql<Text, Pg>>::to_sql(self.name(), out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_a_place_that_the_database_of_time_zones_knows() {
        for name in ["UTC", "Europe/Berlin", "America/New_York", "Asia/Hong_Kong", "Asia/Shanghai"] {
            assert_eq!(Zone::parse(name).unwrap().name(), name);
            assert!(Zone::all().iter().any(|known| known == name), "{name}");
        }
        assert_eq!(Zone::parse(" europe/berlin ").unwrap().name(), "Europe/Berlin");
        for name in ["", "Berlin", "Mars/Olympus", "Etc/Unknown", "EST5EDT", "US/Pacific", "../../etc/passwd"]
        {
            assert_eq!(Zone::parse(name), None, "{name}");
        }
        assert!(Zone::all().iter().all(|name| Zone::parse(name).is_some()));
    }

    fn read(zone: &str, wall: &str) -> Reading {
        Zone::parse(zone).unwrap().read(wall.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_never() {
        for (zone, wall, from, to) in [
            ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T02:00", "2026-03-29T03:00"),
            ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T02:00", "2026-03-29T03:00"),
            ("America/New_York", "2026-03-08T02:59:59", "2026-03-08T02:00", "2026-03-08T03:00"),
            ("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-04T02:00", "2026-10-04T02:30"),
        ] {
            let expected = Reading::Never { from: from.parse().unwrap(), to: to.parse().unwrap() };
            assert_eq!(read(zone, wall), expected, "{zone} {wall}");
        }
    }

    #[test]
    fn a_time_that_the_clocks_show_twice_is_two_moments() {
        for (zone, wall, first, second, offsets) in [
            (
                "Europe/Berlin",
                "2026-10-25T02:30",
                "2026-10-25T00:30:00Z",
                "2026-10-25T01:30:00Z",
                ("UTC+02:00", "UTC+01:00"),
            ),
            (
                "America/New_York",
                "2026-11-01T01:00",
                "2026-11-01T05:00:00Z",
                "2026-11-01T06:00:00Z",
                ("UTC-04:00", "UTC-05:00"),
            ),
        ] {
            let Reading::Twice(one, two) = read(zone, wall) else { panic!("{zone} {wall}") };
            assert_eq!((one.at, two.at), (first.parse().unwrap(), second.parse().unwrap()));
            assert_eq!((one.offset().as_str(), two.offset().as_str()), offsets);
            assert_eq!(one.here(), two.here());
        }
    }

    #[test]
    fn any_other_time_is_one_moment_said_in_both_zones() {
        for (zone, wall, at, said) in [
            (
                "Europe/Berlin",
                "2026-03-29T03:00",
                "2026-03-29T01:00:00Z",
                "March 29, 2026, 03:00 in Europe/Berlin (01:00 UTC)",
            ),
            (
                "Asia/Hong_Kong",
                "2026-06-04T00:00:01",
                "2026-06-03T16:00:01Z",
                "June 4, 2026, 00:00:01 in Asia/Hong_Kong (June 3, 2026, 16:00:01 UTC)",
            ),
            ("UTC", "2026-06-04T00:00", "2026-06-04T00:00:00Z", "June 4, 2026, 00:00 UTC"),
        ] {
            let at: Timestamp = at.parse().unwrap();
            assert_eq!(read(zone, wall), Reading::Once(at));
            assert_eq!(Moment { at, zone: Zone::parse(zone).unwrap() }.to_string(), said);
        }
    }
}
