//! Time zones by their names in the IANA database, which knows when clocks are put forward and back.

use std::sync::LazyLock;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use jiff::tz::{TimeZone, db};

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
}
