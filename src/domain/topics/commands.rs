//! Adding and changing topics.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use super::{Facet, Named, index};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::TopicId;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{topic_names, topic_slugs, topics};
use crate::text::slug;

/// A topic as somebody wants it to be.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What sort of subject it is.
    pub facet: Facet,
    /// The slug of its address; empty to have one offered from the English name.
    pub slug: String,
    /// Its names; those that are empty are left out.
    pub names: Vec<Named>,
}

impl Wanted {
    fn check(&self, index: &index::Index, own: Option<TopicId>) -> Problems {
        let mut problems = Problems::default();
        let named: Vec<&Named> = self.names.iter().filter(|n| !n.name.is_empty()).collect();
        if named.is_empty() {
            problems.add("name", "Please give the topic a name in at least one language.");
        }
        if named.iter().any(|n| n.name.chars().count() > 120) {
            problems.add("name", "A name has at most 120 characters.");
        }
        let twin = index.in_order(crate::i18n::Locale::default_locale()).find(|other| {
            Some(other.id) != own
                && other.names.iter().any(|theirs| {
                    named.iter().any(|n| {
                        n.locale == theirs.locale && n.name.to_lowercase() == theirs.name.to_lowercase()
                    })
                })
        });
        if let Some(twin) = twin {
            problems.add(
                "name",
                format!("There is already a topic with this name, at the address “{}”.", twin.slug),
            );
        }
        if self.names.iter().any(|n| n.intro.chars().count() > 2000) {
            problems.add("intro", "An intro has at most 2,000 characters.");
        }
        if self.slug.is_empty() {
            problems.add("slug", "Please give the address in Latin letters: a–z, 0–9 and single hyphens.");
        } else if !slug::is_valid(&self.slug) {
            problems.add("slug", "An address has only a–z, 0–9 and single hyphens, at most 80 of them.");
        }
        problems
    }

    /// With the slug that its English name suggests, where it brings none.
    fn with_slug(mut self) -> Self {
        if self.slug.is_empty()
            && let [first, ..] = self.names.as_slice()
        {
            self.slug = slug::offer(&first.name);
        }
        self
    }
}

/// Adds a topic; gives its number.
pub async fn add(
    conn: &mut Connection,
    actor: Actor,
    wanted: Wanted,
    now: Timestamp,
) -> Result<(i32, Change), Refused> {
    may(actor, Action::KeepTopics)?;
    conn.transaction(async |conn| {
        take_turns(conn).await?;
        let wanted = wanted.with_slug();
        wanted.check(&index::load(conn).await?, None).into_result()?;
        let highest: Option<i32> = topics::table.select(diesel::dsl::max(topics::number)).first(conn).await?;
        let number = highest.unwrap_or(0) + 1;
        let id = insert(conn, number, &wanted).await?;
        let about = About { topic_id: Some(id), ..About::default() };
        audit::record(conn, actor, now, Verb::TopicAdded, about).await?;
        Ok((number, Change::Topics))
    })
    .await
}

/// Two who change topics at once would each see numbers, names and slugs as free that the other takes.
pub async fn take_turns(conn: &mut Connection) -> QueryResult<()> {
    diesel::sql_query("lock table topics in share row exclusive mode").execute(conn).await?;
    Ok(())
}

pub(super) async fn insert(conn: &mut Connection, number: i32, wanted: &Wanted) -> Result<TopicId, Refused> {
    let id: TopicId = diesel::insert_into(topics::table)
        .values((topics::number.eq(number), topics::facet.eq(wanted.facet)))
        .returning(topics::id)
        .get_result(conn)
        .await?;
    take_slug(conn, id, &wanted.slug).await?;
    write_names(conn, id, &wanted.names).await?;
    Ok(id)
}

/// Changes a topic. Its old address leads to the new one for ever.
pub async fn update(
    conn: &mut Connection,
    actor: Actor,
    id: TopicId,
    wanted: Wanted,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::KeepTopics)?;
    conn.transaction(async |conn| {
        take_turns(conn).await?;
        let wanted = wanted.with_slug();
        wanted.check(&index::load(conn).await?, Some(id)).into_result()?;
        let found =
            diesel::update(topics::table.find(id)).set(topics::facet.eq(wanted.facet)).execute(conn).await?;
        if found == 0 {
            return Err(Refused::NotFound);
        }
        take_slug(conn, id, &wanted.slug).await?;
        write_names(conn, id, &wanted.names).await?;
        let about = About { topic_id: Some(id), ..About::default() };
        audit::record(conn, actor, now, Verb::TopicChanged, about).await?;
        Ok(Change::Topics)
    })
    .await
}

/// Makes a slug the current one of a topic. One that another topic has, or once had, stays with that one.
async fn take_slug(conn: &mut Connection, id: TopicId, slug: &str) -> Result<(), Refused> {
    let owner: Option<TopicId> =
        topic_slugs::table.find(slug).select(topic_slugs::topic_id).first(conn).await.optional()?;
    if owner.is_some_and(|owner| owner != id) {
        return Err(Refused::Invalid(Problems::one(
            "slug",
            "Another topic has, or once had, this address. Please choose another, so that old links stay right.",
        )));
    }
    diesel::update(topic_slugs::table.filter(topic_slugs::topic_id.eq(id)))
        .set(topic_slugs::is_current.eq(false))
        .execute(conn)
        .await?;
    diesel::insert_into(topic_slugs::table)
        .values((topic_slugs::slug.eq(slug), topic_slugs::topic_id.eq(id), topic_slugs::is_current.eq(true)))
        .on_conflict(topic_slugs::slug)
        .do_update()
        .set(topic_slugs::is_current.eq(true))
        .execute(conn)
        .await?;
    Ok(())
}

async fn write_names(conn: &mut Connection, id: TopicId, names: &[Named]) -> QueryResult<()> {
    diesel::delete(topic_names::table.filter(topic_names::topic_id.eq(id))).execute(conn).await?;
    let rows: Vec<_> = names
        .iter()
        .filter(|named| !named.name.is_empty())
        .map(|named| {
            (
                topic_names::topic_id.eq(id),
                topic_names::locale.eq(LocaleColumn(named.locale)),
                topic_names::name.eq(&named.name),
                topic_names::intro.eq(&named.intro),
                topic_names::confirmed.eq(named.confirmed),
            )
        })
        .collect();
    diesel::insert_into(topic_names::table).values(rows).execute(conn).await?;
    Ok(())
}
