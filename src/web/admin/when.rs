//! A date, a time and a zone as somebody fills them in, and the moment that they mean.

use jiff::civil::{Date, DateTime, Time};

use crate::domain::outcome::Problems;
use crate::domain::zones::{Moment, Reading, Zone, time};
use crate::i18n::{Locale, dates};
use crate::web::form::Fields;

/// As typed.
#[derive(Clone, Debug, Default)]
pub struct When {
    /// The date.
    pub date: String,
    /// The time of day; seconds may be left out.
    pub time: String,
    /// The zone.
    pub zone: String,
    /// Which of two moments, where the clocks show this time twice: `UTC+02:00`.
    pub offset: String,
    /// The two moments to choose from, once it is known that there are two.
    pub twice: Vec<Moment>,
}

impl When {
    /// Empty, with a zone to begin with.
    pub fn in_zone(zone: &Zone) -> Self {
        Self { zone: zone.name().to_owned(), ..Self::default() }
    }

    /// As it was chosen before.
    pub fn chosen(moment: &Moment) -> Self {
        let wall = moment.wall();
        Self {
            date: wall.date().to_string(),
            time: time(wall),
            zone: moment.zone.name().to_owned(),
            offset: moment.offset(),
            twice: Vec::new(),
        }
    }

    /// As somebody filled it in.
    pub fn typed(fields: &Fields) -> Self {
        Self {
            date: fields.line("date"),
            time: fields.line("time"),
            zone: fields.line("zone"),
            offset: fields.line("offset"),
            twice: Vec::new(),
        }
    }

    /// The moment; or what has to be mended. A time that the clocks skip is refused, one that they show
    /// twice is asked about: nothing is guessed.
    pub fn read(&mut self) -> Result<Moment, Problems> {
        let mut problems = Problems::default();
        let date = Date::strptime("%Y-%m-%d", &self.date).ok().filter(|date| date.year() > 0);
        if date.is_none() {
            problems.add("date", "Please give the day as year, month, day: 2026-03-02.");
        }
        let time = ["%H:%M:%S", "%H:%M"].iter().find_map(|form| Time::strptime(form, &self.time).ok());
        if time.is_none() {
            problems
                .add("time", "Please give the time as hours and minutes, with seconds if you like: 14:30.");
        }
        let zone = Zone::parse(&self.zone);
        if zone.is_none() {
            problems.add("zone", "No time zone is called that. Please choose one from the list.");
        }
        let (Some(date), Some(time), Some(zone)) = (date, time, zone) else { return Err(problems) };
        let out_of_reach = |_| Problems::one("date", "This date is out of reach. Please check the year.");
        match zone.read(date.to_datetime(time)).map_err(out_of_reach)? {
            Reading::Once(at) => Ok(Moment { at, zone }),
            Reading::Never { from, to } => Err(Problems::one("time", skipped(&zone, from, to))),
            Reading::Twice(first, second) => {
                let chosen = [&first, &second].into_iter().find(|moment| moment.offset() == self.offset);
                if let Some(moment) = chosen {
                    return Ok(moment.clone());
                }
                self.twice = vec![first, second];
                Err(Problems::one("time", twice(&zone)))
            }
        }
    }
}

fn skipped(zone: &Zone, from: DateTime, to: DateTime) -> String {
    format!(
        "This time does not exist in {}: on {} the clocks are put forward from {} to {}. Please choose another.",
        zone.name(),
        dates::day(from.date(), Locale::english()),
        time(from),
        time(to)
    )
}

fn twice(zone: &Zone) -> String {
    format!(
        "The clocks in {} show this time twice, because they are put back. Please say which you mean.",
        zone.name()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(date: &str, time: &str, zone: &str, offset: &str) -> When {
        let of = str::to_owned;
        When { date: of(date), time: of(time), zone: of(zone), offset: of(offset), twice: Vec::new() }
    }

    #[test]
    fn a_time_that_does_not_exist_is_refused_in_words() {
        let problems = when("2026-03-29", "02:30", "Europe/Berlin", "").read().unwrap_err();
        let said = problems.of("time").unwrap();
        assert!(said.contains("March 29, 2026") && said.contains("from 02:00 to 03:00"), "{said}");
    }

    #[test]
    fn a_time_that_exists_twice_is_asked_about_and_then_taken() {
        let mut form = when("2026-11-01", "01:30", "America/New_York", "");
        assert!(form.read().unwrap_err().of("time").unwrap().contains("twice"));
        let offered: Vec<String> = form.twice.iter().map(Moment::offset).collect();
        assert_eq!(offered, ["UTC-04:00", "UTC-05:00"]);
        for (offset, at) in [("UTC-04:00", "2026-11-01T05:30:00Z"), ("UTC-05:00", "2026-11-01T06:30:00Z")] {
            let moment = when("2026-11-01", "01:30", "America/New_York", offset).read().unwrap();
            assert_eq!(moment.at, at.parse().unwrap());
            assert_eq!(When::chosen(&moment).read().unwrap(), moment, "and shown again as it was chosen");
        }
        // An offset that is none of the two chooses nothing.
        assert!(when("2026-11-01", "01:30", "America/New_York", "UTC+02:00").read().is_err());
    }

    #[test]
    fn seconds_count_and_nonsense_is_named_at_its_field() {
        let moment = when("2026-03-02", "14:30:07", "Europe/Berlin", "").read().unwrap();
        assert_eq!(moment.at, "2026-03-02T13:30:07Z".parse().unwrap());
        let problems = when("2 March", "half past", "Berlin", "").read().unwrap_err();
        for field in ["date", "time", "zone"] {
            assert!(problems.of(field).is_some(), "{field}");
        }
        for time in ["24:00", "12:60", "", "-1:00"] {
            assert!(when("2026-03-02", time, "UTC", "").read().is_err(), "{time}");
        }
        assert!(when("-2026-03-02", "12:00", "UTC", "").read().is_err());
        assert!(when("9999-12-31", "23:59", "America/New_York", "").read().is_err());
    }
}
