//! The way of a text to its publication, at the desk of the tests.

use onrecord::domain::outcome::{Change, Refused};
use onrecord::domain::policy::Actor;
use onrecord::domain::settings::{self, Settings};
use onrecord::domain::statements::commands::{self, Appointment, Named, Saved};
use onrecord::domain::statements::store;
use onrecord::domain::zones::{Moment, Zone};

use super::cast::{a_statement, english};
use super::desk::Desk;
use super::refusals::Done as _;

/// The English text of a save.
pub fn named(saved: &Saved) -> Named {
    Named { statement: saved.statement, locale: english(), revision: saved.revision }
}

/// A moment, shown in a zone.
pub fn moment(at: &str, zone: &str) -> Moment {
    Moment { at: at.parse().unwrap(), zone: Zone::parse(zone).unwrap() }
}

impl Desk {
    /// A statement that somebody wrote and submitted.
    pub async fn submitted(&mut self, by: Actor, number: i64) -> Saved {
        let saved = self.save(by, &a_statement(number)).await.unwrap();
        commands::submit(&mut self.conn, by, named(&saved), self.now).await.done();
        saved
    }

    /// What the latest save of a number's English text is called.
    pub async fn latest(&mut self, number: i64) -> Named {
        let statement = store::by_number(&mut self.conn, number).await.unwrap().unwrap().id;
        let text = self.translation(statement, english()).await;
        Named { statement, locale: english(), revision: text.latest_revision_id.unwrap() }
    }

    /// Approves it, by the publisher.
    pub async fn approve(&mut self, number: i64) {
        let named = self.latest(number).await;
        commands::approve(&mut self.conn, self.people.publisher, named, self.now).await.done();
    }

    /// Schedules it, by the publisher, in UTC.
    pub async fn schedule(&mut self, number: i64, at: &str) {
        self.schedule_as(self.people.publisher, number, moment(at, "UTC")).await.done();
    }

    pub async fn schedule_as(&mut self, by: Actor, number: i64, moment: Moment) -> Result<Change, Refused> {
        let named = self.latest(number).await;
        let wanted = Appointment { named, moment, change: None };
        commands::schedule(&mut self.conn, by, wanted, self.now).await
    }

    /// Demands four eyes from now on.
    pub async fn demand_four_eyes(&mut self) {
        let today = Settings::read(&mut self.conn).await.unwrap();
        let wanted = Settings { four_eyes: true, ..today };
        settings::update(&mut self.conn, self.people.administrator, &wanted, self.now).await.done();
    }
}
