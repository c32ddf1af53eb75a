//! The audit log as it is read: backwards from its end, narrowed, with the names of what it is about.
//! Every filter has an index, and a page begins after an event and not after a count, so that a log of a
//! million events is read as fast as a short one.

use std::collections::HashMap;
use std::hash::Hash;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::Verb;
use crate::domain::ids::{MediaId, StatementId, TopicId, TranslationId, UserId, VersionId};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{audit_events, statements, topics, translations, users, versions};

/// How many events a page holds.
pub const PAGE: usize = 100;

/// What the log is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What this person did, or what was done to them.
    pub person: Option<UserId>,
    /// These verbs only.
    pub verbs: Option<Vec<Verb>>,
    /// What happened to this statement.
    pub statement: Option<StatementId>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Up to this moment, which is not in it.
    pub until: Option<Timestamp>,
    /// Before this event.
    pub before: Option<i64>,
}

/// An event, with names.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the log.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub verb: Verb,
    /// Who did it; `None` for the operator at the command line and for the program itself.
    pub actor: Option<String>,
    /// The person it was done to.
    pub person: Option<(UserId, String)>,
    /// The statement, with its number.
    pub statement: Option<(StatementId, i64)>,
    /// In which language.
    pub locale: Option<Locale>,
    /// Which version.
    pub version: Option<i32>,
    /// The number of the topic.
    pub topic: Option<i32>,
    /// The number of the picture or file.
    pub media: Option<MediaId>,
}

#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = audit_events)]
struct Event {
    id: i64,
    #[diesel(deserialize_as = jiff_diesel::Timestamp)]
    happened_at: Timestamp,
    actor_id: Option<UserId>,
    verb: Verb,
    statement_id: Option<StatementId>,
    translation_id: Option<TranslationId>,
    version_id: Option<VersionId>,
    topic_id: Option<TopicId>,
    user_id: Option<UserId>,
    media_id: Option<MediaId>,
}

/// A page of the log, one event more than [`PAGE`] where it goes on.
pub async fn page(conn: &mut Connection, filter: &Filter) -> QueryResult<Vec<Entry>> {
    let mut filter = filter.clone();
    if let Some(until) = filter.until {
        let Some(last) = last_before(conn, until).await? else { return Ok(Vec::new()) };
        filter.before = Some(filter.before.map_or(last + 1, |before| before.min(last + 1)));
    }
    let filter = &filter;
    let events = match filter.person {
        None => narrowed(filter).load::<Event>(conn).await?,
        // Two short walks along two indexes: "or" would make PostgreSQL walk the whole log for somebody
        // who did little.
        Some(person) => {
            let mut events: Vec<Event> =
                narrowed(filter).filter(audit_events::actor_id.eq(person)).load(conn).await?;
            events
                .extend(narrowed(filter).filter(audit_events::user_id.eq(person)).load::<Event>(conn).await?);
            events.sort_by_key(|event| std::cmp::Reverse(event.id));
            events.dedup_by_key(|event| event.id);
            events.truncate(PAGE + 1);
            events
        }
    };
    with_names(conn, events).await
}

/// The id of the last event before a moment: without it a walk back to an early day would begin at the end
/// of the log. Events that were written at the same time may stand in another order than their times say,
/// so it is the highest id of the last thousand.
async fn last_before(conn: &mut Connection, until: Timestamp) -> QueryResult<Option<i64>> {
    let last: Vec<i64> = audit_events::table
        .filter(audit_events::happened_at.lt(until.to_diesel()))
        .order(audit_events::happened_at.desc())
        .limit(1000)
        .select(audit_events::id)
        .load(conn)
        .await?;
    Ok(last.into_iter().max())
}

type Narrowed = diesel::helper_types::IntoBoxed<
    'static,
    diesel::helper_types::Select<audit_events::table, diesel::helper_types::AsSelect<Event, diesel::pg::Pg>>,
    diesel::pg::Pg,
>;

fn narrowed(filter: &Filter) -> Narrowed {
    let mut events = audit_events::table
        .select(Event::as_select())
        .into_boxed()
        .order(audit_events::id.desc())
        .limit(PAGE as i64 + 1);
    if let Some(verbs) = &filter.verbs {
        events = events.filter(audit_events::verb.eq_any(verbs.clone()));
    }
    if let Some(statement) = filter.statement {
        events = events.filter(audit_events::statement_id.eq(statement));
    }
    if let Some(from) = filter.from {
        events = events.filter(audit_events::happened_at.ge(from.to_diesel()));
    }
    if let Some(until) = filter.until {
        events = events.filter(audit_events::happened_at.lt(until.to_diesel()));
    }
    if let Some(before) = filter.before {
        events = events.filter(audit_events::id.lt(before));
    }
    events
}

async fn with_names(conn: &mut Connection, events: Vec<Event>) -> QueryResult<Vec<Entry>> {
    let people = ids(events.iter().flat_map(|event| [event.actor_id, event.user_id]));
    let people: HashMap<UserId, String> = users::table
        .filter(users::id.eq_any(people))
        .select((users::id, users::name))
        .load(conn)
        .await?
        .into_iter()
        .collect();
    let numbers: HashMap<StatementId, i64> = statements::table
        .filter(statements::id.eq_any(ids(events.iter().map(|event| event.statement_id))))
        .select((statements::id, statements::number))
        .load(conn)
        .await?
        .into_iter()
        .collect();
    let locales: HashMap<TranslationId, LocaleColumn> = translations::table
        .filter(translations::id.eq_any(ids(events.iter().map(|event| event.translation_id))))
        .select((translations::id, translations::locale))
        .load(conn)
        .await?
        .into_iter()
        .collect();
    let numbered: HashMap<VersionId, i32> = versions::table
        .filter(versions::id.eq_any(ids(events.iter().map(|event| event.version_id))))
        .select((versions::id, versions::n))
        .load(conn)
        .await?
        .into_iter()
        .collect();
    let topics: HashMap<TopicId, i32> = topics::table
        .filter(topics::id.eq_any(ids(events.iter().map(|event| event.topic_id))))
        .select((topics::id, topics::number))
        .load(conn)
        .await?
        .into_iter()
        .collect();
    let known = |id: Option<UserId>| id.and_then(|id| people.get(&id).map(|name| (id, name.clone())));
    let entry = |event: Event| Entry {
        id: event.id,
        at: event.happened_at,
        verb: event.verb,
        actor: known(event.actor_id).map(|(_, name)| name),
        person: known(event.user_id),
        statement: event.statement_id.and_then(|id| Some((id, *numbers.get(&id)?))),
        locale: event.translation_id.and_then(|id| Some(Locale::from(*locales.get(&id)?))),
        version: event.version_id.and_then(|id| numbered.get(&id).copied()),
        topic: event.topic_id.and_then(|id| topics.get(&id).copied()),
        media: event.media_id,
    };
    Ok(events.into_iter().map(entry).collect())
}

fn ids<T: Eq + Hash>(all: impl Iterator<Item = Option<T>>) -> Vec<T> {
    all.flatten().collect::<std::collections::HashSet<T>>().into_iter().collect()
}

/// Everybody who ever had an account, by name, to be chosen from.
pub async fn people(conn: &mut Connection) -> QueryResult<Vec<(UserId, String)>> {
    users::table.order((users::name, users::id)).select((users::id, users::name)).load(conn).await
}

/// The statement of a number.
pub async fn statement(conn: &mut Connection, number: i64) -> QueryResult<Option<StatementId>> {
    statements::table
        .filter(statements::number.eq(number))
        .select(statements::id)
        .first(conn)
        .await
        .optional()
}
