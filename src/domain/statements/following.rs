//! Which version of its original a translation follows, and which translations have to follow again.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use super::store::{Statement, Translation};
use super::{ChangeKind, PublicState};
use crate::domain::ids::{StatementId, TranslationId, UserId, VersionId};
use crate::domain::policy::Actor;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{translations, versions};

/// A version of an original that a translation can follow.
#[derive(Clone, Copy, Debug)]
pub struct Followed {
    /// The version.
    pub id: VersionId,
    /// Which.
    pub n: i32,
    /// When it went public.
    pub published_at: Timestamp,
    /// How it differs from the one before.
    pub change: Option<ChangeKind>,
}

/// The most versions that an editor is offered to choose from.
const MOST: i64 = 50;

/// The versions of a statement's public original, the newest first; none where it is not public.
pub async fn offered(conn: &mut Connection, statement: &Statement) -> QueryResult<Vec<Followed>> {
    type Row = (VersionId, i32, jiff_diesel::Timestamp, Option<ChangeKind>);
    let rows: Vec<Row> = versions::table
        .inner_join(translations::table.on(translations::id.eq(versions::translation_id)))
        .filter(translations::statement_id.eq(statement.id))
        .filter(translations::locale.eq(LocaleColumn(statement.original_locale)))
        .filter(translations::public_state.eq(PublicState::Published))
        .order(versions::n.desc())
        .limit(MOST)
        .select((versions::id, versions::n, versions::published_at, versions::change_kind))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, n, at, change)| Followed { id, n, published_at: at.to_jiff(), change })
        .collect())
}

/// The version that a translation follows, and the one that its next publication will say it follows.
pub async fn of(
    conn: &mut Connection,
    translation: TranslationId,
) -> QueryResult<(Option<VersionId>, Option<VersionId>)> {
    translations::table
        .find(translation)
        .select((translations::based_on_version_id, translations::will_follow_version_id))
        .first(conn)
        .await
}

/// Whether a version is one of a text.
pub(super) async fn is_of(
    conn: &mut Connection,
    version: VersionId,
    text: &Translation,
) -> QueryResult<bool> {
    let found =
        versions::table.find(version).filter(versions::translation_id.eq(text.id)).select(versions::id);
    diesel::select(diesel::dsl::exists(found)).get_result(conn).await
}

/// A public translation whose original has changed since.
#[derive(Clone, Debug, QueryableByName)]
pub struct Lagging {
    /// The statement.
    #[diesel(sql_type = BigInt)]
    pub statement_id: StatementId,
    /// Its public number.
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    /// The language that lags.
    #[diesel(sql_type = Text, deserialize_as = LocaleColumn)]
    pub locale: Locale,
    /// What readers have as its title.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// How the original changed last.
    #[diesel(sql_type = Text)]
    pub change_kind: ChangeKind,
    /// When it did.
    #[diesel(sql_type = Timestamptz, deserialize_as = jiff_diesel::Timestamp)]
    pub changed_at: Timestamp,
}

/// From the few changes that are listed to the translations of these texts: quick however many texts there are.
const LAGGING: &str = "
    select * from (
        select distinct on (t.id) s.id as statement_id, s.number, t.locale, e.title, c.change_kind,
               v.published_at as changed_at
          from list_changes c
          join statements s on s.id = c.statement_id and s.original_locale = c.locale
          join translations t on t.statement_id = s.id and t.locale <> c.locale and t.public_state = 'published'
          join versions f on f.id = t.based_on_version_id and f.n < c.n
          join versions v on v.id = c.version_id
          join list_entries e on e.translation_id = t.id
         where ($1 = 0 or s.id = $1)
           and t.locale = any($4)
           and ($3 = -1 or s.created_by = $3
                or not exists (select from statement_people p where p.statement_id = s.id)
                or exists (select from statement_people p where p.statement_id = s.id and p.user_id = $3))
         order by t.id, c.n desc) lagging
    order by changed_at desc, number desc, locale limit $2";

/// The public translations whose original was corrected, updated or retracted since, the latest first: those
/// that this person sees on the desk.
pub async fn lagging(conn: &mut Connection, actor: Actor, most: i64) -> QueryResult<Vec<Lagging>> {
    diesel::sql_query(LAGGING)
        .bind::<BigInt, _>(0)
        .bind::<BigInt, _>(most)
        .bind::<BigInt, _>(actor.minding().unwrap_or(EVERYTHING))
        .bind::<Array<Text>, _>(used())
        .load(conn)
        .await
}

/// Those of one statement.
pub async fn lagging_of(conn: &mut Connection, statement: StatementId) -> QueryResult<Vec<Lagging>> {
    diesel::sql_query(LAGGING)
        .bind::<BigInt, _>(statement)
        .bind::<BigInt, _>(i64::MAX)
        .bind::<BigInt, _>(EVERYTHING)
        .bind::<Array<Text>, _>(used())
        .load(conn)
        .await
}

/// The languages of the site: nothing is said on the desk of what it does not show.
fn used() -> Vec<&'static str> {
    Locale::all().map(Locale::tag).collect()
}

/// In place of a person: whose eyes need not be minded.
const EVERYTHING: UserId = UserId(-1);
