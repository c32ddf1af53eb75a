//! Which statements the desk's list shows: the newest changes first, a page at a time.
//!
//! What the filters ask stands in one narrow index, which is read in the order of the list. Words are looked
//! up in two ways, because no single one is quick for all of them: what many texts have is soon found among
//! the newest; what few have is found by the index of words.

use std::collections::HashSet;

use diesel::dsl::{exists, not};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::civil::Date;
use jiff_diesel::ToDiesel as _;

use super::desk::{Filter, PAGE, Standing};
use super::desk_words::Sought;
use super::{DeskState, PublicState, people};
use crate::domain::ids::{StatementId, TranslationId};
use crate::domain::policy::Actor;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{desk_entries, statement_people, statement_topics, statements};

/// How many of the newest texts are looked at one by one: first a few, then more.
const NEWEST: [i64; 2] = [400, 3_000];

type Entries<'a> = desk_entries::BoxedQuery<'a, Pg>;
type Entry = (TranslationId, StatementId);

/// The statements of a page, and one more where the list goes on.
pub(super) async fn page(
    conn: &mut Connection,
    actor: Actor,
    filter: &Filter,
) -> QueryResult<Vec<StatementId>> {
    let most = (PAGE + 1) as i64 * Locale::all().count() as i64;
    let from: Option<jiff_diesel::Timestamp> = match filter.older_than {
        Some(id) => statements::table.find(id).select(statements::touched_at).first(conn).await.optional()?,
        None => None,
    };
    let from = filter.older_than.zip(from);
    if filter.text.is_empty() {
        let entries = read(matching(actor, filter, from), most, conn).await?;
        return Ok(distinct(entries));
    }
    let Some(sought) = Sought::of(filter) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let mut skipped = 0;
    for newest in NEWEST {
        let entries = read(matching(actor, filter, from).offset(skipped), newest, conn).await?;
        let is_all = (entries.len() as i64) < newest;
        let texts: Vec<TranslationId> = entries.iter().map(|(text, _)| *text).collect();
        let having = sought.among(conn, &texts).await?;
        let having: HashSet<TranslationId> = having.into_iter().collect();
        found.extend(entries.into_iter().filter(|(text, _)| having.contains(text)));
        let statements = distinct(found.clone());
        if is_all || statements.len() > PAGE {
            return Ok(statements);
        }
        skipped += newest;
    }
    let all = sought.all(conn).await?;
    let entries = matching(actor, filter, from).filter(desk_entries::translation_id.eq_any(all));
    Ok(distinct(read(entries, most, conn).await?))
}

/// The texts that a filter wants, whatever their words.
fn matching<'a>(
    actor: Actor,
    filter: &Filter,
    from: Option<(StatementId, jiff_diesel::Timestamp)>,
) -> Entries<'a> {
    let used: Vec<LocaleColumn> = Locale::all().map(LocaleColumn).collect();
    let mut texts = desk_entries::table.filter(desk_entries::locale.eq_any(used)).into_boxed();
    let never = PublicState::Never;
    let waits = |state: DeskState| desk_entries::desk_state.eq(state);
    texts = match filter.standing {
        None => texts.filter(
            desk_entries::public_state
                .ne(PublicState::Removed)
                .and(desk_entries::public_state.ne(never).or(desk_entries::desk_state.ne(DeskState::None))),
        ),
        Some(Standing::Waiting) => texts.filter(desk_entries::desk_state.ne(DeskState::None)),
        Some(Standing::Draft) => texts.filter(waits(DeskState::Draft)),
        Some(Standing::InReview) => texts.filter(waits(DeskState::InReview)),
        Some(Standing::ChangesRequested) => texts.filter(waits(DeskState::ChangesRequested)),
        Some(Standing::Approved) => texts.filter(waits(DeskState::Approved)),
        Some(Standing::Scheduled) => texts.filter(waits(DeskState::Scheduled)),
        Some(Standing::Published) => texts.filter(desk_entries::public_state.eq(PublicState::Published)),
        Some(Standing::Withdrawn) => texts.filter(desk_entries::public_state.eq(PublicState::Withdrawn)),
        Some(Standing::Removed) => texts.filter(desk_entries::public_state.eq(PublicState::Removed)),
        Some(Standing::Discarded) => {
            texts.filter(desk_entries::public_state.eq(never).and(waits(DeskState::None)))
        }
    };
    if let Some(person) = actor.minding() {
        // Few are limited: they are found once, and the rest is read without asking for each.
        let hidden = statements::table
            .filter(exists(statement_people::table.filter(statement_people::statement_id.eq(statements::id))))
            .filter(not(people::seen_by(person)))
            .select(statements::id);
        texts = texts.filter(desk_entries::statement_id.ne_all(hidden));
    }
    if let Some(locale) = filter.locale {
        texts = texts.filter(desk_entries::locale.eq(LocaleColumn(locale)));
    }
    if let Some(kind) = filter.kind {
        texts = texts.filter(desk_entries::kind.eq(kind));
    }
    if let Some(first) = filter.year.and_then(|year| Date::new(year, 1, 1).ok()) {
        let last = first.last_of_year();
        texts = texts.filter(desk_entries::issued_on.between(first.to_diesel(), last.to_diesel()));
    }
    if let Some(topic) = filter.topic {
        let filed = statement_topics::table
            .filter(statement_topics::topic_id.eq(topic))
            .select(statement_topics::statement_id);
        texts = texts.filter(desk_entries::statement_id.eq_any(filed));
    }
    if let Some((id, at)) = from {
        let earlier = desk_entries::touched_at.lt(at);
        let same = desk_entries::touched_at.eq(at).and(desk_entries::statement_id.lt(id));
        // The first says where in the index to begin.
        texts = texts.filter(desk_entries::touched_at.le(at)).filter(earlier.or(same));
    }
    texts
}

async fn read(entries: Entries<'_>, most: i64, conn: &mut Connection) -> QueryResult<Vec<Entry>> {
    entries
        .order((desk_entries::touched_at.desc(), desk_entries::statement_id.desc()))
        .limit(most)
        .select((desk_entries::translation_id, desk_entries::statement_id))
        .load(conn)
        .await
}

fn distinct(entries: Vec<Entry>) -> Vec<StatementId> {
    let mut ids: Vec<StatementId> = entries.into_iter().map(|(_, statement)| statement).collect();
    // Those of one statement stand together, because they were changed together.
    ids.dedup();
    ids.truncate(PAGE + 1);
    ids
}
