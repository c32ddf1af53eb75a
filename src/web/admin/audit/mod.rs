//! The audit log: who did what and when.

pub mod words;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use jiff::civil::Date;
use serde::Deserialize;

use self::words::Group;
use super::desk::{Desk, Room};
use crate::domain::audit::Verb;
use crate::domain::audit::log::{self, Entry, Filter, PAGE};
use crate::domain::ids::UserId;
use crate::domain::policy::{Action, may};
use crate::domain::settings::Settings;
use crate::domain::zones::Zone;
use crate::infra::db::Connection;
use crate::text::clean;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::html;
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct LogPage {
    desk: Desk,
    entries: Vec<Entry>,
    query: LogQuery,
    people: Vec<(UserId, String)>,
    zone: Zone,
    earlier: Option<String>,
}

impl LogPage {
    fn says(&self, entry: &Entry) -> &'static str {
        words::of(entry.verb).1
    }
    fn who<'a>(&self, entry: &'a Entry) -> &'a str {
        match (&entry.actor, entry.verb) {
            (Some(name), _) => name,
            (None, Verb::SignInFailed | Verb::SignInSlowed) => "Somebody",
            (None, _) => "The program or its operator",
        }
    }
    fn edit(&self, entry: &Entry) -> Option<String> {
        let (id, _) = entry.statement?;
        Some(urls::desk(id, entry.locale?, ""))
    }
}

/// What the log is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    person: String,
    about: String,
    number: String,
    from: String,
    until: String,
    before: String,
}

impl LogQuery {
    fn is_narrowed(&self) -> bool {
        [&self.person, &self.about, &self.number, &self.from, &self.until].iter().any(|v| !v.is_empty())
    }

    /// What it asks for; `None` where it asks for a statement that there is not.
    async fn filter(&self, conn: &mut Connection, zone: &Zone) -> Result<Option<Filter>, Error> {
        let midnight = |date: Date| date.to_zoned(zone.clocks().clone()).ok().map(|at| at.timestamp());
        let day = |typed: &str| clean::line(typed).parse::<Date>().ok();
        let mut filter = Filter {
            person: self.person.parse().ok().map(UserId),
            verbs: Group::parse(&self.about).map(Group::verbs),
            statement: None,
            from: day(&self.from).and_then(midnight),
            until: day(&self.until).and_then(|day| day.tomorrow().ok()).and_then(midnight),
            before: self.before.parse().ok(),
        };
        let number = clean::line(&self.number);
        if !number.is_empty() {
            let found = match number.parse() {
                Ok(number) => log::statement(conn, number).await?,
                Err(_) => None,
            };
            let Some(statement) = found else { return Ok(None) };
            filter.statement = Some(statement);
        }
        Ok(Some(filter))
    }

    /// The address of the same log from an event on.
    fn before(&self, last: i64) -> String {
        let before = last.to_string();
        let all = [
            ("person", &self.person),
            ("about", &self.about),
            ("number", &self.number),
            ("from", &self.from),
            ("until", &self.until),
            ("before", &before),
        ];
        let given: Vec<_> = all.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("{}?{}", urls::AUDIT_LOG, serde_urlencoded::to_string(given).unwrap_or_default())
    }
}

/// The log, the latest event first.
pub async fn index(editor: Editor, query: Query<LogQuery>) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::ReadAuditLog)?;
    let query = query.into_inner();
    let mut conn = editor.database.connection().await?;
    let zone = Settings::read(&mut conn).await?.time_zone;
    let mut entries = match query.filter(&mut conn, &zone).await? {
        Some(filter) => log::page(&mut conn, &filter).await?,
        None => Vec::new(),
    };
    let people = log::people(&mut conn).await?;
    drop(conn);
    let goes_on = entries.len() > PAGE;
    entries.truncate(PAGE);
    let earlier = entries.last().filter(|_| goes_on).map(|last| query.before(last.id));
    let desk = Desk::of(&editor, Room::AuditLog).await;
    html(StatusCode::OK, &LogPage { desk, entries, query, people, zone, earlier })
}
