//! A desk to work at: a database, the cast, and a clock that stands still until it is moved.

use jiff::{SignedDuration, Timestamp};
use onrecord::domain::ids::{StatementId, TopicId};
use onrecord::domain::outcome::{Change, Refused};
use onrecord::domain::policy::Actor;
use onrecord::domain::statements::commands::{self, Publication, Save, Saved};
use onrecord::domain::statements::published::{self, Found, PublishedStatement};
use onrecord::domain::statements::store::{self, Translation};
use onrecord::domain::statements::{ChangeKind, lists};
use onrecord::domain::topics;
use onrecord::i18n::Locale;
use onrecord::infra::db::Pooled;

use super::cast::Cast;
use super::database::{self, TestDatabase};

pub struct Desk {
    pub conn: Pooled,
    pub people: Cast,
    pub now: Timestamp,
    pub db: TestDatabase,
}

impl Desk {
    /// With the topics that come with the program and the whole cast, at noon on 2 March 2026.
    pub async fn open() -> Self {
        let db = database::fresh().await;
        let mut conn = db.connection().await;
        let now = "2026-03-02T12:00:00Z".parse().unwrap();
        let people = Cast::hire(&mut conn, now).await;
        Self { conn, people, now, db }
    }

    /// Lets time pass.
    pub fn wait(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    pub async fn save(&mut self, by: Actor, save: &Save) -> Result<Saved, Refused> {
        commands::save(&mut self.conn, by, save.clone(), self.now).await
    }

    /// Publishes a save, by the publisher, with a correction's note where there is one.
    pub async fn publish(
        &mut self,
        saved: &Saved,
        locale: Locale,
        note: Option<&str>,
    ) -> Result<Change, Refused> {
        let change = note.map(|note| (ChangeKind::Correction, note.to_owned()));
        self.publish_as(self.people.publisher, saved, locale, change).await
    }

    pub async fn publish_as(
        &mut self,
        by: Actor,
        saved: &Saved,
        locale: Locale,
        change: Option<(ChangeKind, String)>,
    ) -> Result<Change, Refused> {
        let Saved { statement, revision, .. } = *saved;
        let publication = Publication { statement, locale, revision, change, announced: true };
        commands::publish(&mut self.conn, by, publication, self.now).await
    }

    /// Saves, by the editor, and publishes a first version: a statement on record.
    pub async fn put_on_record(&mut self, save: &Save) -> Saved {
        let saved = self.save(self.people.editor, save).await.unwrap();
        let change = self.publish(&saved, save.locale, None).await.unwrap();
        assert_eq!(change, Change::Statement(saved.statement));
        saved
    }

    pub async fn withdraw(&mut self, saved: &Saved, locale: Locale) -> Result<Change, Refused> {
        let by = self.people.publisher;
        commands::withdraw(&mut self.conn, by, saved.statement, locale, "A name is at risk.", self.now).await
    }

    pub async fn reinstate(&mut self, saved: &Saved, locale: Locale) -> Result<Change, Refused> {
        let by = self.people.publisher;
        commands::reinstate(&mut self.conn, by, saved.statement, locale, self.now).await
    }

    /// What a reader finds.
    pub async fn read(&mut self, number: i64, locale: Locale) -> Found {
        published::by_number(&mut self.conn, number, locale).await.unwrap()
    }

    /// The text that a reader finds; a failure where it is not public.
    pub async fn text(&mut self, number: i64, locale: Locale) -> PublishedStatement {
        match self.read(number, locale).await {
            Found::Here(statement) => *statement,
            other => panic!("{number} is not public in {locale}: {other:?}"),
        }
    }

    /// A text as the desk has it.
    pub async fn translation(&mut self, statement: StatementId, locale: Locale) -> Translation {
        store::translation(&mut self.conn, statement, locale).await.unwrap().unwrap()
    }

    /// The topic with a public number.
    pub async fn topic(&mut self, number: i32) -> TopicId {
        topics::index::load(&mut self.conn).await.unwrap().by_number(number).unwrap().id
    }

    /// The first page of a list or of one of its periods.
    pub async fn list(
        &mut self,
        shelf: lists::Shelf,
        locale: Locale,
        period: lists::Period,
    ) -> lists::Listing {
        lists::listing(&mut self.conn, shelf, locale, period, None).await.unwrap()
    }
}
