//! Adding and changing topics.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use super::wanted::Wanted;
use super::{Index, Named, index, relations, twins};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::TopicId;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{topic_aliases, topic_names, topic_slugs, topics};

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
        let wanted = wanted.tidied();
        let index = index::load(conn).await?;
        let twins = judge(conn, &index, &wanted, None).await?;
        let highest: Option<i32> = topics::table.select(diesel::dsl::max(topics::number)).first(conn).await?;
        let number = highest.unwrap_or(0) + 1;
        let id = insert(conn, number, &wanted).await?;
        relations::write(conn, &index, id, &wanted).await?;
        remember(conn, actor, id, &twins, now).await?;
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
    write(conn, id, wanted).await?;
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
        let wanted = wanted.tidied();
        let index = index::load(conn).await?;
        let today = index.get(id).ok_or_else(|| gone(&index, id))?;
        if wanted.written_over.as_ref().is_some_and(|state| *state != today.state()) {
            return Err(Refused::written_over("this topic"));
        }
        let twins = judge(conn, &index, &wanted, Some(id)).await?;
        diesel::update(topics::table.find(id)).set(topics::facet.eq(wanted.facet)).execute(conn).await?;
        write(conn, id, &wanted).await?;
        relations::write(conn, &index, id, &wanted).await?;
        remember(conn, actor, id, &twins, now).await?;
        let about = About { topic_id: Some(id), ..About::default() };
        audit::record(conn, actor, now, Verb::TopicChanged, about).await?;
        Ok(Change::Topics)
    })
    .await
}

/// Why a topic cannot be changed that does not stand.
pub(super) fn gone(index: &Index, id: TopicId) -> Refused {
    let (locale, into) = (Locale::english(), index.get(index.root(id)));
    into.map_or(Refused::NotFound, |into| {
        let name = into.name(locale);
        Refused::Conflict(format!("This topic was merged into “{name}” meanwhile, and leads there."))
    })
}

/// Refuses what cannot be, and asks once about twins; gives those that it is said to be none of.
async fn judge(
    conn: &mut Connection,
    index: &Index,
    wanted: &Wanted,
    own: Option<TopicId>,
) -> Result<Vec<TopicId>, Refused> {
    wanted.problems(index, own).into_result()?;
    let twins = wanted.twins(index, own, &twins::not_twins(conn).await?);
    let mut problems = Problems::default();
    for twin in twins.iter().filter(|_| !wanted.is_no_twin).filter_map(|id| index.get(*id)) {
        let name = twin.name(Locale::english());
        problems.add(
            "is_no_twin",
            format!(
                "This is probably the same as the topic “{name}”. If it is another subject, say so in the box and \
                 save again."
            ),
        );
    }
    problems.into_result()?;
    Ok(twins)
}

async fn remember(
    conn: &mut Connection,
    actor: Actor,
    id: TopicId,
    no_twins: &[TopicId],
    now: Timestamp,
) -> QueryResult<()> {
    for other in no_twins {
        twins::note(conn, actor, id, *other, now).await?;
    }
    Ok(())
}

async fn write(conn: &mut Connection, id: TopicId, wanted: &Wanted) -> Result<(), Refused> {
    take_slug(conn, id, &wanted.slug).await?;
    write_names(conn, id, &wanted.names).await?;
    diesel::delete(topic_aliases::table.filter(topic_aliases::topic_id.eq(id))).execute(conn).await?;
    let aliases: Vec<_> = wanted
        .aliases
        .iter()
        .map(|alias| (topic_aliases::topic_id.eq(id), topic_aliases::alias.eq(alias)))
        .collect();
    diesel::insert_into(topic_aliases::table).values(aliases).execute(conn).await?;
    Ok(())
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
    // What is said in a language that the site does not use (any more) stays.
    let used: Vec<LocaleColumn> = Locale::all().map(LocaleColumn).collect();
    let said =
        topic_names::table.filter(topic_names::topic_id.eq(id)).filter(topic_names::locale.eq_any(used));
    diesel::delete(said).execute(conn).await?;
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
